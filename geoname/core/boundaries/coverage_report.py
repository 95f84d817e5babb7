"""What a check of a coverage (拓扑检查) finds: each defect with its place and size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DefectKind(StrEnum):
    """What can be wrong with a set of territories that should cover the land once and wholly."""

    INVALID_RING = "invalid_ring"
    """A territory is empty, or a ring of it crosses itself."""
    OVERLAP = "overlap"
    """Land that two territories claim."""
    GAP = "gap"
    """Land enclosed by territories, or belonging to the whole, that none claims."""
    BEYOND = "beyond"
    """Land that a territory claims beyond the whole."""
    UNMATCHED_EDGE = "unmatched_edge"
    """An edge along another territory that the other does not have as it stands."""


@dataclass(frozen=True, slots=True)
class CoverageDefect:
    """One defect; `codes` are the territories concerned, `place` a point on it (degrees, longitude first).

    `area_m2` is 0 for rings and edges; `length_m` is the outline of an area or the length of an edge, 0 for
    rings. `is_sliver`: an area narrower on average than the check's sliver width. `detail` is what the
    geometry engine says of an invalid ring.
    """

    kind: DefectKind
    codes: tuple[str, ...]
    place: tuple[float, float] | None
    area_m2: float = 0.0
    length_m: float = 0.0
    is_sliver: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """The defects of a coverage of `territories` territories, by kind, the largest first."""

    territories: int
    defects: tuple[CoverageDefect, ...]

    @property
    def is_valid(self) -> bool:
        """True when the territories cover the land once and wholly, edge on edge."""
        return not self.defects

    @property
    def slivers(self) -> tuple[CoverageDefect, ...]:
        """The narrow gaps and overlaps, which come from a line drawn twice rather than from a dispute."""
        return tuple(defect for defect in self.defects if defect.is_sliver)

    def of(self, kind: DefectKind) -> tuple[CoverageDefect, ...]:
        """The defects of one kind, the largest first."""
        return tuple(defect for defect in self.defects if defect.kind is kind)
