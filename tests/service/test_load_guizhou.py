from collections import Counter

import shapely

from geoname.core.boundaries.coverage import check_coverage
from geoname.core.coordinates.geodesic import areas
from geoname.core.divisions.division import DivisionKind, Level
from geoname.core.names.characters import CharacterTable
from geoname.formats.shipped_words import read_character_table
from geoname.service.load_guizhou import load_guizhou


def of_guizhou(guizhou, level=None):
    atlas = guizhou.live().atlas
    province = guizhou.live().codebook.find("52").division
    low, high = atlas.span(province.id)
    found = [atlas.at(position) for position in range(low, high)]
    return [one for one in found if one.period.end is None and (level is None or one.level is level)]


def test_every_division_of_the_published_list_is_there(guizhou):
    counts = Counter(division.level for division in of_guizhou(guizhou))
    assert counts == {
        Level.PROVINCE: 1,
        Level.PREFECTURE: 9,
        Level.COUNTY: 88,
        Level.TOWNSHIP: 1510,
        Level.VILLAGE: 17964,
    }


def test_kinds_are_those_of_the_published_list(guizhou):
    kinds = Counter(division.kind for division in of_guizhou(guizhou))
    assert kinds[DivisionKind.DISTRICT] == 16
    assert kinds[DivisionKind.COUNTY_CITY] == 10
    assert kinds[DivisionKind.COUNTY] == 50
    assert kinds[DivisionKind.AUTONOMOUS_COUNTY] == 11
    assert kinds[DivisionKind.SPECIAL_DISTRICT] == 1
    assert kinds[DivisionKind.TOWN] == 831
    assert kinds[DivisionKind.SUBDISTRICT] == 365
    assert kinds[DivisionKind.ETHNIC_TOWNSHIP] == 192
    assert kinds[DivisionKind.TOWNSHIP] == 314 - 192


def test_no_rare_character_is_lost_on_the_way_into_the_register(guizhou):
    table = read_character_table()
    assert isinstance(table, CharacterTable)
    rare = [division.name for division in of_guizhou(guizhou) if table.outside(division.name)]
    assert len(rare) == 37
    assert any("㵲" in name for name in rare)
    assert any("㯊" in name for name in rare)
    index = guizhou.live()
    assert all(index.names.row(index.division_names[d.id]).text == d.name for d in of_guizhou(guizhou))


def test_polygons_cover_the_province_as_measured(guizhou):
    territories = guizhou.live().boundaries.territories
    inside = [i for i, code in enumerate(territories.codes) if code.startswith("52")]
    of_province = territories.take(inside)
    counties = of_province.only(Level.COUNTY)
    assert len(counties) == 88
    province = of_province.only(Level.PROVINCE).polygons[0]
    assert check_coverage(counties, whole=province).is_valid
    assert shapely.union_all(counties.polygons).symmetric_difference(province).area < 1e-9
    assert abs(areas(counties.polygons).sum() / 175_984e6 - 1) < 0.001


def test_county_lines_are_those_counted(guizhou):
    lines = [line for line in guizhou.live().boundaries.lines if line.sides[0].level == Level.COUNTY]
    own = [line for line in lines if all(side.code.startswith("52") for side in line.sides)]
    across = [line for line in lines if sum(side.code.startswith("52") for side in line.sides) == 1]
    assert len(own) == 228
    assert sum(line.length_m > 500 for line in own) == 226
    assert len(across) == 70
    provincial = {
        line.id
        for line in guizhou.live().boundaries.lines
        if line.sides[0].level == Level.PROVINCE and any(side.code == "52" for side in line.sides)
    }
    assert provincial == {"43-52", "45-52", "50-52", "51-52", "52-53"}


def test_every_source_is_named_and_published(guizhou):
    sources = {source.id: source for source in guizhou.store.sources()}
    assert all(source.licence and source.origin for source in sources.values())
    assert "CC BY 4.0" in sources["geonames"].licence
    assert {release.source_id for release in guizhou.store.releases()} <= set(sources)


def test_loading_again_changes_nothing(guizhou_copy, tmp_path):
    before = guizhou_copy.store.data_version()
    report = load_guizhou(str(tmp_path / "geoname.gpkg"), tmp_path / "cache", "somebody else")
    assert (report.added, report.changed) == (0, 0)
    assert report.same > 60_000
    assert guizhou_copy.store.data_version() == before
    assert guizhou_copy.store.verify() == []
