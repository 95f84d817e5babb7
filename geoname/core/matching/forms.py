"""The forms under which names are known (匹配键): exact, as heard, and with one character masked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.hashing import (
    HashTable,
    Places,
    Words,
    build_hash_table,
    first_at_least,
    form_hashes,
    masked_hashes,
)
from geoname.core.matching.ranges import grouped, ranges
from geoname.core.matching.sounds import CLASS_OF, plain_number
from geoname.core.matching.symbols import Symbols, SymbolTable
from geoname.core.matching.texts import read_texts
from geoname.core.names.syllables import split_syllables

LONG = 5
"""Forms of so many characters and more are looked for only where one begins with the same HEAD."""
HEAD = 4
LONGEST_FORM = 24
_WORDS = re.compile(r"[^\W\d_]+")


class Postings:
    """Hashes of forms, and the entries known under each, ascending."""

    def __init__(self, table: HashTable, starts: NDArray[np.uint32], rows: NDArray[np.uint32]) -> None:
        """Take the arrays that `grouped` gives."""
        self.table, self.starts, self.rows = table, starts, rows

    def find(self, hashes: Words, low: Places, high: Places, cap: int) -> tuple[Places, Places, Places]:
        """The entries of each hash between `low` and `high`: which asker, which entry; who had over `cap`."""
        asker, begin, end, layer = self.lists(hashes)
        which, entry, over = self.pick(begin, end, layer, low[asker], high[asker], cap)
        return asker[which], entry, asker[over]

    def pick(
        self, begin: Places, end: Places, layer: Places, low: Places, high: Places, cap: int
    ) -> tuple[Places, Places, Places]:
        """The entries of lists between `low` and `high`: of which list, which entry; which had over `cap`."""
        begin = first_at_least(self.rows, begin, end, low)
        end = first_at_least(self.rows, begin, end, high)
        counts = end - begin
        over = np.flatnonzero(counts > cap)
        counts = np.minimum(counts, cap)
        which = np.repeat(np.arange(len(counts)), counts)
        return which, self.rows[ranges(begin, counts)].astype(np.int64), over

    def lists(self, hashes: Words) -> tuple[Places, Places, Places, Places]:
        """Which hashes are known, where the entries of each begin and end in `rows`, and in which layer."""
        number = self.table.find(hashes)
        which = np.flatnonzero(number >= 0)
        number = number[which]
        begin, end = self.starts[number].astype(np.int64), self.starts[number + 1].astype(np.int64)
        return which, begin, end, np.zeros_like(which)

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        own = {f"{prefix}_starts": self.starts, f"{prefix}_rows": self.rows}
        return self.table.to_arrays(prefix) | own

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> Postings:
        """What `to_arrays` gave."""
        return cls(
            HashTable.from_arrays(prefix, arrays), arrays[f"{prefix}_starts"], arrays[f"{prefix}_rows"]
        )


class Forms:
    """The forms of all entries.

    `symbols` from `starts[f]` on are the characters of form f; `form_of` gives each entry's form.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays that `to_arrays` gives."""
        self._arrays = {name: arrays[name] for name in ("form_symbols", "form_starts", "form_of")}
        self.symbols: Symbols = arrays["form_symbols"]
        self.starts: NDArray[np.uint32] = arrays["form_starts"]
        self.form_of: NDArray[np.uint32] = arrays["form_of"]
        self.exact = Postings.from_arrays("exact", arrays)
        self.heard = Postings.from_arrays("heard", arrays)
        self.masked = Postings.from_arrays("masked", arrays)
        self.heads = HashTable.from_arrays("heads", arrays)
        self.heard_heads = HashTable.from_arrays("heard_heads", arrays)
        lengths = np.flatnonzero(np.bincount(np.diff(self.starts.astype(np.int64)), minlength=1))
        self.lengths: Places = lengths[(lengths > 0) & (lengths <= LONGEST_FORM)]

    def length(self, entries: Places) -> Places:
        """How many characters each entry's form has."""
        form = self.form_of[entries].astype(np.int64)
        return self.starts[form + 1].astype(np.int64) - self.starts[form]

    def start(self, entries: Places) -> Places:
        """Where each entry's form stands in `symbols`."""
        return self.starts[self.form_of[entries].astype(np.int64)].astype(np.int64)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        arrays = dict(self._arrays)
        for name in ("exact", "heard", "masked"):
            arrays |= getattr(self, name).to_arrays(name)
        return arrays | self.heads.to_arrays("heads") | self.heard_heads.to_arrays("heard_heads")


