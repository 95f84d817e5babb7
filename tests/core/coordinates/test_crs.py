"""Reference systems are known by name, and those without a public shift are refused."""

from __future__ import annotations

import pytest

from geoname.core.coordinates.crs import Crs, parse_crs
from geoname.errors import InvalidInputError


@pytest.mark.parametrize(
    ("text", "crs"),
    [
        ("wgs84", Crs.WGS84),
        ("GCJ02", Crs.GCJ02),
        (" bd09 ", Crs.BD09),
        ("EPSG:4490", Crs.CGCS2000),
        ("epsg:4326", Crs.WGS84),
    ],
)
def test_known(text, crs):
    assert parse_crs(text) is crs


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mars", "wgs84, cgcs2000, gcj02, bd09"),
        ("", "use one of"),
        ("EPSG:4214", "Beijing"),
        ("xian1980", "Xi'an"),
    ],
)
def test_refused(text, says):
    with pytest.raises(InvalidInputError, match=says) as refusal:
        parse_crs(text, field="to")
    assert refusal.value.field == "to"
