"""Keys of the phonetic alphabet (拼音检索) of names as the register keeps them, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geoname.core.names.pinyin_keys import read_query
from geoname.core.names.syllables import numbered, split_syllables

_WORDS = re.compile(r"[^\W_]+|\n")
_PART = 10_000


class SoundKeys(NamedTuple):
    """The keys of some spellings: `plain` is like qingyanzhen, `toned` qing1yan2zhen4, `initials` qyz."""

    plain: list[str]
    toned: list[str]
    initials: list[str]


def sound_keys(romanizations: Sequence[str]) -> SoundKeys:
    """The keys of spellings with tone marks, such as Qīngyán Zhèn.

    Digits are read; a word that is no syllables has no key.
    """
    made = SoundKeys([], [], [])
    # All that stands between words is left out, so that a line may hold one spelling.
    known = {"\n": ("\n", "\n", "\n")}
    for start in range(0, len(romanizations), _PART):
        lines = [text.replace("\n", " ") for text in romanizations[start : start + _PART]]
        words = _WORDS.findall("\n".join(lines).lower())
        known |= {word: _word_keys(word) for word in {*words} - known.keys()}
        for form, keys in enumerate(made):
            keys += "".join([known[word][form] for word in words]).split("\n")
    return made


def _word_keys(word: str) -> tuple[str, str, str]:
    if word.isdigit():
        spoken = read_query(word)
        toned = (spoken.toned if spoken else None) or ""
        return re.sub(r"\d", "", toned), toned, "".join(re.findall(r"([a-z])[a-z]*\d", toned))
    written = [numbered(syllable) for syllable in split_syllables(word) or ()]
    return (
        "".join([syllable[:-1] for syllable in written]),
        "".join(written),
        "".join([syllable[0] for syllable in written]),
    )
