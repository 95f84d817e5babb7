"""The course of a case's line (联检界线走向), its markers in order, and who may see either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiLineString, Point, mapping

from geoname.core.boundaries.marker import Marker
from geoname.core.inspections.field_list import END, START
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.line_measure import LineMeasure
from geoname.core.inspections.track_coverage import Interval
from geoname.core.register.token import Caller
from geoname.errors import NotReadyError
from geoname.service.inspection_acting import sees_positions
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.opened import Geoname

REGISTERED = "registered"
_DIGITS = 7


@dataclass(frozen=True, slots=True)
class PlacedMarker:
    """A marker with its place along the line, metres from the line's beginning and metres off it."""

    marker: Marker
    lon: float
    lat: float
    at_m: float
    off_m: float


@dataclass(frozen=True)
class InspectedCourse:
    """The line of a case as it runs.

    `course` is in degrees, WGS 84; `of` says whose it is: `registered`, or the id of the edition that it was
    derived from, with the edition's stated `accuracy_m` (0 for a surveyed course, which states none). `open`
    tells whether anyone may see it. `stretch` is what a special inspection looks at, metres along the line.
    """

    entry: LineEntry
    course: MultiLineString
    measure: LineMeasure
    of: str
    accuracy_m: float
    open: bool
    markers: tuple[PlacedMarker, ...]
    stretch: Interval | None

    def shown_to(self, caller: Caller, case: Inspection) -> bool:
        """Whether the caller may see where the line runs."""
        return self.open or sees_positions(caller, case)

    def point(self, number: str) -> Point:
        """Where a marker that is placed stands."""
        return next(Point(one.lon, one.lat) for one in self.markers if one.marker.number == number)

    def segment(self, start: str, end: str) -> MultiLineString | None:
        """The part between two markers, or an end of the line and a marker; None where one has no place."""
        at = {one.marker.number: one.at_m for one in self.markers} | {START: 0.0, END: self.measure.length_m}
        if start not in at or end not in at or at[start] == at[end]:
            return None
        return self.measure.between(min(at[start], at[end]), max(at[start], at[end]))


def course_of(geoname: Geoname, case: Inspection) -> InspectedCourse:
    """The course of a case's line; NotReadyError when neither a survey nor an edition draws it."""
    entry = LineRegister(geoname).find(case.line_id)
    course = entry.best_course()
    if course is None:
        raise NotReadyError(
            f"line {case.line_id} has no course: load its geometry or an edition that shows both sides",
            zh=f"界线 {case.line_id} 没有图形：请载入其界线，或载入含双方的界线版本",
        )
    surveyed = entry.registered is not None and entry.registered.course is not None
    edition = None if surveyed else geoname.store.active_edition()
    measure = LineMeasure(course)
    markers = _placed(geoname, case.line_id, measure)
    return InspectedCourse(
        entry,
        course,
        measure,
        REGISTERED if edition is None else edition.id,
        0.0 if edition is None else edition.accuracy_m,
        not surveyed,
        markers,
        _stretch(case, markers),
    )


def line_geometry(shape: MultiLineString) -> dict[str, Any]:
    """The GeoJSON of a line, degrees to a centimetre."""
    rounded = shapely.transform(shape, lambda places: places.round(_DIGITS))
    return dict(mapping(rounded))


def _placed(geoname: Geoname, line_id: str, measure: LineMeasure) -> tuple[PlacedMarker, ...]:
    found = []
    for marker in geoname.store.markers(line_id):
        place = marker.position
        if place is not None and place.lon is not None and place.lat is not None:
            found.append(PlacedMarker(marker, place.lon, place.lat, *measure.locate(place.lon, place.lat)))
    return tuple(sorted(found, key=lambda one: (one.at_m, one.marker.number)))


def _stretch(case: Inspection, markers: tuple[PlacedMarker, ...]) -> Interval | None:
    """Metres along the line between the markers of a stretch; None for the whole line.

    A stretch whose markers have no position yet is looked at within the whole line.
    """
    if case.stretch is None:
        return None
    at = {one.marker.number: one.at_m for one in markers}
    ends = (at.get(case.stretch.from_marker), at.get(case.stretch.to_marker))
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    return min(ends[0], ends[1]), max(ends[0], ends[1])
