"""The name index (地名索引): names by rank, found by text, part of it, sound, near miss and filter."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Mapping
from copy import copy
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name import NameKind, NameStatus, Publication
from geoname.core.register.name_index.coded import in_order, rows_by, together
from geoname.core.register.name_index.columns import KINDS, STATUSES, NameColumns, NameKeys
from geoname.core.register.name_index.filtering import (
    GROUP_ARRAYS,
    Groups,
    NameFilter,
    build_groups,
    keeping,
    located,
)
from geoname.core.register.name_index.key_table import KeyTable, build_key_table
from geoname.core.register.name_index.near_keys import NearKeys, build_near_keys
from geoname.core.register.name_index.paging import Keep, Page, Rows, are_in, both, page_of, page_of_all
from geoname.core.register.name_index.postings import Postings, build_postings
from geoname.core.register.name_index.records import IndexedName, NameRecords, Order, pack_records
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError

_STANDARD = KINDS.index(NameKind.STANDARD)
_CURRENT = STATUSES.index(NameStatus.CURRENT)
_NARROW = 8
"""A filter's own list is taken as the start when it is this many times shorter than the text's."""


class PinyinForm(StrEnum):
    """How a name's sound is written: qingyanzhen, qing1yan2zhen4 or qyz."""

    PLAIN = "plain"
    TONED = "toned"
    INITIALS = "initials"


