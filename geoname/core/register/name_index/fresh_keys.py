"""Keys (检索键) that are added one by one, for the names that changed since an index was built."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from itertools import pairwise
from typing import TypeAlias

from geoname.core.register.name_index.near_keys import SHORTEST

_HOLE = "\0"
"""Stands for any one character; no key holds it."""
Numbers: TypeAlias = "array[int]"
"""Packed, so that thousands of them become an array of NumPy's at once."""


def _no_numbers() -> Numbers:
    return array("I")


_NONE = _no_numbers()


class FreshKeys:
    """Keys and the numbers of their names: exact and by prefix. Numbers are never taken out again."""

    def __init__(self) -> None:
        """Begin with no key."""
        self._numbers: dict[str, Numbers] = {}
        self._sorted: list[str] = []

    def add(self, key: str, number: int) -> bool:
        """Add a name under a key, an empty one under none; whether the key is new."""
        if not key:
            return False
        known = self._numbers.get(key)
        if known is not None:
            known.append(number)
            return False
        self._numbers[key] = array("I", (number,))
        insort(self._sorted, key)
        return True

    def exact(self, key: str) -> Numbers:
        """The numbers of the names of this key."""
        return self._numbers.get(key, _NONE)

    def beginning(self, prefix: str) -> Numbers:
        """The numbers of the names whose key begins with this; all for an empty one."""
        # No lock: who holds one may be put to sleep with it. Each step here is whole, and keys only come.
        while True:
            size = len(self._sorted)
            lo = bisect_left(self._sorted, prefix)
            keys = self._sorted[lo : bisect_left(self._sorted, prefix + "\U0010ffff", lo)]
            if len(self._sorted) == size:
                break
        found = _no_numbers()
        for key in keys:
            found += self._numbers[key]
        return found


class FreshTexts(FreshKeys):
    """Keys of texts: by any part of them, and by near miss, too."""

    def __init__(self) -> None:
        """Begin with no key."""
        super().__init__()
        self._keys: dict[int, str] = {}
        self._parts: defaultdict[str, Numbers] = defaultdict(_no_numbers)
        # Keys one after the other, parted by holes: as lists the garbage collector would go through them all
        # again and again, while questions wait.
        self._masked: defaultdict[str, str] = defaultdict(str)

    def add(self, key: str, number: int) -> bool:
        """Add a name under a key, an empty one under none; whether the key is new."""
        new = super().add(key, number)
        self._keys[number] = key
        for part in {*key, *(one + other for one, other in pairwise(key))}:
            self._parts[part].append(number)
        if new and len(key) >= SHORTEST:
            for masked in {key[:i] + _HOLE + key[i + 1 :] for i in range(len(key))}:
                self._masked[masked] += key + _HOLE
        return new

    def containing(self, parts: list[str]) -> Numbers:
        """The numbers of the names whose key contains every part."""
        lists = [
            self._parts.get(piece, _NONE)
            for part in parts
            for piece in ([one + other for one, other in pairwise(part)] or [part])
        ]
        shortest = min(lists, key=len)
        if len(lists) == 1:
            return shortest
        return array(
            "I", [number for number in shortest if all(part in self._keys[number] for part in parts)]
        )

    def near(self, key: str) -> Numbers:
        """The numbers of the names whose key is this one but for one slip, as `NearKeys.near` has it."""
        found = {key}
        if len(key) >= SHORTEST:
            for i in range(len(key)):
                found.add(key[:i] + key[i + 1 :])
                found.update(self._under(key[:i] + _HOLE + key[i + 1 :]))
                if i:
                    found.add(key[: i - 1] + key[i] + key[i - 1] + key[i + 1 :])
            for i in range(len(key) + 1):
                found.update(self._under(key[:i] + _HOLE + key[i:]))
        numbers = _no_numbers()
        for each in found:
            numbers += self.exact(each)
        return numbers

    def _under(self, masked: str) -> list[str]:
        return self._masked.get(masked, "").split(_HOLE)[:-1]
