"""Photographs and scans of a case (附件): handed in, kept by content, given back to its sides alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geoname.core.inspections.attachment import PHOTO, SCAN, Attachment, check_subject
from geoname.core.inspections.case_file import CaseFile
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError, NotFoundError, NotReadyError
from geoname.formats.photo import PhotoFacts, read_photo
from geoname.formats.photo_kind import PictureKind, picture_kind
from geoname.service.handing_in import ClosableBlocks, Upload, plain_filename
from geoname.service.inspect_boundary import Asked, demand_open, seen_case
from geoname.service.inspected_course import course_of
from geoname.service.inspection_acting import as_side, sees_positions
from geoname.service.inspection_material_answers import AttachmentList
from geoname.service.inspection_moment import new_id, now
from geoname.service.inspection_tracks import demand_reason
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class AttachmentContent:
    """A file to give back: its media type, the name its sender gave, its content."""

    media: str
    filename: str
    blocks: ClosableBlocks


def add_attachment(
    geoname: Geoname, asked: Asked, inspection_id: str, upload: Upload, subject: str = "case", note: str = ""
) -> Attachment:
    """Keep a photograph or scan; the same content for the same subject is the one kept already.

    InvalidInputError for what is no picture by its content, or belongs to nothing of the case; TooLargeError
    beyond the limit; OutOfOrderError once the case is closed. Nothing is kept then.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    demand_open(file)
    _check_there(file, check_subject(subject))
    most = min(upload.quota.file_bytes, geoname.field.photo_bytes)
    with geoname.attachments.receiving(upload.stream, most, picture_kind) as received:
        facts = read_photo(received.file)
        made = Attachment(
            new_id(), inspection_id, subject, SCAN if _is_scan(facts) else PHOTO,
            plain_filename(upload.filename, f"photo.{facts.kind}"), received.sha256, received.ending,
            received.size, who.side, who.actor, now(), facts.width, facts.height, facts.orientation,
            facts.pages, facts.lon, facts.lat, facts.height_m, _off_line(geoname, file, facts),
            facts.taken_at, note.strip(), generated=file.inspection.generated,
            off_marker_m=_off_marker(geoname, file, facts, subject),
        )  # fmt: skip
        with geoname.attachments.guarded():
            geoname.attachments.place(received)
            return geoname.store.add_attachment(made)


def list_attachments(
    geoname: Geoname, caller: Caller, inspection_id: str, subject: str | None = None
) -> AttachmentList:
    """Those of a case, oldest first; where they were taken is shown to those entitled, and put on record."""
    case = seen_case(geoname, caller, inspection_id).inspection
    found = [
        one for one in geoname.store.attachments(inspection_id) if subject is None or one.subject == subject
    ]
    if any(one.lon is not None for one in found):
        if sees_positions(caller, case):
            chain = f"inspection:{inspection_id}"
            geoname.store.log_coordinates_given([chain], caller.actor, "photographs' places")
        else:
            found = [replace(one, lon=None, lat=None, height_m=None) for one in found]
    return AttachmentList(tuple(found))


def attachment_content(
    geoname: Geoname, caller: Caller, inspection_id: str, attachment_id: str
) -> AttachmentContent:
    """The file as it was handed in, for recorders and above of a side; that it was given out is recorded.

    A photograph may carry the place in itself, so that it is given like a coordinate.
    """
    case = seen_case(geoname, caller, inspection_id).inspection
    found = _known(geoname, inspection_id, attachment_id)
    if found.withdrawn_at is not None or not sees_positions(caller, case):
        raise _unknown(attachment_id)
    path = geoname.attachments.there(found.sha256, found.ending)
    geoname.store.log_given(inspection_id, caller.actor, f"attachment {attachment_id}")
    return AttachmentContent(PictureKind(found.ending).media, found.filename, ClosableBlocks(path.open("rb")))


def withdraw_attachment(geoname: Geoname, asked: Asked, inspection_id: str, attachment_id: str) -> Attachment:
    """Withdraw what was handed in by mistake; it stays on record with the reason."""
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    demand_open(file)
    demand_reason(asked.reason)
    _known(geoname, inspection_id, attachment_id)
    return geoname.store.withdraw_attachment(attachment_id, who.actor, asked.reason.strip())


def _is_scan(facts: PhotoFacts) -> bool:
    return facts.kind in (PictureKind.PDF, PictureKind.TIFF)


def _off_line(geoname: Geoname, file: CaseFile, facts: PhotoFacts) -> float | None:
    """How far from the line the photograph was taken, None when either place is unknown."""
    if facts.lon is None or facts.lat is None:
        return None
    try:
        measure = course_of(geoname, file.inspection).measure
    except (NotReadyError, NotFoundError):
        return None
    return round(measure.locate(facts.lon, facts.lat)[1], 1)


def _off_marker(geoname: Geoname, file: CaseFile, facts: PhotoFacts, subject: str) -> float | None:
    """How far from its marker the photograph was taken, None where either place is unknown."""
    number = subject.removeprefix("marker:")
    for marker in geoname.store.markers(file.inspection.line_id) if number != subject else ():
        place = marker.position
        if marker.number == number and place is not None and place.lon is not None and place.lat is not None:
            metres = facts.metres_from(place.lon, place.lat)
            return None if metres is None else round(metres, 1)
    return None


def _check_there(file: CaseFile, subject: str) -> None:
    kind, _, key = subject.partition(":")
    named = {
        "case": [key],
        "marker": [item.key.partition(":")[2] for item in file.inspection.items if item.key == subject],
        "segment": [item.key.partition(":")[2] for item in file.inspection.items if item.key == subject],
        "record": [one.id for one in file.records],
        "finding": [one.id for one in file.findings],
        "peace": [one.id for one in file.peace],
        "paper": [one.id for one in file.papers],
    }
    if key not in named[kind]:
        raise InvalidInputError(
            f"this case has no {subject}: name an item of its field list, a record, a finding or a paper",
            zh=f"本案没有 {subject}：请写外业清单中的项目，或本案的记录、问题、材料",
            field="subject",
        )


def _known(geoname: Geoname, inspection_id: str, attachment_id: str) -> Attachment:
    found = geoname.store.attachment(attachment_id)
    if found is None or found.inspection_id != inspection_id:
        raise _unknown(attachment_id)
    return found


def _unknown(attachment_id: str) -> NotFoundError:
    return NotFoundError(
        f"this case has no attachment {attachment_id!r} that you may see",
        zh=f"本案没有您可查看的附件 {attachment_id!r}",
        field="attachment",
    )
