from datetime import date

import numpy as np
import pytest
import shapely

from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.locate import locate, locate_many

LON, LAT = 106.6908, 26.3337  # 青岩镇


def test_a_point_gives_its_chain(guizhou):
    answer = locate(guizhou, LON, LAT)
    assert [step.name for step in answer.chain] == ["贵州省", "贵阳市", "花溪区"]
    assert answer.edition.id == "tianditu"
    assert "unreviewed" in answer.edition.map_note


def test_the_same_point_in_the_systems_of_public_maps(guizhou):
    plain = locate(guizhou, LON, LAT)
    for crs in (Crs.GCJ02, Crs.BD09):
        lon, lat = from_wgs84(LON, LAT, crs)
        shifted = locate(guizhou, lon, lat, crs)
        assert shifted.chain == plain.chain
        assert (shifted.lon, shifted.lat) == pytest.approx((LON, LAT), abs=1e-7)


def test_a_point_on_a_line_names_both_sides(guizhou):
    line = guizhou.live().boundaries.line("520102-520103")
    middle = line.course.geoms[0].interpolate(0.5, normalized=True)
    answer = locate(guizhou, middle.x, middle.y)
    assert answer.nearest_line.distance_m < 1
    assert "520102-520103" in [near.id for near in answer.on_line]


def test_a_point_far_from_any_line_is_on_none(guizhou):
    counties = guizhou.live().boundaries.territories.only(Level.COUNTY)
    largest = max(counties.polygons, key=lambda polygon: polygon.area)
    deep = shapely.maximum_inscribed_circle(largest).coords[0]
    answer = locate(guizhou, *deep)
    assert answer.on_line == ()
    assert answer.nearest_line.distance_m > 5000


def test_a_day_that_is_not_the_editions_says_so(guizhou):
    assert locate(guizhou, LON, LAT, on=date(2024, 6, 1)).exact
    earlier = locate(guizhou, LON, LAT, on=date(2015, 1, 1))
    assert not earlier.exact
    assert earlier.note


def test_the_sea_lies_in_no_division(guizhou):
    answer = locate(guizhou, 125.0, 25.0)
    assert answer.chain == ()


def test_many_points_are_answered_in_their_order(guizhou):
    lons, lats = [LON, 125.0, 106.63], [LAT, 25.0, 26.65]
    counties = locate_many(guizhou, lons, lats).codes
    assert counties[:2] == ["520111", None]
    assert counties == [
        (locate(guizhou, lon, lat).chain or (None,))[-1] and locate(guizhou, lon, lat).chain[-1].code
        if locate(guizhou, lon, lat).chain
        else None
        for lon, lat in zip(lons, lats, strict=True)
    ]
    assert locate_many(guizhou, lons, lats, level="province").codes == ["52", None, "52"]


@pytest.mark.parametrize(
    ("lon", "lat", "field"), [(np.nan, 26, "lon"), (106, np.inf, "lat"), (106, 91, "lat")]
)
def test_what_is_no_place_is_refused_by_name(guizhou, lon, lat, field):
    with pytest.raises(InvalidInputError) as raised:
        locate(guizhou, lon, lat)
    assert raised.value.field == field


def test_an_unknown_system_is_refused(guizhou):
    with pytest.raises(InvalidInputError, match="gcj02"):
        locate(guizhou, LON, LAT, "mars")


def test_many_points_say_whether_the_edition_is_of_the_day(guizhou):
    assert locate_many(guizhou, [LON], [LAT], on=date(2024, 6, 1)).exact
    earlier = locate_many(guizhou, [LON], [LAT], on=date(2015, 1, 1))
    assert not earlier.exact
    assert earlier.note
    assert earlier.codes == locate_many(guizhou, [LON], [LAT]).codes
