"""Markers held against their line: off it, on another, out of order, badly described, miscounted; shifted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geoname.core.boundaries.course import Course
from geoname.core.boundaries.marker import Marker, Position, ReferenceObject
from geoname.core.boundaries.marker_checks import MarkerTrouble, check_markers, place_markers
from geoname.core.boundaries.marker_datum import check_marker_datum
from geoname.core.boundaries.marker_number import parse_marker_number
from geoname.core.boundaries.registered_line import MarkerCounts
from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs

LINE = shapely.MultiLineString([[(106.0, 26.5), (106.2, 26.5)]])
THREE = (ReferenceObject("树", 10, 20), ReferenceObject("石", 100, 20), ReferenceObject("房", 200, 20))


def marker(number: str, lon: float, lat: float = 26.5) -> Marker:
    read = parse_marker_number(number)
    return Marker(
        f"l:{number}", "l", number, read.line_code, read.serial, read.type, ("52", "53"),
        position=Position(lon, lat, "EPSG:4490", lon, lat), references=THREE, responsible_side="52",
    )  # fmt: skip


def kinds(*markers: Marker, **more) -> list[str]:
    placed = place_markers(markers, Course(LINE))
    return [one.kind for one in check_markers(placed, tolerance_m=10.0, **more)]


def test_what_is_right_has_no_findings():
    assert kinds(marker("001Q", 106.01), marker("002A", 106.05), marker("002B", 106.0501)) == []
    assert kinds() == []


def test_a_marker_off_the_line_is_found_with_its_distance():
    placed = place_markers([marker("001Q", 106.01, 26.501)], Course(LINE))
    (found,) = check_markers(placed, tolerance_m=10.0)
    assert (found.kind, found.numbers) == (MarkerTrouble.OFF_LINE, ("001Q",))
    assert found.metres == pytest.approx(110.8, abs=0.2)
    assert check_markers(placed, tolerance_m=120.0) == ()


def test_a_marker_nearer_to_another_line_is_said_to_be():
    placed = place_markers([marker("001Q", 106.01, 26.6)], Course(LINE))
    (found,) = check_markers(placed, tolerance_m=10.0, nearer=[("花龙线", 3.0)])
    assert found.kind == MarkerTrouble.WRONG_LINE
    assert "花龙线" in found.zh


def test_a_marker_on_its_line_is_not_told_of_others():
    placed = place_markers([marker("001Q", 106.01)], Course(LINE))
    assert check_markers(placed, tolerance_m=10.0, nearer=[("花龙线", 0.0)]) == ()


def test_order_counts_from_either_end():
    rising = [marker(f"{i:03d}Q", 106.0 + i / 100) for i in range(1, 6)]
    falling = [marker(f"{i:03d}Q", 106.1 - i / 100) for i in range(1, 6)]
    assert kinds(*rising) == kinds(*falling) == []
    swapped = [*rising[:2], marker("003Q", 106.045), marker("004Q", 106.04), rising[4]]
    assert kinds(*swapped) == [MarkerTrouble.ORDER]


def test_what_is_missing_is_found():
    bare = replace(marker("001Q", 106.01), references=THREE[:2], responsible_side="")
    assert kinds(bare) == [MarkerTrouble.FEW_REFERENCES, MarkerTrouble.NO_RESPONSIBLE_SIDE]
    assert kinds(replace(marker("001Q", 106.01), position=None)) == [MarkerTrouble.NO_POSITION]
    old = Position(18_500_000.0, 2_900_000.0, "xian1980")
    assert kinds(replace(marker("001Q", 106.01), position=old)) == [MarkerTrouble.NOT_CONVERTED]


def test_counts_are_of_places():
    pair = [marker("001A", 106.01), marker("001B", 106.0101), marker("002Q", 106.02)]
    assert kinds(*pair, counts=MarkerCounts(1, 1, 0)) == []
    assert kinds(*pair, counts=MarkerCounts(2, 1, None)) == [MarkerTrouble.COUNT]
    assert kinds(*pair, counts=MarkerCounts()) == []


def test_numbers_are_checked_too():
    assert kinds(marker("5253001Q", 106.01), marker("5253003Q", 106.02), line_code="5253") == ["gap"]


@pytest.fixture
def along():
    share = np.linspace(0.05, 0.95, 12)
    bent = shapely.LineString([(106.0, 26.5), (106.1, 26.55), (106.15, 26.4), (106.2, 26.5)])
    points = shapely.get_coordinates(shapely.line_interpolate_point(bent, share, normalized=True))
    return points[:, 0], points[:, 1], [shapely.MultiLineString([bent])] * 12


@pytest.mark.parametrize("system", [Crs.GCJ02, Crs.BD09])
def test_shifted_coordinates_are_found_out(along, system):
    lon, lat, lines = along
    found = check_marker_datum(*from_wgs84(lon, lat, system), lines, Crs.CGCS2000)
    assert found.is_wrong
    assert found.likely is system


def test_right_coordinates_are_left_alone(along):
    lon, lat, lines = along
    assert not check_marker_datum(lon, lat, lines, Crs.CGCS2000).is_wrong
    assert check_marker_datum(lon[:4], lat[:4], lines[:4], Crs.WGS84) is None


def test_a_line_that_is_drawn_roughly_accuses_nobody(along):
    lon, lat, lines = along
    rough = np.random.default_rng(7).normal(0.0, 0.002, (2, 12))
    assert not check_marker_datum(lon + rough[0], lat + rough[1], lines, Crs.CGCS2000).is_wrong
