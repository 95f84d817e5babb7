"""Draws the map of a boundary line (界线示意图) as SVG: sides, line, markers, scale, north, source."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from shapely.geometry import MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoname.formats.typesetting.map_frame import Frame, frame_around

_FILLS = ("#f6e3cf", "#dcebd9", "#dfe3f2")
_OTHER = "#f4f4f2"
_LINE, _MISSED = "#b00020", "#1f5fbf"
_FONT = 'font-family="Noto Sans SC"'
_MOST_LABELS = 60
_LINE_MARKS = 66


@dataclass(frozen=True, slots=True)
class MapArea:
    """A territory: name and polygon in degrees; `side` counts the line's sides from 0, None beside it."""

    name: str
    polygon: BaseGeometry
    side: int | None = None


@dataclass(frozen=True, slots=True)
class MapMarker:
    """A marker in degrees; `sound` tells one that was found intact, None one that was not inspected."""

    number: str
    lon: float
    lat: float
    sound: bool | None = None


@dataclass(frozen=True, slots=True)
class LineMap:
    """What a map shows; `missed` are stretches that no track walked, `notes` stand below the frame."""

    course: MultiLineString
    areas: tuple[MapArea, ...]
    markers: tuple[MapMarker, ...] = ()
    missed: MultiLineString | None = None
    notes: tuple[str, ...] = ()
    label: str = ""


def line_map_svg(given: LineMap) -> bytes:
    """The map as an SVG of 1000 units' width, true to scale at the middle of the line."""
    frame = frame_around(given.course)
    legend = _legend_box(given, frame)
    notes = [line for note in given.notes for line in _lines(note)]
    height = frame.height + 22 * len(notes) + 14
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width:.0f} {height:.0f}" '
        f'width="{frame.width:.0f}" height="{height:.0f}">',
        f'<clipPath id="frame"><rect width="{frame.width:.0f}" height="{frame.height:.0f}"/></clipPath>',
        '<g clip-path="url(#frame)">',
        f'<rect width="{frame.width:.0f}" height="{frame.height:.0f}" fill="#ffffff"/>',
        *_areas(given.areas, frame),
        _path(given.course, frame, _LINE, 3.2, ""),
        *([] if given.missed is None else [_path(given.missed, frame, _MISSED, 6.0, "10 7")]),
        *_markers(given.markers, frame),
        *_names(given.areas, frame, legend),
        "</g>",
        f'<rect x="0.5" y="0.5" width="{frame.width - 1:.0f}" height="{frame.height - 1:.0f}" fill="none" '
        'stroke="#333" stroke-width="1.5"/>',
        *_north(frame),
        *_scale_bar(frame),
        *_legend(given, legend),
        *_notes(notes, given.label, frame),
        "</svg>",
    ]
    return "\n".join(parts).encode()


def _areas(areas: Sequence[MapArea], frame: Frame) -> Iterable[str]:
    # Those beside are drawn first, so that the sides' own edges stay whole.
    for area in sorted(areas, key=lambda one: one.side is not None):
        shape = _drawn(area.polygon, frame)
        if shape.is_empty:
            continue
        fill = _OTHER if area.side is None else _FILLS[area.side % len(_FILLS)]
        edge = 'stroke="#9a9a9a" stroke-width="1" fill-rule="evenodd"'
        yield f'<path d="{_data(shape)}" fill="{fill}" {edge}/>'


def _drawn(shape: BaseGeometry, frame: Frame) -> BaseGeometry:
    """A shape in the units of the map, cut a little outside the frame, finer than half a unit left out."""
    near = shapely.clip_by_rect(shape, *frame.degrees(margin=0.05))
    placed = shapely.transform(near, frame.places)
    return shapely.simplify(placed, 0.5)


def _data(shape: BaseGeometry) -> str:
    """The path data of a polygon or line in map units."""
    pieces = []
    parts = shapely.get_parts(shape)
    rings, lines = (
        shapely.get_rings(parts),
        parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING],
    )
    for line, closed in [*((ring, True) for ring in rings), *((line, False) for line in lines)]:
        places = shapely.get_coordinates(line)
        written = " ".join(f"{x:.1f},{y:.1f}" for x, y in (places[:-1] if closed else places))
        pieces.append(f"M{written}{'Z' if closed else ''}")
    return "".join(pieces)


def _path(course: MultiLineString, frame: Frame, stroke: str, width: float, dashes: str) -> str:
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="{_data(_drawn(course, frame))}" fill="none" stroke="{stroke}" stroke-width="{width}" '
        f'stroke-linejoin="round" stroke-opacity="{0.75 if dashes else 1}"{dash}/>'
    )


def _markers(markers: Sequence[MapMarker], frame: Frame) -> Iterable[str]:
    if not markers:
        return
    places = frame.places(np.array([(one.lon, one.lat) for one in markers]))
    taken: list[tuple[float, float]] = []
    radius = 5.5 if len(markers) <= _MOST_LABELS else 3.2
    for one, (x, y) in zip(markers, places.tolist(), strict=True):
        fill = {True: "#ffffff", False: "#ffb000", None: "#bdbdbd"}[one.sound]
        edge = f'stroke="{_LINE}" stroke-width="{radius / 3:.1f}"'
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" {edge}/>'
        apart = all(abs(x - left) > 74 or abs(y - top) > 22 for left, top in taken)
        if apart and len(taken) < _MOST_LABELS:
            taken.append((x, y))
            yield _text(one.number, x + 9, y - 7, 15, halo=True)


