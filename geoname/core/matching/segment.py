"""One name of a reading as it is kept (读出的地名), and the text it was read in, looked at by symbol."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geoname.core.matching.symbols import SymbolTable
from geoname.core.matching.texts import Span, read_text, span_of


class Segment(NamedTuple):
    """One name of a reading, positions counted in symbols of the text; `entry` -1 for a move."""

    entry: int
    begin: int
    stem: int
    ending: int
    ending_length: int
    seen: int

    @property
    def end(self) -> int:
        """Where the name with its ending ends."""
        return self.begin + self.stem + self.ending_length


@dataclass(frozen=True)
class ReadText:
    """A text and its symbols; in one that `is_plain` every character is its own symbol."""

    text: str
    is_plain: bool
    table: SymbolTable

    @cached_property
    def symbols(self) -> list[int]:
        """The symbols by position."""
        return list(map(ord, self.text)) if self.is_plain else self._read[0]

    def part(self, begin: int, end: int) -> str:
        """The text from one symbol to before another."""
        first, last = self.span(begin, end)
        return self.text[first:last]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where the symbols from one to before another stand in the text."""
        return (begin, end) if self.is_plain else span_of(self._read[1], begin, end)

    def __len__(self) -> int:
        """How many symbols."""
        return len(self.text) if self.is_plain else len(self.symbols)

    @cached_property
    def _read(self) -> tuple[list[int], list[Span]]:
        return read_text(self.text, self.table)
