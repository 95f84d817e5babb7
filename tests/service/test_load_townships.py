"""Township and village polygons (GENERATED, labelled so) lengthen the chain of every answer."""

from collections import Counter

import numpy as np
import pytest
import shapely

from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.activate_edition import activate_edition
from geoname.service.load_boundaries import Wish, load_boundaries
from geoname.service.locate import locate, locate_many
from geoname.service.opened import open_geoname
from geoname.service.show_boundaries import territory_collection

HUAXI, QINGYAN = "520111", "520111101"


@pytest.fixture(scope="module")
def made(loaded, tmp_path_factory, own):
    """A database whose active edition has generated townships of 花溪区 and villages of 青岩镇."""
    import shutil

    folder = tmp_path_factory.mktemp("townships")
    shutil.copy(loaded / "geoname.gpkg", folder / "geoname.gpkg")
    shutil.copytree(loaded / "cache", folder / "cache")
    geoname = open_geoname(str(folder / "geoname.gpkg"), folder / "cache")
    index = geoname.live()
    territories = index.boundaries.territories
    county = territories.polygons[territories.codes.index(HUAXI)]
    townships = own.generated_children(county, HUAXI, index)
    villages = own.generated_children(
        townships.polygons[townships.codes.index(QINGYAN)], QINGYAN, index, seed=1
    )
    file = own.write_polygons(folder / "townships.gpkg", own.join(townships, villages))
    own.define(file, title="GENERATED townships and villages", id="generated", within=[HUAXI])
    report = load_boundaries(geoname, file, "t", Wish(activate=True))
    yield geoname, report, townships, villages
    geoname.close()


def test_they_load_as_any_polygons(made):
    _, report, townships, villages = made
    assert report.status == "active"
    assert report.levels == {"township": len(townships), "village": len(villages)}
    # Of the villages of the other townships there are no polygons; those are missing and nothing else is.
    assert {one.kind for one in report.codes} == {"missing"}
    assert all(len(one.code) == 12 and not one.code.startswith(QINGYAN) for one in report.codes)
    assert [one for one in report.defects if not one.is_sliver] == []
    assert report.rest_from == "tianditu"


def test_the_chain_ends_at_the_finest_territory_of_the_place(made):
    geoname, _, townships, villages = made
    for code, polygon in zip(townships.codes, townships.polygons, strict=True):
        if code != QINGYAN:
            point = polygon.point_on_surface()
            chain = locate(geoname, point.x, point.y).chain
            assert [step.code for step in chain] == ["52", "5201", HUAXI, code]
    for code, polygon in zip(villages.codes, villages.polygons, strict=True):
        point = polygon.point_on_surface()
        chain = locate(geoname, point.x, point.y).chain
        assert [step.code for step in chain] == ["52", "5201", HUAXI, QINGYAN, code]
        assert chain[-1].level == Level.VILLAGE


def test_elsewhere_the_chain_is_as_long_as_before(made, guizhou):
    geoname, *_ = made
    territories = guizhou.live().boundaries.territories.only(Level.COUNTY)
    others = [i for i, code in enumerate(territories.codes) if code != HUAXI]
    for point in shapely.point_on_surface(territories.polygons[others[::9]]):
        assert locate(geoname, point.x, point.y).chain == locate(guizhou, point.x, point.y).chain


def test_codes_of_many_points_at_every_level(made, guizhou):
    geoname, _, townships, _ = made
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(106.4, 106.9, 4000), rng.uniform(26.2, 26.6, 4000)
    for level in ("province", "prefecture", "county"):
        same = locate_many(guizhou, lon, lat, level=level).codes
        assert locate_many(geoname, lon, lat, level=level).codes == same
    codes = locate_many(geoname, lon, lat, level="township").codes
    tree = shapely.STRtree(townships.polygons)
    point, held = tree.query(shapely.points(lon, lat), predicate="intersects")
    truth = dict(zip(point.tolist(), (townships.codes[i] for i in held), strict=True))
    wrong = [i for i, code in enumerate(codes) if code != truth.get(i)]
    # A point on a line of floating-point width may go to either side; there is none here.
    assert wrong == []
    assert Counter(code is None for code in codes)[False] > 200
    with pytest.raises(InvalidInputError, match="township"):
        locate_many(guizhou, lon, lat, level="township")
    assert set(locate_many(geoname, lon, lat, level="village").codes) - {None}


def test_the_nearest_line_is_that_of_the_townships_inside_the_county(made, guizhou):
    geoname, *_ = made
    boundaries = geoname.live().boundaries
    inner = [line for line in boundaries.lines if line.level is Level.TOWNSHIP and len(line.id) == 19]
    assert len(inner) > 10
    for line in inner[:6]:
        middle = line.course.geoms[0].interpolate(0.5, normalized=True)
        answer = locate(geoname, middle.x, middle.y)
        assert answer.nearest_line.distance_m < 0.5
        assert line.id in [near.id for near in answer.on_line]


def test_the_nearest_line_of_the_county_stays_the_one_of_the_county(made, guizhou):
    geoname, *_ = made
    lines = guizhou.live().boundaries.lines_of(division(guizhou, HUAXI))
    assert len(lines) > 4
    for line in lines:
        middle = line.course.geoms[0].interpolate(0.5, normalized=True)
        assert locate(geoname, middle.x, middle.y).nearest_line.id == line.id


def test_nearest_lines_agree_with_a_look_at_every_line(made):
    geoname, *_ = made
    boundaries = geoname.live().boundaries
    rng = np.random.default_rng(6)
    for lon, lat in rng.uniform((106.5, 26.25), (106.8, 26.5), (25, 2)):
        found = locate(geoname, lon, lat).nearest_line
        point = shapely.Point(lon, lat)
        near = min(line.course.distance(point) for line in boundaries.near_lines)
        named = boundaries.line(found.id).course.distance(point)
        # Degrees east are shorter than degrees north here by a tenth.
        assert named <= near * 1.13


def test_lines_of_other_levels_are_those_of_before(made, guizhou):
    geoname, *_ = made
    before = {line.id: line.length_m for line in guizhou.live().boundaries.lines}
    after = {line.id: line.length_m for line in geoname.live().boundaries.lines}
    assert before.items() <= after.items()
    assert all(len(each.split("-")[0]) >= 9 for each in after.keys() - before.keys())


def test_they_are_drawn_and_back_again_they_are_gone(made):
    geoname, _, townships, _ = made
    drawn = territory_collection(geoname, "township", HUAXI, 100.0)
    assert drawn.count(b'"Feature"') == len(townships)
    activate_edition(geoname, "tianditu", "t")
    with pytest.raises(InvalidInputError, match="province, prefecture or county"):
        territory_collection(geoname, "township")
    activate_edition(geoname, "generated", "t")
    assert territory_collection(geoname, "township", HUAXI, 100.0) == drawn


def division(geoname, code):
    return geoname.live().codebook.find(code).division.id
