"""Rows of a table of changes (变更表) put together into decisions: who became whom, wholly or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from geoname.core.divisions.changes import Extent
from geoname.core.validity.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Unit:
    """A division as a table of changes names it: its code in the table's scheme, and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row: the year of the list, the unit before, the unit after, wording, document.

    The days and the authority are there where the table tells them.
    """

    row: int
    year: int
    old: Unit | None
    new: Unit | None
    wording: str
    document: str
    authority: str = ""
    approved_on: PartialDate | None = None
    effective_on: PartialDate | None = None
    announced_on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One unit became another through a decision; None: new, or gone, or not told."""

    old: Unit | None
    new: Unit | None
    extent: Extent


@dataclass(frozen=True, slots=True)
class Decision:
    """What belongs together: rows of one document and wording that share a unit."""

    rows: tuple[ChangeRow, ...]
    steps: tuple[Step, ...]

    @property
    def first(self) -> ChangeRow:
        """Its first row."""
        return self.rows[0]

    @property
    def before(self) -> tuple[Unit, ...]:
        """The units before, each once."""
        return tuple(dict.fromkeys(step.old for step in self.steps if step.old is not None))

    @property
    def after(self) -> tuple[Unit, ...]:
        """The units after, each once."""
        return tuple(dict.fromkeys(step.new for step in self.steps if step.new is not None))

    def continues(self, old: Unit) -> Unit | None:
        """The unit after that is the same division under the same name, None when there is none."""
        return next((new for new in self.after if new.name == old.name), None)


def fill_merged_cells(
    rows: Sequence[ChangeRow], shares: Callable[[str], bool]
) -> tuple[tuple[ChangeRow, ...], tuple[int, ...]]:
    """The rows with empty halves filled from the row above, and the numbers of those that were filled.

    Only where `shares` says so of the wording, and wording, document and county are those of the row above.
    """
    filled: list[ChangeRow] = []
    inferred: list[int] = []
    for row in rows:
        above = filled[-1] if filled else None
        if above is not None and _belongs(row, above, shares):
            if row.old is None and above.old is not None:
                row = replace(row, old=above.old)
                inferred.append(row.row)
            elif row.new is None and above.new is not None:
                row = replace(row, new=above.new)
                inferred.append(row.row)
        filled.append(row)
    return tuple(filled), tuple(inferred)


def decisions_of(rows: Sequence[ChangeRow]) -> tuple[Decision, ...]:
    """The decisions of a table, in the order of their first rows.

    A unit that goes to several in one document goes to each in part.
    """
    heirs: dict[tuple[str, Unit], set[Unit | None]] = defaultdict(set)
    for row in rows:
        if row.old is not None:
            heirs[row.document, row.old].add(row.new)
    groups: list[list[ChangeRow]] = []
    at: dict[tuple[str, str, Unit], int] = {}
    for row in rows:
        keys = [(row.document, row.wording, unit) for unit in (row.old, row.new) if unit is not None]
        met = sorted({at[key] for key in keys if key in at})
        if met:
            home = met[0]
            for other in met[1:]:
                groups[home] += groups[other]
                groups[other] = []
                at.update({key: home for key, group in at.items() if group == other})
        else:
            home = len(groups)
            groups.append([])
        groups[home].append(row)
        at.update(dict.fromkeys(keys, home))
    return tuple(_decision(group, heirs) for group in groups if group)


def _belongs(row: ChangeRow, above: ChangeRow, shares: Callable[[str], bool]) -> bool:
    if (row.old is None) == (row.new is None):
        return False
    same = (row.wording, row.document, row.year) == (above.wording, above.document, above.year)
    return same and shares(row.wording) and _county(row) == _county(above)


def _county(row: ChangeRow) -> str:
    unit = row.old or row.new
    return "" if unit is None else unit.code[:6]


def _decision(group: Sequence[ChangeRow], heirs: dict[tuple[str, Unit], set[Unit | None]]) -> Decision:
    steps = []
    for row in sorted(group, key=lambda row: row.row):
        several = row.old is not None and len(heirs[row.document, row.old]) > 1
        steps.append(Step(row.old, row.new, Extent.PART if several else Extent.WHOLE))
    return Decision(tuple(sorted(group, key=lambda row: row.row)), tuple(dict.fromkeys(steps)))
