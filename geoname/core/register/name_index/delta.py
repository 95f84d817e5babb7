"""What changed since a name index was built (增量索引), in pieces that are small name indexes themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name_index.coded import Coded
from geoname.core.register.name_index.columns import NameColumns, NameKeys, columns_of, keys_of
from geoname.core.register.name_index.index import NameIndex
from geoname.core.register.point_index.base import PointIndex

_Columns = TypeVar("_Columns", NameColumns, NameKeys)
_NO_COLUMNS = columns_of((), division_of=int, code_of=lambda *_: None, weight_of=lambda *_: 0.0)
_NO_KEYS = keys_of(_NO_COLUMNS, text_key=str)
_PIECE, _KEPT = "piece_", ("ids", "rows", "of_base")
_TIMES = 4
"""A piece is this many times as long as the next newer one, so that there are few."""
_LONG = 5_000
"""One of so many names is not made longer: that would take too long for those who wait for the next."""


@dataclass(frozen=True, slots=True)
class CameNames:
    """Names that are new or differ from what they were, their keys, and the ids of those that are no more."""

    columns: NameColumns
    keys: NameKeys
    gone: frozenset[str]

    def __len__(self) -> int:
        """How many names this tells of."""
        return len(self.columns) + len(self.gone)

    def ids(self) -> list[str]:
        """The ids of the names that are new or differ."""
        return [name_id.decode() for name_id in self.columns.name_id.tolist()]

    def then(self, later: CameNames) -> CameNames:
        """What both tell together."""
        told = later.gone.union(later.ids())
        kept = [row for row, name_id in enumerate(self.ids()) if name_id not in told]
        return CameNames(
            _joined(NameColumns, kept, self.columns, later.columns),
            _joined(NameKeys, kept, self.keys, later.keys),
            self.gone.difference(later.ids()) | later.gone,
        )

    def only(self, names: Collection[str], places: Collection[str], base: NameIndex) -> CameNames:
        """The names of these ids and of these places, and those that are no more but are in a base."""
        placed = zip(self.ids(), self.columns.place_id.tolist(), strict=True)
        others = [name for name, place in placed if name not in names and place.decode() not in places]
        left = self.then(CameNames(_NO_COLUMNS, _NO_KEYS, frozenset(others)))
        gone = (name for name in self.gone if base.position_of(name) is not None)
        return CameNames(left.columns, left.keys, frozenset(gone))


@dataclass(frozen=True, slots=True, eq=False)
class NamePiece:
    """Names that came one after the other, as indexes of their own, and what they hide of older ones.

    `ids` are those of all that changed, ascending, `rows` their rows here, -1 where a name is no more.
    `of_base` are the rows that they had in the base, ascending.
    """

    names: NameIndex
    points: PointIndex
    ids: NDArray[np.bytes_]
    rows: NDArray[np.int64]
    of_base: NDArray[np.uint32]

    @classmethod
    def build(cls, came: CameNames, of_base: NDArray[np.uint32]) -> NamePiece:
        """Index what came; InvalidInputError for a value that does not fit."""
        names = NameIndex.build(came.columns, came.keys)
        ids = np.array([*names.name_ids(), *map(str.encode, came.gone)], dtype=np.bytes_)
        rows = np.arange(len(ids))
        rows[len(names) :] = -1
        order = np.argsort(ids)
        return cls(names, PointIndex.build(*names.locations()), ids[order], rows[order], of_base)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        own = {f"{_PIECE}{part}": getattr(self, part) for part in _KEPT}
        return own | self.names.to_arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> NamePiece:
        """What `to_arrays` gave."""
        names = NameIndex.from_arrays(arrays)
        own = [arrays[f"{_PIECE}{part}"] for part in _KEPT]
        return cls(names, PointIndex.build(*names.locations()), *own)

    def hidden_by(self, newer: NamePiece) -> NDArray[np.int64]:
        """The rows here of the names that a newer piece tells of."""
        if not len(self.ids):
            return self.rows
        at = np.searchsorted(self.ids, newer.ids)
        at[at == len(self.ids)] = 0
        rows: NDArray[np.int64] = self.rows[at[self.ids[at] == newer.ids]]
        return rows[rows >= 0]


@dataclass(frozen=True, slots=True)
class NameDelta:
    """All that came since a base in pieces, oldest first; it never changes.

    `came` is what each piece was built from, None where another process built it.
    """

    came: tuple[CameNames | None, ...] = ()
    pieces: tuple[NamePiece, ...] = ()

    @classmethod
    def of(cls, pieces: Sequence[NamePiece]) -> NameDelta:
        """What other processes built."""
        return cls((None,) * len(pieces), tuple(pieces))

    def __len__(self) -> int:
        """How many names the pieces tell of."""
        return sum(len(piece.ids) for piece in self.pieces)

    def and_then(self, base: NameIndex, later: CameNames) -> NameDelta:
        """With what came later; the last pieces are made one with it where they are short."""
        if not len(later):
            return self
        rows = map(base.position_of, (*later.ids(), *later.gone))
        of_base = np.array([row for row in rows if row is not None], dtype=np.uint32)
        came, pieces = [*self.came], [*self.pieces]
        while came and (last := came[-1]) is not None and len(last) < min(_TIMES * len(later), _LONG):
            came.pop()
            later = last.then(later)
            of_base = np.concatenate((pieces.pop().of_base, of_base))
        return NameDelta((*came, later), (*pieces, NamePiece.build(later, np.unique(of_base))))


def _joined(kind: type[_Columns], kept: list[int], one: _Columns, other: _Columns) -> _Columns:
    """These rows of one and all of the other, column by column."""
    joined: list[Any] = []
    for column in kind.__slots__:
        first, second = getattr(one, column), getattr(other, column)
        if isinstance(first, Coded):
            joined.append(first.joined(kept, second))
        else:
            joined.append(np.concatenate((first[kept], second)))
    return kind(*joined)