def build_forms(stems: Sequence[str], romanizations: Sequence[str], table: SymbolTable) -> Forms:
    """Hash the stems of all entries; an entry is also heard as its own romanization says."""
    texts = read_texts(stems, table)
    symbols, starts = texts.symbols, texts.starts
    rows = np.arange(len(stems))
    exact, exact_starts, exact_rows = grouped(form_hashes(symbols, starts), rows)
    form_of = np.empty(len(rows), dtype=np.int64)
    form_of[exact_rows] = np.repeat(
        np.arange(len(exact)), exact_starts[1:].astype(np.int64) - exact_starts[:-1]
    )
    bearer = exact_rows[exact_starts[:-1]].astype(np.int64)
    lengths = np.diff(starts)[bearer]
    form_starts = np.concatenate(([0], np.cumsum(lengths)))
    form_symbols = symbols[ranges(starts[bearer], lengths)]
    form_sounds = table.sound(form_symbols)
    heard = form_hashes(form_sounds, form_starts)[form_of]
    other_rows, other_hashes = _own_sounds(romanizations, texts.sounds, starts)
    all_heard = np.concatenate((heard, other_hashes))
    masked, of_form = masked_hashes(form_symbols, form_starts)
    long_enough = lengths[of_form] > 1
    masked_hash, masked_row = _for_entries(
        masked[long_enough], of_form[long_enough], exact_starts.astype(np.int64), exact_rows
    )
    return Forms(
        {
            "form_symbols": form_symbols,
            "form_starts": form_starts.astype(np.uint32),
            "form_of": form_of.astype(np.uint32),
            **Postings(exact, exact_starts, exact_rows).to_arrays("exact"),
            **Postings(*grouped(all_heard, np.concatenate((rows, other_rows)))).to_arrays("heard"),
            **Postings(*grouped(masked_hash, masked_row)).to_arrays("masked"),
            **_heads(form_symbols, form_starts).to_arrays("heads"),
            **_heads(form_sounds, form_starts).to_arrays("heard_heads"),
        }
    )


def _heads(symbols: Symbols, starts: Places) -> HashTable:
    long = np.flatnonzero(np.diff(starts) >= LONG)
    count = np.full(len(long), HEAD)
    heads = symbols[ranges(starts[:-1][long], count)]
    return build_hash_table(form_hashes(heads, np.arange(len(long) + 1) * HEAD))[0]


def _for_entries(
    hashes: Words, form: Places, starts: Places, rows: NDArray[np.uint32]
) -> tuple[Words, Places]:
    """The hashes of forms, once for each entry of the form."""
    counts = starts[form + 1] - starts[form]
    return np.repeat(hashes, counts), rows[ranges(starts[form], counts)].astype(np.int64)


def _own_sounds(romanizations: Sequence[str], sounds: Symbols, starts: Places) -> tuple[Places, Words]:
    """The entries whose romanization is not how their characters are commonly read, and its classes."""
    rows, pieces = [], []
    for row, romanization in enumerate(romanizations):
        length = int(starts[row + 1] - starts[row])
        if not romanization:
            continue
        heard = _classes(romanization)[:length]
        if len(heard) == length and not np.array_equal(heard, sounds[starts[row] : starts[row + 1]]):
            rows.append(row)
            pieces.append(heard)
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    own_starts = np.concatenate(([0], np.cumsum([len(piece) for piece in pieces])))
    return np.array(rows, dtype=np.int64), form_hashes(np.concatenate(pieces), own_starts)


def _classes(romanization: str) -> NDArray[np.uint32]:
    numbers = [number for word in _WORDS.findall(romanization.lower()) for number in _word(word)]
    return CLASS_OF[np.array(numbers, dtype=np.int64)].astype(np.uint32)


@lru_cache(maxsize=65536)
def _word(word: str) -> tuple[int, ...]:
    return tuple(map(plain_number, split_syllables(word) or ()))
