"""Measured markers against the register: limits, datum, unknown numbers; a deviation is never "moved"."""

from __future__ import annotations

import pytest

from geoname.core.boundaries.marker import Marker, Position
from geoname.core.boundaries.marker_number import MarkerType
from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.inspections.marker_survey import Measured, SurveyVerdict, survey
from geoname.errors import InvalidInputError


def marker(number="52530010Q", lon=106.5, lat=27.0, error_m=None, crs="EPSG:4490"):
    position = Position(lon, lat, crs, lon, lat, error_m=error_m)
    return Marker(
        f"x-{number}", "x", number, "5253", 10, MarkerType.Q, ("520111", "520181"), position=position
    )


REGISTER = {"52530010Q": marker()}


def test_a_marker_in_its_place_is_within_the_limit():
    (found,) = survey([Measured("52530010Q", 106.500005, 27.0)], REGISTER, 2.0)
    assert found.verdict is SurveyVerdict.WITHIN
    assert found.distance_m == pytest.approx(0.5, abs=0.01)
    assert found.azimuth_deg == pytest.approx(90.0, abs=0.1)


def test_a_deviation_beyond_the_limit_is_to_be_verified_and_nothing_else():
    (found,) = survey([Measured("52530010Q", 106.5, 27.0001)], REGISTER, 2.0)
    assert found.verdict is SurveyVerdict.VERIFY
    assert found.distance_m == pytest.approx(11.08, abs=0.02)
    assert not any("moved" in verdict.value for verdict in SurveyVerdict)
    assert found.looks_like is None


def test_the_limit_is_never_finer_than_both_stated_errors():
    rough = {"52530010Q": marker(error_m=10.0)}
    (found,) = survey([Measured("52530010Q", 106.5, 27.0001, error_m=3.0)], rough, 2.0)
    assert found.limit_m == 13.0
    assert found.verdict is SurveyVerdict.WITHIN


def test_the_datum_of_the_measurement_is_honoured():
    lon, lat = from_wgs84(106.5, 27.0, Crs.GCJ02)
    (right,) = survey([Measured("52530010Q", lon, lat, Crs.GCJ02)], REGISTER, 2.0)
    assert right.verdict is SurveyVerdict.WITHIN
    (wrong,) = survey([Measured("52530010Q", lon, lat)], REGISTER, 2.0)
    assert wrong.verdict is SurveyVerdict.VERIFY
    assert wrong.distance_m > 200.0
    assert wrong.looks_like is Crs.GCJ02
    (plain,) = survey([Measured("52530010Q", 106.5, 27.0, Crs.BD09)], REGISTER, 2.0)
    assert plain.looks_like is Crs.WGS84


def test_an_old_datum_is_not_compared_and_says_so():
    place = Position(36_400_000.0, 2_990_000.0, "xian1980")
    old = Marker("x", "x", "52530010Q", "5253", 10, MarkerType.Q, ("1", "2"), position=place)
    bare = Marker("y", "x", "52530011Q", "5253", 11, MarkerType.Q, ("1", "2"))
    given = [Measured("52530010Q", 106.5, 27.0), Measured("52530011Q", 106.5, 27.0)]
    found = survey(given, {"52530010Q": old, "52530011Q": bare}, 2.0)
    assert [one.verdict for one in found] == [SurveyVerdict.NOT_COMPARABLE] * 2
    assert found[0].registered_crs == "xian1980"


def test_a_number_of_no_marker_is_told():
    (found,) = survey([Measured("52539999Q", 106.5, 27.0)], REGISTER, 2.0)
    assert found.verdict is SurveyVerdict.UNKNOWN


def test_wrong_places_repeats_and_limits_are_refused():
    with pytest.raises(InvalidInputError, match="lat"):
        survey([Measured("52530010Q", 27.0, 106.5)], REGISTER, 2.0)
    with pytest.raises(InvalidInputError, match="twice"):
        survey([Measured("a", 106.5, 27.0), Measured("a", 106.5, 27.0)], REGISTER, 2.0)
    for limit in (0.0, -1.0, float("nan")):
        with pytest.raises(InvalidInputError, match="limit"):
            survey([], REGISTER, limit)
