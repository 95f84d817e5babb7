"""The map is true to scale, shows what it is given, names what it can, and escapes what it writes."""

from __future__ import annotations

import xml.dom.minidom
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, Polygon

from geoname.core.coordinates.geodesic import ELLIPSOID
from geoname.formats.typesetting.line_map import LineMap, MapArea, MapMarker, line_map_svg
from geoname.formats.typesetting.map_frame import frame_around
from geoname.formats.typesetting.map_png import map_png

COURSE = MultiLineString([[(106.5, 26.4), (106.52, 26.5), (106.5, 26.6)]])
WEST = Polygon([(106.2, 26.3), (106.5, 26.4), (106.52, 26.5), (106.5, 26.6), (106.2, 26.7)])
EAST = Polygon([(106.8, 26.3), (106.5, 26.4), (106.52, 26.5), (106.5, 26.6), (106.8, 26.7)])
MAP = LineMap(
    COURSE, (MapArea("清镇市", WEST, 0), MapArea("花溪区", EAST, 1)),
    (MapMarker("001Q", 106.51, 26.45, True), MapMarker("002Q", 106.51, 26.55, None)), None, ("审图号：无",),
)  # fmt: skip


def texts(svg):
    document = xml.dom.minidom.parseString(svg)
    return [node.firstChild.data for node in document.getElementsByTagName("text") if node.firstChild]


def test_sides_markers_scale_north_and_source_are_shown():
    said = texts(line_map_svg(MAP))
    assert {"清镇市", "花溪区", "001Q", "002Q", "北", "0", "审图号：无", "界线"} <= set(said)
    assert any(text.endswith("千米") for text in said)
    assert "轨迹未覆盖" not in said


def test_what_was_not_walked_is_dashed_and_in_the_legend():
    svg = line_map_svg(replace(MAP, missed=MultiLineString([[(106.5, 26.4), (106.52, 26.5)]])))
    assert "轨迹未覆盖" in texts(svg)
    assert b"stroke-dasharray" in svg


def test_without_markers_no_marker_is_explained():
    said = texts(line_map_svg(replace(MAP, markers=())))
    assert not any("界桩" in text for text in said)


def test_names_are_escaped():
    odd = replace(MAP, areas=(MapArea('<script>&"', WEST, 0),), notes=("a<b",), label="&")
    assert '<script>&"' in texts(line_map_svg(odd))


def test_long_notes_are_broken_and_many_markers_do_not_write_over_one_another():
    many = tuple(MapMarker(f"{i:03}Q", 106.51, 26.45 + i * 1e-4, True) for i in range(300))
    said = texts(line_map_svg(replace(MAP, markers=many, notes=("长" * 150,))))
    assert sum(text.endswith("Q") for text in said) < 40
    assert [len(text) for text in said if text.startswith("长")] == [66, 66, 18]


def test_a_map_becomes_a_picture():
    assert map_png(line_map_svg(MAP), 60).startswith(b"\x89PNG")


@given(st.floats(73, 135), st.floats(18, 53), st.floats(0.001, 5.0), st.floats(0.001, 5.0))
def test_the_frame_holds_the_line_and_is_true_to_scale(lon, lat, wide, high):
    line = LineString([(lon, lat), (lon + wide, min(lat + high, 54.0))])
    frame = frame_around(line)
    west, south, east, north = frame.degrees()
    assert west < lon
    assert east > lon + wide
    assert south < lat
    assert north > min(lat + high, 54.0)
    assert 0.5 < frame.height / frame.width < 1.1
    places = frame.places(np.array(line.coords))
    assert (places > 0).all()
    assert (places < [frame.width, frame.height]).all()
    middle = 0.5 * (line.bounds[1] + line.bounds[3])
    ends = frame.places(np.array([(lon, middle), (lon + 0.01, middle)]))
    metres = ELLIPSOID.inv(lon, middle, lon + 0.01, middle)[2]
    assert (ends[1, 0] - ends[0, 0]) * frame.metres_per_unit == pytest.approx(metres, rel=1e-6)


def test_the_frame_knows_its_corners():
    frame = frame_around(COURSE)
    west, south, east, north = frame.degrees()
    corners = frame.places(np.array([(west, north), (east, south)]))
    assert corners == pytest.approx(np.array([[0.0, 0.0], [frame.width, frame.height]]), abs=1e-3)
