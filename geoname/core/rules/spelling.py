"""A given spelling beside the one that the rules make (拼写比对): words, syllables, breaks between words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from geoname.core.names.ethnonyms import ETHNONYMS
from geoname.core.names.numerals import han_numeral
from geoname.core.names.readings import EMPTY_TABLE, read
from geoname.core.names.romanization import Romanization, romanize
from geoname.core.names.segments import is_joined
from geoname.core.names.syllables import APOSTROPHE, split_syllables, untoned, write_word
from geoname.core.rules.case import ProposedName
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.generic_table import generic_of_any_class

PERSONS = "A9-4"
_APOSTROPHES = re.compile("['ʼ`´‘]")
_TYPED_UE = re.compile("[vV]|[uU]:")
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+")
_DIGITS = frozenset("0123456789")
_MODIFIERS = frozenset("东西南北中前后新老旧大小上下内外")


class BreakKind(Enum):
    """Why a break between two words is one too many."""

    JOINED_NAME = "joined_name"
    MODIFIER = "modifier"
    OLD_GENERIC = "old_generic"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A spelling taken apart beside the expected one.

    `text` is the given one in NFC with ’ as apostrophe; `words` its words; `syllables` its toned syllables in
    lower case, None where they are none. `breaks` and `wanted` are the syllables before which a word begins;
    equal letters make the two comparable even where syllables would run together.
    """

    text: str
    words: tuple[str, ...]
    syllables: tuple[str, ...] | None
    breaks: frozenset[int]
    expected: Romanization
    wanted: frozenset[int]
    wanted_syllables: tuple[str, ...]

    @property
    def is_comparable(self) -> bool:
        """Whether the given syllables are as many as the expected ones."""
        return self.syllables is not None and len(self.syllables) == len(self.wanted_syllables)


def spelt(case: ProposedName, facts: Facts) -> Spelt:
    """Take the case's spelling apart."""
    expected = romanize(case.name, case.feature_class, facts.readings)
    text = " ".join(_APOSTROPHES.sub(APOSTROPHE, unicodedata.normalize("NFC", case.romanization)).split())
    words = tuple(text.split(" "))
    wanted, wanted_breaks = _syllables(expected.text.split(" "), None)
    read_as = tuple(_TYPED_UE.sub("ü", word) for word in words)
    given, breaks = _syllables(_toned_peoples(read_as, case), wanted)
    return Spelt(text, words, given, breaks, expected, wanted_breaks, wanted or ())


def spelling_hit(case: ProposedName, words: Words, severity: Severity | None = None) -> Hit:
    """A hit on the spelling: it blocks when the spelling is about to be published, unless it only informs."""
    if case.told.publishing and severity is not Severity.INFORMATION:
        severity = Severity.BLOCKS
    return Hit(words, None, severity)


def surplus_breaks(case: ProposedName, facts: Facts, kind: BreakKind) -> tuple[int, ...]:
    """The breaks of this kind that the given spelling has and the expected one has not, by character."""
    one = spelt(case, facts)
    if not one.is_comparable:
        return ()
    surplus = sorted(one.breaks - one.wanted)
    return tuple(at for at in surplus if _kind_of(at, surplus, case, facts) is kind)


def _kind_of(at: int, surplus: list[int], case: ProposedName, facts: Facts) -> BreakKind:
    name = case.name
    if is_joined(name.generic, case.feature_class):
        return BreakKind.JOINED_NAME
    if at > len(name.specific):
        return BreakKind.OTHER
    if facts.lexicons.found(name, PERSONS):
        return BreakKind.PERSON
    piece = name.text[at : next((end for end in surplus if end > at), len(name.specific))]
    if piece and generic_of_any_class("x" + piece) == piece:
        return BreakKind.OLD_GENERIC
    if name.text[at - 1] in _MODIFIERS or name.text[at : at + 1] in _MODIFIERS:
        return BreakKind.MODIFIER
    return BreakKind.OTHER


def _toned_peoples(words: tuple[str, ...], case: ProposedName) -> list[str]:
    """The words with the official letters of a people (Buyeizu) put as the untoned syllables meant."""
    official = {
        entry.official.lower(): untoned(write_word(entry.syllables))
        for people in case.name.ethnonyms
        if (entry := ETHNONYMS.entries[people]).official is not None
    }
    return [official.get(untoned(word).lower(), word) for word in words]


def _syllables(
    words: list[str], wanted: tuple[str, ...] | None
) -> tuple[tuple[str, ...] | None, frozenset[int]]:
    """The syllables of the words, and before which of them a word begins."""
    if wanted is not None:
        aligned = _by_letters(words, wanted)
        if aligned is not None:
            return aligned
    found: list[str] = []
    breaks: set[int] = set()
    for word in words:
        if found:
            breaks.add(len(found))
        for piece in _PIECE.findall(word.lower()):
            syllables = read_digits(piece) if piece[0] in _DIGITS else split_syllables(piece)
            if syllables is None:
                return None, frozenset()
            found += syllables
    return tuple(found), frozenset(breaks)


def _by_letters(words: list[str], wanted: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Cut the words where the wanted syllables end, if their letters are the same; None if they are not."""
    letters = ["".join(_PIECE.findall(word.lower())) for word in words]
    whole = "".join(letters)
    if untoned(whole) != untoned("".join(wanted)) or len(untoned(whole)) != len(whole):
        return None
    cuts = [0]
    for syllable in wanted:
        cuts.append(cuts[-1] + len(syllable))
    starts, position = set(), 0
    for word in letters[:-1]:
        position += len(word)
        starts.add(position)
    syllables = tuple(whole[a:b] for a, b in pairwise(cuts))
    return syllables, frozenset(i for i, cut in enumerate(cuts) if cut in starts and i > 0)


def read_digits(digits: str) -> tuple[str, ...]:
    """The syllables that Arabic digits are read with."""
    return read(han_numeral(digits), EMPTY_TABLE).syllables
