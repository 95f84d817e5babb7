"""The answers of many texts in columns (批量结果), and each one whole when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.answer import FindingKind, Match, MatchStatus, Step, StepKind
from geoname.core.matching.entries import Entries
from geoname.core.matching.explaining import Explainer, Verdict
from geoname.core.matching.segment import Segment
from geoname.core.matching.texts import repeated

STATUSES = tuple(MatchStatus)
SEGMENT_COLUMNS = ("entry", "begin", "stem", "ending", "ending_length", "seen")
_BEGIN, _STEM, _LENGTH = (SEGMENT_COLUMNS.index(name) for name in ("begin", "stem", "ending_length"))


@dataclass(frozen=True, slots=True)
class Matches:
    """One row for each text, in order.

    `status` are positions in STATUSES, as `match` gives them; `entry` is the standard entry of rows that
    have one, -1 otherwise; `confidence` and `second_confidence` are from 0 to 1. `match(i)` gives the whole
    answer, which holds steps or a remainder only where `told` says so.
    """

    texts: Sequence[str]
    status: NDArray[np.uint8]
    entry: NDArray[np.int64]
    confidence: NDArray[np.float32]
    second_confidence: NDArray[np.float32]
    segment_starts: NDArray[np.int64]
    segments: NDArray[np.int32]
    """Columns SEGMENT_COLUMNS, positions counted from the first symbol of the row's own text."""
    candidates: Mapping[int, tuple[tuple[int, float], ...]]
    findings: Mapping[int, tuple[tuple[FindingKind, str], ...]]
    explainer: Explainer
    changed: frozenset[int]
    """The rows whose text is not its symbols as it stands: other characters, width, separators, letters."""
    plain: NDArray[np.int64]
    """How many characters of each text, from its first on, are their own symbols."""
    read_as: Mapping[int, str]
    """What was read of the rows whose text has a division twice in a row."""
    told: NDArray[np.bool_]
    """The rows of which there are steps to tell, or detail after the name."""

    def __len__(self) -> int:
        """How many texts."""
        return len(self.texts)

    @property
    def entries(self) -> Entries:
        """The names that `entry` counts."""
        return self.explainer.entries

    def match(self, row: int) -> Match:
        """The whole answer for one text; IndexError when there is none."""
        if not 0 <= row < len(self.texts):
            raise IndexError(row)
        once = self.read_as.get(row)
        match = self.explainer.explain(
            self.texts[row] if once is None else once,
            Verdict(
                STATUSES[self.status[row]],
                int(self.entry[row]),
                round(float(self.confidence[row]), 3),
                round(float(self.second_confidence[row]), 3),
                self.candidates.get(row, ()),
                self.findings.get(row, ()),
                row not in self.changed,
            ),
            self._segments(row),
        )
        if once is None:
            return match
        steps = self._with_repeat(row, match.steps)
        return replace(match, text=self.texts[row], steps=steps)

    def steps(self, row: int) -> tuple[Step, ...]:
        """The steps of one text."""
        text = self.read_as.get(row, self.texts[row])
        steps = self.explainer.told(text, row not in self.changed, self._segments(row))
        return self._with_repeat(row, steps) if row in self.read_as else steps

    def _with_repeat(self, row: int, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if self.segment_starts[row] == self.segment_starts[row + 1]:
            return steps
        return Step(StepKind.TYPING_SLIP, *repeated(self.texts[row])), *steps

    def _segments(self, row: int) -> tuple[Segment, ...]:
        span = slice(int(self.segment_starts[row]), int(self.segment_starts[row + 1]))
        return tuple(Segment(*values) for values in self.segments[span].tolist())


def read_until(starts: NDArray[np.int64], segments: NDArray[np.int32]) -> NDArray[np.int64]:
    """Where the last name of each text ends, 0 where none was read; both as `Matches` has them."""
    ends = np.zeros(len(starts) - 1, dtype=np.int64)
    read = np.flatnonzero(starts[1:] > starts[:-1])
    last = segments[starts[read + 1] - 1]
    ends[read] = last[:, _BEGIN] + last[:, _STEM] + last[:, _LENGTH]
    return ends
