"""Columns in which many values are the same (字典编码): each value once, and for every row its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geoname.errors import InvalidInputError

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[T]):
    """A column of n values: row r holds `values[codes[r]]`; every one of `values` stands in some row.

    What is made of a value is made once, however many rows hold it; two of `values` may be equal.
    """

    values: Sequence[T]
    codes: NDArray[np.signedinteger[Any]]

    @classmethod
    def of(cls, column: Iterable[T]) -> Self:
        """The column of these values."""
        number_of: dict[T, int] = {}
        codes = [number_of.setdefault(value, len(number_of)) for value in column]
        return cls([*number_of], np.array(codes, dtype=np.int32))

    def __len__(self) -> int:
        """How many rows."""
        return len(self.codes)

    def __getitem__(self, row: int) -> T:
        """The value of a row."""
        return self.values[int(self.codes[row])]

    def take(self, order: NDArray[np.int64]) -> Coded[T]:
        """The same rows in another order."""
        return Coded(self.values, self.codes[order])

    def joined(self, rows: Sequence[int], other: Coded[T]) -> Coded[T]:
        """These rows, then all of another column."""
        values = [*self.values, *other.values]
        codes = np.concatenate((self.codes[rows], other.codes + len(self.values)))
        used, codes = np.unique(codes, return_inverse=True)
        return Coded([values[each] for each in used.tolist()], codes)

    def made(self, values: Sequence[U]) -> Coded[U]:
        """The column in which each of `values` stands where the same one of this column's does."""
        return Coded(values, self.codes)

    def numbers(self, number_of: Callable[[T], Any], dtype: type[np.generic]) -> NDArray[Any]:
        """An array of the number of each row's value."""
        of_values = np.array([number_of(value) for value in self.values], dtype=dtype)
        of_rows: NDArray[Any] = of_values[self.codes]
        return of_rows


def utf8(texts: Sequence[str]) -> pa.StringArray:
    """The texts as they are written in UTF-8; InvalidInputError for half a character."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError as error:
        raise InvalidInputError(
            f"{error.object[:40]!r} holds half a character: mend the record",
            zh=f"{error.object[:40]!r} 含有半个字符：请改正该记录",
            field="text",
        ) from error


def in_order(texts: Coded[str]) -> tuple[pa.StringArray, NDArray[np.int32]]:
    """The values, each once, ascending as Unicode orders them, and for every row the number of its own."""
    written = utf8(texts.values)
    order = pc.sort_indices(written)
    ascending = written.take(order)
    differs = np.ones(len(order), dtype=np.bool_)
    differs[1:] = pc.not_equal(ascending[1:], ascending[:-1]).to_numpy(zero_copy_only=False)
    number_of = np.empty(len(order), dtype=np.int32)
    number_of[order.to_numpy()] = np.cumsum(differs) - 1
    return ascending.filter(pa.array(differs)), number_of[texts.codes]


def together(*columns: Coded[Any]) -> Coded[tuple[Any, ...]]:
    """The column of what these columns hold in the same row; its values come as they first stand in one."""
    parts, codes = numbers_together(*columns)
    values = [
        [column.values[each] for each in part.tolist()] for column, part in zip(columns, parts, strict=True)
    ]
    return Coded([*zip(*values, strict=True)], codes)


def numbers_together(*columns: Coded[Any]) -> tuple[list[NDArray[np.int64]], NDArray[np.int32]]:
    """What these columns hold in the same row, once each as it first stands in one, and its number by row.

    For each column the numbers of its values.
    """
    codes: NDArray[Any] = columns[0].codes
    if not len(codes):  # and pyarrow, which would import pandas for any array, is not asked
        return [np.zeros(0, dtype=np.int64) for _ in columns], codes
    parts = [np.arange(len(columns[0].values))]
    for column in columns[1:]:
        width = len(column.values)
        pairs = pa.array(codes.astype(np.int64) * width + column.codes).dictionary_encode()
        codes, distinct = pairs.indices.to_numpy(), pairs.dictionary.to_numpy()
        parts = [*(part[distinct // width] for part in parts), distinct % width]
    return parts, codes


def rows_by(numbers: NDArray[Any]) -> NDArray[np.uint32]:
    """The rows in the order of their numbers (32 bits, signed), equal ones as they are."""
    # Whole numbers are sorted many times as quickly as positions are by them.
    packed = numbers.astype(np.int64) << 32 | np.arange(len(numbers))
    packed.sort()
    return packed.astype(np.uint32)
