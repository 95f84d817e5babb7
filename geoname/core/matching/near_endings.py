"""Endings with one slip (通名错漏): a wrong, missing or additional character, or one that was lost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from geoname.core.matching.endings import Endings, ReadEndings
from geoname.core.matching.hashing import HOLE, HashTable, Places, Words, masked_hashes
from geoname.core.matching.ranges import grouped, joined, ranges, windows
from geoname.core.matching.symbols import LOST, SymbolTable
from geoname.core.matching.texts import Texts

FREE = 3
"""Endings as long as this are known by their other characters, shorter ones by a likeness alone."""


@dataclass(slots=True)
class _Found:
    askers: list[Places] = field(default_factory=list)
    endings: list[Places] = field(default_factory=list)
    lengths: list[Places] = field(default_factory=list)

    def add(self, asker: Places, ending: Places, length: Places) -> None:
        self.askers.append(asker)
        self.endings.append(ending)
        self.lengths.append(length)


class NearEndings:
    """Looks up endings with one character masked."""

    def __init__(self, endings: Endings, table: SymbolTable) -> None:
        """Mask every ending of two characters and more; there are a few hundred."""
        self._endings = endings
        self._table = table
        lengths = endings.lengths
        starts = np.concatenate(([0], np.cumsum(lengths)))
        inside = np.arange(endings.symbols.shape[1]) < lengths[:, None]
        masked, form = masked_hashes(endings.symbols[inside], starts)
        kept = lengths[form] > 1
        self._masked: HashTable
        self._masked, near_starts, near_rows = grouped(masked[kept], form[kept])
        self._starts: Places = near_starts.astype(np.int64)
        self._rows: Places = near_rows.astype(np.int64)
        self._single: Places = np.flatnonzero(lengths == 1)
        self._lengths: Places = np.arange(2, int(lengths.max(initial=1)) + 2)
        self._early = np.zeros(0x10000, dtype=np.bool_)
        self._early[endings.symbols[:, :2][lengths > 1]] = True

    def read(self, texts: Texts, at: Places, ends: Places) -> ReadEndings:
        """The endings that stand at these positions but for one slip."""
        found = _Found()
        self._alike_single(texts, at, np.flatnonzero(at < ends), found)
        inside = np.flatnonzero(at + 1 < ends)
        known = self._early[np.minimum(texts.symbols[at[inside]], 0xFFFF)]
        known |= self._early[np.minimum(texts.symbols[at[inside] + 1], 0xFFFF)]
        inside = inside[known]
        which, length = windows(ends[inside] - at[inside], self._lengths)
        asker = inside[which]
        self._wrong_or_lost(texts, at, asker, length, found)
        self._additional(texts, at, asker, length, found)
        self._swapped(texts, at, asker, length, found)
        inside = np.flatnonzero(at < ends)
        which, length = windows(ends[inside] - at[inside], self._lengths - 1)
        self._missing(texts, at, inside[which], length, found)
        one, ending, length = joined(found.askers), joined(found.endings), joined(found.lengths)
        return ReadEndings(one, ending, length, np.ones(len(one), np.int64))

    def _alike_single(self, texts: Texts, at: Places, asker: Places, found: _Found) -> None:
        stands = np.repeat(texts.symbols[at[asker]], len(self._single))
        ending = np.tile(self._single, len(asker))
        meant = self._endings.symbols[ending, 0]
        hit = (stands != meant) & (self._table.look_alike(stands, meant) | (stands == LOST))
        found.add(np.repeat(asker, len(self._single))[hit], ending[hit], np.ones(hit.sum(), np.int64))

    def _wrong_or_lost(self, texts: Texts, at: Places, asker: Places, length: Places, found: _Found) -> None:
        of, hole = np.repeat(np.arange(len(asker)), length), ranges(np.zeros_like(length), length)
        asker, length = asker[of], length[of]
        begin = at[asker]
        masked = texts.rolling.window(begin, begin + length)
        masked += (HOLE - texts.rolling.words[begin + hole]) * texts.rolling.powers[hole]
        which, ending = self._under(masked)
        asker, hole, length = asker[which], hole[which], length[which]
        stands = texts.symbols[at[asker] + hole]
        inside = self._endings.lengths[ending] == length
        meant = self._endings.symbols[ending, np.where(inside, hole, 0)]
        fits = (stands != meant) & inside
        fits &= (length >= FREE) | self._table.look_alike(stands, meant) | (stands == LOST)
        found.add(asker[fits], ending[fits], length[fits])

    def _missing(self, texts: Texts, at: Places, asker: Places, length: Places, found: _Found) -> None:
        """What stands there is one character short of an ending."""
        of, gap = np.repeat(np.arange(len(asker)), length + 1), ranges(np.zeros_like(length), length + 1)
        asker, length = asker[of], length[of]
        begin, middle = at[asker], at[asker] + gap
        powers = texts.rolling.powers
        masked = texts.rolling.window(begin, middle) + HOLE * powers[gap]
        masked += texts.rolling.window(middle, begin + length) * powers[gap + 1]
        which, ending = self._under(masked)
        fits = self._endings.lengths[ending] == length[which] + 1
        found.add(asker[which[fits]], ending[fits], length[which[fits]])

    def _additional(self, texts: Texts, at: Places, asker: Places, length: Places, found: _Found) -> None:
        """What stands there has one character more than an ending of two or more."""
        inner = np.maximum(length - 2, 0)
        of, extra = np.repeat(np.arange(len(asker)), inner), ranges(np.ones_like(inner), inner)
        asker, length = asker[of], length[of]
        begin, middle = at[asker], at[asker] + extra
        without = texts.rolling.window(begin, middle)
        without += texts.rolling.window(middle + 1, begin + length) * texts.rolling.powers[extra]
        number = self._endings.exact.find(without)
        hit = np.flatnonzero(number >= 0)
        found.add(asker[hit], self._endings.of_exact[number[hit]], length[hit])

    def _swapped(self, texts: Texts, at: Places, asker: Places, length: Places, found: _Found) -> None:
        """Two neighbours of an ending changed places."""
        of, place = np.repeat(np.arange(len(asker)), length - 1), ranges(np.zeros_like(length), length - 1)
        asker, length = asker[of], length[of]
        begin = at[asker]
        words, powers = texts.rolling.words, texts.rolling.powers
        one, other = words[begin + place], words[begin + place + 1]
        turned = texts.rolling.window(begin, begin + length)
        turned += (other - one) * powers[place] + (one - other) * powers[place + 1]
        number = self._endings.exact.find(turned)
        hit = np.flatnonzero((number >= 0) & (one != other))
        found.add(asker[hit], self._endings.of_exact[number[hit]], length[hit])

    def _under(self, masked: Words) -> tuple[Places, Places]:
        """Which of these hashes some masked endings have, and these endings."""
        number = self._masked.find(masked)
        which = np.flatnonzero(number >= 0)
        starts = self._starts[number[which]]
        counts = self._starts[number[which] + 1] - starts
        return np.repeat(which, counts), self._rows[ranges(starts, counts)]
