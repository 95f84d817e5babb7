"""Gathers what a report says (联检报告材料), as far as whoever asks may see it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from geoname.core.boundaries.edition import Edition
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.report_facts import LineFacts, ReportFacts, WalkedFacts
from geoname.core.inspections.report_marker_table import in_number_order
from geoname.core.inspections.track_coverage import complement
from geoname.core.inspections.track_record import TrackRecord, passed_together, walked_together
from geoname.core.register.token import Caller
from geoname.errors import AmbiguousCodeError, NotFoundError, NotReadyError
from geoname.service.inspected_course import InspectedCourse, course_of
from geoname.service.inspection_acting import sees_positions
from geoname.service.line_register import LineEntry, LineRegister
from geoname.service.opened import Geoname

MAP_NAME = "map.svg"
_PROVINCE_DIGITS = 2


@dataclass(frozen=True)
class Gathered:
    """The facts of a report, and the course of its line where there is one that may be shown."""

    facts: ReportFacts
    course: InspectedCourse | None


def gather(geoname: Geoname, caller: Caller, file: CaseFile) -> Gathered:
    """What the report of a case says; coordinates, photographs and a surveyed course for those entitled."""
    case = file.inspection
    entitled = sees_positions(caller, case)
    course: InspectedCourse | None = None
    with suppress(NotReadyError):
        course = course_of(geoname, case)
    entry = course.entry if course is not None else LineRegister(geoname).find(case.line_id)
    shown = course if course is not None and course.shown_to(caller, case) else None
    tracks = tuple(one for one in geoname.store.tracks(case.id) if one.withdrawn_at is None)
    attachments = geoname.store.attachments(case.id) if entitled else []
    facts = ReportFacts(
        file,
        _line(geoname, entry, course),
        _names(geoname, case, entry),
        in_number_order(tuple(geoname.store.markers(case.line_id))),
        tracks,
        None if course is None else _walked(course, tracks),
        tuple(attachments),
        entitled,
        MAP_NAME if shown is not None else "",
    )
    return Gathered(facts, shown)


def _line(geoname: Geoname, entry: LineEntry, course: InspectedCourse | None) -> LineFacts:
    known = entry.registered
    approved = "" if known is None or known.approved_on is None else f"（{known.approved_on}）"
    return LineFacts(
        entry.name, entry.code, entry.length_m, entry.length_from,
        "" if known is None else known.start,
        "" if known is None else known.end,
        "" if known is None else known.approval + approved,
        "" if known is None else known.agreement,
        _counties(geoname, entry),
        drawn_from(geoname.store.active_edition(), course),
    )  # fmt: skip


def drawn_from(edition: Edition | None, course: InspectedCourse | None) -> str:
    """Whose geometry the map shows, how far it can be trusted, and whether it was reviewed."""
    if course is None:
        return ""
    if not course.open or edition is None:
        return "界线图形为登记的实测界线，属限制公开的资料。"
    reviewed = (
        f"审图号 {edition.map_approval}。" if edition.map_approval else "未注明审图号，仅供内部工作使用。"
    )
    return (
        f"界线图形由“{edition.title}”（{edition.as_of}，精度约 {edition.accuracy_m:g} 米）推算，"
        f"不是勘定的界线；{reviewed}"
    )


def _counties(geoname: Geoname, entry: LineEntry) -> tuple[str, ...]:
    """The counties on either side of a line between provinces."""
    provinces = set(entry.codes)
    if any(len(code) != _PROVINCE_DIGITS for code in provinces):
        return ()
    found = {
        side.code: side.name
        for line in geoname.live().boundaries.lines
        for side in line.sides
        if {(each.code or "")[:2] for each in line.sides} == provinces and len(side.code or "") == 6
    }
    return tuple(found[code] for code in sorted(code for code in found if code))


def _names(geoname: Geoname, case: Inspection, entry: LineEntry) -> dict[str, str]:
    names = {code: side.name for code, side in zip(entry.codes, entry.sides, strict=True)}
    for code in case.sides:
        if code not in names:
            with suppress(NotFoundError, AmbiguousCodeError):
                names[code] = geoname.live().codebook.find(code).division.name
    return names


def _walked(course: InspectedCourse, tracks: tuple[TrackRecord, ...]) -> WalkedFacts:
    same = tuple(one for one in tracks if one.course == course.of)
    stretch = course.stretch or (0.0, course.measure.length_m)
    missed = complement(walked_together(same), course.measure.pieces_within(stretch))
    seen = {one.marker for one in passed_together(same)}
    left = float(np.sum([end - start for start, end in missed])) if missed else 0.0
    return WalkedFacts(
        stretch[1] - stretch[0],
        stretch[1] - stretch[0] - left,
        missed,
        tuple(one.marker.number for one in course.markers if one.marker.number not in seen),
    )
