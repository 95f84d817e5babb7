"""What a file changes in the register (变更报告): added, renamed, moved, retired, in conflict, unchanged."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NameKind, NameStatus
from geoname.core.register.record_batch import RecordBatch
from geoname.formats.tables.cell_text import harmless
from geoname.service.load_names_batches import (
    Cells,
    cells_at,
    grouped,
    name_batch,
    place_batch,
    together,
)
from geoname.service.load_names_difference import (
    SAME_PLACE_M,
    Difference,
    metres_between,
    standing_names,
    subject_of,
)
from geoname.service.load_names_records import NAME_COLUMNS, Columns, Records
from geoname.service.load_names_rows import TOLD
from geoname.store.protocols import Store
from geoname.store.protocols_loads import KnownRecord

SHOWN = 50
"""So many changes of each kind are shown one by one."""
CHANGE_COLUMNS = (
    "变化 change", "行号 row", "记录 record", "地名 name", "原 before", "现 after", "地点 place_id",
)  # fmt: skip
_OF_DIVISIONS = ("division change ", "undo division change ")
"""So begin the reasons of changes that follow a change of divisions, which is no correction of the record."""
_LOCATION = ("lon", "lat", "exactness", "basis")
_KEPT_OF_NAME = ("version", "approver_kind", "filed_on", "accepted_on", "announced_on")
_STRONG = (ReadingSource.LOCAL_SURVEY.value, ReadingSource.APPROVED.value)


class ChangeKind(StrEnum):
    """What becomes of a record."""

    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    RETIRED = "retired"
    CHANGED = "changed"
    CONFLICT = "conflict"
    ABSENT = "absent"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `row` is None for a record that the file lacks; `before` and `after` say what differs."""

    kind: ChangeKind
    row: int | None
    record: str
    place_id: str
    name: str
    before: str
    after: str


def change_row(change: Change) -> list[object]:
    """A change as a row under CHANGE_COLUMNS, harmless to spreadsheets."""
    texts = map(harmless, (change.record, change.name, change.before, change.after))
    return [change.kind.value, change.row, *texts, change.place_id]


