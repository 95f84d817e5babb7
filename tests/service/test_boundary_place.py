"""Coordinates that are not where, or in what, the file says are refused by name with the remedy."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geoname.core.coordinates.crs import Crs
from geoname.core.coordinates.datum import read_frame
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.boundary_place import check_units
from geoname.service.load_boundaries import Wish, load_boundaries
from geoname.service.suggest_definition import suggest_definition

DRY = Wish(dry_run=True)


@pytest.fixture
def refused(guizhou, tmp_path, own):
    """Load territories under a definition; the error, which must name a field."""

    def load(territories, **told):
        file = own.write_polygons(tmp_path / "a.geojson", territories)
        own.define(file, **told)
        with pytest.raises(InvalidInputError) as raised:
            load_boundaries(guizhou, file, "t", DRY)
        assert raised.value.field
        assert raised.value.zh != raised.value.message
        return raised.value

    return load


def projected(territories, epsg, northing_first=False):
    forward = Transformer.from_crs("EPSG:4490", epsg, always_xy=True)

    def move(places):
        x, y = forward.transform(places[:, 0], places[:, 1])
        return np.column_stack((y, x) if northing_first else (x, y))

    return replace(territories, polygons=shapely.transform(territories.polygons, move))


@pytest.mark.parametrize(("crs", "name"), [(Crs.GCJ02, "GCJ-02"), (Crs.BD09, "BD-09")])
@pytest.mark.parametrize("prefix", ["52", "520111"])
def test_a_shift_that_is_not_declared_is_refused_by_name(refused, own, crs, name, prefix):
    error = refused(own.measured_in(own.counties(prefix=prefix), crs))
    assert f"are {name}, not CGCS2000" in error.message
    assert f'crs = "{crs}"' in error.message
    assert "confidence 1.0000" in error.message
    assert error.field == "crs"


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
def test_the_remedy_converts_vertex_by_vertex(guizhou, tmp_path, own, crs):
    true = own.counties("tianditu", "5201")
    file = own.write_polygons(tmp_path / "a.gpkg", own.measured_in(true, crs))
    report = load_boundaries(guizhou, own.define(file, crs=crs.value), "t", DRY)
    assert report.comparison.greatest_m < 0.01
    assert report.datum.declared == crs


def test_the_suggestion_names_the_shift(guizhou, tmp_path, own):
    file = own.write_polygons(tmp_path / "a.geojson", own.measured_in(own.counties(), Crs.GCJ02))
    found = suggest_definition(guizhou, file)
    assert 'crs = "gcj02"  # told by the lines' in found.text
    assert found.missing == ("authority", "source", "licence", "valid_from")


def test_shifted_townships_are_found_out_by_the_outline_they_fill(refused, guizhou, own):
    territories = guizhou.live().boundaries.territories
    county = territories.polygons[territories.codes.index("520111")]
    townships = own.generated_children(county, "520111", guizhou.live())
    assert set(townships.levels) == {Level.TOWNSHIP}
    error = refused(own.measured_in(townships, Crs.GCJ02))
    assert 'crs = "gcj02"' in error.message


def test_a_file_declared_shifted_that_is_not_is_found_out(refused, own):
    error = refused(own.counties("tianditu", "5201"), crs="gcj02")
    assert 'write crs = "wgs84"' in error.message


def test_longitude_and_latitude_swapped(refused, guizhou, tmp_path, own):
    true = own.counties("tianditu", "5204")
    swapped = replace(true, polygons=shapely.transform(true.polygons, lambda places: places[:, ::-1]))
    error = refused(swapped)
    assert error.field == "axis_order"
    assert 'axis_order = "lat,lon"' in error.message
    file = own.define(own.write_polygons(tmp_path / "b.geojson", swapped), axis_order="lat,lon")
    assert load_boundaries(guizhou, file, "t", DRY).comparison.greatest_m < 0.01
    assert 'axis_order = "lat,lon"' in suggest_definition(guizhou, file).text


@pytest.mark.parametrize(
    ("epsg", "northing_first"),
    [("EPSG:4523", False), ("EPSG:4523", True), ("EPSG:4496", False), ("EPSG:3857", False)],
)
def test_metres_taken_for_degrees_are_refused_and_the_zone_named(
    refused, guizhou, tmp_path, own, epsg, northing_first
):
    moved = projected(own.counties("tianditu", "5204"), epsg, northing_first)
    error = refused(moved)
    assert f'crs = "{epsg}"' in error.message
    told = {"crs": epsg, "axis_order": "lat,lon" if northing_first else None}
    file = own.define(own.write_polygons(tmp_path / "b.geojson", moved), **told)
    assert load_boundaries(guizhou, file, "t", DRY).comparison.greatest_m < 0.01
    assert f'crs = "{epsg}"' in suggest_definition(guizhou, file.rename(tmp_path / "c.geojson")).text


def test_degrees_taken_for_metres(refused, own):
    assert "EPSG:4490" in refused(own.counties(prefix="5204"), crs="EPSG:4523").message


@pytest.mark.parametrize(("crs", "named"), [("EPSG:4214", "Beijing 1954"), ("EPSG:4610", "Xi'an 1980")])
def test_old_national_systems_are_refused_whether_declared_or_in_the_file(
    refused, guizhou, tmp_path, own, crs, named
):
    assert named in refused(own.counties(prefix="5204"), crs=crs).message
    file = own.define(own.write_polygons(tmp_path / "b.shp", own.counties(prefix="5204"), crs=crs))
    with pytest.raises(InvalidInputError, match=named) as raised:
        load_boundaries(guizhou, file, "t", DRY)
    assert raised.value.field == "file"


def test_a_projection_that_the_file_contradicts(guizhou, tmp_path, own):
    moved = projected(own.counties(prefix="5204"), "EPSG:4523")
    file = own.define(own.write_polygons(tmp_path / "b.shp", moved, crs="EPSG:4523"), crs="EPSG:4524")
    with pytest.raises(InvalidInputError, match=r"zone 35.*zone 36"):
        load_boundaries(guizhou, file, "t", DRY)


def test_what_lies_outside_the_stated_division(refused, own):
    away = own.counties(prefix="5204")
    moved = replace(
        away, polygons=shapely.transform(away.polygons, lambda places: places + np.array([3.0, 2.0]))
    )
    error = refused(moved)
    assert "outside the stated division" in error.message
    assert "6 of 6 territories" in error.message


def test_coordinates_that_are_no_place(refused, own):
    away = own.counties(prefix="5204")
    polygons = away.polygons.copy()
    polygons[0] = shapely.transform(polygons[0], lambda places: places + np.array([0.0, 300.0]))
    assert "no place" in refused(replace(away, polygons=polygons)).message


def test_a_shapefile_without_prj_is_read_as_the_definition_says(guizhou, tmp_path, own):
    file = own.define(own.write_polygons(tmp_path / "a.shp", own.counties("tianditu", "5204")))
    file.with_suffix(".prj").unlink()
    report = load_boundaries(guizhou, file, "t", DRY)
    assert (report.crs_in_file, report.comparison.greatest_m) == ("", 0.0)


def test_metres_are_named_as_the_file_itself_says(guizhou, tmp_path, own):
    territories = projected(own.counties(prefix="520111"), "EPSG:4545")
    file = own.write_polygons(tmp_path / "a.gpkg", territories, crs="EPSG:4545")
    with pytest.raises(InvalidInputError, match='write crs = "EPSG:4545", as the file itself says'):
        load_boundaries(guizhou, own.define(file), "t", DRY)


def test_of_many_meridians_the_divisions_are_asked_for():
    east, north = np.array([368_215.0]), np.array([2_914_623.0])
    with pytest.raises(InvalidInputError, match="within") as raised:
        check_units(east, north, read_frame("EPSG:4490"), ())
    assert "within" in raised.value.zh
    assert len(raised.value.message) < 300
