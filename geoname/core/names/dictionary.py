"""The general dictionary's readings (字典读音), by pypinyin; imported only when a name must be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from geoname.core.names.syllables import NEUTRAL, SYLLABLES, tone, untoned


@dataclass(frozen=True, slots=True)
class DictionaryReading:
    """One toned syllable for each character; whether each is its only one; whether any is doubtful."""

    syllables: tuple[str, ...]
    only_reading: bool
    doubtful: bool


def look_up(text: str) -> DictionaryReading:
    """How the dictionary reads a text; a character that it does not hold stands as it is."""
    # The package documents a list as an answer; its stub knows texts only.
    syllables = tuple(lazy_pinyin(text, style=Style.TONE, errors=_one_by_one))  # type: ignore[arg-type]
    pairs = tuple(zip(text, syllables, strict=True))
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
