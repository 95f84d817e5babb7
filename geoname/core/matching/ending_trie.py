"""A trie of endings (通名前缀树): all of them that begin at a place are read off together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.hashing import Places
from geoname.core.matching.ranges import joined, ranges

_LAST = 0xFFFF
_ARRAYS = ("class_of", "child", "starts", "rows")
Symbols = NDArray[np.uint32]


class EndingTrie:
    """Nodes by number, 0 the root; `child[node, class]` is 0 where nothing goes on."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays that `to_arrays` gives, without their prefix."""
        self._arrays = {name: arrays[name] for name in _ARRAYS}
        self._class_of: NDArray[np.uint16] = arrays["class_of"]
        self._child: NDArray[np.uint16] = arrays["child"]
        self._starts: Places = arrays["starts"].astype(np.int64)
        self._rows: Places = arrays["rows"].astype(np.int64)

    def read(self, symbols: Symbols, at: Places, ends: Places) -> tuple[Places, Places]:
        """Which askers (by number) find which endings from their place on, before their end."""
        asker = np.flatnonzero(at < ends)
        here, node = at[asker], np.zeros(len(asker), dtype=np.int64)
        until = ends[asker]
        askers, nodes = [], []
        while len(asker):
            node = self._child[node, self._class_of[np.minimum(symbols[here], _LAST)]].astype(np.int64)
            going = node > 0
            asker, here, node, until = asker[going], here[going] + 1, node[going], until[going]
            last = self._starts[node + 1] > self._starts[node]
            askers.append(asker[last])
            nodes.append(node[last])
            more = here < until
            if not more.all():
                asker, here, node, until = asker[more], here[more], node[more], until[more]
        one, node = joined(askers), joined(nodes)
        starts = self._starts[node]
        counts = self._starts[node + 1] - starts
        return np.repeat(one, counts), self._rows[ranges(starts, counts)]

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return {f"{prefix}_{name}": array for name, array in self._arrays.items()}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> EndingTrie:
        """What `to_arrays` gave."""
        return cls({name: arrays[f"{prefix}_{name}"] for name in _ARRAYS})


def build_trie(endings: Sequence[Sequence[int]]) -> EndingTrie:
    """The trie of these rows of symbols; several endings may be the same row."""
    classes: dict[int, int] = {}
    children: list[dict[int, int]] = [{}]
    ends: list[list[int]] = [[]]
    for number, ending in enumerate(endings):
        node = 0
        for symbol in ending:
            known = classes.setdefault(min(symbol, _LAST), len(classes) + 1)
            if known not in children[node]:
                children[node][known] = len(children)
                children.append({})
                ends.append([])
            node = children[node][known]
        ends[node].append(number)
    child = np.zeros((len(children), len(classes) + 1), dtype=np.uint16)
    for node, below in enumerate(children):
        for known, following in below.items():
            child[node, known] = following
    class_of = np.zeros(_LAST + 1, dtype=np.uint16)
    for symbol, known in classes.items():
        class_of[symbol] = known
    return EndingTrie(
        {
            "class_of": class_of,
            "child": child,
            "starts": np.concatenate(([0], np.cumsum([len(each) for each in ends]))).astype(np.uint32),
            "rows": np.array([number for each in ends for number in each], dtype=np.uint32),
        }
    )