class NameIndex:
    """Names sorted by weight, then text, then id: a name's row is its rank, and answers are in that order.

    The index is nothing but arrays, which may be mapped from files and shared by processes. All queries take
    keys made the same way as those it was built from, a filter or None for every name there is, the last row
    of the page before (-1 for the first page), and the length of the page.
    """

    def __init__(
        self,
        records: NameRecords,
        text: KeyTable,
        sounds: Mapping[PinyinForm, KeyTable],
        postings: Postings,
        near: NearKeys,
        groups: Groups,
        ids: Mapping[str, NDArray[Any]],
    ) -> None:
        """Take the parts; `build` and `from_arrays` make them."""
        self._records = records
        self._text = text
        self._sounds = dict(sounds)
        self._postings = postings
        self._near = near
        self._groups = groups
        self._ids = dict(ids)
        self._id_starts = ids["id_starts"].data
        self._id_rows = ids["id_rows"].data
        self._specific_lengths: NDArray[np.uint8] = ids["specific_key_lengths"]
        self._alive: Keep | None = None

    @classmethod
    def build(cls, columns: NameColumns, keys: NameKeys) -> NameIndex:
        """Index these names; InvalidInputError for an id given twice or a value that does not fit."""
        order = _ranking(columns)
        records = pack_records(columns, order)
        ranked = keys.take(order)
        text, spelled = build_key_table(ranked.text)
        return cls(
            records,
            text,
            {
                PinyinForm.PLAIN: build_key_table(ranked.plain)[0],
                PinyinForm.TONED: build_key_table(ranked.toned)[0],
                PinyinForm.INITIALS: build_key_table(ranked.initials)[0],
            },
            build_postings(text, spelled),
            build_near_keys(text, spelled),
            build_groups(records.table),
            _id_arrays(records.table["name_id"]) | {"specific_key_lengths": _specific_lengths(ranked)},
        )

    def only(self, alive: Keep | None) -> NameIndex:
        """The same index, which answers with no other rows than those that `alive` lets through."""
        narrowed = copy(self)
        narrowed._alive = alive
        return narrowed

    def __len__(self) -> int:
        """How many names."""
        return len(self._records)

    def rows(self) -> range:
        """Every row, best first."""
        return range(len(self))

    def order(self, row: int) -> Order:
        """The place of a name in the order of answers."""
        return self._records.order(row)

    def rows_before(self, order: Order) -> int:
        """How many names stand before one that is not here, by its place in the order of answers."""
        return bisect_left(range(len(self)), order, key=self._records.order)

    def row(self, row: int) -> IndexedName:
        """The name of this rank; IndexError when there is none."""
        return self._records.row(row)

    def position_of(self, name_id: str) -> int | None:
        """The rank of a name, None when it is not here."""
        sought = name_id.encode("utf-8", "surrogatepass")
        bucket = zlib.crc32(sought) & (len(self._id_starts) - 2)
        for at in range(self._id_starts[bucket], self._id_starts[bucket + 1]):
            row = self._id_rows[at]
            if self._records.name_id(row) == sought:
                return row
        return None

    def exact(
        self, text_key: str, filter: NameFilter | None = None, after: int = -1, limit: int = 20
    ) -> Page:
        """The names whose key is this."""
        return self._exact(self._text, text_key, filter, after, limit)

    def prefix(
        self, text_key: str, filter: NameFilter | None = None, after: int = -1, limit: int = 20
    ) -> Page:
        """The names whose key begins with this; an empty key has every name."""
        return self._prefix(self._text, text_key, filter, after, limit)

    def specific(
        self, text_key: str, filter: NameFilter | None = None, after: int = -1, limit: int = 20
    ) -> Page:
        """The names whose specific element (专名) has this key: 青岩 finds 青岩镇 and 青岩社区."""
        if not text_key:
            return Page([], False)
        lo, hi = self._text.prefix_span(self._text.alphabet.symbols(text_key))
        rows = self._text.rows_between(lo, hi)
        return self._page(np.sort(rows[self._specific_lengths[rows] == len(text_key)]), filter, after, limit)

    def contains(
        self, text_key: str, filter: NameFilter | None = None, after: int = -1, limit: int = 20
    ) -> Page:
        """The names whose key contains this, or every part of it where spaces part it."""
        alphabet = self._text.alphabet
        parts = [alphabet.symbols(part) for part in text_key.split()]
        if not parts:
            return Page([], False)
        rows, *others = self._postings.candidates(parts)
        longer = any(len(part) > 2 for part in parts)
        contained = self._postings.keeping(parts, others) if others or longer else None
        return self._page(rows, filter, after, limit, contained)

    def pinyin(
        self,
        key: str,
        form: PinyinForm = PinyinForm.PLAIN,
        *,
        prefix: bool = False,
        filter: NameFilter | None = None,
        after: int = -1,
        limit: int = 20,
    ) -> Page:
        """The names that sound so, or begin so with `prefix`."""
        table = self._sounds[form]
        if prefix and key:
            return self._prefix(table, key, filter, after, limit)
        return self._exact(table, key, filter, after, limit)

    def fuzzy(
        self, text_key: str, filter: NameFilter | None = None, after: int = -1, limit: int = 20
    ) -> Page:
        """The names whose key is this but for one wrong, missing, additional or swapped character, or none.

        A key of one character is near to itself alone.
        """
        near = self._near.near(self._text.alphabet.symbols(text_key))
        if not near:
            return Page([], False)
        rows = np.concatenate([self._text.rows_of(key) for key in near])
        rows.sort()
        return self._page(rows, filter, after, limit)

    def browse(self, filter: NameFilter | None = None, after: int = -1, limit: int = 20) -> Page:
        """All names that pass the filter."""
        keep = self.keeping(filter)
        own = self._groups.narrowest(filter) if filter is not None else None
        if own is not None and len(own) * _NARROW < len(self):
            return page_of(np.sort(own), keep, after, limit)
        return page_of_all(len(self), keep, after, limit)

    def keeping(self, filter: NameFilter | None) -> Keep | None:
        """The filter as a function on arrays of rows, such as the point index takes."""
        return both(self._alive, None if filter is None else keeping(filter, self._records.table))

    def keeping_located(self, filter: NameFilter | None, audience: Role) -> Keep:
        """The filter on arrays of rows, and of these only the ones whose locations `audience` sees."""
        table = self._records.table
        placed = located(audience, table)
        wanted = self.keeping(filter)
        return placed if wanted is None else lambda rows: wanted(rows) & placed(rows)

    def standard_rows(self, feature_class: str) -> Rows:
        """The rows of the standard names of all places of a class and below it, those in force last."""
        table = self._records.table
        rows: Rows = np.sort(self._groups.of_class(feature_class))
        rows = rows[table["kind"][rows] == _STANDARD]
        rows = rows if self._alive is None else rows[self._alive(rows)]
        return rows[np.argsort(table["status"][rows] == _CURRENT, kind="stable")]

    def name_ids(self) -> list[bytes]:
        """The ids of all names, by row."""
        ids: list[bytes] = self._records.table["name_id"].tolist()
        return ids

    def place_ids(self, rows: Rows) -> list[str]:
        """The places of these rows."""
        return [place.decode() for place in self._records.table["place_id"][rows].tolist()]

    def all_public(self) -> bool:
        """Whether every name is public, so that nothing need be kept back."""
        return self._groups.count_of(Publication.PUBLIC) == len(self)

    def locations(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude of every row, degrees, WGS 84, NaN where not known."""
        return self._records.table["lon"], self._records.table["lat"]

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        arrays = self._records.to_arrays() | self._groups.to_arrays() | self._ids
        arrays |= (
            self._text.to_arrays("text") | self._postings.to_arrays("text") | self._near.to_arrays("near")
        )
        for form, table in self._sounds.items():
            arrays |= table.to_arrays(form.value)
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> NameIndex:
        """What `to_arrays` gave; nothing is read but the alphabets."""
        text = KeyTable.from_arrays("text", arrays)
        return cls(
            NameRecords.from_arrays(arrays),
            text,
            {form: KeyTable.from_arrays(form.value, arrays) for form in PinyinForm},
            Postings.from_arrays("text", text, arrays),
            NearKeys.from_arrays("near", text, arrays),
            Groups({name: arrays[name] for name in GROUP_ARRAYS}),
            {name: arrays[name] for name in ("id_starts", "id_rows", "specific_key_lengths")},
        )

    def _exact(self, table: KeyTable, key: str, filter: NameFilter | None, after: int, limit: int) -> Page:
        number = table.find(table.alphabet.symbols(key))
        if number < 0:
            return Page([], False)
        return page_of(table.rows_of(number), self.keeping(filter), after, limit)

    def _prefix(self, table: KeyTable, key: str, filter: NameFilter | None, after: int, limit: int) -> Page:
        symbols = table.alphabet.symbols(key)
        if filter is None:
            return table.prefix_page(symbols, self._alive, after, limit)
        lo, hi = table.prefix_span(symbols)
        rows = table.rows_between(lo, hi)
        own = self._groups.narrowest(filter)
        if own is not None and len(own) * _NARROW < len(rows):
            own = np.sort(own)
            return page_of(own[are_in(own, np.sort(rows))], self.keeping(filter), after, limit)
        return table.prefix_page(symbols, self.keeping(filter), after, limit)

    def _page(
        self,
        rows: Rows,
        filter: NameFilter | None,
        after: int,
        limit: int,
        contained: Keep | None = None,
    ) -> Page:
        """A page of ascending rows that pass the filter and what the text asks for."""
        if filter is None:
            return page_of(rows, both(self._alive, contained), after, limit)
        own = self._groups.narrowest(filter)
        if own is not None and len(own) * _NARROW < len(rows):
            own = np.sort(own)
            rows = own[are_in(own, rows)]
        return page_of(rows, both(self.keeping(filter), contained), after, limit)


def _ranking(columns: NameColumns) -> NDArray[np.int64]:
    """Positions of the columns by falling weight, then text, then id."""
    texts = in_order(columns.text)[1]
    return np.lexsort((columns.name_id, texts, -columns.weight.astype(np.float32))).astype(np.int64)


def _specific_lengths(keys: NameKeys) -> NDArray[np.uint8]:
    """How many characters of each text's key its specific's key takes up; 0 when it does not begin it."""
    both = together(keys.text, keys.specific)
    lengths = [len(own) if len(own) < 256 and text.startswith(own) else 0 for text, own in both.values]
    of_rows: NDArray[np.uint8] = np.array(lengths, dtype=np.uint8)[both.codes]
    return of_rows


def _id_arrays(ids: NDArray[np.bytes_]) -> dict[str, NDArray[Any]]:
    """The rows in buckets by checksum of their id; InvalidInputError for an id given twice."""
    given = ids.tolist()
    if len(set(given)) < len(given):
        twice = next(a for a, b in zip(sorted(given), sorted(given)[1:], strict=False) if a == b)
        raise InvalidInputError(
            f"two names have the id {twice.decode()!r}: give each its own",
            zh=f"有两个地名的标识都是 {twice.decode()!r}：每个地名须有自己的标识",
            field="name_id",
        )
    buckets = 1 << max(0, (len(given) // 2).bit_length())
    bucket = np.fromiter(map(zlib.crc32, given), np.int64, len(given)) & (buckets - 1)
    starts = np.zeros(buckets + 1, dtype=np.uint32)
    np.cumsum(np.bincount(bucket, minlength=buckets), out=starts[1:])
    return {"id_starts": starts, "id_rows": rows_by(bucket)}
