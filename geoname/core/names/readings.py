"""Readings of names (读音): an own table of place-name readings over a general dictionary."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from geoname.core.names.syllables import SYLLABLES, untoned
from geoname.errors import InvalidInputError


class ReadingSource(StrEnum):
    """Who says that a name is read so, from the weakest to the strongest."""

    AUTO = "auto"
    """A program chose among several readings."""
    DICTIONARY = "dictionary"
    """The only reading there is, or one from the table of place-name readings."""
    LOCAL_SURVEY = "local_survey"
    """Recorded where the name is used."""
    APPROVED = "approved"
    """Fixed by the authority that approves names."""

    @property
    def strength(self) -> int:
        """0 for the weakest."""
        return _STRENGTHS[self]


_STRENGTHS = {source: strength for strength, source in enumerate(ReadingSource)}
_SETTLED = (ReadingSource.LOCAL_SURVEY, ReadingSource.APPROVED)


class ReadingScope(StrEnum):
    """Where an entry of the table holds."""

    NAME = "name"
    """Only where the whole text is the entry."""
    PHRASE = "phrase"
    """Wherever the entry stands in a text; the longest entry wins."""


@dataclass(frozen=True, slots=True)
class ReadingEntry:
    """How a name, phrase or character is read: one toned syllable for each character, `r` for a 儿 that
    only colours the syllable before it."""

    text: str
    syllables: tuple[str, ...]
    source: ReadingSource = ReadingSource.DICTIONARY
    scope: ReadingScope = ReadingScope.PHRASE


@dataclass(frozen=True, slots=True)
class ReadingTable:
    """Place-name readings, and the characters whose reading somebody must confirm (watch list)."""

    names: Mapping[str, ReadingEntry]
    phrases: Mapping[str, ReadingEntry]
    watched: frozenset[str]
    _lengths: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note the lengths of the phrases that begin with each character, the longest first."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self.phrases:
            lengths[phrase[0]].add(len(phrase))
        ordered = {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}
        object.__setattr__(self, "_lengths", ordered)

    @classmethod
    def of(cls, entries: Iterable[ReadingEntry], watched: Iterable[str] = ()) -> ReadingTable:
        """Make a table; InvalidInputError for an entry whose syllables do not fit its characters.

        Of two entries for one text the one with the stronger source is kept.
        """
        found: dict[ReadingScope, dict[str, ReadingEntry]] = {scope: {} for scope in ReadingScope}
        for entry in entries:
            _check(entry)
            known = found[entry.scope].get(entry.text)
            if known is None or entry.source.strength > known.source.strength:
                found[entry.scope][entry.text] = entry
        return cls(found[ReadingScope.NAME], found[ReadingScope.PHRASE], frozenset(watched))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> ReadingTable:
        """Make a table of rows with the columns text, scope (name, phrase, watch), reading, source.

        `reading` is toned syllables with spaces between; a `watch` row has none. InvalidInputError names
        the row that is wrong.
        """
        entries, watched = [], []
        for row in rows:
            missing = sorted({"text", "scope", "reading", "source"} - row.keys())
            if missing:
                raise InvalidInputError(
                    f"a reading has no column {missing[0]!r}: add it",
                    zh=f"读音表缺少 {missing[0]!r} 列：请补上",
                    field="readings",
                )
            if row["scope"] == "watch":
                watched.append(row["text"])
                continue
            try:
                source, scope = ReadingSource(row["source"]), ReadingScope(row["scope"])
            except ValueError as error:
                raise InvalidInputError(
                    f"reading of {row['text']!r}: {error}; mend the row",
                    zh=f"{row['text']!r} 的读音来源或范围有误（{error}）：请改正该行",
                    field="readings",
                ) from None
            syllables = unicodedata.normalize("NFC", row["reading"]).split()
            entries.append(ReadingEntry(row["text"], tuple(syllables), source, scope))
        return cls.of(entries, watched)

    def phrase_at(self, text: str, position: int) -> ReadingEntry | None:
        """The longest phrase that begins at the position."""
        for length in self._lengths.get(text[position], ()):
            entry = self.phrases.get(text[position : position + length])
            if entry is not None:
                return entry
        return None


EMPTY_TABLE = ReadingTable.of(())


def _check(entry: ReadingEntry) -> None:
    if not entry.text or len(entry.syllables) != len(entry.text):
        raise InvalidInputError(
            f"reading of {entry.text!r}: {len(entry.syllables)} syllables for {len(entry.text)} characters; "
            "write one for each",
            zh=f"{entry.text!r} 共 {len(entry.text)} 字，读音有 {len(entry.syllables)} 个音节：应每字一个",
            field="readings",
        )
    wrong = [syllable for syllable in entry.syllables if untoned(syllable) not in SYLLABLES]
    if wrong:
        raise InvalidInputError(
            f"reading of {entry.text!r}: {wrong[0]!r} is no syllable; write it lower case with its tone mark",
            zh=f"{entry.text!r} 的读音中 {wrong[0]!r} 不是音节：应小写并标声调",
            field="readings",
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is read: `syllables[i]` is character i, toned; a character without reading stands as it is.

    `source` is the weakest among its parts. `needs_review` says that a character is on the watch list and
    not settled by survey or approval, is a particle by the dictionary, or has no reading.
    """

    syllables: tuple[str, ...]
    source: ReadingSource
    needs_review: bool


def read(text: str, table: ReadingTable) -> Reading:
    """Read a text in normal form: the table's longest entries first, the dictionary for what is between."""
    whole = table.names.get(text)
    if whole is not None:
        return _read_entry(whole, table)
    parts: list[Reading] = []
    start = position = 0
    while position < len(text):
        entry = table.phrase_at(text, position)
        if entry is None:
            position += 1
            continue
        if start < position:
            parts.append(_read_between(text[start:position], table))
        parts.append(_read_entry(entry, table))
        start = position = position + len(entry.text)
    if start < len(text):
        parts.append(_read_between(text[start:], table))
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: list[Reading]) -> Reading:
    return Reading(
        tuple(syllable for part in parts for syllable in part.syllables),
        min((part.source for part in parts), key=_STRENGTHS.__getitem__, default=ReadingSource.DICTIONARY),
        any(part.needs_review for part in parts),
    )


def _read_entry(entry: ReadingEntry, table: ReadingTable) -> Reading:
    unsettled = entry.source not in _SETTLED and not table.watched.isdisjoint(entry.text)
    return Reading(entry.syllables, entry.source, unsettled)


def _read_between(text: str, table: ReadingTable) -> Reading:
    reading = _read_by_dictionary(text)
    if reading.needs_review or table.watched.isdisjoint(text):
        return reading
    return Reading(reading.syllables, reading.source, True)


@lru_cache(maxsize=16384)
def _read_by_dictionary(text: str) -> Reading:
    # The dictionary takes longer to load than a question takes to answer, and only writing asks for it.
    from geoname.core.names.dictionary import look_up

    found = look_up(text)
    source = ReadingSource.DICTIONARY if found.only_reading else ReadingSource.AUTO
    return Reading(found.syllables, source, found.doubtful)
