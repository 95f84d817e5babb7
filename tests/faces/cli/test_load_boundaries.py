"""`geoname load boundaries` as a person runs it: what it says, its exit code, its defects as a layer."""

import importlib.util
import shutil
from dataclasses import replace
from pathlib import Path

import orjson
import pyogrio
import pytest
import shapely

SERVICE_TESTS = Path(__file__).parents[2] / "service"


@pytest.fixture(scope="module")
def own():
    spec = importlib.util.spec_from_file_location("own_polygons", SERVICE_TESTS / "own_polygons.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def county_file(tmp_path, own):
    file = own.write_polygons(tmp_path / "县界.shp", own.counties("tianditu", "5204"), encoding="GB18030")
    return own.define(file)


def test_a_dry_run_tells_what_is_found(geoname, county_file):
    ran = geoname("load", "boundaries", str(county_file), "--dry-run")
    assert ran.code == 0
    assert "只检查，未写入" in ran.out
    assert "GB18030" in ran.out
    assert "与 tianditu 对比：6 个区划" in ran.out
    assert ran.err == ""


def test_the_same_as_json_and_in_english(geoname, county_file):
    told = geoname("load", "boundaries", str(county_file), "--dry-run", "--json").json
    assert (told["status"], told["levels"], told["encoding_known_by"]) == ("dry_run", {"county": 6}, "cpg")
    assert told["datum"]["likely"] == "wgs84"
    assert {"edition", "compared", "mean_m", "greatest_m", "territories"} <= told["comparison"].keys()
    english = geoname("load", "boundaries", str(county_file), "--dry-run", "--language", "en").out
    assert "checked only, nothing written" in english
    assert not any(mark in english for mark in "缺陷版本")


def test_findings_of_a_dry_run_and_a_refusal_exit_with_one(geoname, county_file, own, tmp_path):
    drawn = own.counties("tianditu", "5204")
    polygons = drawn.polygons.copy()
    polygons[0] = polygons[0].buffer(0.002)
    own.write_polygons(county_file, replace(drawn, polygons=polygons))
    layer = tmp_path / "defects.gpkg"
    ran = geoname("load", "boundaries", str(county_file), "--defects", str(layer))
    assert ran.code == 1
    assert "未写入" in ran.out
    assert "重叠" in ran.out
    read = pyogrio.read_dataframe(layer)
    assert set(read["kind"]) >= {"overlap"}
    assert (read["blocks"] == 1).any()
    assert shapely.get_type_id(read.geometry.array).tolist() == [0] * len(read)
    assert (read["area_m2"] > 0).any()


def test_without_provenance_it_is_wrong_use_and_a_definition_is_suggested(geoname, county_file):
    definition = county_file.with_name("县界.shp.toml")
    definition.unlink()
    ran = geoname("load", "boundaries", str(county_file))
    assert (ran.code, ran.out) == (2, "")
    assert "缺少 title, authority, source, licence, valid_from, crs" in ran.err
    suggested = geoname("load", "boundaries", str(county_file), "--suggest-definition")
    assert suggested.code == 0
    assert 'code = "XZQDM"' in suggested.out
    assert "请补填：authority, source, licence, valid_from" in suggested.err
    definition.write_text(suggested.out, encoding="utf-8")
    assert (
        "缺少 authority, source, licence, valid_from：" in geoname("load", "boundaries", str(county_file)).err
    )
    filled = suggested.out.replace('""', '"2025"', 4)
    elsewhere = county_file.with_name("another.toml")
    elsewhere.write_text(filled, encoding="utf-8")
    ran = geoname("load", "boundaries", str(county_file), "--definition", str(elsewhere), "--dry-run")
    assert ran.code == 0


def test_what_is_wrong_is_said_in_one_line(geoname, county_file, own):
    own.define(county_file, crs="gcj02")
    ran = geoname("load", "boundaries", str(county_file))
    assert ran.code == 2
    assert ran.err.startswith("geoname: 坐标是 WGS 84，不是 GCJ-02")
    assert ran.err.count("\n") == 1
    county_file.with_suffix(".shp").write_bytes(b"nothing")
    assert geoname("load", "boundaries", str(county_file)).code == 3


def test_a_draft_is_activated_and_back(geoname, county_file, province, tmp_path):
    shutil.copy(province / "geoname.gpkg", tmp_path / "own.gpkg")
    database = ("--database", str(tmp_path / "own.gpkg"))
    ran = geoname("load", "boundaries", str(county_file), *database)
    assert ran.code == 0
    assert "启用：geoname editions activate own" in ran.out
    listed = orjson.loads(geoname("editions", "list", "--json", *database).out)["items"]
    assert "own" not in [one["edition"]["id"] for one in listed]
    assert geoname("editions", "activate", "own", *database).code == 0
    listed = orjson.loads(geoname("editions", "list", "--json", *database).out)["items"]
    assert [one["edition"]["id"] for one in listed if one["active"]] == ["own"]
    assert geoname("editions", "activate", "tianditu", *database).code == 0
