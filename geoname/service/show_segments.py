"""The segments of a line (界线分段): from marker to marker for its own people, piece by piece for anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoname.core.boundaries.course import Course
from geoname.core.boundaries.line_segments import cut_at_markers, drawn
from geoname.core.boundaries.marker import Marker
from geoname.core.register.token import Caller
from geoname.errors import NotFoundError
from geoname.service.geojson import geometry
from geoname.service.line_register import line_at
from geoname.service.marker_access import log_shown, may_see_line
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class SegmentShown:
    """A stretch of one piece of a line: the markers at its ends, metres along the piece, its course.

    `start` and `end` are numbers of markers, several where two or three stand for one place, empty at an end
    of the piece. `course` is a GeoJSON geometry.
    """

    id: str
    piece: int
    start: tuple[str, ...]
    end: tuple[str, ...]
    from_m: float
    to_m: float
    length_m: float
    course: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class SegmentList:
    """The segments of a line; `course_from` is `surveyed` or `derived`.

    `at_markers` tells whether they are cut at markers, which only a side's own people are shown.
    """

    line_id: str
    at_markers: bool
    course_from: str
    length_m: float
    items: tuple[SegmentShown, ...]


def list_segments(geoname: Geoname, line_id: str, caller: Caller) -> SegmentList:
    """The segments of a line; shown to a side's own people, cuts at markers are on record.

    NotFoundError when there is no such line, or it has no course.
    """
    _, entry = line_at(geoname, line_id)
    entitled = may_see_line(caller, entry)
    course = entry.best_course() if entitled else entry.open_course()
    if course is None:
        raise NotFoundError(
            f"line {entry.id} has no course: load one with geoname load lines, or polygons of both sides",
            zh=f"界线 {entry.id} 没有走向：请用 geoname load lines 载入，或载入双方的区划面",
            field="id",
        )
    # Where lines meet, a marker may be numbered on another one, whose serials would mix with these.
    markers = [one for one in geoname.store.markers(entry.id) if entitled and one.line_id == entry.id]
    along = Course(course)
    numbers = _by_serial(markers)
    items = tuple(
        SegmentShown(
            one.id,
            one.piece + 1,
            numbers.get(one.start, ()),
            numbers.get(one.end, ()),
            round(one.from_m, 1),
            round(one.to_m, 1),
            round(one.length_m, 1),
            geometry(drawn(along, one)) if one.length_m > 0 else None,
        )
        for one in cut_at_markers(along, markers)
    )
    surveyed = course is not entry.open_course()
    if markers or surveyed:
        log_shown(geoname, caller, [entry.id], "segments")
    return SegmentList(
        entry.id,
        bool(markers),
        "surveyed" if surveyed else "derived",
        round(float(along.piece_m.sum()), 1),
        items,
    )


def _by_serial(markers: list[Marker]) -> dict[int | None, tuple[str, ...]]:
    found: dict[int | None, tuple[str, ...]] = {}
    for one in markers:
        found[one.serial] = (*found.get(one.serial, ()), one.number)
    return found
