"""The matcher's arrays as one number after another reads them (逐项读取): views, no copies."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.entries import Entries
from geoname.core.matching.forms import Forms, Postings
from geoname.core.matching.sounds import CLASS_OF
from geoname.core.matching.symbols import SPAN, SYLLABLE_FIRST, SymbolTable

Column = memoryview


def in_view(array: NDArray[Any]) -> Column:
    """An array, whose numbers are read one at a time several times faster through this."""
    view: Column = np.ascontiguousarray(array).data
    return view


class EntriesInView:
    """The columns of the names; see `Entries` and `Forms`."""

    def __init__(self, entries: Entries, forms: Forms) -> None:
        """Take the arrays."""
        self.depth, self.kind = in_view(entries.depth), in_view(entries.kind)
        self.ending, self.parent = in_view(entries.ending), in_view(entries.parent)
        self.low, self.high = in_view(entries.low), in_view(entries.high)
        self.shallow = in_view(entries.shallow)
        self.form_of, self.form_starts = in_view(forms.form_of), in_view(forms.starts)
        self.symbols = in_view(forms.symbols)

    def at_depth(self, entry: int, depth: int) -> int:
        """The division at this depth that holds an entry or is it, -1 when there is none."""
        while entry >= 0 and self.depth[entry] > depth:
            entry = self.parent[entry]
        return entry if entry >= 0 and self.depth[entry] == depth else -1

    def form(self, entry: int) -> tuple[int, int]:
        """Where an entry's form stands in `symbols`, and how many they are."""
        form = self.form_of[entry]
        start = self.form_starts[form]
        return start, self.form_starts[form + 1] - start


class PostingsInView:
    """The entries under each hash; see `Postings`."""

    def __init__(self, postings: Postings) -> None:
        """Take the arrays."""
        self.rows = in_view(postings.rows)

    def between(self, begin: int, end: int, low: int, high: int, whole: bool) -> tuple[int, int]:
        """The part of a list whose entries lie from `low` to before `high`."""
        if whole:
            return begin, end
        begin = bisect_left(self.rows, low, begin, end)
        return begin, bisect_left(self.rows, high, begin, end)


class SymbolsInView:
    """What is known of one symbol or two; see `SymbolTable`."""

    def __init__(self, table: SymbolTable) -> None:
        """Take the arrays."""
        columns = table.to_arrays("")
        self._plain, self._other = in_view(columns["_plain"]), in_view(columns["_other_plain"])
        self._alike = in_view(columns["_alike"])

    def syllables(self, symbol: int) -> tuple[int, int]:
        """A symbol's common syllable and its second one, or the first again; 0 for none."""
        if symbol < SPAN:
            first: int = self._plain[symbol]
            return first, self._other[symbol] or first
        typed = symbol - SYLLABLE_FIRST
        return (typed, typed) if 0 <= typed < 1024 else (0, 0)

    def same_syllable(self, one: int, other: int) -> bool:
        """Whether two symbols can be read as one syllable, the tone aside."""
        (a, a2), (b, b2) = self.syllables(one), self.syllables(other)
        return a > 0 and b > 0 and (a in (b, b2) or a2 == b or (a2 == b2 and a2 > 0))

    def same_class(self, one: int, other: int) -> bool:
        """Whether two symbols are heard alike in one of their readings."""
        (a, a2), (b, b2) = self.syllables(one), self.syllables(other)
        if not (a > 0 and b > 0):
            return False
        classes = (_CLASS_OF[b], _CLASS_OF[b2])
        return _CLASS_OF[a] in classes or _CLASS_OF[a2] in classes

    def look_alike(self, one: int, other: int) -> bool:
        """Whether two symbols are listed as of similar shape."""
        pair = one << 32 | other
        at = bisect_left(self._alike, pair)
        return at < len(self._alike) and self._alike[at] == pair


_CLASS_OF = CLASS_OF.tolist()
