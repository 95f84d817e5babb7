"""Keys of the phonetic alphabet (拼音检索) of names as the register keeps them, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geoname.core.names.pinyin_keys import read_query
from geoname.core.names.syllables import numbered, split_syllables

_WORDS = re.compile(r"[^\W_]+|\n")
_NO_TONES = str.maketrans("", "", "0123456789")
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
    toned_of, initials_of = {"\n": "\n"}, {"\n": "\n"}
    for start in range(0, len(romanizations), _PART):
        lines = "\n".join([text.replace("\n", " ") for text in romanizations[start : start + _PART]])
        words = _WORDS.findall(lines.lower())
        for word in {*words} - toned_of.keys():
            toned_of[word], initials_of[word] = _word_keys(word)
        toned = "".join(map(toned_of.__getitem__, words))
        made.toned.extend(toned.split("\n"))
        made.plain.extend(toned.translate(_NO_TONES).split("\n"))
        made.initials.extend("".join(map(initials_of.__getitem__, words)).split("\n"))
    return made


def _word_keys(word: str) -> tuple[str, str]:
    """The toned key of a word and its initials."""
    if word.isdigit():
        spoken = read_query(word)
        toned = (spoken.toned if spoken else None) or ""
        return toned, "".join(re.findall(r"([a-z])[a-z]*\d", toned))
    syllables = split_syllables(word) or ()
    return "".join(map(numbered, syllables)), "".join([numbered(each)[0] for each in syllables])
