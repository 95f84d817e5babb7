"""How one record differs from what the register holds of it (记录差异), and how people are told."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geoname.core.register.name import NameKind, NameStatus
from geoname.service.load_names_batches import Cells
from geoname.store.protocols_loads import KnownRecord

SAME_PLACE_M = 1.0
_METRES_PER_DEGREE = 111_320.0
LONGEST = 300
"""So many letters are told of what a record was, and of what it shall be."""
_NOT_SAID = ("version", "id", "place_id", "text", "kind", "specific", "generic", "lon", "lat", "division_id")
Told = tuple[str, str, str]
"""What differs, what it was, what it shall be."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Record `i` differs from what is stored: the place as it shall be, and the names that shall be so.

    `was` is its standard name until now; `dropped` are further names that the record bears no more, ended.
    """

    i: int
    stored: KnownRecord
    place: Cells | None
    names: Sequence[Cells]
    was: str
    dropped: Sequence[Cells] = ()

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.place is not None or self.names or self.dropped)

    @property
    def subjects(self) -> list[str]:
        """The chains of what would be changed; new names have none."""
        known = {row["id"] for row in self.stored.names}
        place = [] if self.place is None else [f"place:{self.place['id']}"]
        return [*place, *(subject_of(cells) for cells in self.names if cells["id"] in known)]

    @property
    def is_renamed(self) -> bool:
        """Whether the standard name is another."""
        standard = self._standard()
        return standard is not None and bool(self.was) and standard["text"] != self.was

    @property
    def is_retired(self) -> bool:
        """Whether the standard name ends, and no other follows it."""
        standard = self._standard()
        ended = standard is not None and standard["status"] == NameStatus.HISTORICAL.value
        return ended and bool(self.was) and not self.is_renamed

    @property
    def is_moved(self) -> bool:
        """Whether the place lies elsewhere, or in another division."""
        before, after = self.stored.place, self.place
        return after is not None and (
            metres_between(before, after) >= SAME_PLACE_M or before["division_id"] != after["division_id"]
        )

    def told(self, division_name: Callable[[str], str]) -> tuple[str, str]:
        """What it was and what it shall be, in short; of a renaming the names alone."""
        standard = self._standard()
        if standard is not None and self.is_renamed:
            return self.was, standard["text"]
        several = [*self._of_place(division_name), *self._of_names()]
        before = "; ".join(f"{what}={was}" for what, was, _ in several)
        after = "; ".join(f"{what}={now}" for what, _, now in several)
        return before[:LONGEST], after[:LONGEST]

    def _of_place(self, division_name: Callable[[str], str]) -> Iterator[Told]:
        before, after = self.stored.place, self.place
        if after is None:
            return
        if before["division_id"] != after["division_id"]:
            was, now = (division_name(side["division_id"] or "") for side in (before, after))
            yield "division", was, now
        if (before["lon"], before["lat"]) != (after["lon"], after["lat"]):
            metres = metres_between(before, after)
            apart = f" ({metres:.0f} m)" if math.isfinite(metres) else ""
            yield "place", _written(before), _written(after) + apart
        yield from _others(before, after, "")

    def _of_names(self) -> Iterator[Told]:
        rows = {row["id"]: row for row in self.stored.names}
        for cells in (*self.names, *self.dropped):
            row = rows.get(cells["id"])
            if row is None:
                yield cells["kind"], "", cells["text"]
            elif row["status"] != cells["status"]:
                is_current = cells["status"] == NameStatus.CURRENT.value
                yield cells["kind"], *(("", cells["text"]) if is_current else (cells["text"], ""))
            else:
                yield from _others(row, cells, cells["text"])

    def _standard(self) -> Cells | None:
        rows = {row["id"] for row in self.stored.names if row["text"] == self.was}
        of_kind = [cells for cells in self.names if cells["kind"] == NameKind.STANDARD.value]
        return next((cells for cells in of_kind if cells["id"] not in rows), of_kind[0] if of_kind else None)


def standing_names(stored: KnownRecord) -> list[Cells]:
    """The standard names in force: one, as a rule."""
    return [
        row
        for row in stored.names
        if row["kind"] == NameKind.STANDARD.value and row["status"] == NameStatus.CURRENT.value
    ]


def subject_of(name: Cells) -> str:
    """The chain of audit of a name."""
    return f"name:{name['id']}"


def metres_between(row: Cells, cells: Cells) -> float:
    """About how far two places are apart; infinite when one is not known."""
    if row["lon"] is None or cells["lon"] is None:
        return 0.0 if row["lon"] is cells["lon"] else math.inf
    east = (cells["lon"] - row["lon"]) * math.cos(math.radians(row["lat"]))
    return math.hypot(east, cells["lat"] - row["lat"]) * _METRES_PER_DEGREE


def _others(before: Cells, after: Cells, of: str) -> Iterator[Told]:
    """The columns that differ; those of a further name say of which."""
    for column, cell in after.items():
        if column not in _NOT_SAID and before.get(column) != cell:
            what = f"{column} {of}" if of and after["kind"] != NameKind.STANDARD.value else column
            yield what, str(before.get(column) or ""), str(cell or "")


def _written(place: Cells) -> str:
    return "" if place["lon"] is None else f"{place['lon']:.6f}, {place['lat']:.6f}"
