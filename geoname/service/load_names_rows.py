"""Examines a file's records batch by batch (逐条检查): what is right becomes columns, what is not is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import compress

import numpy as np
import shapely
from numpy.typing import NDArray

from geoname.core.divisions.code import parse_scheme
from geoname.formats.definition import Definition
from geoname.formats.register_fields import RegisterFields
from geoname.formats.register_table import RegisterBatch
from geoname.service.load_names_cells import Rows, blank_rows, read_rows, where
from geoname.service.load_names_classes import ClassFinder
from geoname.service.load_names_dates import read_written_date
from geoname.service.load_names_divisions import DivisionFinder
from geoname.service.load_names_divisions_meant import DivisionsMeant
from geoname.service.load_names_duplicates import Duplicates
from geoname.service.load_names_places import Located, PlaceReader, datum_written, same_datum
from geoname.service.load_names_retired import RetiredDivisions
from geoname.service.load_names_troubles import RowTrouble, Trouble
from geoname.service.load_names_values import (
    Column,
    dates_of,
    names_of,
    place_codes_of,
    shown_to,
    spellings_of,
)
from geoname.service.load_names_where import DivisionCheck
from geoname.service.opened import Geoname

TOLD = ("origin", "meaning", "history", "story", "description")
_KEPT = ("abbreviation", "alias", "former", "minority_writing", "language", *TOLD)
_MORE_KEPT = ("approved_by", "document", "material")
_TEXTS = (
    "id", "place_code", "name", "written", "romanization", "generic_romanization", "feature_class",
    "used_from", "named_on", "established", "abolished", "crs", "secrecy", "public", "division",
    "approved_on", "registered_on", *_KEPT, *_MORE_KEPT,
)  # fmt: skip
COLUMNS = (
    "record", "name", "place_code", "feature_class", "division_id", "start", "end", "approved_on",
    "registered_on", "secrecy", "publication", "romanization", *_KEPT, *_MORE_KEPT,
)  # fmt: skip
"""The columns of `Checked`, all of text."""
_SPELLINGS = 100_000
_PLACE_CODE_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """The records of a batch that can be loaded, in columns, and what is wrong with the others.

    `rows` are their numbers in the file. `columns` hold texts, None for nothing; `lon` and `lat` are degrees,
    WGS 84, NaN for no place; `is_point` is false where a point stands for a line or an area.
    """

    rows: list[int]
    columns: dict[str, Column]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    is_point: NDArray[np.bool_]
    troubles: list[RowTrouble]
    of_divisions: Checked | None = None
    """Records of divisions that the register has; `division_id` is that of the division itself."""


@dataclass(slots=True)
class Tally:
    """What was remarked of records that can be loaded nevertheless, by kind."""

    read: int = 0
    blank: int = 0
    without_place: int = 0
    division_by_code: int = 0
    division_by_place: int = 0
    without_division: int = 0
    dates_in_words: int = 0
    known_divisions: int = 0
    unlisted_classes: dict[str, int] = field(default_factory=dict)
    followed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many records name a division that is no more, by its name and the id of what it became."""


