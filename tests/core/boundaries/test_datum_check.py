"""Whether the lines of a file tell in what its coordinates are measured."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.datum_check import check_datum
from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import read_layer


def measured_in(territories, crs):
    moved = shapely.transform(
        territories.polygons, lambda places: np.column_stack(from_wgs84(places[:, 0], places[:, 1], crs))
    )
    return replace(territories, polygons=moved)


@pytest.fixture(scope="module")
def layers():
    return {layer: read_layer(layer, ("52",)).only(Level.COUNTY) for layer in ("tianditu", "amap")}


@pytest.mark.parametrize("layer", ["tianditu", "amap"])
@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
def test_a_shift_that_is_not_declared_is_named(layers, layer, crs):
    found = check_datum(measured_in(layers[layer], crs), layers["tianditu"], Crs.WGS84)
    assert found.is_wrong
    assert (found.likely, found.territories) == (crs, 88)
    assert found.confidence > 0.999
    assert found.places > 4000


def test_the_shift_of_public_maps_is_the_one_known(layers):
    found = check_datum(measured_in(layers["amap"], Crs.GCJ02), layers["tianditu"], Crs.WGS84)
    assert found.shift_m == pytest.approx((384, -358), abs=25)


@pytest.mark.parametrize("declared", [Crs.WGS84, Crs.CGCS2000])
def test_another_survey_of_the_same_lines_is_not_taken_for_a_shift(layers, declared):
    found = check_datum(layers["amap"], layers["tianditu"], declared)
    assert not found.is_wrong
    assert found.likely is Crs.WGS84
    assert 50 < found.median_m[Crs.WGS84] < 250


def test_every_county_alone_is_told_right(layers):
    wrong = []
    for position in range(88):
        one = layers["amap"].take([position])
        for crs in (Crs.WGS84, Crs.GCJ02, Crs.BD09):
            found = check_datum(measured_in(one, crs), layers["tianditu"], Crs.WGS84)
            if (found.likely if found.is_wrong else Crs.WGS84) is not crs:
                wrong.append((one.names[0], crs))
    assert wrong == []


def test_what_is_declared_shifted_and_is_not_is_found_out_too(layers):
    as_read = shapely.transform(
        layers["amap"].polygons,
        lambda places: np.column_stack(_unshift(places)),
    )
    found = check_datum(replace(layers["amap"], polygons=as_read), layers["tianditu"], Crs.GCJ02)
    assert (found.is_wrong, found.likely) == (True, Crs.WGS84)


def _unshift(places):
    from geoname.core.coordinates.convert import to_wgs84

    return to_wgs84(places[:, 0], places[:, 1], Crs.GCJ02)


def test_children_are_compared_by_the_outline_they_fill(layers):
    county = layers["tianditu"].take([0])
    west, south, east, north = county.polygons[0].bounds
    middle = (west + east) / 2
    halves = shapely.intersection(
        county.polygons[0],
        [
            shapely.box(west - 1, south - 1, middle, north + 1),
            shapely.box(middle, south - 1, east + 1, north + 1),
        ],
    )
    code = county.codes[0]
    townships = Territories(
        (f"{code}001", f"{code}002"), ("甲", "乙"), (Level.TOWNSHIP,) * 2, np.asarray(halves)
    )
    found = check_datum(measured_in(townships, Crs.GCJ02), layers["tianditu"], Crs.WGS84)
    assert (found.is_wrong, found.likely) == (True, Crs.GCJ02)
    # One half alone has an edge that the county does not know.
    assert check_datum(townships.take([0]), layers["tianditu"], Crs.WGS84) is None


def test_nothing_in_common_is_nothing_to_compare(layers):
    stranger = replace(layers["tianditu"].take([0]), codes=("110101",))
    assert check_datum(stranger, layers["tianditu"], Crs.WGS84) is None
