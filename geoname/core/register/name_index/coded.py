"""Columns in which many values are the same (字典编码): each value once, and for every row its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

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

    def by_first_row(self) -> Coded[T]:
        """The same column with its values in the order in which they first stand in a row."""
        first = np.empty(len(self.values), dtype=np.int64)
        # Of what is written to one place the last stays.
        first[self.codes[::-1]] = np.arange(len(self) - 1, -1, -1)
        order = np.argsort(first)
        number = np.empty(len(order), dtype=np.int32)
        number[order] = np.arange(len(order))
        return Coded([self.values[each] for each in order.tolist()], number[self.codes])

    def made(self, values: Sequence[U]) -> Coded[U]:
        """The column in which each of `values` stands where the same one of this column's does."""
        return Coded(values, self.codes)

    def numbers(self, number_of: Callable[[T], Any], dtype: type[np.generic]) -> NDArray[Any]:
        """An array of the number of each row's value."""
        of_values = np.array([number_of(value) for value in self.values], dtype=dtype)
        of_rows: NDArray[Any] = of_values[self.codes]
        return of_rows


def together(first: Coded[Any], *others: Coded[Any]) -> Coded[tuple[Any, ...]]:
    """The column of what these columns hold in the same row."""
    alone = Coded([(value,) for value in first.values], first.codes)
    return reduce(_paired, others, alone)


def _paired(one: Coded[tuple[Any, ...]], other: Coded[Any]) -> Coded[tuple[Any, ...]]:
    width = len(other.values)
    pairs, codes = np.unique(one.codes.astype(np.int64) * width + other.codes, return_inverse=True)
    return Coded(
        [(*one.values[pair // width], other.values[pair % width]) for pair in pairs.tolist()],
        codes.astype(np.int32),
    )
