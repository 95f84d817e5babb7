"""The report of a joint inspection (联检报告) as PDF or DOCX, with the map of the line."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.field_record import MarkerState
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.report_build import GENERATED, report_of
from geoname.core.inspections.report_content import Document
from geoname.core.inspections.report_facts import ReportFacts
from geoname.core.inspections.track_coverage import cut
from geoname.core.register.token import Caller
from geoname.formats.photo_shown import shown_photo
from geoname.formats.typesetting.document_pdf import document_pdf
from geoname.formats.typesetting.line_map import LineMap, MapArea, MapMarker, line_map_svg
from geoname.formats.typesetting.map_png import map_png
from geoname.formats.word.document_docx import document_docx
from geoname.service.handing_in import ClosableBlocks, plain_filename
from geoname.service.inspect_boundary import seen_case
from geoname.service.inspected_course import InspectedCourse
from geoname.service.inspection_report_facts import MAP_NAME, Gathered, gather
from geoname.service.opened import Geoname

MOST_PHOTOGRAPHS = 60
"""Of more, the report shows the first and lists the rest."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was made: its name and content."""

    filename: str
    blocks: ClosableBlocks


@dataclass(frozen=True)
class Written:
    """A report with its pictures by name: the map as SVG, photographs as JPEG."""

    document: Document
    pictures: Mapping[str, bytes]


def inspection_report(geoname: Geoname, caller: Caller, inspection_id: str, ending: str) -> MadeFile:
    """The report as it stands, `pdf` or `docx`: a draft, said on every page, until all sides have signed it.

    Coordinates and photographs are in it for those entitled only; that it was given out is put on record.
    """
    file = seen_case(geoname, caller, inspection_id)
    gathered = gather(geoname, caller, file)
    content = report_file(write_report(geoname, gathered), ending)
    log_report(geoname, caller, gathered, f"report.{ending}")
    return MadeFile(report_name(gathered.facts, ending), ClosableBlocks(io.BytesIO(content)))


def write_report(geoname: Geoname, gathered: Gathered) -> Written:
    """The report as values, with the pictures that it shows."""
    photographs = _photographs(geoname, gathered.facts.attachments)
    facts = replace(gathered.facts, photographs={id_: name for id_, (name, _) in photographs.items()})
    pictures = dict(photographs.values())
    if gathered.course is not None:
        pictures[MAP_NAME] = _map(geoname, gathered.facts, gathered.course)
    return Written(report_of(facts), pictures)


def report_file(written: Written, ending: str) -> bytes:
    """The bytes of a report in a format."""
    if ending == "pdf":
        return document_pdf(written.document, written.pictures)
    drawn = {
        name: map_png(content) if name == MAP_NAME else content for name, content in written.pictures.items()
    }
    return document_docx(written.document, drawn)


def report_name(facts: ReportFacts, ending: str) -> str:
    """What a report is called."""
    return plain_filename(f"{facts.line.name}{facts.case.inspection.year}年联检报告.{ending}")


def log_report(geoname: Geoname, caller: Caller, gathered: Gathered, what: str) -> None:
    """Put on record that it was given out, and that coordinates were, when they were in it."""
    case = gathered.facts.case.inspection
    geoname.store.log_given(case.id, caller.actor, what)
    surveyed = gathered.course is not None and not gathered.course.open
    if gathered.facts.positions and (gathered.facts.markers or surveyed):
        geoname.store.log_coordinates_given([f"inspection:{case.id}"], caller.actor, what)


def _photographs(geoname: Geoname, attachments: tuple[Attachment, ...]) -> dict[str, tuple[str, bytes]]:
    """Name and content of the photographs to show, by the attachment's id."""
    shown = [one for one in attachments if one.withdrawn_at is None and one.is_picture][:MOST_PHOTOGRAPHS]
    return {
        one.id: (f"photo-{one.id}.jpg", shown_photo(geoname.attachments.there(one.sha256, one.ending)))
        for one in shown
    }


def _map(geoname: Geoname, facts: ReportFacts, course: InspectedCourse) -> bytes:
    case = facts.case.inspection
    missed = facts.walked.missed if facts.walked is not None and facts.tracks else ()
    stretches = [line for part in cut(course.course, missed) for line in part.geoms]
    return line_map_svg(
        LineMap(
            course.course,
            _areas(geoname, case),
            _map_markers(facts, course) if facts.positions else (),
            type(course.course)(stretches) if stretches else None,
            (facts.line.drawn_from,),
            GENERATED if facts.generated else "",
        )
    )


def _areas(geoname: Geoname, case: Inspection) -> tuple[MapArea, ...]:
    """The territories of the sides' level, as the edition in use draws them."""
    known = geoname.live().boundaries.territories
    digits = {len(side) for side in case.sides}
    return tuple(
        MapArea(name, polygon, case.sides.index(code) if code in case.sides else None)
        for code, name, polygon in zip(known.codes, known.names, known.polygons, strict=True)
        if len(code) in digits
    )


def _map_markers(facts: ReportFacts, course: InspectedCourse) -> tuple[MapMarker, ...]:
    found = {
        one.marker.number: one.marker.state is MarkerState.INTACT
        for one in facts.case.records
        if one.marker is not None and not one.not_reached
    }
    return tuple(
        MapMarker(one.marker.number, one.lon, one.lat, found.get(one.marker.number)) for one in course.markers
    )
