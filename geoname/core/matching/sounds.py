"""Syllables as numbers (音节编号): as they are, and folded as speech in Guizhou does not tell them apart."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from geoname.core.names.syllables import SYLLABLES, untoned

PLAIN: tuple[str, ...] = ("", *sorted(SYLLABLES))
"""Syllables without tone by number; 0 is none."""
PLAIN_NUMBER: dict[str, int] = {syllable: number for number, syllable in enumerate(PLAIN) if syllable}

_FLAT = {"zh": "z", "ch": "c", "sh": "s"}
_LABIAL = {"hu": "fu", "hua": "fa", "huan": "fan", "huang": "fang", "hui": "fei", "hun": "fen", "huo": "fo"}
_INITIAL = re.compile("zh|ch|sh|n(?=.)|")


def folded(syllable: str) -> str:
    """One spelling for what is heard alike: n/l, z/zh, c/ch, s/sh, f/h before u, in/ing, en/eng."""
    syllable = _LABIAL.get(syllable, syllable)
    initial = _INITIAL.match(syllable)
    begun = initial.group() if initial else ""
    rest = syllable[len(begun) :]
    begun = "l" if begun == "n" and rest[0] not in "g" else _FLAT.get(begun, begun)
    return begun + (rest[:-1] if rest.endswith(("ing", "eng")) else rest)


_CLASSES = {sound: number for number, sound in enumerate(sorted({folded(each) for each in PLAIN[1:]}), 1)}
CLASS_OF: NDArray[np.uint16] = np.array([0, *(_CLASSES[folded(each)] for each in PLAIN[1:])], dtype=np.uint16)
"""The number of the class of each syllable that is heard alike."""
INITIAL_OF = "".join([" ", *(each[0] for each in PLAIN[1:])])
"""The first letter of each syllable."""


def plain_number(syllable: str) -> int:
    """The number of a syllable, toned or not, 0 for what is none."""
    return PLAIN_NUMBER.get(untoned(syllable), 0)
