"""How the specific element of a name sounds (专名读音), for comparing names by ear."""

from __future__ import annotations

import re
from functools import lru_cache

from geoname.core.names.place_name import PlaceName
from geoname.core.names.readings import ReadingTable, read
from geoname.core.names.syllables import NEUTRAL, SYLLABLES, numbered, split_syllables

_numbered = lru_cache(maxsize=8192)(numbered)
_NUMBERED = frozenset(
    f"{syllable.replace('ü', 'v')}{tone}" for syllable in SYLLABLES for tone in range(1, NEUTRAL + 1)
)
_RUN = re.compile(r"[^\W_]+")


def specific_sound(name: PlaceName, readings: ReadingTable) -> tuple[str, ...] | None:
    """The numbered syllables of the specific element (qing1, yan2), None where a character is not read."""
    known_whole = name.text in readings.names
    syllables = read(name.text if known_whole else name.specific, readings).syllables[: len(name.specific)]
    sound = tuple(map(_numbered, syllables))
    return None if any(syllable not in _NUMBERED for syllable in sound) else sound


def sound_in_spelling(spelling: str, length: int) -> tuple[str, ...] | None:
    """The first `length` numbered syllables of a spelling with tone marks, None when it has not as many."""
    found: list[str] = []
    for run in _RUN.findall(spelling.lower()):
        syllables = split_syllables(run)
        if syllables is None:
            return None
        found += map(_numbered, syllables)
        if len(found) >= length:
            return tuple(found[:length])
    return None


def toneless(sound: tuple[str, ...]) -> tuple[str, ...]:
    """The syllables without their tones."""
    return tuple(syllable[:-1] for syllable in sound)
