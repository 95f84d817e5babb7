"""The benchmark of a whole load loads what it made, and the same again changes nothing."""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    import bench_load_names

    yield bench_load_names
    sys.modules.pop("bench_load_names")


def test_a_generated_table_is_loaded_once(bench, guizhou_copy, tmp_path):
    file = tmp_path / "names.csv"
    bench.write_table(file, 2_000, spelt=False)
    found = bench.measure(file, str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
    assert (found["rows"], found["records"], found["rejected"]) == (2_000, 1_998, 2)
    assert found["names"] == 1_998 + 50
    assert found["again"]["status"] == "unchanged"
    assert set(found["process_seconds"]) == {"read", "make", "write", "publish", "index"}