class RecordChecker:
    """Examines every record of one file; it remembers which it has seen."""

    def __init__(
        self,
        geoname: Geoname,
        definition: Definition,
        fields: RegisterFields,
        headings: Sequence[str],
        places: PlaceReader,
        acts_for: tuple[str, ...] | None = None,
    ) -> None:
        """Take the register as it is now; records outside `acts_for` are refused (None: none is).

        InvalidInputError for a scheme or class that is unknown.
        """
        index = geoname.live()
        self._atlas = index.atlas
        self._acts_for = acts_for
        self._entitled = lru_cache(_SPELLINGS)(self._is_entitled)
        scheme = parse_scheme(definition.scheme) if definition.scheme else None
        day = definition.codes_on.first if definition.codes_on else None
        self.fields = fields
        self.tally = Tally()
        self.where = DivisionCheck(index.atlas, index.boundaries, places.frame.degrees)
        self._positions = {wanted: headings.index(column) for wanted, column in fields.columns.items()}
        self._divisions = DivisionFinder(index, scheme, day)
        self._retired = RetiredDivisions(self._divisions, self.where, self.tally.followed)
        self._meant = DivisionsMeant(index.atlas)
        self._classes = ClassFinder(index.classes, definition.feature_class)
        self._dates = lru_cache(_SPELLINGS)(read_written_date)
        self.places = places
        self._seen = Duplicates()
        self._failed = Duplicates()

    def check(self, batch: RegisterBatch, around: Sequence[shapely.Geometry]) -> Checked:
        """Examine a batch. InvalidInputError when the whole file's coordinates are not what is said."""
        rows = read_rows(batch, self.fields, self._positions, _TEXTS)
        blank = blank_rows(rows)
        if len(blank) == len(rows) and batch.places is None:
            return self._nothing(rows)
        columns: dict[str, Column] = {"name": names_of(rows, blank), "place_code": place_codes_of(rows)}
        dated, in_words = dates_of(rows, self._dates)
        columns |= dated | shown_to(rows)
        columns["romanization"] = spellings_of(rows)
        columns["feature_class"] = self._feature_classes(rows)
        located = self._locate(rows, around)
        columns["division_id"] = self._division_ids(rows, located, blank)
        if self._acts_for is not None:
            self._note_not_entitled(rows, columns["division_id"], blank)
        for wanted in (*_KEPT, *_MORE_KEPT):
            columns[wanted] = rows.told(wanted)
        columns["record"] = self._records(rows, columns)
        self.tally.read += len(rows)
        self.tally.blank += len(blank)
        self.tally.dates_in_words += in_words
        return self._sound(rows, columns, located, blank)

    def _nothing(self, rows: Rows) -> Checked:
        """A batch in which nothing stands."""
        self.tally.read += len(rows)
        self.tally.blank += len(rows)
        none = np.zeros(0)
        return Checked([], {wanted: [] for wanted in COLUMNS}, none, none, none.astype(bool), [])

    def lacking(self, own_ids: Sequence[str]) -> list[bool]:
        """Which of a source's own ids stand in no row of the file; rows that failed count as well."""
        seen, failed = self._seen.holds(own_ids), self._failed.holds(own_ids)
        return [not (one or other) for one, other in zip(seen, failed, strict=True)]

    def _feature_classes(self, rows: Rows) -> Column:
        written = rows.texts["feature_class"]
        known = {text: self._classes.find(text, "") for text in set(written) if text}
        found = [
            known[text] if text else self._classes.find("", code)
            for text, code in zip(written, rows.texts["place_code"], strict=True)
        ]
        for offset in [i for i, one in enumerate(found) if one.code is None or not one.listed]:
            one = found[offset]
            if one.code is None:
                trouble = Trouble.UNKNOWN_CLASS if written[offset] else Trouble.NO_CLASS
                rows.note(offset, "feature_class", written[offset], trouble)
            else:
                unlisted = self.tally.unlisted_classes
                unlisted[one.code] = unlisted.get(one.code, 0) + 1
        return [one.code for one in found]

    def _locate(self, rows: Rows, around: Sequence[shapely.Geometry]) -> Located:
        batch = rows.batch
        coordinates = {
            wanted: batch.columns[position]
            for wanted, position in self._positions.items()
            if wanted.split("_")[0] in ("lon", "lat")
        }
        located = self.places.read(coordinates, batch.places, around)
        if located is None:
            nowhere = np.full(len(rows), np.nan)
            return Located(nowhere, nowhere.copy(), np.ones(len(rows), dtype=bool), ())
        for offset, side, trouble in located.troubles:
            value = batch.columns[self._positions[side]][offset] if side in self._positions else ""
            rows.note(offset, side if side in self._positions else "geometry", str(value), trouble)
        if rows.has("crs"):
            written, declared = rows.texts["crs"], self.places.frame.degrees
            fits = {text: not text or same_datum(datum_written(text), declared) for text in set(written)}
            for offset in where(written, {text for text, fit in fits.items() if not fit}):
                if not np.isnan(located.lon[offset]):
                    rows.note(offset, "crs", written[offset], Trouble.OTHER_DATUM, written[offset])
        return located

    def _division_ids(self, rows: Rows, located: Located, blank: set[int]) -> Column:
        """As stated, or else by the place code, or else by the place itself."""
        written, codes = rows.texts["division"], rows.texts["place_code"]
        named = {text: self._divisions.find(text) for text in set(written) if text}
        for offset in where(written, {text for text, found in named.items() if found.trouble is not None}):
            found = named[written[offset]]
            assert found.trouble is not None
            rows.note(offset, "division", written[offset], found.trouble, found.detail)
        ids: Column = [named[text].id if text else None for text in written]
        untold: list[int] = []
        for offset in where(written, {""}):
            code = codes[offset]
            ids[offset] = self._divisions.of_place_code(code) if len(code) == _PLACE_CODE_DIGITS else None
            self.tally.division_by_code += ids[offset] is not None
            if ids[offset] is None and offset not in blank:
                untold.append(offset)
        # Before the others are told by their places, which say nothing of whether these are right.
        self._note_outside(rows, ids, located)
        self._retired.settle(rows, ids, located)
        if untold:
            told = self.where.located_in(located.lon[untold], located.lat[untold])
            for offset, division in zip(untold, told, strict=True):
                ids[offset] = division
            known = sum(division is not None for division in told)
            self.tally.division_by_place += known
            self.tally.without_division += len(told) - known
        return ids

    def _note_outside(self, rows: Rows, divisions: Column, located: Located) -> None:
        metres = self.where.outside_m(divisions, located.lon, located.lat)
        side = "lon" if rows.has("lon") else "geometry"
        for offset in np.flatnonzero(metres > self.where.tolerance_m).tolist():
            value = f"{located.lon[offset]:.6f}, {located.lat[offset]:.6f}"
            rows.note(offset, side, value, Trouble.OUTSIDE, f"{metres[offset] / 1000:.1f}")

    def _note_not_entitled(self, rows: Rows, divisions: Column, blank: set[int]) -> None:
        for offset, id_ in enumerate(divisions):
            if offset not in blank and not self._entitled(id_):
                rows.note(offset, "division", rows.texts["division"][offset], Trouble.NOT_ENTITLED)

    def _is_entitled(self, division_id: str | None) -> bool:
        if division_id is None:
            return False
        code = self._atlas.code_of(self._atlas.latest(division_id)) or ""
        return bool(code) and code.startswith(self._acts_for or ())

    def _records(self, rows: Rows, columns: dict[str, Column]) -> Column:
        """The source's own id, or the place code, or else name, class and division together."""
        own, codes = rows.texts["id"], rows.texts["place_code"]
        if all(own):
            return list(own)
        told = (columns["name"], columns["feature_class"], columns["division_id"])
        return [
            known or code or "|".join([each or "" for each in rest])
            for known, code, *rest in zip(own, codes, *told, strict=True)
        ]

    def _sound(self, rows: Rows, columns: dict[str, Column], located: Located, blank: set[int]) -> Checked:
        """The records without trouble, none twice."""
        first = rows.batch.first_row
        rows.troubles = [trouble for trouble in rows.troubles if trouble.row - first not in blank]
        meant = self._meant.find(columns)
        if self._acts_for is not None:
            # Where the stated division is not their own, that was noted already.
            stated = columns["division_id"]
            beyond = [i for i, id_ in meant.items() if self._entitled(stated[i]) > self._entitled(id_)]
            for offset in beyond:
                rows.note(offset, "division", rows.texts["division"][offset], Trouble.NOT_ENTITLED)
        failing = {trouble.row - first for trouble in rows.troubles} | blank
        known = {i: id_ for i, id_ in meant.items() if i not in failing}
        self.tally.known_divisions += len(known)
        wrong = failing | known.keys()
        kept = [offset for offset in range(len(rows)) if offset not in wrong]
        records = columns["record"]
        failed = sorted(failing - blank)
        self._failed.repeated([records[i] or "" for i in failed], [first + i for i in failed])
        repeated = self._seen.repeated([records[i] or "" for i in kept], [first + i for i in kept])
        for row, earlier in repeated.items():
            key = "id" if rows.has("id") else "place_code" if rows.has("place_code") else "name"
            rows.note(row - first, key, records[row - first] or "", Trouble.DUPLICATE, str(earlier))
        if repeated:
            kept = [offset for offset in kept if first + offset not in repeated]
        found = self._kept(rows, columns, located, kept)
        self.tally.without_place += int(np.isnan(found.lon).sum())
        if known:
            told = self._kept(rows, columns, located, sorted(known))
            of_divisions = told.columns | {"division_id": [known[row - first] for row in told.rows]}
            found = replace(found, of_divisions=replace(told, columns=of_divisions))
        return replace(found, troubles=rows.troubles)

    def _kept(self, rows: Rows, columns: dict[str, Column], located: Located, kept: list[int]) -> Checked:
        """Some of the rows, ascending."""
        if len(kept) < len(rows):
            taken = [False] * len(rows)
            for offset in kept:
                taken[offset] = True
            columns = {wanted: list(compress(cells, taken)) for wanted, cells in columns.items()}
        which = np.array(kept, dtype=np.int64)
        at = (located.lon[which], located.lat[which], located.is_point[which])
        return Checked([rows.batch.first_row + i for i in kept], columns, *at, [])
