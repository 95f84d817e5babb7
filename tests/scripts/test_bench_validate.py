"""The benchmark of bulk validation measures whole files, each text once, the same rows in every format."""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    import bench_validate

    yield bench_validate
    sys.modules.pop("bench_validate")


def test_texts_are_reproducible_and_each_stands_once(bench):
    paths = [
        ("贵州省", "贵阳市", "花溪区", "青岩镇", "龙井村村民委员会"),
        ("贵州省", "遵义市", "播州区", "南白街道", "某社区居民委员会"),
    ]
    texts = bench.texts_of(paths, 500)
    assert texts == bench.texts_of(paths, 500)
    assert len(set(texts)) == 500
    assert {text.startswith("贵州省") for text in texts} == {True, False}


@pytest.mark.parametrize("ending", ["csv", "parquet", "gpkg", "xlsx"])
def test_every_format_is_measured_over_the_same_rows(bench, tmp_path, ending):
    file = tmp_path / f"in.{ending}"
    bench.write_input(file, [f"花溪区{number}号" for number in range(300)])
    told = bench.run_one(file, tmp_path / f"out.{ending}", bench.WAYS[1], tmp_path, tmp_path)
    assert told["rows"] == 300
    assert told["rows_per_second"] == pytest.approx(300 / told["seconds"])
    assert 0 <= told["matching_seconds"] < told["seconds"]
    assert told["peak_mib"] > 20


def test_villages_come_from_the_register(bench, loaded):
    paths = bench.village_paths(loaded / "geoname.gpkg", loaded / "cache")
    assert len(paths) == 17_964
    assert {len(path) for path in paths} == {5}