@dataclass(slots=True)
class Comparison:
    """Compares records of one source with what the register holds of it.

    `told` are the fields that the file has: what it does not tell stays as it is. With one of `reasons`
    begins that of every change that loads of this source make; what was changed for another one since is
    left alone.
    """

    store: Store
    reasons: tuple[str, ...]
    told: Collection[str]
    until: str
    """The day on which a name ends that the file does not bear any more."""
    loaded_before: bool
    division_name: Callable[[str], str]
    """What people call the division of an id."""
    keep: Callable[[Change], None]
    """Takes every change of what was there before."""
    counts: Counter[ChangeKind] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    names: int = 0

    def compare(self, records: Records) -> RecordBatch:
        """What must be written for these records; counted and told on the way."""
        known = self.store.known_records(records.places["id"]) if self.loaded_before else {}
        others = grouped(records.others)
        if not known:
            self.counts[ChangeKind.ADDED] += len(records)
            self._show_added(records)
            self.names += len(records) + len(records.others["id"])
            return RecordBatch(place_batch(records.places), name_batch(records.standard, records.others))
        records = replace(records, places=_with_cells_of_location(records.places))
        places: list[Cells] = []
        names: list[Cells] = []
        differing: list[Difference] = []
        for i, place_id in enumerate(records.places["id"]):
            place, standard = cells_at(records.places, i), cells_at(records.standard, i)
            stored = known.get(place_id)
            if stored is None:
                self._note(ChangeKind.ADDED, records, i, "", standard["text"])
                places.append(place)
                names += [standard, *others.get(place_id, ())]
                continue
            found = self._difference(i, stored, place, standard, others.get(place_id, ()))
            if found:
                differing.append(found)
            else:
                self.counts[ChangeKind.UNCHANGED] += 1
        by_hand = self._by_hand(differing)
        for found in differing:
            self._settle(records, found, by_hand, places, names)
        self.names += len(names)
        return RecordBatch(
            place_batch(together(places, [*records.places])), name_batch(together(names, NAME_COLUMNS))
        )

    def absent(self, place_ids: Sequence[tuple[str, str]], retire: bool) -> RecordBatch:
        """Places that the file lacks, (id, own id): told, and their names ended if that is wished."""
        names: list[Cells] = []
        known = self.store.known_records([place_id for place_id, _ in place_ids])
        for place_id, own_id in place_ids:
            current = [row for row in known[place_id].names if row["status"] == NameStatus.CURRENT.value]
            if not current:
                continue
            kind = ChangeKind.RETIRED if retire else ChangeKind.ABSENT
            text = _standing(known[place_id])
            self.tell(Change(kind, None, own_id, place_id, text, text, ""))
            if retire:
                names += [self._ended(row) for row in current]
        return RecordBatch(names=name_batch(together(names, NAME_COLUMNS)))

    def _difference(
        self, i: int, stored: KnownRecord, place: Cells, standard: Cells, others: Sequence[Cells]
    ) -> Difference:
        self._keep_untold(stored.place, place)
        by_id = {row["id"]: row for row in stored.names}
        changed: list[Cells] = []
        for cells in (standard, *others):
            row = by_id.get(cells["id"])
            if row is not None:
                self._keep_untold_of_name(row, cells)
            if row is None or _differs(row, cells):
                changed.append(cells)
        given = {standard["id"], *(cells["id"] for cells in others)}
        lacking: dict[str, list[Cells]] = {}
        for row in stored.names:
            if row["id"] not in given and row["status"] == NameStatus.CURRENT.value:
                lacking.setdefault(row["kind"], []).append(self._ended(row))
        changed += lacking.pop(NameKind.STANDARD.value, [])
        dropped = [row for kind, rows in lacking.items() if kind in self.told for row in rows]
        was = _standing(stored)
        return Difference(i, stored, place if _differs(stored.place, place) else None, changed, was, dropped)

    def _keep_untold(self, row: Cells, cells: Cells) -> None:
        if not {"lon", "lat", "geometry"} & set(self.told):
            cells.update({column: row[column] for column in _LOCATION})
        elif metres_between(row, cells) < SAME_PLACE_M:
            cells["lon"], cells["lat"] = row["lon"], row["lat"]
        for column in (*TOLD, "place_code", "secrecy"):
            if column not in self.told and not (column == "history" and cells[column]):
                cells[column] = row[column]
        if not {"material", "registered_on"} & set(self.told) and cells["lon"] == row["lon"]:
            cells["basis"] = row["basis"]

    def _keep_untold_of_name(self, row: Cells, cells: Cells) -> None:
        cells.update({column: row[column] for column in _KEPT_OF_NAME})
        if not cells["valid_from"] and row["known_on"] and cells["known_on"]:
            cells["known_on"] = min(row["known_on"], cells["known_on"])
        if cells["reading_source"] not in _STRONG and row["reading_source"] in _STRONG:
            for column in ("romanization", "reading_source", "needs_review"):
                cells[column] = row[column]
        if not {"secrecy", "public"} & set(self.told):
            cells["publication"] = row["publication"]
        for column, wanted in _NAME_FIELDS:
            if wanted not in self.told:
                cells[column] = row[column]
        if not {"named_on", "used_from", "established"} & set(self.told):
            cells["valid_from"], cells["known_on"] = row["valid_from"], row["known_on"]

    def _ended(self, row: Cells) -> Cells:
        return row | {
            "status": NameStatus.HISTORICAL.value, "valid_until": row["valid_until"] or self.until
        }  # fmt: skip

    def _by_hand(self, differing: Sequence[Difference]) -> set[str]:
        """The subjects that somebody changed since for another reason than a load of this source."""
        subjects = [subject for found in differing for subject in found.subjects]
        subjects += [subject_of(cells) for found in differing for cells in found.dropped]
        reasons = self.store.last_reasons(subjects, _OF_DIVISIONS)
        return {subject for subject, reason in reasons.items() if not reason.startswith(self.reasons)}

    def _settle(
        self,
        records: Records,
        found: Difference,
        by_hand: Collection[str],
        places: list[Cells],
        names: list[Cells],
    ) -> None:
        """Take what may be written; what was changed by hand stays, and is told as a conflict."""
        # A further name that was added or changed by hand is none that the file could drop.
        dropped = [cells for cells in found.dropped if subject_of(cells) not in by_hand]
        found = replace(found, dropped=dropped)
        if not found:
            self.counts[ChangeKind.UNCHANGED] += 1
            return
        kept = [subject for subject in found.subjects if subject in by_hand]
        i, stored = found.i, found.stored
        place, changed = found.place, found.names
        if any(subject.startswith("name:") for subject in kept):
            # Half of a renaming would leave two standard names, or none.
            changed = []
        if f"place:{stored.place['id']}" in kept:
            place = None
        kind = ChangeKind.CONFLICT if kept else _kind_of(found)
        self._note(kind, records, i, *found.told(self.division_name))
        if place is not None:
            places.append(place)
        names += [*changed, *dropped]

    def _note(self, kind: ChangeKind, records: Records, i: int, before: str, after: str) -> None:
        place_id = records.places["id"][i]
        name = records.standard["text"][i]
        self.tell(Change(kind, records.rows[i], records.own_ids[i], place_id, name, before, after))

    def tell(self, change: Change) -> None:
        """Count a change, and show it among the first of its kind."""
        self.counts[change.kind] += 1
        if change.kind is not ChangeKind.ADDED:
            self.keep(change)
        if self.counts[change.kind] <= SHOWN:
            self.changes.append(change)

    def _show_added(self, records: Records) -> None:
        shown = sum(change.kind is ChangeKind.ADDED for change in self.changes)
        for i in range(min(len(records), SHOWN - shown)):
            name, place_id = records.standard["text"][i], records.places["id"][i]
            added = Change(ChangeKind.ADDED, records.rows[i], records.own_ids[i], place_id, name, "", name)
            self.changes.append(added)


_NAME_FIELDS = (
    ("language", "language"),
    ("minority_writing", "minority_writing"),
    ("approved_by", "approved_by"),
    ("approved_on", "approved_on"),
    ("document", "document"),
)


def _kind_of(found: Difference) -> ChangeKind:
    """The greatest of the changes."""
    if found.is_renamed:
        return ChangeKind.RENAMED
    if found.is_retired:
        return ChangeKind.RETIRED
    return ChangeKind.MOVED if found.is_moved else ChangeKind.CHANGED


def _standing(stored: KnownRecord) -> str:
    """The standard name in force, empty when there is none."""
    return next((row["text"] for row in standing_names(stored)), "")


def _differs(row: Cells, cells: Cells) -> bool:
    return any(row[column] != cell for column, cell in cells.items() if column != "version")


def _with_cells_of_location(places: Columns) -> Columns:
    """Places with lists of degrees, None where not known."""
    return places | {
        side: [None if math.isnan(degrees) else degrees for degrees in places[side].tolist()]
        for side in ("lon", "lat")
    }
