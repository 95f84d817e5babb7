"""A photograph or scan that belongs to an inspection (附件), with what it says of place and time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoname.errors import InvalidInputError

_SUBJECT = re.compile(r"case|(record|finding|marker|segment|peace|paper):[^\s/\\]{1,80}")
PHOTO = "photo"
SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept by the SHA-256 of its content, which stays unchanged; its name is for people only.

    `subject` is `case`, or `record:ID`, `finding:ID`, `marker:NUMBER`, `segment:KEY`, `peace:ID`, `paper:ID`.
    `lon` and `lat` are degrees as the camera wrote them, `off_line_m` how far from the line that is,
    `off_marker_m` how far from the registered place of the marker that it belongs to.
    `taken_at` is what the camera says, `added_at` ISO 8601 in UTC. What was withdrawn stays on record with
    the reason, and is no longer given out.
    """

    id: str
    inspection_id: str
    subject: str
    kind: str
    filename: str
    sha256: str
    ending: str
    size: int
    side: str
    actor: str
    added_at: str
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    pages: int = 1
    lon: float | None = None
    lat: float | None = None
    height_m: float | None = None
    off_line_m: float | None = None
    taken_at: str | None = None
    note: str = ""
    withdrawn_at: str | None = None
    withdrawn_by: str = ""
    withdrawn_reason: str = ""
    generated: bool = False
    off_marker_m: float | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.ending in ("jpg", "png", "webp")


def check_subject(subject: str) -> str:
    """The subject as it is written; InvalidInputError for what is none."""
    if _SUBJECT.fullmatch(subject) is None:
        raise InvalidInputError(
            f"{subject!r} is nothing that a photograph can belong to: write case, marker:NUMBER, "
            "segment:KEY, record:ID, finding:ID, peace:ID or paper:ID",
            zh=f"{subject!r} 不是照片可归属之处：请写 case、marker:编号、segment:区段、record:标识、"
            "finding:标识、peace:标识或 paper:标识",
            field="subject",
        )
    return subject
