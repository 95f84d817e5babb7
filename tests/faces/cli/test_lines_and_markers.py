"""Lines and markers as a person asks for them: derive, check, compare, load, and the page about them."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pyogrio
import pytest

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "lines-and-markers.md"


@pytest.fixture(scope="module")
def lines_of():
    path = ROOT / "tests" / "service" / "line_samples.py"
    spec = importlib.util.spec_from_file_location("line_samples", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_derived_lines_are_counted_and_labelled(geoname):
    told = geoname("boundaries", "derive", "--within", "52", "--json").json
    assert (told["origin"], told["pairs"], told["counted"]) == ("derived", 228, 226)
    assert sorted(one["parts"] for one in told["assembled"]) == [9, 13, 13, 17, 18]
    short = {frozenset(one["side_names"]) for one in told["lines"] if not one["counts"]}
    assert short == {frozenset({"平坝区", "普定县"}), frozenset({"清镇市", "白云区"})}
    shown = geoname("boundaries", "derive", "--within", "52")
    assert shown.code == 0
    assert "派生" in shown.out
    assert "过短不计" in shown.out


def test_derived_lines_are_written_as_a_layer(geoname, tmp_path):
    layer = tmp_path / "界线.gpkg"
    ran = geoname("boundaries", "derive", "--within", "5204", "-o", str(layer), "--json")
    frame = pyogrio.read_dataframe(layer)
    assert len(frame) == ran.json["written"] > 5
    assert set(frame["origin"]) == {"derived"}
    assert geoname("boundaries", "derive", "-o", str(layer)).code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("derive", "--tolerance", "200"), "容差"),
        (("derive", "--level", "village"), "village"),
        (("derive", "--within", "99"), "99"),
        (("derive", "--edition", "none"), "none"),
        (("check", "--level", "village"), "village"),
        (("compare", "none"), "none"),
        (("segments", "52-99"), "52-99"),
        (("markers", "x"), "520102-520103"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(geoname, words, said):
    ran = geoname("boundaries", *words)
    assert ran.code in (2, 3)
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_a_check_without_findings_ends_well(geoname):
    ran = geoname("boundaries", "check", "--within", "52")
    assert (ran.code, ran.err) == (0, "")
    assert geoname("boundaries", "check", "--within", "52", "--json").json["derived"] >= 228


def test_editions_are_compared_line_by_line(geoname):
    told = geoname("boundaries", "compare", "amap", "--within", "5204", "--json").json
    assert (told["new"], told["old"]) == ("tianditu", "amap")
    farthest = [one["greatest_m"] for one in told["items"]]
    assert farthest == sorted(farthest, reverse=True)
    assert 50 < told["mean_m"] < 500
    assert told["area_between_m2"] == pytest.approx(
        sum(one["area_between_m2"] for one in told["items"]), abs=1
    )
    assert "平均相距" in geoname("boundaries", "compare", "amap", "--within", "5204").out


def test_a_file_is_loaded_looked_at_and_found_wrong(own, lines_of, guizhou, tmp_path):
    rows = lines_of.marker_rows(guizhou)
    rows[4][14] = ""
    file = lines_of.write_table(tmp_path / "界桩.csv", lines_of.MARKER_HEADINGS, rows, "EPSG:4490")
    ran = own("load", "markers", str(file))
    assert ran.code == 0
    assert "未定管理责任方" in ran.out
    assert own("load", "markers", str(file), "--json").json["status"] == "unchanged"
    listed = own("boundaries", "markers", lines_of.HUALONG)
    assert "005Q" in listed.out
    assert "问题 1 条" in listed.out
    assert "001Q" in own("boundaries", "segments", lines_of.HUALONG).out
    assert own("boundaries", "check", "--within", "52").code == 1
    layer = tmp_path / "界桩.gpkg"
    exported = own("export", "boundaries", str(layer), "--what", "markers", "--json").json
    assert (exported["features"], exported["lines"]) == (12, 1)
    frame = pyogrio.read_dataframe(layer)
    assert list(frame["number"])[:2] == ["001Q", "002Q"]
    assert frame["references"][0].startswith("独立树 12.5°")
    assert own("export", "boundaries", str(layer), "--what", "markers").code == 2
    lines = lines_of.write_table(
        tmp_path / "界线.csv", lines_of.LINE_HEADINGS, [["花龙线", "", 520111, 522730, 66, "", "2021", ""],
                                                        ["坏", "", 1, 2, "", "", "", ""]]
    )  # fmt: skip
    ran = own("load", "lines", str(lines))
    assert ran.code == 1
    assert "退回 1 行" in ran.out
    assert (tmp_path / "界线.csv.rejects.csv").exists()
    assert "registered" in own("boundaries", "show", lines_of.HUALONG).out
    assert own("db", "verify").code == 0


def test_a_scheme_of_county_codes_that_cannot_be_is_told_at_once(geoname, monkeypatch):
    monkeypatch.setenv("GEONAME_COUNTY_LINE_CODE", "{c}")
    ran = geoname("boundaries", "list")
    assert ran.code == 2
    assert "GEONAME_COUNTY_LINE_CODE" in ran.err
    assert "{a4}" in ran.err


def commands_of_the_page() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    return [line for block in blocks for line in block.splitlines() if line.startswith("geoname ")]


def test_the_commands_of_the_page_work(own, lines_of, guizhou, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines_of.write_table(
        Path("lines.csv"), lines_of.LINE_HEADINGS, [["花龙线", "", 520111, 522730, 66, "", "2021", ""]]
    )
    lines_of.write_table(
        Path("markers.csv"), lines_of.MARKER_HEADINGS, lines_of.marker_rows(guizhou), "EPSG:4490"
    )
    found = commands_of_the_page()
    assert len(found) > 8
    for command in found:
        ran = own(*shlex.split(command, comments=True)[1:])
        assert ran.code in (0, 1), (command, ran.err)


@pytest.mark.parametrize("kind", ["names", "boundaries", "divisions", "changes", "lines", "markers"])
def test_a_file_that_is_not_there_is_said_before_its_definition_is_asked_for(geoname, tmp_path, kind):
    ran = geoname("load", kind, str(tmp_path / "没有.csv"))
    assert (ran.code, ran.out) == (3, "")
    assert "没有 没有.csv：请检查路径" in ran.err


@pytest.mark.parametrize("kind", ["divisions", "changes", "lines", "markers"])
def test_what_lacks_its_provenance_is_told_how_to_begin(geoname, tmp_path, kind):
    file = tmp_path / "表.csv"
    file.write_text("甲方代码,乙方代码,桩号\n520111,520102,5201\n", encoding="utf-8")
    assert "--suggest-definition" in geoname("load", kind, str(file)).err
    drafted = geoname("load", kind, str(file), "--suggest-definition")
    assert drafted.code == 0
    assert drafted.out.startswith('title = "表"\n')
    assert "请补填：authority, source, licence" in drafted.err
