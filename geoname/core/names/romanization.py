"""Romanization of names (罗马字母拼写) by the spelling rules for Han place names of 1984."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoname.core.names.ethnonyms import ETHNONYMS, EthnonymTable
from geoname.core.names.generics import generics_of
from geoname.core.names.numerals import han_numeral
from geoname.core.names.place_name import PlaceName
from geoname.core.names.readings import Reading, ReadingSource, ReadingTable, read
from geoname.core.names.segments import Segment, SegmentKind, divide, is_joined
from geoname.core.names.syllables import untoned, write_word


@dataclass(frozen=True, slots=True)
class Romanization:
    """A name in Roman letters.

    `text` has tone marks and is NFC; `untoned` is the spelling of untoned official lists; `syllables` holds
    the toned, lower-case syllables of all characters, digits as they are read. `source` is that of the
    reading; `needs_review` says that somebody must confirm it.
    """

    text: str
    source: ReadingSource
    needs_review: bool
    untoned: str
    syllables: tuple[str, ...]


def romanize(
    name: PlaceName,
    feature_class: str,
    table: ReadingTable,
    *,
    ethnonyms: EthnonymTable = ETHNONYMS,
    words: tuple[str, ...] = (),
) -> Romanization:
    """Spell a name by the fourteen rules of (84)中地字第17号.

    `words` are the words of the specific element of a building or site (rule 14); without them it is one
    segment, and asks for review when it is long. InvalidInputError for a malformed class code or for words
    that are not the specific element.
    """
    generic_words: tuple[tuple[str, ...], ...] = ()
    if is_joined(name.generic, feature_class):
        reading, specific = read(name.text, table), name.text
        division = divide(specific, "", feature_class, words)
    else:
        reading = _read_specific(name, table)
        division = divide(name.specific, name.generic, feature_class, words)
        specific, generic_words = name.specific, _generic_words(name, feature_class, table)
    segments = [_write(segment, specific, reading.syllables) for segment in division.segments]
    carried = reading.syllables[division.segments[-1].end :] if division.segments else ()
    peoples = [ethnonyms.entries[people] for people in name.ethnonyms]
    tail = [write_word(word) for word in generic_words]
    if carried and generic_words:
        tail[0] = write_word((*carried, *generic_words[0]))
    toned = [*segments, *(write_word(people.syllables) for people in peoples), *tail]
    plain = [*segments, *(people.official or write_word(people.syllables) for people in peoples), *tail]
    return Romanization(
        text=" ".join(toned),
        source=reading.source,
        needs_review=reading.needs_review
        or not division.certain
        or not all(people.settled for people in peoples),
        untoned=untoned(" ".join(plain)),
        syllables=(
            *_spoken(specific, reading.syllables, table),
            *(syllable for people in peoples for syllable in people.syllables),
            *(syllable for word in generic_words for syllable in word),
        ),
    )


def _read_specific(name: PlaceName, table: ReadingTable) -> Reading:
    """Read the specific element, by the entry of the whole name where there is one."""
    if name.text not in table.names:
        return read(name.specific, table)
    whole = read(name.text, table)
    return Reading(whole.syllables[: len(name.specific)], whole.source, whole.needs_review)


def _generic_words(name: PlaceName, feature_class: str, table: ReadingTable) -> tuple[tuple[str, ...], ...]:
    if not name.generic:
        return ()
    generic = generics_of(feature_class).get(name.generic)
    return generic.words if generic else (read(name.generic, table).syllables,)


def _write(segment: Segment, text: str, syllables: Sequence[str]) -> str:
    if segment.kind is SegmentKind.SYLLABLES:
        return write_word(syllables[segment.start : segment.end])
    if segment.kind is SegmentKind.LITERAL:
        return text[segment.start : segment.end]
    return f"Dì-{segment.number}" if segment.kind is SegmentKind.NTH else str(segment.number)


def _spoken(text: str, syllables: Sequence[str], table: ReadingTable) -> Sequence[str]:
    """The syllables with runs of digits as they are read, and letters in lower case."""
    if not any(char.isascii() for char in text):
        return syllables
    spoken: list[str] = []
    position = 0
    while position < len(text):
        end = position
        while end < len(text) and text[end].isascii() and text[end].isdigit():
            end += 1
        if end > position:
            spoken += read(han_numeral(text[position:end]), table).syllables
            position = end
        else:
            spoken.append(syllables[position].lower())
            position += 1
    return spoken
