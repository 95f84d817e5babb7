"""Conversions there and back agree, one place and many agree, and nonsense names its field."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geoname.core.coordinates.convert import check_coordinates, from_wgs84, to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.geodesic import segment_lengths
from geoname.errors import InvalidInputError

CHINA_LON = st.floats(73.4, 135.1)
CHINA_LAT = st.floats(3.4, 53.6)
SYSTEMS = st.sampled_from(Crs)


def metres_between(a, b):
    return segment_lengths(np.array([a], dtype=float), np.array([b], dtype=float))[0]


@given(CHINA_LON, CHINA_LAT, SYSTEMS)
@example(105.0, 35.0, Crs.GCJ02)  # where the square root of the formula has no slope
@example(105.0, 26.6, Crs.BD09)
@example(105.00000001, 26.6, Crs.GCJ02)
def test_there_and_back(lon, lat, crs):
    back = to_wgs84(*from_wgs84(lon, lat, crs), crs)
    assert metres_between((lon, lat), back) < 1e-4
    again = from_wgs84(*to_wgs84(lon, lat, crs), crs)
    assert metres_between((lon, lat), again) < 1e-4


@given(st.lists(st.tuples(CHINA_LON, CHINA_LAT), min_size=1, max_size=20), SYSTEMS)
def test_many_is_one_by_one(places, crs):
    lon, lat = np.array(places).T
    for convert in (to_wgs84, from_wgs84):
        many = np.column_stack(convert(lon, lat, crs))
        one = np.array([convert(x, y, crs) for x, y in places])
        assert np.allclose(many, one, rtol=0, atol=1e-12)


def test_arrays_in_are_not_written_to():
    lon, lat = np.array([106.7]), np.array([26.6])
    to_wgs84(lon, lat, Crs.BD09)
    assert (lon[0], lat[0]) == (106.7, 26.6)


def test_the_shift_at_guiyang():
    lon, lat = from_wgs84(106.7, 26.6, Crs.GCJ02)
    assert (lon - 106.7, lat - 26.6) == pytest.approx((0.0037, -0.0035), abs=1e-4)
    assert metres_between((106.7, 26.6), (lon, lat)) == pytest.approx(540, abs=20)


def test_values_that_other_programs_give():
    # 天安门, as published with several independent implementations of the two formulas.
    assert from_wgs84(116.404, 39.915, Crs.GCJ02) == pytest.approx(
        (116.41024449916938, 39.91640428150164), abs=1e-12
    )
    gcj02 = to_wgs84(116.404, 39.915, Crs.GCJ02)
    assert from_wgs84(*gcj02, Crs.BD09) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-10)


def test_nothing_is_shifted_abroad():
    assert from_wgs84(2.35, 48.86, Crs.GCJ02) == (2.35, 48.86)
    assert to_wgs84(2.35, 48.86, Crs.GCJ02) == (2.35, 48.86)
    lon, lat = to_wgs84(np.array([2.35, 106.7]), np.array([48.86, 26.6]), Crs.GCJ02)
    assert (lon[0], lat[0]) == (2.35, 48.86)
    assert lon[1] != 106.7


@pytest.mark.parametrize(
    ("lon", "lat", "field", "says"),
    [
        (float("nan"), 26.6, "lon", "not a number"),
        (106.7, float("inf"), "lat", "not a number"),
        (26.6, 106.7, "lat", "swapped"),
        (206.7, 26.6, "lon", "outside"),
        (106.7, -90.001, "lat", "outside"),
        (11_876_000.0, 3_070_000.0, "lon", "degrees, not metres"),
        (100.0, 100.0, "lat", "degrees"),
    ],
)
def test_what_is_no_place(lon, lat, field, says):
    with pytest.raises(InvalidInputError, match=says) as one:
        check_coordinates(lon, lat)
    assert one.value.field == field
    with pytest.raises(InvalidInputError, match="at position 1") as many:
        check_coordinates(np.array([106.7, lon]), np.array([26.6, lat]))
    assert many.value.field == field


def test_the_refusal_speaks_chinese_too():
    with pytest.raises(InvalidInputError) as one:
        check_coordinates(26.6, 106.7)
    assert one.value.zh == "纬度 106.7 超出 −90…90：经纬度似乎写反了，经度在前"


def test_places_pass():
    check_coordinates(106.7, 26.6)
    check_coordinates(-180, 90)
    check_coordinates(np.array([106.7, -180.0]), np.array([26.6, 90.0]))
    check_coordinates(np.zeros(0), np.zeros(0))


def test_as_many_of_each():
    with pytest.raises(InvalidInputError, match="1 latitudes beside 2") as uneven:
        check_coordinates(np.array([1.0, 2.0]), np.array([1.0]))
    assert uneven.value.field == "lat"
