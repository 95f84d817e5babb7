"""Points written as records are what geometries would be in either database, and are read back the same."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoname.store.geopackage import geometry_blob
from geoname.store.postgis import geometry_ewkb

LON, LAT = np.array([106.7, np.nan, -180.0]), np.array([26.5, np.nan, 90.0])
FORMS = [geometry_blob, geometry_ewkb]


def geometries():
    made = np.full(3, None, dtype=object)
    made[[0, 2]] = shapely.points(LON[[0, 2]], LAT[[0, 2]])
    return made


@pytest.mark.parametrize("form", FORMS)
def test_records_are_what_geometries_would_be(form):
    assert form.point_blobs(LON, LAT) == form.encode(geometries())


@pytest.mark.parametrize("form", FORMS)
def test_they_are_read_back(form):
    lon, lat = form.points(form.point_blobs(LON, LAT))
    np.testing.assert_array_equal((lon, lat), (LON, LAT))


@pytest.mark.parametrize("form", FORMS)
def test_points_of_another_form_are_read_too(form):
    big_endian = shapely.to_wkb(shapely.Point(1, 2), byte_order=0)
    other = big_endian if form is geometry_ewkb else form.encode(geometries())[0][:8] + big_endian
    lon, lat = form.points([other, *form.point_blobs(LON, LAT)])
    np.testing.assert_array_equal((lon, lat), ([1.0, *LON], [2.0, *LAT]))
