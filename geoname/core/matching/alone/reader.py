"""Reads one text as `Reader` reads many (单条读者): the same readings, without arrays of one element."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from geoname.core.matching.alone.columns_in_view import EntriesInView, PostingsInView, SymbolsInView
from geoname.core.matching.alone.endings import EndingsAlone, KnownEndings
from geoname.core.matching.alone.hits import SeekerAlone, State
from geoname.core.matching.alone.reading import ReaderAlone, as_columns
from geoname.core.matching.alone.typed import TypedAlone
from geoname.core.matching.alone.verdict import PlainVerdict, plain_verdict
from geoname.core.matching.alone.windows import Windows
from geoname.core.matching.reading import PLAINLY, Care, Reader, Readings
from geoname.core.matching.states import States
from geoname.core.matching.texts import Texts


class OneText:
    """One text, with what was looked up of it so far."""

    def __init__(self, reader: ReaderAlone) -> None:
        """Take what reads the text."""
        self._reader = reader
        self._plain: tuple[State, tuple[list[State], bool]] | None = None

    def read(self, first: States, care: Care) -> Readings:
        """Read on from these states of the text, as `Reader.read` does."""
        columns = (getattr(first, name).tolist() for name in State._fields)
        seeds = [State(*values) for values in zip(*columns, strict=True)]
        if care is PLAINLY and self._plain is not None and seeds == [self._plain[0]]:
            states, capped = self._plain[1]
        else:
            states, capped = self._reader.read(seeds, care)
        return Readings(as_columns(states), np.zeros(int(capped), dtype=np.int64))

    def plain_verdict(self, begin: int) -> PlainVerdict | None:
        """The one safe answer where the text is read to the letter from here on; see `plain_verdict`."""
        reader = self._reader
        seed = State(begin, 0, len(reader.columns), -1, 0, -1, -1, begin, 0, -1, 0, 0, 0)
        states, capped = reader.read([seed], PLAINLY)
        self._plain = seed, (states, capped)
        return plain_verdict(
            reader.columns, reader.entries, reader.endings.known, reader.costs, states, len(reader.symbols)
        )


class OneTextReader:
    """Reads batches of one text; the first makes it ready."""

    def __init__(self, reader: Reader) -> None:
        """Take the reader of many."""
        self._reader = reader

    def opened(self, texts: Texts) -> OneText:
        """Make a batch of one text ready to be read."""
        reader = self._reader
        symbols = texts.symbols.tolist()
        windows = Windows(texts, reader.forms)
        seeker = SeekerAlone(windows, symbols, self._entries, *self._rows, self._symbols, reader.costs)
        there = EndingsAlone(self._endings, symbols, texts)
        typed = TypedAlone(self._endings, there, self._entries, symbols, reader.costs)
        return OneText(ReaderAlone(reader.entries, self._entries, seeker, typed, symbols, reader.costs))

    @cached_property
    def _entries(self) -> EntriesInView:
        return EntriesInView(self._reader.entries, self._reader.forms)

    @cached_property
    def _rows(self) -> tuple[PostingsInView, PostingsInView, PostingsInView]:
        forms, entries = self._reader.forms, self._reader.entries
        exact, heard, masked = (
            PostingsInView(postings, entries) for postings in (forms.exact, forms.heard, forms.masked)
        )
        return exact, heard, masked

    @cached_property
    def _symbols(self) -> SymbolsInView:
        return SymbolsInView(self._reader.table)

    @cached_property
    def _endings(self) -> KnownEndings:
        return KnownEndings(self._reader.endings_of.endings, self._reader.table, self._symbols)
