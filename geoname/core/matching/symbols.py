"""What is known of characters as arrays by code point (字表): standard form, sounds, look-alikes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.columns import CharacterLore
from geoname.core.matching.sounds import CLASS_OF, PLAIN_NUMBER, plain_number
from geoname.core.names.radicals import RADICALS

SPAN = 0x10000
"""Characters beyond are their own standard form and have no sound."""
SYLLABLE_FIRST = 0xF0000
"""A syllable that was typed in letters stands in texts as this plus its number."""
LOST = 0xFFFD
"""A character that was lost on the way."""
_CAPITALS = dict(zip("零壹贰叁肆伍陆柒捌玖拾", "〇一二三四五六七八九十", strict=True))
_ARRAYS = ("standard", "sound", "plain", "other_plain", "alike")

Symbols = NDArray[np.uint32]


class SymbolTable:
    """Of each character standard form, class of sound, syllable, second syllable; pairs that look alike."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays named in `to_arrays`, without their prefix."""
        self._arrays = {name: arrays[name] for name in _ARRAYS}
        self._standard: Symbols = arrays["standard"]
        self._sound: NDArray[np.uint16] = arrays["sound"]
        self._plain: NDArray[np.uint16] = arrays["plain"]
        self._other: NDArray[np.uint16] = arrays["other_plain"]
        self._alike: NDArray[np.uint64] = arrays["alike"]

    def standard(self, points: Symbols) -> Symbols:
        """The standard form of each character."""
        near = points < SPAN
        if near.all():
            return self._standard[points]
        return np.where(near, self._standard[np.where(near, points, 0)], points).astype(np.uint32)

    def standard_of(self, point: int) -> int:
        """The standard form of one character."""
        return int(self._standard[point]) if point < SPAN else point

    def is_look_alike(self, one: int, other: int) -> bool:
        """Whether two symbols are listed as of similar shape."""
        pair = np.array([one], dtype=np.uint32), np.array([other], dtype=np.uint32)
        return bool(self.look_alike(*pair)[0])

    def sound(self, symbols: Symbols) -> Symbols:
        """The class of sound of each symbol; of one without sound the symbol itself."""
        held, plain = self._held(symbols)
        heard = np.where(held, self._sound[plain], CLASS_OF[self.plain(symbols)])
        return np.where(heard > 0, heard, symbols).astype(np.uint32)

    def plain(self, symbols: Symbols) -> NDArray[np.uint16]:
        """The number of each symbol's common syllable, 0 for none."""
        held, within = self._held(symbols)
        typed = (symbols >= SYLLABLE_FIRST) & (symbols < SYLLABLE_FIRST + 1024)
        return np.where(held, self._plain[within], np.where(typed, symbols - SYLLABLE_FIRST, 0)).astype(
            np.uint16
        )

    def same_syllable(self, one: Symbols, other: Symbols) -> NDArray[np.bool_]:
        """Whether two symbols can be read as one syllable, the tone aside."""
        a, b = self.plain(one), self.plain(other)
        a2, b2 = self._second(one, a), self._second(other, b)
        same: NDArray[np.bool_] = (
            ((a == b) | (a == b2) | (a2 == b) | ((a2 == b2) & (a2 > 0))) & (a > 0) & (b > 0)
        )
        return same

    def same_class(self, one: Symbols, other: Symbols) -> NDArray[np.bool_]:
        """Whether two symbols are heard alike in one of their readings."""
        a, b = self.plain(one), self.plain(other)
        a2, b2 = CLASS_OF[self._second(one, a)], CLASS_OF[self._second(other, b)]
        known = (a > 0) & (b > 0)
        a, b = CLASS_OF[a], CLASS_OF[b]
        same: NDArray[np.bool_] = ((a == b) | (a == b2) | (a2 == b) | (a2 == b2)) & known
        return same

    def look_alike(self, one: Symbols, other: Symbols) -> NDArray[np.bool_]:
        """Whether two symbols are listed as of similar shape."""
        pair = one.astype(np.uint64) << np.uint64(32) | other.astype(np.uint64)
        if not len(self._alike):
            return np.zeros(len(pair), dtype=np.bool_)
        at = np.minimum(np.searchsorted(self._alike, pair), len(self._alike) - 1)
        found: NDArray[np.bool_] = self._alike[at] == pair
        return found

    def _held(self, symbols: Symbols) -> tuple[NDArray[np.bool_], Symbols]:
        held = symbols < SPAN
        return held, np.where(held, symbols, 0).astype(np.uint32)

    def _second(self, symbols: Symbols, first: NDArray[np.uint16]) -> NDArray[np.uint16]:
        held, within = self._held(symbols)
        second = np.where(held, self._other[within], 0)
        return np.where(second > 0, second, first).astype(np.uint16)

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return {f"{prefix}_{name}": array for name, array in self._arrays.items()}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> SymbolTable:
        """What `to_arrays` gave."""
        return cls({name: arrays[f"{prefix}_{name}"] for name in _ARRAYS})


def build_symbols(lore: CharacterLore) -> SymbolTable:
    """The arrays, with the general dictionary's readings."""
    # The dictionary takes longer to load than a question takes to answer: only building asks for it.
    from pypinyin.constants import PINYIN_DICT

    plain = np.zeros(SPAN, dtype=np.uint16)
    other = np.zeros(SPAN, dtype=np.uint16)
    for point, written in PINYIN_DICT.items():
        if point < SPAN:
            numbers = [n for n in dict.fromkeys(map(plain_number, written.split(","))) if n]
            plain[point], other[point] = [*numbers, 0, 0][:2]
    standard = np.arange(SPAN, dtype=np.uint32)
    for char, meant in {**_forms(), **_CAPITALS, **lore.variants}.items():
        if ord(char) < SPAN:
            standard[ord(char)] = ord(meant)
    for _ in range(4):  # chains such as 舖 → 鋪 → 铺
        near = standard < SPAN
        standard[near] = standard[standard[near]]
    sound = np.where(plain > 0, CLASS_OF[plain], 0).astype(np.uint16)
    pairs = [
        (int(standard[ord(one)]) << 32) | int(standard[ord(other_)])
        for one, others in lore.similar.items()
        for other_ in others
        if ord(one) < SPAN and ord(other_) < SPAN
    ]
    return SymbolTable(
        {
            "standard": standard,
            "sound": sound,
            "plain": plain,
            "other_plain": other,
            "alike": np.unique(np.array(pairs, dtype=np.uint64)),
        }
    )


def _forms() -> dict[str, str]:
    """Radical signs and compatibility ideographs, each with the character that it means."""
    forms = {sign: char for sign, char in RADICALS.items() if len(char) == 1}
    for point in (*range(0xF900, 0xFB00),):
        meant = unicodedata.normalize("NFC", chr(point))
        if len(meant) == 1 and meant != chr(point):
            forms[chr(point)] = meant
    return forms


def syllable_symbol(syllable: str) -> str | None:
    """The symbol that stands for a typed syllable, None when it is none."""
    number = PLAIN_NUMBER.get(syllable)
    return chr(SYLLABLE_FIRST + number) if number else None
