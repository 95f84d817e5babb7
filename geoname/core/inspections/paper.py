"""A paper in the file of a case (案卷材料): what it is, its text or its scan's hash, who handed it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.inspections.stages import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `file` is the SHA-256 of an attachment, `text` the content where there is no file.

    `finding_id` names the finding that it belongs to, if any; `at` is ISO 8601 in UTC.
    """

    id: str
    inspection_id: str
    kind: Document
    title: str
    day: date
    side: str
    actor: str
    at: str
    number: str = ""
    text: str = ""
    file: str = ""
    finding_id: str | None = None
    generated: bool = False
