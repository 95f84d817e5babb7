"""Markers load row by row with their datum, are held against their line, shown to their own people."""

from __future__ import annotations

import geopandas
import pytest
import shapely

from geoname.core.boundaries.marker import MarkerState
from geoname.core.coordinates.crs import Crs
from geoname.core.register.token import ANYONE, KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_markers import load_markers
from geoname.service.show_markers import list_markers
from geoname.service.show_segments import list_segments


@pytest.fixture(scope="module")
def geoname(loaded, tmp_path_factory, lines_of):
    made = lines_of.own_copy(loaded, tmp_path_factory.mktemp("markers"))
    yield made
    made.close()


@pytest.fixture
def load(geoname, tmp_path, lines_of):
    def run(rows, headings=None, crs="EPSG:4490", **more):
        file = lines_of.write_table(tmp_path / "界桩.csv", headings or lines_of.MARKER_HEADINGS, rows, crs)
        return load_markers(geoname, LoadRequest(file, None, "张", rejects=tmp_path / "r.csv", **more))

    return run


def kinds(report):
    return sorted({one.kind for one in report.findings})


def test_markers_load_once_with_all_they_have(load, geoname, lines_of):
    rows = lines_of.marker_rows(geoname)
    first = load(rows)
    assert (first.status, first.added, first.rejects, first.findings) == ("loaded", 12, (), ())
    again = load(rows)
    assert (again.status, again.same) == ("unchanged", 12)
    one = geoname.store.marker(f"{lines_of.HUALONG}:001Q")
    assert (one.serial, one.faces, one.material, one.custodian) == (1, 2, "石", "张三")
    assert (one.responsible_side, one.sides) == ("520111", ("520111", "522730"))
    assert [(each.name, each.azimuth_deg, each.distance_m) for each in one.references] == [
        ("独立树", 12.5, 30.0), ("巨石", 90.0, 20.0), ("瓦房", 200.0, 15.0)
    ]  # fmt: skip
    assert [(each.state, str(each.on)) for each in one.states] == [
        (MarkerState.ERECTED, "1998"), (MarkerState.INTACT, "None")
    ]  # fmt: skip
    assert (one.position.given_crs, one.position.height_m) == ("EPSG:4490", 1200.5)


def test_a_state_on_record_stays_when_an_older_file_comes_again(load, geoname, lines_of):
    rows = lines_of.marker_rows(geoname)
    load(rows)
    damaged = [[*rows[0][:16], "损坏", *rows[0][17:]]]
    assert load(damaged).changed == 1
    states = geoname.store.marker(f"{lines_of.HUALONG}:001Q").states
    assert [each.state.value for each in states] == ["erected", "intact", "damaged"]
    assert [one.action for one in geoname.store.audit(f"marker:{lines_of.HUALONG}:001Q")] == [
        "registered", "changed"
    ]  # fmt: skip


def test_what_is_wrong_with_markers_is_told(load, geoname, lines_of):
    rows = lines_of.marker_rows(geoname, "520102-520103", "南云线", 6)
    rows[1][2:4] = ["106.7", "26.3"]  # kilometres away
    rows[2][5:8] = ["", "", ""]
    rows[3][14] = ""
    rows[4][2:4], rows[5][2:4] = rows[5][2:4], rows[4][2:4]
    del rows[0]
    report = load(rows)
    assert report.added == 5
    assert kinds(report) == ["few_references", "gap", "no_responsible_side", "order", "wrong_line"]
    wrong = next(one for one in report.findings if one.kind == "wrong_line")
    assert (wrong.numbers, wrong.line) == (("002Q",), "南云线")
    assert wrong.metres > 10_000
    assert "线" in wrong.message
    assert wrong.message_en.isascii() or "线" in wrong.message_en


def test_rows_at_fault_are_rejected_and_the_others_load(load, geoname, lines_of):
    rows = lines_of.marker_rows(geoname, "520102-520111", "南花线", 9)
    faults = {
        0: (0, "001X"), 1: (1, "无此线"), 2: (2, "东经"), 3: (3, ""), 4: (6, 400), 5: (16, "歪了"),
        6: (19, "五面"), 7: (14, "无此县"),
    }  # fmt: skip
    for row, (column, value) in faults.items():
        rows[row][column] = value
    rows.append([*rows[8]])
    report = load(rows)
    assert [(one.row, one.field) for one in report.rejects] == [
        (1, "number"), (2, "line"), (3, "x"), (4, "y"), (5, "azimuth1"), (6, "state"), (7, "faces"),
        (8, "responsible_side"), (10, "number"),
    ]  # fmt: skip
    assert report.added == 1


def test_whoever_acts_for_no_side_of_the_line_is_refused_row_by_row(load, geoname, lines_of):
    rows = lines_of.marker_rows(geoname, "520121-520123", "开修线", 3)
    report = load(rows, acts_for=("520402",))
    assert (report.added, report.rejected) == (0, 3)
    assert "令牌" in report.rejects[0].reason
    assert load(rows, acts_for=("5201",), dry_run=True).rejected == 0


