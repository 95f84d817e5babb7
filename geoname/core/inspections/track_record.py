"""A track that was handed in (巡查轨迹记录), with what it shows of the line."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.inspections.track import TimeGap
from geoname.core.inspections.track_coverage import Coverage, Interval, PassedMarker, union


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """A track as it was judged when it came in; the file itself is kept by the SHA-256 of its content.

    `course` names what it was held against: `registered`, or the edition that the line was derived from.
    `began` and `ended` are seconds since 1970 UTC, None when the track holds no times. `crs` is the system
    in which the numbers of the file were read.
    """

    id: str
    inspection_id: str
    filename: str
    sha256: str
    size: int
    crs: str
    points: int
    recordings: int
    length_m: float
    timed_share: float
    course: str
    coverage: Coverage
    side: str
    actor: str
    added_at: str
    began: float | None = None
    ended: float | None = None
    gaps: tuple[TimeGap, ...] = ()
    note: str = ""
    withdrawn_at: str | None = None
    withdrawn_by: str = ""
    withdrawn_reason: str = ""
    generated: bool = False


def walked_together(records: tuple[TrackRecord, ...]) -> tuple[Interval, ...]:
    """What all tracks together show as walked, metres along the line in order; those withdrawn left out."""
    return union(one for record in records if record.withdrawn_at is None for one in record.coverage.walked)


def passed_together(records: tuple[TrackRecord, ...]) -> tuple[PassedMarker, ...]:
    """Every marker that a track passed, once each, as near as the nearest came; in order of numbers."""
    nearest: dict[str, PassedMarker] = {}
    for record in records:
        if record.withdrawn_at is not None:
            continue
        for one in record.coverage.passed:
            if one.marker not in nearest or one.distance_m < nearest[one.marker].distance_m:
                nearest[one.marker] = one
    return tuple(nearest[number] for number in sorted(nearest))
