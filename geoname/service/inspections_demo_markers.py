"""Makes up markers along the lines for a demonstration (生成界桩); every one says that it is generated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import shapely

from geoname.core.boundaries.marker import Marker, MarkerState, Position, ReferenceObject, StateChange
from geoname.core.boundaries.marker_number import MarkerNumber, MarkerType
from geoname.core.register.provenance import Source
from geoname.service.line_register import LineEntry

EVERY_KM = 6.0
NOTE = "演示用，系生成，非真实界桩 (generated for demonstration)"
_MOST = 900
_FACES = 2
_OBJECTS = ("路口", "桥头", "电杆", "独立树", "房角", "岩石")


def demo_source() -> Source:
    """The source that generated markers name."""
    return Source(
        "generated-demonstration", "演示用生成界桩", "geoname", "generated along derived lines",
        "none needed", NOTE, None, "0" * 64,
    )  # fmt: skip


def demo_markers(entries: Iterable[LineEntry]) -> Iterator[Marker]:
    """Markers at equal distances along each line's course, numbered from 001 in its direction."""
    for entry in entries:
        course = entry.best_course()
        if course is not None and entry.length_m:
            yield from _along(entry, course, entry.length_m)


def _along(entry: LineEntry, course: shapely.MultiLineString, length_m: float) -> Iterator[Marker]:
    count = min(_MOST, max(2, round(length_m / 1000 / EVERY_KM)))
    # The parts laid end to end: a place on the whole is a place on one of them.
    parts = [part.length for part in course.geoms]
    ends = np.cumsum(parts)
    places = np.linspace(0.0, float(ends[-1]), count + 2)[1:-1]
    chosen = np.searchsorted(ends, places)
    for serial, (place, part) in enumerate(zip(places.tolist(), chosen.tolist(), strict=True), start=1):
        before = float(ends[part]) - parts[part]
        point = course.geoms[part].interpolate(place - before)
        number = MarkerNumber(entry.code, serial, MarkerType.Q)
        side = entry.codes[serial % len(entry.codes)]
        yield Marker(
            f"{entry.id}:{number}", entry.id, str(number), entry.code, serial, MarkerType.Q, entry.codes,
            _FACES, "石质", Position(round(point.x, 6), round(point.y, 6), "EPSG:4490",
                                     round(point.x, 6), round(point.y, 6), method="generated"),
            f"{entry.name}第 {serial} 号（生成）", _references(serial), side,
            states=(StateChange(MarkerState.ERECTED, None, "", NOTE),), note=NOTE, generated=True,
            source_id=demo_source().id,
        )  # fmt: skip


def _references(serial: int) -> tuple[ReferenceObject, ...]:
    return tuple(
        ReferenceObject(_OBJECTS[(serial + step) % len(_OBJECTS)], float((serial * 37 + 120 * step) % 360),
                        float(8 + (serial * 7 + step * 13) % 40))
        for step in range(3)
    )  # fmt: skip
