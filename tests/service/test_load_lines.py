"""Registered lines load row by row, are the truth beside the polygons, and stay when loaded again."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import orjson
import pytest
import shapely

from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import DataFileError, InvalidInputError
from geoname.service.line_register import LineRegister
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_lines import load_lines
from geoname.service.show_lines import line_collection, line_feature

ROWS = [
    ["黔滇线", "5253", 52, 53, 1047, 40, "2023-09-30", "否"],
    ["", "4552", "", "", 900, "", "2019.10", ""],
    ["花龙线", "", "花溪区", "龙里县", "", "", "2021年5月", "是"],
    ["织西线", "", 520402, 520524, 12, "", "", "否"],
]


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory, lines_of):
    made = lines_of.own_copy(loaded, tmp_path_factory.mktemp("lines"))
    yield made
    made.close()


@pytest.fixture
def load(geoname, tmp_path, lines_of):
    def run(rows, headings=None, **more):
        file = lines_of.write_table(tmp_path / "界线.csv", headings or lines_of.LINE_HEADINGS, rows)
        return load_lines(geoname, LoadRequest(file, None, "张", rejects=tmp_path / "rejects.csv", **more))

    return run


def test_a_dry_run_reports_and_writes_nothing(load, geoname):
    report = load(ROWS, dry_run=True)
    assert (report.status, report.rows, report.rejects) == ("dry_run", 4, ())
    assert report.levels == {"province": 2, "prefecture": 2}
    assert geoname.store.registered_lines() == []


def test_lines_load_once(load, geoname):
    first = load(ROWS)
    assert (first.status, first.added, first.changed) == ("loaded", 4, 0)
    again = load(ROWS)
    assert (again.status, again.added, again.changed, again.same) == ("unchanged", 0, 0, 4)
    line = geoname.store.registered_line("52-53")
    assert (line.name, line.code, line.length_m, line.counts.single) == ("黔滇线", "5253", 1_047_000.0, 40)
    assert line.last_inspected == PartialDate.parse("2023-09-30")
    disputed = geoname.store.registered_line("520111-522730")
    assert disputed.disputed
    assert (disputed.code, disputed.last_inspected) == ("520111522730", PartialDate.parse("2021-05"))
    assert geoname.store.registered_line("45-52").name == "桂黔线"


def test_what_register_and_polygons_disagree_on_is_told(load):
    found = load(ROWS, dry_run=True).differences
    kinds = {one.kind: [each for each in found if each.kind == one.kind] for one in found}
    assert [one.line_id for one in kinds["registered_not_derived"]] == ["520402-520524"]
    assert [one.line_id for one in kinds["length_apart"]] == ["52-53"]
    missing = {one.line_id for one in kinds["derived_not_registered"]}
    assert {"43-52", "50-52", "51-52", "520102-520103"} <= missing
    assert not missing & {"43-50", "520111-522730", "520423-520402"}
    # 226 count between counties; one of them is registered, and three provincial ones are not.
    assert len(missing) == 225 + 3


def test_a_registered_line_is_shown_with_its_own_facts(load, geoname):
    load(ROWS)
    told = orjson.loads(line_feature(geoname, "53-52"))
    assert (told["properties"]["origin"], told["properties"]["length_m"]) == ("registered", 1_047_000.0)
    assert told["properties"]["length_from"] == "registered"
    assert told["register"]["single_markers"] == 40
    assert told["register"]["source"]["authority"] == "省民政厅"
    assert len(told["parts"]) == 13
    assert {one["line_name"] for one in told["neighbours"]} >= {"川黔线"}
    assert told["geometry"]["type"] == "MultiLineString"
    undrawn = orjson.loads(line_feature(geoname, "520402-520524"))
    assert undrawn["geometry"] is None
    assert orjson.loads(line_feature(geoname, "5253"))["id"] == "52-53"
    listed = orjson.loads(line_collection(geoname, "county", "52", both_sides=True))["features"]
    assert len(listed) == 229
    assert len([one for one in listed if one["properties"]["origin"] == "registered"]) == 2


def test_two_hundred_and_thirty_one_lines_are_inspected(guizhou):
    lines = LineRegister(guizhou).inspected("52")
    assert [len([one for one in lines if len(one.codes[0]) == digits]) for digits in (2, 6)] == [5, 226]
    assert {one.name for one in lines[:5]} == {"黔湘线", "黔桂线", "渝黔线", "川黔线", "黔滇线"}
    assert {one.code for one in lines[:5]} == {"4352", "4552", "5052", "5152", "5253"}
    assert {one.named_by for one in lines} == {"shipped", "composed"}


def test_rows_at_fault_are_rejected_and_the_others_load(load, tmp_path):
    report = load(
        [
            *ROWS,
            ["坏", "", 520402, 520402, 12, "", "", ""],
            ["坏", "", 520402, 999999, 12, "", "", ""],
            ["坏", "", "城关", "花溪区", 12, "", "", ""],
            ["坏", "", 520402, 520423, "很长", "", "", ""],
            ["坏", "", 520402, 520423, 12, 1.5, "", ""],
            ["坏", "", 520402, 520423, 12, "", "2021-13-01", ""],
            ["坏", "", 520402, 520423, 12, "", "", "也许"],
            ["坏", "", 520402, 52, 12, "", "", ""],
            ["又", "", 53, 52, 12, "", "", ""],
            ["坏", "", 520402, "", 12, "", "", ""],
        ]
    )
    assert [(one.row, one.field) for one in report.rejects] == [
        (5, "side_b"), (6, "side_b"), (7, "side_a"), (8, "length_km"), (9, "single_markers"),
        (10, "last_inspected"), (11, "disputed"), (12, "side_b"), (13, "side_a"), (14, "side_a"),
    ]  # fmt: skip
    assert all(one.reason and one.remedy and one.remedy_en for one in report.rejects)
    assert report.same == 4
    assert len((tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()) == 11


@pytest.mark.parametrize(
    ("written", "metres"),
    [
        ("66.2", 66_200.0),
        ("66.2公里", 66_200.0),
        ("66.2 km", 66_200.0),
        ("66200米", 66_200.0),
        ("６６．２千米", 66_200.0),
    ],
)
def test_a_unit_in_the_cell_counts(load, geoname, written, metres):
    load([["花龙线", "", 520111, 522730, written, "", "", "是"]])
    assert geoname.store.registered_line("520111-522730").length_m == pytest.approx(metres)


def test_whoever_acts_for_no_side_of_a_line_is_refused_row_by_row(load):
    report = load(ROWS, acts_for=("520111",), dry_run=True)
    assert [one.row for one in report.rejects] == [1, 2, 4]
    assert report.rejected == 3


def test_a_later_inspection_on_record_stays(load, geoname):
    load(ROWS)
    kept = geoname.store.registered_line("52-53")
    filed = replace(kept, last_inspected=PartialDate.parse("2026-03-01"))
    geoname.store.change_line(filed, "联检", "filed")
    assert load(ROWS).changed == 0
    assert str(geoname.store.registered_line("52-53").last_inspected) == "2026-03-01"


def test_files_without_sides_or_provenance_are_refused(load, geoname, tmp_path):
    with pytest.raises(InvalidInputError, match="side_a"):
        load([["花龙线", 65]], ("界线名称", "长度"))
    bare = tmp_path / "无说明.csv"
    bare.write_text("甲方代码,乙方代码\n52,53\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="not there"):
        load_lines(geoname, LoadRequest(tmp_path / "没有.csv", None, "张"))
    with pytest.raises(InvalidInputError, match="title"):
        load_lines(geoname, LoadRequest(bare, None, "张"))


def write_map(geoname, file, system, said):
    lines = [geoname.live().boundaries.line(id_) for id_ in ("520111-522730", "52-53", "520102-520103")]

    def shifted(points):
        return shapely.get_coordinates(shapely.points(*from_wgs84(points[:, 0], points[:, 1], system)))

    frame = geopandas.GeoDataFrame(
        {"side_a": [one.id.split("-")[0] for one in lines], "代码B": [one.id.split("-")[1] for one in lines]},
        geometry=[shapely.transform(one.course, shifted) for one in lines], crs="EPSG:4490",
    )  # fmt: skip
    frame.to_file(file, driver="GPKG", layer="界线")
    definition = 'title="图"\nauthority="厅"\nsource="试验"\nlicence="内部"\nvalid_from=2024-01-01\n'
    definition += f'crs="{said}"\n[fields]\nside_b = "代码B"\n'
    file.with_name(f"{file.name}.toml").write_text(definition, encoding="utf-8")
    return file


def test_courses_load_from_a_map_and_are_not_for_the_public(geoname, tmp_path):
    file = write_map(geoname, tmp_path / "线.gpkg", Crs.WGS84, "EPSG:4490")
    report = load_lines(geoname, LoadRequest(file, None, "张"))
    assert (report.with_course, report.rejects) == (3, ())
    line = geoname.store.registered_line("520102-520103")
    drawn = geoname.live().boundaries.line("520102-520103")
    assert line.course.equals_exact(drawn.course, 1e-9)
    told = orjson.loads(line_feature(geoname, "520102-520103"))
    assert (told["properties"]["length_from"], told["register"]["surveyed"]) == ("surveyed", True)
    assert load_lines(geoname, LoadRequest(file, None, "张")).same == 3


def test_shifted_courses_are_found_out(geoname, tmp_path):
    file = write_map(geoname, tmp_path / "偏.gpkg", Crs.GCJ02, "EPSG:4490")
    with pytest.raises(InvalidInputError, match='crs = "gcj02"'):
        load_lines(geoname, LoadRequest(file, None, "张", dry_run=True))


def test_courses_in_an_old_datum_are_refused(geoname, tmp_path):
    file = write_map(geoname, tmp_path / "旧.gpkg", Crs.WGS84, "EPSG:4610")
    with pytest.raises(InvalidInputError, match="CGCS2000"):
        load_lines(geoname, LoadRequest(file, None, "张", dry_run=True))