def _names(areas: Sequence[MapArea], frame: Frame, legend: Polygon) -> Iterable[str]:
    """The name of each territory where most of what is seen of it lies."""
    # Room for half a name at either side, and none under the legend, the scale bar and the arrow.
    inside = box(60, 40, frame.width - 60, frame.height - 30).difference(
        shapely.union_all(
            [
                shapely.buffer(legend, 40.0),
                box(0, frame.height - 110, 260, frame.height),
                box(frame.width - 130, 0, frame.width, 120),
            ]
        )
    )
    for area in areas:
        seen = _largest(shapely.intersection(_drawn(area.polygon, frame), inside))
        if seen is None or seen.area < 2_500:
            continue
        # The middle of the widest circle within keeps the name off the edges.
        circle = shapely.maximum_inscribed_circle(np.array([seen], dtype=object), tolerance=4.0)
        middle = shapely.get_coordinates(circle)[0]
        size, weight = (26, "bold") if area.side is not None else (17, "500")
        yield _text(area.name, middle[0], middle[1], size, weight=weight, anchor="middle", halo=True)


def _largest(shape: BaseGeometry) -> BaseGeometry | None:
    parts = [one for one in shapely.get_parts(shape) if one.area > 0]
    return max(parts, key=lambda one: float(one.area), default=None)


def _north(frame: Frame) -> Iterable[str]:
    x = frame.width - 46
    yield f'<path d="M{x},24 L{x + 13},66 L{x},56 L{x - 13},66 Z" fill="#333"/>'
    yield _text("北", x, 90, 19, anchor="middle", halo=True)


def _scale_bar(frame: Frame) -> Iterable[str]:
    metres = _round_length(frame.metres_per_unit * frame.width * 0.25)
    length = metres / frame.metres_per_unit
    x, y = 26.0, frame.height - 26.0
    words = f"{metres / 1000:g} 千米" if metres >= 1000 else f"{metres:g} 米"
    yield (
        f'<rect x="{x - 12:.0f}" y="{y - 32:.0f}" width="{length + 34:.0f}" height="48" fill="#ffffff" '
        'fill-opacity="0.85"/>'
    )
    bar = f"M{x:.1f},{y - 6:.1f} V{y:.1f} H{x + length:.1f} V{y - 6:.1f}"
    yield f'<path d="{bar}" fill="none" stroke="#333" stroke-width="2"/>'
    yield _text("0", x, y - 11, 15)
    yield _text(words, x + length, y - 11, 15, anchor="end")


def _round_length(metres: float) -> float:
    """The greatest of 1, 2, 5, 10, 20 … that is no longer."""
    power = 10.0 ** math.floor(math.log10(max(metres, 1e-3)))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= metres)


def _legend_box(given: LineMap, frame: Frame) -> Polygon:
    """Where the legend stands: at the bottom right, or where it hides less of the line."""
    width, height = 184.0, 16.0 + 25.0 * len(_signs(given))
    right, low = frame.width - width - 14.0, frame.height - height - 14.0
    course = _drawn(given.course, frame)
    corners = [(right, low), (14.0, 14.0), (14.0, low - 60.0), (right, 100.0)]
    boxes = [box(x, y, x + width, y + height) for x, y in corners]
    return min(boxes, key=lambda one: float(shapely.intersection(one, course).length))


def _signs(given: LineMap) -> list[tuple[str, str]]:
    rows = [(f'<path d="M0,0 H34" stroke="{_LINE}" stroke-width="3.2"/>', "界线")]
    if given.markers:
        for fill, words in (
            ("#ffffff", "界桩（完好）"),
            ("#ffb000", "界桩（有问题）"),
            ("#bdbdbd", "界桩（未检）"),
        ):
            rows.append(
                (f'<circle cx="17" cy="0" r="5.5" fill="{fill}" stroke="{_LINE}" stroke-width="2"/>', words)
            )
    if given.missed is not None:
        rows.append(
            (
                f'<path d="M0,0 H34" stroke="{_MISSED}" stroke-width="6" stroke-dasharray="10 7"/>',
                "轨迹未覆盖",
            )
        )
    return rows


def _legend(given: LineMap, place: Polygon) -> Iterable[str]:
    x, y, right, low = place.bounds
    plate = 'fill="#fff" fill-opacity="0.88" stroke="#777"'
    yield f'<rect x="{x:.0f}" y="{y:.0f}" width="{right - x:.0f}" height="{low - y:.0f}" {plate}/>'
    for number, (sign, words) in enumerate(_signs(given)):
        middle = y + 20 + 25 * number
        yield f'<g transform="translate({x + 12:.0f},{middle:.0f})" fill="none">{sign}</g>'
        yield _text(words, x + 58, middle + 5, 15)


def _lines(note: str) -> list[str]:
    """A note in lines that the width holds."""
    return [note[start : start + _LINE_MARKS] for start in range(0, len(note), _LINE_MARKS)]


def _notes(notes: Sequence[str], label: str, frame: Frame) -> Iterable[str]:
    for number, note in enumerate(notes):
        yield _text(note, 4, frame.height + 22 * (number + 1), 14.5)
    if label:
        yield _text(label, frame.width / 2, 34, 20, weight="bold", anchor="middle", fill=_LINE, halo=True)


def _text(
    words: str,
    x: float,
    y: float,
    size: float,
    *,
    weight: str = "500",
    anchor: str = "start",
    fill: str = "#222",
    halo: bool = False,
) -> str:
    edge = ' stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" {_FONT} font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{fill}"{edge}>{escape(words)}</text>'
    )
