"""Keys of the phonetic alphabet (拼音检索) of names as the register keeps them, word by word."""

from __future__ import annotations

import re
from functools import lru_cache

from geoname.core.names.pinyin_keys import read_query
from geoname.core.names.syllables import numbered, split_syllables

_WORDS = re.compile(r"[^\W_]+")


def sound_keys(romanization: str) -> tuple[str, str, str]:
    """The keys (plain, toned, initials) of a spelling with tone marks.

    Qīngyán Zhèn gives qingyanzhen, qing1yan2zhen4, qyz. Digits are read; a word that is no syllables has no
    key.
    """
    words = [_word_keys(word) for word in _WORDS.findall(romanization.lower())]
    return "".join([w[0] for w in words]), "".join([w[1] for w in words]), "".join([w[2] for w in words])


@lru_cache(maxsize=65536)
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
