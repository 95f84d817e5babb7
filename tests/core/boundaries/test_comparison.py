"""Editions held against each other: distances, land between, names, and what one lacks."""

from dataclasses import replace

import pytest
import shapely

from geoname.core.boundaries.comparison import compare_editions
from geoname.core.boundaries.outline import Outline, places_along, places_apart
from geoname.core.coordinates.geodesic import lengths
from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import read_layer

SQUARE = shapely.box(106, 26, 106.1, 26.1)


def test_an_edge_moved_north_is_measured(make_territories):
    old = make_territories(SQUARE, shapely.box(106.1, 26, 106.2, 26.1))
    new = make_territories(shapely.box(106, 26, 106.1, 26.101), old.polygons[1])
    found = compare_editions(new, old)
    moved, still = found.territories
    assert (moved.code, still.code) == ("520101", "520102")
    assert moved.greatest_m == pytest.approx(110.8, abs=0.5)
    assert 0 < moved.mean_m < moved.greatest_m
    assert moved.area_between_m2 == pytest.approx(110.8 * 10_000, rel=0.02)
    assert moved.share == pytest.approx(0.01, rel=0.01)
    assert 26.0999 < moved.place[1] < 26.1011
    assert (still.mean_m, still.greatest_m, still.area_between_m2, still.place) == (0, 0, 0, None)
    assert found.greatest_m == moved.greatest_m


def test_a_dent_in_the_old_edition_counts_though_the_new_one_is_straight(make_territories):
    dented = SQUARE - shapely.box(106.04, 26.09, 106.06, 26.2)
    found = compare_editions(make_territories(SQUARE), make_territories(dented))
    back = compare_editions(make_territories(dented), make_territories(SQUARE))
    assert found.greatest_m == pytest.approx(back.greatest_m)
    assert found.greatest_m > 900


def test_names_and_codes_that_differ_are_listed(make_territories):
    old = replace(make_territories(SQUARE, SQUARE, codes=("520101", "520199")), names=("甲区", "丙区"))
    new = replace(make_territories(SQUARE, SQUARE, codes=("520101", "520102")), names=("乙区", "丁区"))
    found = compare_editions(new, old)
    assert [(one.former_name, one.name) for one in found.renamed] == [("甲区", "乙区")]
    assert (found.only_in_new, found.only_in_old) == (("520102",), ("520199",))


def test_a_ring_that_crosses_itself_is_compared_mended(make_territories):
    bow = shapely.Polygon([(106, 26), (106.1, 26.1), (106.1, 26), (106, 26.1)])
    found = compare_editions(make_territories(bow), make_territories(SQUARE))
    assert found.territories[0].share == pytest.approx(0.5, rel=0.02)


def test_nothing_in_common_compares_to_nothing(make_territories):
    found = compare_editions(make_territories(SQUARE), make_territories(SQUARE, codes=("520777",)))
    assert (found.territories, found.mean_m, found.greatest_m) == ((), 0.0, 0.0)


def test_two_published_editions_differ_as_was_measured():
    amap, tianditu = (read_layer(each, ("52",)).only(Level.COUNTY) for each in ("amap", "tianditu"))
    steps = []
    found = compare_editions(amap, tianditu, lambda done, of: steps.append((done, of)))
    assert len(found.territories) == 88
    assert 150 < found.mean_m < 300
    assert 3000 < found.greatest_m < 8000
    assert steps[-1] == (88, 88)


def test_places_along_an_outline_are_on_it_and_close_enough():
    lon, lat = places_apart(SQUARE, 1000.0)
    assert Outline(SQUARE).distances(lon, lat).max() < 0.01
    perimeter = lengths([SQUARE])[0]
    assert perimeter / 1000 <= len(lon) <= perimeter / 1000 + 1
    assert len(places_apart(shapely.box(106, 26, 106.0001, 26.0001), 1000.0)[0]) == 8
    assert len(places_apart(shapely.Polygon(), 1000.0)[0]) == 0
    assert len(places_along(SQUARE, 500.0)[0]) > 80


def test_an_empty_shape_is_infinitely_far():
    lon, lat = places_along(SQUARE, 5000.0)
    assert (Outline(shapely.Polygon()).distances(lon, lat) == float("inf")).all()
