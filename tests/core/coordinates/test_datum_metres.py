import numpy as np
import pytest
from pyproj import CRS, Transformer

from geoname.core.coordinates.datum_metres import looks_like_metres, looks_swapped, recognise_metres

GUIZHOU = (103.6, 24.6, 109.6, 29.3)
LON, LAT = np.array([106.4, 106.7, 106.9]), np.array([26.4, 26.6, 26.8])


def projected(epsg):
    system = CRS.from_epsg(epsg)
    return Transformer.from_crs(system.geodetic_crs, system, always_xy=True).transform(LON, LAT)


@pytest.mark.parametrize(
    ("epsg", "named"),
    [(4523, "zone 35"), (4524, "zone 36"), (4496, "zone 18"), (3857, "Mercator")],
)
def test_a_projection_with_its_zone_is_recognised_alone(epsg, named):
    x, y = projected(epsg)
    assert looks_like_metres(x, y)
    (found,) = recognise_metres(x, y, GUIZHOU)
    assert (found.crs, found.northing_first) == (f"EPSG:{epsg}", False)
    assert named in found.title


def test_north_before_east_is_recognised():
    x, y = projected(4523)
    (found,) = recognise_metres(y, x, GUIZHOU)
    assert (found.crs, found.northing_first) == ("EPSG:4523", True)


def test_without_a_zone_the_division_narrows_the_meridians_down():
    x, y = projected(4544)
    found = [one.crs for one in recognise_metres(x, y, GUIZHOU)]
    assert "EPSG:4544" in found
    assert len(found) <= 3
    assert len(recognise_metres(x, y)) > len(found)


def test_degrees_are_no_metres_and_nonsense_is_no_projection():
    assert not looks_like_metres(LON, LAT)
    assert recognise_metres(np.array([5e8]), np.array([5e8])) == ()
    assert recognise_metres(np.empty(0), np.empty(0)) == ()


def test_latitude_before_longitude_looks_swapped():
    assert looks_swapped(LAT, LON)
    assert not looks_swapped(LON, LAT)
    assert not looks_swapped(np.empty(0), np.empty(0))
