"""Syllables of the phonetic alphabet (汉语拼音音节): tones off and on, words written and taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

APOSTROPHE = "\u2019"
NEUTRAL = 5
"""The number of the neutral tone (轻声) in numbered spelling."""

_MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_TONED = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
    for vowel in "aoeiuüêmnAOEIUÜÊMN"
    for mark, tone in _MARKS.items()
}
_TONES_OFF = str.maketrans(
    {char: vowel for char, (vowel, _) in _TONED.items() if len(char) == 1} | dict.fromkeys(_MARKS, "")
)
_BEGIN_WITH_APOSTROPHE = frozenset("aoeāáǎàōóǒòēéěèê")

_INITIALS_OF_FINALS = {
    "a": "b p m f d t n l g k h zh ch sh z c s - y w",
    "o": "b p m f w y - l",
    "e": "m d t n l g k h zh ch sh r z c s - y",
    "ai": "b p m d t n l g k h zh ch sh z c s - w",
    "ei": "b p m f d t n l g k h zh sh z c w -",
    "ao": "b p m d t n l g k h zh ch sh r z c s - y",
    "ou": "p m f d t n l g k h zh ch sh r z c s - y",
    "an": "b p m f d t n l g k h zh ch sh r z c s - y w",
    "en": "b p m f d n g k h zh ch sh r z c s - w",
    "ang": "b p m f d t n l g k h zh ch sh r z c s - y w",
    "eng": "b p m f d t n l g k h zh ch sh r z c s w -",
    "ong": "d t n l g k h zh ch r z c s y",
    "i": "b p m d t n l j q x zh ch sh r z c s y",
    "ia": "d l j q x",
    "ie": "b p m d t n l j q x",
    "iao": "b p m d t n l j q x",
    "iu": "m d n l j q x",
    "ian": "b p m d t n l j q x",
    "in": "b p m n l j q x y",
    "iang": "b n l j q x",
    "ing": "b p m d t n l j q x y",
    "iong": "j q x",
    "u": "b p m f d t n l g k h zh ch sh r z c s j q x y w",
    "ua": "g k h zh ch sh r",
    "uo": "d t n l g k h zh ch sh r z c s",
    "uai": "g k h zh ch sh",
    "ui": "d t g k h zh ch sh r z c s",
    "uan": "d t n l g k h zh ch sh r z c s j q x y",
    "un": "d t n l g k h zh ch sh r z c s j q x y",
    "uang": "g k h zh ch sh",
    "ue": "j q x y",
    "ü": "n l",
    "üe": "n l",
    "er": "-",
    "ê": "-",
}
SYLLABLES: frozenset[str] = frozenset(
    initial.strip("-") + final
    for final, initials in _INITIALS_OF_FINALS.items()
    for initial in initials.split()
) | {"r", "m", "n", "ng", "hm", "hng"}
"""Every syllable without its tone, the 儿 that only colours the one before it (r) among them."""
_LONGEST = max(map(len, SYLLABLES))
PREFIXES: frozenset[str] = frozenset(
    syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable))
)
"""The beginnings of syllables."""
_SURE_STARTS = re.compile(r"(?!^)(?=[bpfdtlkjqxzcsyw]|(?<![zcs])h|(?<!h)m)")
"""Before these letters a syllable begins, whatever comes before: none ends with them or has them inside."""


def untoned(text: str) -> str:
    """The same spelling without tone marks, ü and apostrophes kept: Lǚliáng → Lüliang."""
    return unicodedata.normalize("NFC", text).translate(_TONES_OFF)


def tone(syllable: str) -> int:
    """The tone of a syllable from 1 to 4, NEUTRAL where no mark stands."""
    for char in syllable:
        if char in _TONED:
            return _TONED[char][1]
    return NEUTRAL


@lru_cache(maxsize=8192)
def numbered(syllable: str) -> str:
    """A syllable with ü as v and its tone as a digit after it: lǚ → lv3, zi → zi5."""
    return untoned(syllable).replace("ü", "v") + str(tone(syllable))


def write_word(syllables: Sequence[str]) -> str:
    """Join syllables to one capitalised segment, with an apostrophe before a later a, o or e (rule 11)."""
    word = syllables[0]
    for syllable in syllables[1:]:
        if syllable[:1] in _BEGIN_WITH_APOSTROPHE:
            word += APOSTROPHE
        word += syllable
    return word[:1].upper() + word[1:]


_Way = tuple[int, int, tuple[str, ...]]
"""Apostrophes needed, how many syllables, and which."""


@lru_cache(maxsize=65536)
def split_syllables(word: str) -> tuple[str, ...] | None:
    """Take lower-case letters without apostrophes apart into syllables, tones kept; None when they are none.

    Of several ways the one is taken that needs no apostrophe, then the one with fewest syllables: xiàn is
    one, xīān two.
    """
    syllables: list[str] = []
    for piece in _SURE_STARTS.split(word):
        split = _split_piece(piece)
        if split is None:
            return None
        syllables += split
    return tuple(syllables)


@lru_cache(maxsize=16384)
def _split_piece(word: str) -> tuple[str, ...] | None:
    """The best way to take a word apart, by trying all; words have few different pieces."""
    bare = untoned(word)
    if len(bare) != len(word):
        return None
    length = len(word)
    best: list[_Way | None] = [None] * (length + 1)
    best[0] = (0, 0, ())
    for start in range(length):
        before = best[start]
        if before is None:
            continue
        apostrophes, count, syllables = before
        apostrophes += start > 0 and word[start] in _BEGIN_WITH_APOSTROPHE
        for end in range(start + 1, min(start + _LONGEST, length) + 1):
            if bare[start:end] in SYLLABLES and _has_one_tone(word[start:end]):
                way = (apostrophes, count + 1, (*syllables, word[start:end]))
                known = best[end]
                if known is None or way < known:
                    best[end] = way
    whole = best[length]
    return whole[2] if whole and word else None


@lru_cache(maxsize=16384)
def _has_one_tone(piece: str) -> bool:
    return sum(char in _TONED for char in piece) <= 1
