"""Other ways to look names up, to measure the name index against: dict, sorted list, SQLite, plain scans."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

LIMIT = 10


class Dictionary:
    """A dict from key to ranks: the least that an exact look-up can cost in Python."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys in the order of their ranks."""
        self._ranks: dict[str, list[int]] = defaultdict(list)
        for rank, key in enumerate(keys):
            self._ranks[key].append(rank)

    def exact(self, key: str) -> list[int]:
        """The best ranks."""
        return self._ranks[key][:LIMIT] if key in self._ranks else []


class SortedList:
    """A sorted list of keys in memory, bisected; the ranks of a prefix are sorted when asked for."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys in the order of their ranks."""
        self._ranks = sorted(range(len(keys)), key=lambda rank: keys[rank])
        self._keys = [keys[rank] for rank in self._ranks]

    def prefix(self, key: str) -> list[int]:
        """The best ranks."""
        end = key[:-1] + chr(ord(key[-1]) + 1)
        return sorted(self._ranks[bisect_left(self._keys, key) : bisect_left(self._keys, end)])[:LIMIT]


class Database:
    """SQLite: b-trees over the keys, and one full-text token for each character."""

    def __init__(self, keys: Sequence[str], sounds: Sequence[str]) -> None:
        """Take the keys in the order of their ranks."""
        self._open = sqlite3.connect(":memory:", cached_statements=64)
        run = self._open.execute
        run("CREATE TABLE name (rank INTEGER PRIMARY KEY, key TEXT, plain TEXT)")
        self._open.executemany("INSERT INTO name VALUES (?, ?, ?)", zip(range(len(keys)), keys, sounds))  # noqa: B905
        run("CREATE INDEX by_key ON name (key)")
        run("CREATE INDEX by_plain ON name (plain)")
        self.full_text = "ENABLE_FTS5" in {row[0] for row in run("PRAGMA compile_options")}
        if self.full_text:
            run("CREATE VIRTUAL TABLE chars USING fts5(key, content='', detail='full')")
            self._open.executemany(
                "INSERT INTO chars (rowid, key) VALUES (?, ?)",
                ((rank, " ".join(key)) for rank, key in enumerate(keys)),
            )

    def exact(self, key: str) -> list[int]:
        """The best ranks by text."""
        return self._ranks("SELECT rank FROM name WHERE key = ? ORDER BY rank LIMIT 10", key)

    def sound(self, plain: str) -> list[int]:
        """The best ranks by sound."""
        return self._ranks("SELECT rank FROM name WHERE plain = ? ORDER BY rank LIMIT 10", plain)

    def prefix(self, key: str) -> list[int]:
        """The best ranks."""
        end = key[:-1] + chr(ord(key[-1]) + 1)
        found = "SELECT rank FROM name WHERE key >= ? AND key < ? ORDER BY rank LIMIT 10"
        return [row[0] for row in self._open.execute(found, (key, end))]

    def contains(self, key: str) -> list[int]:
        """The best ranks, by a phrase of characters."""
        found = "SELECT rowid FROM chars WHERE chars MATCH ? ORDER BY rowid LIMIT 10"
        return self._ranks(found, f'"{" ".join(key)}"')

    def _ranks(self, sql: str, key: str) -> list[int]:
        return [row[0] for row in self._open.execute(sql, (key,))]


class Scan:
    """A look at every name."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys in the order of their ranks."""
        self._keys = keys

    def contains(self, key: str) -> list[int]:
        """The best ranks; stops when it has them."""
        found = []
        for rank, text in enumerate(self._keys):
            if key in text:
                found.append(rank)
                if len(found) == LIMIT:
                    break
        return found

    def fuzzy(self, key: str) -> list[int]:
        """The best ranks with at most one slip."""
        found = []
        for rank, text in enumerate(self._keys):
            if one_slip(key, text):
                found.append(rank)
                if len(found) == LIMIT:
                    break
        return found


def one_slip(a: str, b: str) -> bool:
    """Whether two texts are equal but for one wrong, missing, additional or swapped character.

    A text of one character is near to itself alone, unless a character was added to it or is missing.
    """
    if abs(len(a) - len(b)) > 1:
        return False
    if a == b:
        return True
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        swapped = rest_a[:2][::-1] == rest_b[:2] and rest_a[2:] == rest_b[2:]
        return len(a) > 1 and (rest_a[1:] == rest_b[1:] or swapped)
    return len(a) > 1 and (rest_a[1:] == rest_b or rest_a == rest_b[1:])
