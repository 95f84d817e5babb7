import numpy as np
import pytest
from pyproj import CRS, Transformer

from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.datum import read_frame
from geoname.errors import InvalidInputError

LON, LAT = np.array([106.7, 109.2]), np.array([26.6, 28.4])


@pytest.mark.parametrize("text", ["EPSG:4490", "epsg:4326", "OGC:CRS84", "cgcs2000", "wgs84"])
def test_degrees_stay_as_they_are(text):
    frame = read_frame(text)
    assert not frame.is_projected
    np.testing.assert_array_equal(frame.to_wgs84(LON, LAT), (LON, LAT))


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
def test_shifted_degrees_are_shifted_back(crs):
    moved = from_wgs84(LON, LAT, crs)
    assert np.abs(moved[0] - LON).max() > 0.003
    np.testing.assert_allclose(read_frame(crs.value).to_wgs84(*moved), (LON, LAT), atol=1e-9)


@pytest.mark.parametrize("epsg", [4525, 4547, 4500, 3857, 32648])
def test_metres_are_brought_back_to_degrees(epsg):
    system = CRS.from_epsg(epsg)
    x, y = Transformer.from_crs(system.geodetic_crs, system, always_xy=True).transform(LON, LAT)
    frame = read_frame(f"EPSG:{epsg}")
    assert frame.is_projected
    np.testing.assert_allclose(frame.to_wgs84(x, y), (LON, LAT), atol=1e-7)


def test_the_text_of_a_prj_file_is_read():
    told = CRS.from_epsg(4490).to_wkt("WKT1_ESRI")
    assert read_frame(told).text == "EPSG:4490"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("EPSG:4214", "Beijing 1954"),
        ("EPSG:2414", "Beijing 1954"),
        ("beijing1954", "Beijing 1954"),
        ("EPSG:4610", "Xi'an 1980"),
        ("EPSG:2343", "Xi'an 1980"),
        (CRS.from_epsg(2360).to_wkt("WKT1_ESRI"), "Xi'an 1980"),
        ("+proj=tmerc +lon_0=105 +ellps=krass", "Beijing 1954"),
    ],
)
def test_old_national_systems_are_refused_by_name(text, named):
    with pytest.raises(InvalidInputError, match=named) as raised:
        read_frame(text)
    assert "CGCS2000" in raised.value.zh
    assert raised.value.field == "crs"


@pytest.mark.parametrize("text", ["EPSG:4269", "EPSG:99999", "mars", "EPSG:4479", ""])
def test_what_is_no_system_of_china_is_refused(text):
    with pytest.raises(InvalidInputError) as raised:
        read_frame(text)
    assert raised.value.field == "crs"
