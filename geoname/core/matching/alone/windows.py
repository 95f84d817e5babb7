"""What the forms of names hold of every part of one text (窗口查找), looked up together."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from geoname.core.matching.forms import HEAD, LONG, Forms, Postings
from geoname.core.matching.hashing import HOLE, HashTable, Places, Rolling, Words
from geoname.core.matching.ranges import ranges, windows
from geoname.core.matching.texts import Texts

LONGEST_SLIP = 7
_SLIP_LENGTHS = np.arange(2, LONGEST_SLIP + 1)
_MISSING_LENGTHS = np.arange(1, LONGEST_SLIP)

Found = tuple[int, int, int, int, int]
"""A list of entries: over how many symbols it stands, at which of them the slip is, where it begins, ends,
in which layer of the register."""
ByPlace = dict[int, list[Found]]


class Windows:
    """The lists of entries for each place of a text, shorter windows first; what is not asked is not read."""

    def __init__(self, texts: Texts, forms: Forms) -> None:
        """Take a batch of this one text."""
        self._texts, self._forms = texts, forms
        self._places = np.arange(len(texts.symbols))
        self._room = len(texts.symbols) - self._places

    @cached_property
    def exact(self) -> ByPlace:
        """To the letter."""
        return self._of_forms(self._texts.rolling, self._forms.heads, self._forms.exact)

    @cached_property
    def heard(self) -> ByPlace:
        """By sound."""
        return self._of_forms(self._texts.heard, self._forms.heard_heads, self._forms.heard)

    @cached_property
    def wrong(self) -> ByPlace:
        """But for one wrong or lost character."""
        at, size = self._windows(LONGEST_SLIP, _SLIP_LENGTHS)
        at, size, hole = _each(at, size, size)
        rolling = self._texts.rolling
        hashes = rolling.window(at, at + size)
        hashes += (HOLE - rolling.words[at + hole]) * rolling.powers[hole]
        return _found(self._forms.masked, hashes, at, size, hole)

    @cached_property
    def missing(self) -> ByPlace:
        """But for one missing character."""
        at, size = self._windows(LONGEST_SLIP - 1, _MISSING_LENGTHS)
        at, size, gap = _each(at, size, size + 1)
        rolling = self._texts.rolling
        hashes = rolling.window(at, at + gap) + HOLE * rolling.powers[gap]
        hashes += rolling.window(at + gap, at + size) * rolling.powers[gap + 1]
        return _found(self._forms.masked, hashes, at, size, gap)

    @cached_property
    def additional(self) -> ByPlace:
        """But for one character more."""
        at, size = self._windows(LONGEST_SLIP, _SLIP_LENGTHS)
        at, size, extra = _each(at, size, np.where(size > 2, size, 0))
        rolling = self._texts.rolling
        hashes = rolling.window(at, at + extra)
        hashes += rolling.window(at + extra + 1, at + size) * rolling.powers[extra]
        return _found(self._forms.exact, hashes, at, size, extra)

    @cached_property
    def swapped(self) -> ByPlace:
        """But for two characters that changed places."""
        at, size = self._windows(LONGEST_SLIP, _SLIP_LENGTHS)
        at, size, place = _each(at, size, size - 1)
        rolling = self._texts.rolling
        one, other = rolling.words[at + place], rolling.words[at + place + 1]
        hashes = rolling.window(at, at + size)
        hashes += (other - one) * rolling.powers[place] + (one - other) * rolling.powers[place + 1]
        return _found(self._forms.exact, hashes, at, size, place)

    def _of_forms(self, rolling: Rolling, heads: HashTable, postings: Postings) -> ByPlace:
        room = self._room.copy()
        long = np.flatnonzero(room >= LONG)
        headed = heads.find(rolling.window(long, long + HEAD)) >= 0
        room[long[~headed]] = LONG - 1
        at, size = windows(room, self._forms.lengths)
        return _found(postings, rolling.window(at, at + size), at, size, np.zeros_like(at))

    def _windows(self, longest: int, lengths: Places) -> tuple[Places, Places]:
        return windows(np.minimum(self._room, longest), lengths)


def _each(at: Places, size: Places, times: Places) -> tuple[Places, Places, Places]:
    """Every window so many times, and the number of each of its turns."""
    return np.repeat(at, times), np.repeat(size, times), ranges(np.zeros_like(times), times)


def _found(postings: Postings, hashes: Words, at: Places, size: Places, slip: Places) -> ByPlace:
    hit, begin, end, layer = postings.lists(hashes)
    columns = (at[hit], size[hit], slip[hit], begin, end, layer)
    lists: ByPlace = {}
    for place, *found in zip(*(column.tolist() for column in columns), strict=True):
        lists.setdefault(place, []).append(tuple(found))
    return lists
