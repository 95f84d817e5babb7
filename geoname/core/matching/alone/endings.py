"""The endings that stand in one text (单条后缀): to the letter, by sound, or with one slip."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from geoname.core.matching.alone.columns_in_view import SymbolsInView
from geoname.core.matching.endings import Endings
from geoname.core.matching.generic_forms import Agreement
from geoname.core.matching.near_endings import FREE
from geoname.core.matching.symbols import LOST, SymbolTable
from geoname.core.matching.texts import Texts

_HOLE = -1
Found = tuple[int, int, int]
"""An ending: its number, over how many symbols it stands, how many of them are wrong."""
Row = tuple[int, ...]


class KnownEndings:
    """Every ending that may be typed, by the symbols and the sounds it consists of."""

    def __init__(self, endings: Endings, table: SymbolTable, known: SymbolsInView) -> None:
        """Take the endings; there are a few hundred."""
        self.known = known
        self.lengths: list[int] = endings.lengths.tolist()
        self.columns = endings.agreement.shape[1]
        self._agreement = endings.agreement.tobytes()
        rows = [row[:length].tolist() for row, length in zip(endings.symbols, self.lengths, strict=True)]
        self.rows: list[Row] = [tuple(row) for row in rows]
        sounds = [
            table.sound(row[:length]).tolist()
            for row, length in zip(endings.symbols, self.lengths, strict=True)
        ]
        self.plain, self.heard = _by_length(self.rows), _by_length([tuple(row) for row in sounds])
        self.longest = max(self.lengths, default=0)

    def agreement(self, own: int, ending: int) -> int:
        """How an ending (-1 for none) stands to a name's own one: an Agreement."""
        agreed: int = self._agreement[own * self.columns + ending % self.columns]
        return agreed

    def is_named(self, own: int, ending: int) -> bool:
        """Whether an ending was typed and is one of those that the name may have."""
        return ending >= 0 and self.agreement(own, ending) <= Agreement.SHORTER

    @cached_property
    def masked(self) -> dict[Row, list[int]]:
        """The endings of two symbols and more under each of them masked."""
        found: dict[Row, list[int]] = {}
        for number, row in enumerate(self.rows):
            if len(row) > 1:
                for hole in range(len(row)):
                    numbers = found.setdefault((*row[:hole], _HOLE, *row[hole + 1 :]), [])
                    if number not in numbers:
                        numbers.append(number)
        return found

    @cached_property
    def single(self) -> list[int]:
        """The endings of one symbol."""
        return [number for number, row in enumerate(self.rows) if len(row) == 1]

    @cached_property
    def early(self) -> set[int]:
        """The symbols with which longer endings begin, or that stand second in them."""
        return {symbol for row in self.rows if len(row) > 1 for symbol in row[:2]}

    @cached_property
    def whole(self) -> dict[Row, int]:
        """The ending that `Endings.exact` gives for a row of symbols: the last of those written alike."""
        return {row: number for number, row in enumerate(self.rows)}


class EndingsAlone:
    """The endings at each place of one text, read when they are asked for."""

    def __init__(self, known: KnownEndings, symbols: list[int], texts: Texts) -> None:
        """Take the text's symbols, and the batch of it alone."""
        self._known, self._symbols, self._texts = known, tuple(symbols), texts
        self._plain: dict[int, list[Found]] = {}
        self._heard: dict[int, list[Found]] = {}
        self._near: dict[int, tuple[list[Found], ...]] = {}

    @cached_property
    def _sounds(self) -> Row:
        return tuple(self._texts.sounds.tolist())

    def plain(self, at: int) -> list[Found]:
        """To the letter, shorter ones first."""
        found = self._plain.get(at)
        if found is None:
            found = self._plain[at] = [
                (number, length, 0) for number, length in self._read(self._known.plain, self._symbols, at)
            ]
        return found

    def heard(self, at: int) -> list[Found]:
        """By sound and not to the letter, shorter ones first."""
        found = self._heard.get(at)
        if found is None:
            found = self._heard[at] = [
                (number, length, wrong)
                for number, length in self._read(self._known.heard, self._sounds, at)
                if (wrong := self._differences(number, at))
            ]
        return found

    def near(self, at: int) -> tuple[list[Found], ...]:
        """With one slip: alike or lost, wrong, additional, swapped, missing."""
        found = self._near.get(at)
        if found is None:
            ways = (self._alike, self._wrong, self._additional, self._swapped, self._missing)
            early, after = self._known.early, self._symbols[at : at + 2]
            begun = len(after) == 2 and not early.isdisjoint(after)
            found = self._near[at] = tuple(
                [(number, length, 1) for number, length in way(at)]
                if begun or way in (self._alike, self._missing)
                else []
                for way in ways
            )
        return found

    def _read(
        self, known: dict[int, dict[Row, list[int]]], symbols: Row, at: int
    ) -> Iterator[tuple[int, int]]:
        for length, rows in known.items():
            for number in rows.get(symbols[at : at + length], ()):
                yield number, length

    def _differences(self, number: int, at: int) -> int:
        return sum(a != b for a, b in zip(self._known.rows[number], self._symbols[at:], strict=False))

    def _alike(self, at: int) -> Iterator[tuple[int, int]]:
        for stands in self._symbols[at : at + 1]:
            for number in self._known.single:
                [meant] = self._known.rows[number]
                if stands != meant and (stands == LOST or self._known.known.look_alike(stands, meant)):
                    yield number, 1

    def _parts(self, at: int) -> Iterator[Row]:
        for length in range(2, min(len(self._symbols) - at, self._known.longest + 1) + 1):
            yield self._symbols[at : at + length]

    def _wrong(self, at: int) -> Iterator[tuple[int, int]]:
        for part in self._parts(at):
            for hole, stands in enumerate(part):
                for number in self._known.masked.get((*part[:hole], _HOLE, *part[hole + 1 :]), ()):
                    meant = self._known.rows[number][hole]
                    free = len(part) >= FREE or stands == LOST
                    if stands != meant and (free or self._known.known.look_alike(stands, meant)):
                        yield number, len(part)

    def _additional(self, at: int) -> Iterator[tuple[int, int]]:
        for part in self._parts(at):
            for extra in range(1, len(part) - 1):
                number = self._known.whole.get((*part[:extra], *part[extra + 1 :]))
                if number is not None:
                    yield number, len(part)

    def _swapped(self, at: int) -> Iterator[tuple[int, int]]:
        for part in self._parts(at):
            for place in range(len(part) - 1):
                one, other = part[place : place + 2]
                if one != other:
                    number = self._known.whole.get((*part[:place], other, one, *part[place + 2 :]))
                    if number is not None:
                        yield number, len(part)

    def _missing(self, at: int) -> Iterator[tuple[int, int]]:
        for length in range(1, min(len(self._symbols) - at, self._known.longest) + 1):
            part = self._symbols[at : at + length]
            for gap in range(length + 1):
                for number in self._known.masked.get((*part[:gap], _HOLE, *part[gap:]), ()):
                    yield number, length


def _by_length(rows: list[Row]) -> dict[int, dict[Row, list[int]]]:
    found: dict[int, dict[Row, list[int]]] = {}
    for number, row in enumerate(rows):
        if row:
            found.setdefault(len(row), {}).setdefault(row, []).append(number)
    return dict(sorted(found.items()))
