"""What is asked of rows in bulk (批量核查) and what comes back: values that travel between processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from geoname.core.coordinates.crs import Crs
from geoname.formats.tables.table import Appended, Cell, RowFault
from geoname.service.validation_tally import Tally


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every row of a file: which columns hold what, and how the answer is worded.

    `within_code` holds for all rows, `within_column` names the column of codes; not both.
    """

    column: str
    within_code: str | None = None
    within_column: str | None = None
    lon_column: str | None = None
    lat_column: str | None = None
    crs: Crs = Crs.WGS84
    on: date | None = None
    language: str = "zh"

    @property
    def has_points(self) -> bool:
        """Whether rows have coordinates."""
        return self.lon_column is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """The cells of a chunk that the answers rest on, and what is wrong with its rows as read."""

    first_row: int
    texts: Sequence[Cell]
    within: Sequence[Cell] | None = None
    lon: Sequence[Cell] | None = None
    lat: Sequence[Cell] | None = None
    faults: tuple[RowFault, ...] = ()


class StepRow(NamedTuple):
    """One step on the way to a standard name."""

    kind: str
    source: str
    to: str
    since: str = ""
    basis: str = ""


@dataclass(slots=True)
class StepGroup:
    """Steps that are told together; `worded` keeps their wording by language, once it was made."""

    steps: tuple[StepRow, ...]
    worded: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepColumns:
    """The steps of many rows: row `rows[i]` (by offset, ascending) has those of `groups[which[i]]`.

    A row may stand several times: its steps are those of all its groups, in order. A group that no row has
    may be None.
    """

    rows: NDArray[np.int64]
    which: NDArray[np.int64]
    groups: Sequence[StepGroup | None]

    @classmethod
    def of(cls, steps: Mapping[int, Sequence[StepRow]]) -> StepColumns:
        """The steps of the rows that have any, by offset."""
        rows = np.array(sorted(steps), dtype=np.int64)
        return cls(rows, np.arange(len(rows)), [StepGroup(tuple(steps[row])) for row in rows.tolist()])


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something to be said of a row; `detail` is a name, a code, or what was found there."""

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a matcher says of many texts, in their order.

    `names`, `codes` and `paths` (from the top down, parted by `/`) are None where no single name is the
    answer. `findings` holds the offsets that have any. `counties` names the county of each answer
    with its chain, "" where there is none.
    """

    statuses: Sequence[str]
    names: Sequence[str | None]
    codes: Sequence[str | None]
    paths: Sequence[str | None]
    confidences: Sequence[float]
    second_confidences: Sequence[float]
    counties: Sequence[str]
    steps: StepColumns = field(default_factory=lambda: StepColumns.of({}))
    findings: Mapping[int, Sequence[FindingRow]] = field(default_factory=dict)


class NameMatcher(Protocol):
    """Finds standard names; opened once in every process that answers."""

    @property
    def generation(self) -> str:
        """What the answers rest on; it changes whenever one could."""
        ...

    def check_within(self, code: str) -> bool:
        """Whether a code means a division."""
        ...

    def match_many(
        self,
        texts: Sequence[str],
        *,
        within: Sequence[str | None] | None,
        points: NDArray[np.float64] | None,
        on: date | None,
    ) -> Answers:
        """The answer to each text: within a division by code, at a point (n × 2, WGS 84, NaN for none)."""
        ...


class MatcherOpener(Protocol):
    """Opens a matcher in whatever process it is called in; it can be pickled."""

    def __call__(self) -> NameMatcher:
        """The matcher of the register's present state."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """The appended cells of a chunk and its counts."""

    appended: Appended
    tally: Tally
