"""What is written and loaded while measuring is all there in the end, and labelled as generated."""

from __future__ import annotations

from pathlib import Path

import pytest

from geoname.service.opened import open_geoname

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def database(guizhou_copy, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    return str(tmp_path / "geoname.gpkg"), tmp_path / "cache"


def _generated(database) -> int:
    geoname = open_geoname(*database)
    found = sum(
        entry.place.source_record.startswith("generated:")
        for batch in geoname.store.name_entries()
        for entry in batch
    )
    assert geoname.store.verify() == []
    geoname.close()
    return found


def test_names_written_while_others_ask_are_all_found(database):
    import bench_live

    found = bench_live.measure(*database, count=50, rate=100, size=20, seconds=1.0, pause=0.005)
    assert found["written"] == 100
    assert found["seconds_until_found"]["max"] < 60
    assert set(found["milliseconds"]) == {
        "exact", "prefix", "contains", "fuzzy", "pinyin", "suggest", "nearby",
    }  # fmt: skip
    assert _generated(database) == 150


def test_a_load_is_whole_and_the_same_again_changes_nothing(database):
    import bench_load

    found = bench_load.measure(*database, count=300, derive=True, change=True)
    assert found["steps"]["the same again"]["changed"] == 0
    assert found["questions_beside_seconds"]["refused"] == 0
    assert found["small_writes_beside_seconds"]["refused"] == 0
    assert found["process_seconds_with_spelling"] > found["process_seconds"]
    changes = found["changes"]
    assert changes["changed"] == 2 * 300
    assert changes["publish"]["small_writes_beside_seconds"]["refused"] == 0
    assert _generated(database) == 300
