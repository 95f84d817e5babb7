"""What a report is written from (联检报告依据): the case, its line, its markers, tracks and photographs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geoname.core.boundaries.marker import Marker
from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.track_coverage import Interval
from geoname.core.inspections.track_record import TrackRecord


@dataclass(frozen=True, slots=True)
class LineFacts:
    """The line as the report describes it.

    `length_from` is `registered`, `surveyed` or `derived`; `drawn_from` says whose geometry the map shows,
    with its accuracy and map approval. `counties` are the names of counties along a provincial line.
    """

    name: str
    code: str
    length_m: float | None
    length_from: str
    start: str
    end: str
    approval: str
    agreement: str
    counties: tuple[str, ...]
    drawn_from: str


@dataclass(frozen=True, slots=True)
class WalkedFacts:
    """What all tracks together show: metres walked of metres, the stretches left, markers not passed."""

    line_m: float
    walked_m: float
    missed: tuple[Interval, ...]
    not_passed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything that a report says; `names` are the sides' names by code.

    `positions` tells whether coordinates may be written, `map_name` names the picture of the map, if any.
    `photographs` name the pictures of attachments by their id.
    """

    case: CaseFile
    line: LineFacts
    names: Mapping[str, str]
    markers: tuple[Marker, ...]
    tracks: tuple[TrackRecord, ...]
    walked: WalkedFacts | None
    attachments: tuple[Attachment, ...]
    positions: bool
    map_name: str = ""
    photographs: Mapping[str, str] | None = None

    def side(self, code: str) -> str:
        """The name of a side with its code."""
        name = self.names.get(code, "")
        return f"{name}（{code}）" if name and name != code else code

    @property
    def generated(self) -> bool:
        """Whether anything in it is made up for a demonstration."""
        return self.case.inspection.generated or any(one.generated for one in self.markers)
