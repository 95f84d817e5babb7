"""Opaque permanent identifiers: minted once, kept for ever by the source's own key."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


class KeptIds:
    """Hands out the id that a record already has, or mints one from a generator seeded by the file's name.

    `kept` holds the existing ids by (column, source key). An id is never derived from a code, so a code may
    change and the id stays.
    """

    def __init__(self, seed: str, kept: Mapping[tuple[str, str], str], taken: Iterable[str] = ()) -> None:
        self._kept = dict(kept)
        self._taken = set(self._kept.values()) | set(taken)
        self._random = random.Random(seed)

    @classmethod
    def from_rows(
        cls, seed: str, rows: Iterable[Mapping[str, str]], *, key: tuple[str, ...], columns: tuple[str, ...]
    ) -> KeptIds:
        """Take over the ids of the rows written before; `key` are the columns that name a source record."""
        kept = {
            (column, "|".join(row[part] for part in key)): row[column] for row in rows for column in columns
        }
        return cls(seed, kept)

    def get(self, column: str, key: str) -> str:
        """The id of this record in this column."""
        held = self._kept.get((column, key))
        if held is None:
            held = self._mint()
            self._kept[column, key] = held
        return held

    def _mint(self) -> str:
        while True:
            made = "".join(self._random.choice(ALPHABET) for _ in range(LENGTH))
            if made not in self._taken:
                self._taken.add(made)
                return made
