"""Old datums are told however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from pyproj import CRS

from geoname.core.coordinates.old_datum import OldDatum, old_datum


@pytest.mark.parametrize(
    "text",
    ["xian1980", " Xian1980 ", "EPSG:4610", "EPSG:2360", "1980西安坐标系", CRS.from_epsg(2360).to_wkt()],
)
def test_xian(text):
    assert old_datum(text) is OldDatum.XIAN1980


@pytest.mark.parametrize("text", ["beijing1954", "EPSG:4214", "EPSG:2432", "北京54", "54北京"])
def test_beijing(text):
    assert old_datum(text) is OldDatum.BEIJING1954


@pytest.mark.parametrize(
    "text",
    ["", " ", "EPSG:4490", "EPSG:4326", "EPSG:4544", "gcj02", "bd09", "wgs84", "nonsense", "EPSG:999999"],
)
def test_others(text):
    assert old_datum(text) is None
