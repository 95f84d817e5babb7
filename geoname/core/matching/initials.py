"""First letters of divisions' names (首字母): HX for 花溪 and 花溪区, as candidates only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.entries import STANDARD, Built
from geoname.core.matching.sounds import INITIAL_OF
from geoname.core.matching.symbols import SymbolTable
from geoname.core.matching.texts import read_texts

_TOWNSHIP = 3
_LONGEST = 12


class Initials:
    """The letters of names of townships and above, sorted, each with its entry."""

    def __init__(self, letters: NDArray[np.bytes_], rows: NDArray[np.uint32]) -> None:
        """Take the arrays that `to_arrays` gives."""
        self._letters, self._rows = letters, rows

    def find(self, letters: str) -> list[int]:
        """The entries of these letters."""
        key = letters.encode()
        if len(key) > _LONGEST:
            return []
        begin, end = np.searchsorted(self._letters, key, "left"), np.searchsorted(self._letters, key, "right")
        found: list[int] = self._rows[begin:end].tolist()
        return found

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return {f"{prefix}_letters": self._letters, f"{prefix}_rows": self._rows}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> Initials:
        """What `to_arrays` gave."""
        return cls(arrays[f"{prefix}_letters"], arrays[f"{prefix}_rows"])


def build_initials(built: Built, table: SymbolTable) -> Initials:
    """The letters of each name's specific element and of the whole name."""
    entries = built.entries
    rows = np.flatnonzero((entries.depth <= _TOWNSHIP) & (entries.kind == STANDARD)).tolist()
    texts = [built.stems[row] for row in rows] + [entries.text(row) for row in rows]
    read = read_texts(texts, table)
    numbers = table.plain(read.symbols)
    letters = [
        "".join(INITIAL_OF[each] for each in numbers[begin:end].tolist()).encode()
        for begin, end in zip(read.starts[:-1].tolist(), read.starts[1:].tolist(), strict=True)
    ]
    pairs = sorted(set(zip(letters, rows * 2, strict=True)))
    return Initials(
        np.array([letter[:_LONGEST] for letter, _ in pairs], dtype=f"S{_LONGEST}"),
        np.array([row for _, row in pairs], dtype=np.uint32),
    )
