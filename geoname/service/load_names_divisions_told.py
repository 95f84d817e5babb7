"""What records of divisions tell (区划自身的记录): it is added to the places the register has of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geoname.core.register.name import NameKind, NameStatus
from geoname.core.register.record_batch import PlaceBatch, RecordBatch
from geoname.service.load_names_batches import Cells, grouped, name_batch, place_batch, together
from geoname.service.load_names_changes import Change, ChangeKind, Comparison
from geoname.service.load_names_difference import LONGEST, standing_names
from geoname.service.load_names_records import NAME_COLUMNS, RecordMaker
from geoname.service.load_names_rows import TOLD
from geoname.store.protocols_loads import KnownRecord

_OF_PLACE = (*TOLD, "place_code")
_OF_NAME = ("language", "minority_writing")


class DivisionComparison:
    """Compares records of divisions with the divisions' own places.

    Further names are added, what is empty is filled in; what differs is told as a conflict, and stays.
    """

    def __init__(self, comparison: Comparison, maker: RecordMaker) -> None:
        """Take what counts and tells the changes, and what makes names."""
        self._comparison = comparison
        self._maker = maker
        self._known: dict[str, KnownRecord] = {}

    def compare(self, told: Mapping[str, list[Any]]) -> RecordBatch:
        """What must be written for these records, whose `division_id` is that of the division itself."""
        ids: Sequence[str] = told["division_id"]
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
        self._known |= self._comparison.store.known_records(new)
        records = self._maker.make(told, ids)
        others = grouped(records.others)
        places: dict[str, Cells] = {}
        names: dict[str, Cells] = {}
        for i, id_ in enumerate(ids):
            stored = self._known.get(id_)
            if stored is None:
                continue
            text = records.standard["text"][i]
            standing = self._standing(stored, text)
            if standing is None:
                before = "、".join(row["text"] for row in standing_names(stored))
                self._tell(ChangeKind.CONFLICT, told, i, before, text)
                continue
            place, filled, differing = _completed(stored.place, {key: told[key][i] for key in _OF_PLACE})
            name, more, others_differ = _completed(standing, {key: told[key][i] for key in _OF_NAME})
            texts = {row["text"] for row in stored.names}
            added = [cells for cells in others.get(id_, ()) if cells["text"] not in texts]
            if filled:
                places[id_] = place
            for cells in (*([name] if more else ()), *added):
                names[cells["id"]] = cells
            # Another record of the same division finds what this one told.
            kept = [name if row["id"] == name["id"] else row for row in stored.names]
            self._known[id_] = KnownRecord(place, (*kept, *added))
            after = filled + more + [f"{cells['kind']}={cells['text']}" for cells in added]
            self._settled(told, i, after, differing + others_differ)
        self._comparison.names += len(names)
        return RecordBatch(
            place_batch(together([*places.values()], PlaceBatch.__slots__)),
            name_batch(together([*names.values()], NAME_COLUMNS)),
        )

    def _standing(self, stored: KnownRecord, text: str) -> Cells | None:
        """The standard name of this text, in force or on the day of the file; None when there is none."""
        day = self._comparison.until
        return next(
            (
                row
                for row in stored.names
                if row["kind"] == NameKind.STANDARD.value
                and row["text"] == text
                and (row["status"] == NameStatus.CURRENT.value or (row["valid_until"] or "") > day)
            ),
            None,
        )

    def _settled(
        self, told: Mapping[str, list[Any]], i: int, after: list[str], differing: list[tuple[str, str]]
    ) -> None:
        if differing:
            before, others = ("; ".join(side) for side in zip(*differing, strict=True))
            self._tell(ChangeKind.CONFLICT, told, i, before, others)
        elif after:
            self._tell(ChangeKind.CHANGED, told, i, "", "; ".join(after))
        else:
            self._comparison.counts[ChangeKind.UNCHANGED] += 1

    def _tell(self, kind: ChangeKind, told: Mapping[str, list[Any]], i: int, before: str, after: str) -> None:
        row, record, place_id, name = (told[key][i] for key in ("row", "record", "division_id", "name"))
        self._comparison.tell(Change(kind, row, record, place_id, name, before[:LONGEST], after[:LONGEST]))


def _completed(row: Cells, told: Mapping[str, str | None]) -> tuple[Cells, list[str], list[tuple[str, str]]]:
    """The cells with what was empty filled in, what that is, and what is told otherwise: (before, after)."""
    given = {key: text for key, text in told.items() if text}
    filled = {key: text for key, text in given.items() if not row[key]}
    differing = [(f"{key}={row[key]}", f"{key}={given[key]}") for key in given if row[key] not in (None, "")]
    differing = [(before, after) for before, after in differing if before != after]
    return row | filled, [f"{key}={text}" for key, text in filled.items()], differing
