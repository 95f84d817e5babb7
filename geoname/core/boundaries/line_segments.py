"""A line cut at its markers (界线分段): what an inspection walks, from one marker to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString

from geoname.core.boundaries.course import Course
from geoname.core.boundaries.marker import Marker


@dataclass(frozen=True, slots=True)
class LineSegment:
    """A stretch of one piece of a line, in the direction of its course.

    `start` and `end` are the serials of the markers there, None at an end of the piece. `from_m` and `to_m`
    are metres along the piece. `id` is piece, start and end in one text, such as `1:001-002`.
    """

    id: str
    piece: int
    start: int | None
    end: int | None
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """How long it is, metres."""
        return self.to_m - self.from_m


def cut_at_markers(course: Course, markers: Sequence[Marker]) -> tuple[LineSegment, ...]:
    """The segments of a line, piece after piece; a piece without markers is one segment.

    Markers of one serial number stand for one place, midway between their feet; those without a position in
    WGS 84 cut nothing.
    """
    placed = [one for one in markers if one.position is not None and one.position.lon is not None]
    lon = np.array([one.position.lon for one in placed if one.position], dtype=np.float64)
    lat = np.array([one.position.lat for one in placed if one.position], dtype=np.float64)
    along = course.along(lon, lat)
    feet: dict[tuple[int, int], list[float]] = {}
    for marker, piece, metres in zip(placed, along.piece.tolist(), along.chainage_m.tolist(), strict=True):
        if piece >= 0:
            feet.setdefault((piece, marker.serial), []).append(metres)
    segments: list[LineSegment] = []
    for piece, length in enumerate(course.piece_m.tolist()):
        cuts = sorted((sum(at) / len(at), serial) for (part, serial), at in feet.items() if part == piece)
        at, before = 0.0, None
        for metres, serial in cuts:
            if metres > at or before is not None:
                segments.append(_segment(piece, before, serial, at, metres))
            at, before = metres, serial
        if length > at or not cuts:
            segments.append(_segment(piece, before, None, at, length))
    return tuple(segments)


def drawn(course: Course, segment: LineSegment) -> LineString:
    """The course of a segment in degrees, WGS 84."""
    return course.stretch(segment.piece, segment.from_m, segment.to_m)


def _segment(piece: int, start: int | None, end: int | None, from_m: float, to_m: float) -> LineSegment:
    written = f"{_serial(start, 'start')}-{_serial(end, 'end')}"
    return LineSegment(f"{piece + 1}:{written}", piece, start, end, from_m, to_m)


def _serial(serial: int | None, otherwise: str) -> str:
    return otherwise if serial is None else f"{serial:03d}"
