"""Forms with those of the names that came since they were built (增量匹配键), looked up in both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.changed_entries import ChangedEntries
from geoname.core.matching.forms import Forms, Postings, build_forms
from geoname.core.matching.hashing import HashTable, Places, Words
from geoname.core.matching.symbols import SymbolTable


class EitherTable(HashTable):
    """Finds whether a hash is in one table or in another."""

    def __init__(self, one: HashTable, other: HashTable) -> None:
        """Take both."""
        self._one, self._other = one, other

    def find(self, hashes: Words) -> Places:
        """A number for each hash that either has, -1 for the others."""
        found = self._one.find(hashes)
        return np.where(found >= 0, found, self._other.find(hashes))


class ChangedPostings(Postings):
    """The entries of the base, those that hold no longer left out, and those that came."""

    def __init__(self, base: Postings, came: Postings, entries: ChangedEntries) -> None:
        """Take both; the rows of `came` are counted from its own first one."""
        super().__init__(base.table, base.starts, base.rows)
        self.base, self.came = base, came
        self._first, self._hidden = entries.base_rows, entries.hidden
        self._anchors = entries.came.anchors
        self._all = len(entries)

    def pick(
        self, begin: Places, end: Places, layer: Places, low: Places, high: Places, cap: int
    ) -> tuple[Places, Places, Places]:
        """As `Postings.pick`, of both layers."""
        old, new = np.flatnonzero(layer == 0), np.flatnonzero(layer)
        which, entry, over = self.base.pick(begin[old], end[old], layer[old], low[old], high[old], cap)
        kept = ~self._hidden[entry]
        lowest, highest = self.bounds(low[new], high[new])
        came, row, more = self.came.pick(begin[new], end[new], layer[new], lowest, highest, cap)
        which = np.concatenate((old[which[kept]], new[came]))
        entry = np.concatenate((entry[kept], row + self._first))
        order = np.argsort(which, kind="stable")
        return which[order], entry[order], np.union1d(old[over], new[more])

    def bounds(self, low: Places, high: Places) -> tuple[Places, Places]:
        """Between which rows of those that came lies what these ranges of the base hold."""
        everywhere = (low <= 0) & (high >= self._all)
        lowest = np.where(everywhere, 0, np.searchsorted(self._anchors, low))
        return lowest, np.where(everywhere, len(self._anchors), np.searchsorted(self._anchors, high))

    def lists(self, hashes: Words) -> tuple[Places, Places, Places, Places]:
        """As `Postings.lists`; the rows of layer 1 are those that came."""
        both = self.base.lists(hashes), self.came.lists(hashes)
        which, begin, end = (np.concatenate((both[0][part], both[1][part])) for part in range(3))
        layer = np.repeat([0, 1], [len(both[0][0]), len(both[1][0])])
        order = np.argsort(which, kind="stable")
        return which[order], begin[order], end[order], layer[order]


class ChangedForms(Forms):
    """The forms of the base and of the names that came."""

    def __init__(self, base: Forms, entries: ChangedEntries, table: SymbolTable) -> None:
        """Hash the stems of the names that came."""
        came = build_forms(entries.came.stems, entries.came.romanizations, table)
        arrays = base.to_arrays()
        forms = len(base.starts) - 1
        arrays |= {
            "form_symbols": np.concatenate((base.symbols, came.symbols)),
            "form_starts": _after(base.starts[:-1], came.starts, len(base.symbols)),
            "form_of": _after(base.form_of, came.form_of, forms),
        }
        super().__init__(arrays)
        self.exact, self.heard, self.masked = (
            ChangedPostings(getattr(base, name), getattr(came, name), entries)
            for name in ("exact", "heard", "masked")
        )
        self.heads = EitherTable(base.heads, came.heads)
        self.heard_heads = EitherTable(base.heard_heads, came.heard_heads)


def _after(one: NDArray[np.uint32], other: NDArray[np.uint32], by: int) -> NDArray[np.uint32]:
    joined: NDArray[np.uint32] = np.concatenate((one, other + np.uint32(by)))
    return joined
