"""What is practice and not law about tracks, measurements and photographs (外业参数), with usual values."""

from __future__ import annotations

from dataclasses import dataclass, field

from geoname.core.inspections.track import TrackRules


@dataclass(frozen=True, slots=True)
class FieldPractice:
    """Parameters that a department sets.

    A marker measured farther than `survey_limit_m` from its registered place is to be verified. A track
    holds at most `track_points` points, a photograph or scan at most `photo_bytes` bytes.
    """

    rules: TrackRules = field(default_factory=TrackRules)
    survey_limit_m: float = 5.0
    track_points: int = 1_000_000
    photo_bytes: int = 32 * 1024 * 1024


USUAL_FIELD = FieldPractice()