def test_shifted_markers_are_found_out_and_load_as_what_they_are(load, geoname, lines_of):
    rows = lines_of.marker_rows(geoname, "520121-520122", "开息线", 12, Crs.GCJ02)
    with pytest.raises(InvalidInputError, match='crs = "gcj02"'):
        load(rows)
    report = load(rows, crs="gcj02", dry_run=True)
    assert not {"off_line", "wrong_line"} & set(kinds(report))


def test_an_old_datum_is_kept_as_given_and_put_on_no_map(load, geoname, lines_of):
    rows = lines_of.marker_rows(geoname, "520121-520123", "开修线", 3)
    report = load([[*row, "1980西安坐标系"] for row in rows], (*lines_of.MARKER_HEADINGS, "坐标系"))
    assert (report.added, report.with_position, report.not_converted) == (3, 3, 3)
    assert kinds(report) == ["not_converted"]
    at = geoname.store.marker("520121-520123:001Q").position
    assert (at.given_crs, at.lon, at.lat) == ("xian1980", None, None)
    assert f"{at.given_x:.8f}" == rows[0][2]


def test_the_northing_first_and_degrees_for_metres_are_refused(load, geoname, lines_of):
    rows = [[*row[:2], 2_930_000 + i, 650_000, *row[4:]]
            for i, row in enumerate(lines_of.marker_rows(geoname, count=3))]  # fmt: skip
    with pytest.raises(InvalidInputError, match='axis_order = "lat,lon"'):
        load(rows, crs="EPSG:4544")
    with pytest.raises(InvalidInputError, match="crs"):
        load(rows, crs="EPSG:4490")
    with pytest.raises(InvalidInputError, match="degrees"):
        load(lines_of.marker_rows(geoname, count=3), crs="EPSG:4544")
    with pytest.raises(InvalidInputError, match="crs"):
        load(lines_of.marker_rows(geoname, count=3), crs="")


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".geojson", ".xlsx"])
def test_every_format_gives_the_same_markers(geoname, lines_of, tmp_path, ending):
    rows = lines_of.marker_rows(geoname)
    file = tmp_path / f"markers{ending}"
    columns = {"JZBH": [row[0] for row in rows], "JXDM": [lines_of.HUALONG] * len(rows)}
    frame = geopandas.GeoDataFrame(
        columns, geometry=shapely.points([float(row[2]) for row in rows], [float(row[3]) for row in rows]),
        crs="EPSG:4490",
    )  # fmt: skip
    if ending == ".xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(str(file)) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ("JZBH", "JXDM", "经度", "纬度"))
            for i, row in enumerate(rows, 1):
                sheet.write_row(i, 0, (row[0], lines_of.HUALONG, float(row[2]), float(row[3])))
    else:
        frame.to_file(file, encoding="utf-8")
    definition = lines_of.DEFINITION + 'crs = "EPSG:4490"\n'
    file.with_name(f"{file.name}.toml").write_text(definition, encoding="utf-8")
    report = load_markers(geoname, LoadRequest(file, None, "张", dry_run=True))
    assert (report.rejects, report.lines, report.with_position) == ((), {lines_of.HUALONG: 12}, 12)
    assert not {"off_line", "order", "gap"} & set(kinds(report))


OWN = Caller(Role.READER, "own", ("520111",))
PROVINCE = Caller(Role.OFFICER, "province", ("52",))
OTHER = Caller(Role.OFFICER, "other", ("520402",))


@pytest.mark.parametrize(
    ("caller", "sees"), [(ANYONE, False), (OTHER, False), (OWN, True), (PROVINCE, True), (KEEPER, True)]
)
def test_who_sees_where_markers_stand(load, geoname, lines_of, caller, sees):
    load(lines_of.marker_rows(geoname))
    before = len(geoname.store.audit(f"line:{lines_of.HUALONG}"))
    found = list_markers(geoname, lines_of.HUALONG, caller)
    assert [one.number for one in found.items] == [f"{i:03d}Q" for i in range(1, 13)]
    for one in found.items:
        assert one.shown_whole is sees
        assert (one.place is not None) is sees
        assert bool(one.references) is bool(one.location or one.custodian or one.states) is sees
        assert one.state
    segments = list_segments(geoname, lines_of.HUALONG, caller)
    assert len(segments.items) == (13 if sees else 1)
    assert segments.at_markers is sees
    logged = geoname.store.audit(f"line:{lines_of.HUALONG}")[before:]
    assert [one.action for one in logged] == (["coordinates given"] * 2 if sees else [])
    if sees:
        who = f"token:{caller.token_id}" if caller.token_id else "role:administrator"
        assert {one.actor for one in logged} == {who}
        assert found.items[0].place.off_m < 0.1
        assert segments.items[1].start == ("001Q",)


def test_an_unknown_line_has_no_markers(geoname):
    for ask in (list_markers, list_segments):
        with pytest.raises(NotFoundError, match="no boundary line"):
            ask(geoname, "520102-999999", KEEPER)
