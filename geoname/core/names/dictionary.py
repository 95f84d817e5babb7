"""The general dictionary's readings (字典读音), by pypinyin; imported only when a name must be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style
from pypinyin.constants import PINYIN_DICT
from pypinyin.core import Pinyin

from geoname.core.names.syllables import NEUTRAL, SYLLABLES, tone, untoned

_PINYIN = Pinyin()


@dataclass(frozen=True, slots=True)
class DictionaryReading:
    """One toned syllable for each character; whether each is its only one; whether any is doubtful."""

    syllables: tuple[str, ...]
    only_reading: bool
    doubtful: bool


def look_up(text: str) -> DictionaryReading:
    """How the dictionary reads a text, word by word; a character that it does not hold stands as it is."""
    words = [_look_up_word(word) for word in _PINYIN.seg(text)]
    if len(words) == 1:
        return words[0]
    return DictionaryReading(
        tuple(syllable for word in words for syllable in word.syllables),
        all(word.only_reading for word in words),
        any(word.doubtful for word in words),
    )


@lru_cache(maxsize=65536)
def _look_up_word(word: str) -> DictionaryReading:
    # The package documents a list as an answer of `errors`; its stub knows texts only.
    syllables = tuple(_PINYIN.lazy_pinyin(word, style=Style.TONE, errors=_one_by_one))  # type: ignore[arg-type]
    pairs = tuple(zip(word, syllables, strict=True))
    return DictionaryReading(
        syllables,
        all(PINYIN_DICT.get(ord(char), char) == syllable for char, syllable in pairs),
        any(_is_doubtful(char, syllable) for char, syllable in pairs),
    )


@lru_cache(maxsize=8192)
def all_readings(char: str) -> frozenset[str]:
    """Every syllable that the dictionary gives a character, without tones; empty where it has none."""
    return frozenset(untoned(reading) for reading in PINYIN_DICT.get(ord(char), "").split(",") if reading)


def _one_by_one(unread: str) -> list[str]:
    return list(unread)


def _is_doubtful(char: str, syllable: str) -> bool:
    """True for what has no reading of one syllable, and for a particle (着, 么, 的).

    The dictionary gives a particle's toneless reading first, which is never that of a name.
    """
    if char.isascii() and char.isalnum():
        return False
    first = PINYIN_DICT.get(ord(char), "").split(",")[0]
    return untoned(syllable) not in SYLLABLES or tone(first) == NEUTRAL
