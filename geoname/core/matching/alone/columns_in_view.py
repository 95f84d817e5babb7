"""The matcher's arrays as one number after another reads them (逐项读取): views, no copies."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.changed_entries import ChangedEntries
from geoname.core.matching.changed_forms import ChangedPostings
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
        self._divisions_before = in_view(entries.divisions_before)
        self._last = len(entries.divisions_before) - 1
        self._held = entries.held if isinstance(entries, ChangedEntries) else {}

    def at_depth(self, entry: int, depth: int) -> int:
        """The division at this depth that holds an entry or is it, -1 when there is none."""
        while entry >= 0 and self.depth[entry] > depth:
            entry = self.parent[entry]
        return entry if entry >= 0 and self.depth[entry] == depth else -1

    def divisions_within(self, low: int, high: int) -> int:
        """How many names of divisions a range holds."""
        before: int = self._divisions_before[min(low, self._last)]
        within: int = self._divisions_before[min(high, self._last)] - before
        return within

    def leads_on(self, low: int, high: int) -> bool:
        """Whether the division with this range holds any other name."""
        return self._held.get((low, high), high - low > 1) if self._held else high - low > 1

    def form(self, entry: int) -> tuple[int, int]:
        """Where an entry's form stands in `symbols`, and how many they are."""
        form = self.form_of[entry]
        start = self.form_starts[form]
        return start, self.form_starts[form + 1] - start


class PostingsInView:
    """The entries under each hash; see `Postings` and `ChangedPostings`."""

    def __init__(self, postings: Postings, entries: Entries) -> None:
        """Take the arrays."""
        self._rows = [in_view(postings.rows)]
        self._anchors: Column | None = None
        self._hidden: frozenset[int] = frozenset()
        self._first, self._all = 0, len(entries)
        if isinstance(postings, ChangedPostings) and isinstance(entries, ChangedEntries):
            self._rows.append(in_view(postings.came.rows))
            self._anchors = in_view(entries.came.anchors)
            self._hidden = frozenset(np.flatnonzero(entries.hidden).tolist())
            self._first = entries.base_rows

    def between(
        self, begin: int, end: int, low: int, high: int, layer: int, cap: int
    ) -> tuple[list[int], bool]:
        """The entries of a list from `low` to before `high`, at most `cap`, and whether there were more."""
        everywhere = low <= 0 and high >= self._all
        rows = self._rows[layer]
        if not everywhere:
            if layer and self._anchors is not None:
                low, high = bisect_left(self._anchors, low), bisect_left(self._anchors, high)
            begin = bisect_left(rows, low, begin, end)
            end = bisect_left(rows, high, begin, end)
        found: list[int] = rows[begin : min(end, begin + cap)].tolist()
        if layer:
            found = [row + self._first for row in found]
        elif self._hidden:
            found = [row for row in found if row not in self._hidden]
        return found, end - begin > cap


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
