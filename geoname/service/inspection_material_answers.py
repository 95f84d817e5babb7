"""The shapes of answers about field materials (外业资料回答); a field's name is its name in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.marker_survey import Deviation


@dataclass(frozen=True)
class StretchShown:
    """A stretch of the line in metres along it, with its GeoJSON for those who may see where it runs."""

    from_m: float
    to_m: float
    length_m: float
    geometry: dict[str, Any] | None


@dataclass(frozen=True)
class PassedShown:
    """A marker that was passed: how near, and when (ISO 8601 in UTC) where the track says so."""

    marker: str
    distance_m: float
    at: str | None


@dataclass(frozen=True)
class GapShown:
    """A pause in a recording, and how far apart its ends lie."""

    began: str
    ended: str
    seconds: float
    metres: float


@dataclass(frozen=True)
class TrackShown:
    """A track and what it shows of the line.

    `tolerance_raised` says that a finer tolerance was asked for than the line is known to (`accuracy_m`).
    `course` is what it was held against: `registered`, or the edition that the line was derived from.
    """

    id: str
    inspection_id: str
    filename: str
    sha256: str
    crs: str
    points: int
    recordings: int
    length_m: float
    began: str | None
    ended: str | None
    timed_share: float
    course: str
    line_m: float
    walked_m: float
    share: float
    tolerance_asked_m: float
    tolerance_m: float
    tolerance_raised: bool
    accuracy_m: float
    missed: tuple[StretchShown, ...]
    passed: tuple[PassedShown, ...]
    gaps: tuple[GapShown, ...]
    side: str
    actor: str
    added_at: str
    note: str
    withdrawn_at: str | None
    withdrawn_reason: str
    generated: bool


@dataclass(frozen=True)
class TogetherShown:
    """What all tracks of a case show together; `not_passed` are markers with a position that none passed."""

    line_m: float
    walked_m: float
    share: float
    missed: tuple[StretchShown, ...]
    passed: tuple[PassedShown, ...]
    not_passed: tuple[str, ...]


@dataclass(frozen=True)
class TrackList:
    """The tracks of a case, oldest first, and what they show together."""

    items: tuple[TrackShown, ...]
    together: TogetherShown


@dataclass(frozen=True)
class AttachmentList:
    """The photographs and scans of a case, oldest first."""

    items: tuple[Attachment, ...]


@dataclass(frozen=True)
class DifferenceShown:
    """One field that the form changed: as given out, in the form, in the register; `hard` if both changed."""

    field: str
    base: str | float | bool | None
    mine: str | float | bool | None
    theirs: str | float | bool | None
    hard: bool


@dataclass(frozen=True)
class ItemMergeShown:
    """One item of a form: how it stands to the register, what differs, what waits for a decision.

    `trouble` says why the item cannot be written as it came.
    """

    item: str
    state: str
    base_version: int
    version: int
    written: bool
    differences: tuple[DifferenceShown, ...]
    undecided: tuple[str, ...]
    trouble: str


@dataclass(frozen=True)
class MergeShown:
    """What became of a form: how many items were written, and every item that the form changed.

    `opened` are findings to verify, opened because a marker was measured away from its registered place.
    """

    form: str
    inspection_id: str
    version: int
    written: int
    same: int
    undecided: int
    items: tuple[ItemMergeShown, ...]
    opened: tuple[str, ...]


@dataclass(frozen=True)
class SurveyShown:
    """What each measurement says of its marker, in the order given; `opened` are findings to verify."""

    limit_m: float
    items: tuple[Deviation, ...]
    opened: tuple[str, ...]
