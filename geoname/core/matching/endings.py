"""The endings of a register's names (通名表) as arrays: read off a text, by characters or by sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.ending_trie import EndingTrie, build_trie
from geoname.core.matching.generic_forms import Agreement, other_endings, shorter_forms
from geoname.core.matching.hashing import HashTable, Places, build_hash_table, form_hashes
from geoname.core.matching.symbols import Symbols, SymbolTable
from geoname.core.matching.texts import Texts


@dataclass(frozen=True, slots=True)
class ReadEndings:
    """Endings found: for which asker (its position), which ending, over how many symbols, how many wrong."""

    asker: Places
    ending: Places
    length: Places
    wrong: Places


class Endings:
    """Every ending that may be typed, and how it agrees with each ending that a name has.

    `agreement[own, typed]` is an Agreement; the last column is for no ending at all.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays that `to_arrays` gives, without their prefix."""
        self._arrays = dict(arrays)
        self.agreement: NDArray[np.uint8] = arrays["agreement"]
        self.lengths: Places = arrays["lengths"].astype(np.int64)
        self.symbols: Symbols = arrays["symbols"]
        self.exact = HashTable.from_arrays("exact", arrays)
        self.of_exact: Places = arrays["of_exact"].astype(np.int64)
        self._plain = EndingTrie.from_arrays("plain", arrays)
        self._heard = EndingTrie.from_arrays("heard", arrays)
        self._written: list[str] = [each.decode() for each in arrays["written"].tolist()]

    def written(self, ending: int) -> str:
        """An ending as it is written."""
        return self._written[ending]

    def read(self, texts: Texts, at: Places, ends: Places) -> ReadEndings:
        """The endings that stand at these positions to the letter."""
        asker, ending = self._plain.read(texts.symbols, at, ends)
        return ReadEndings(asker, ending, self.lengths[ending], np.zeros(len(ending), dtype=np.int64))

    def hear(self, texts: Texts, at: Places, ends: Places) -> ReadEndings:
        """The endings that sound like what stands at these positions and do not stand there to the letter."""
        asker, ending = self._heard.read(texts.sounds, at, ends)
        wrong = self.differences(texts, at[asker], ending)
        kept = wrong > 0
        return ReadEndings(asker[kept], ending[kept], self.lengths[ending[kept]], wrong[kept])

    def differences(self, texts: Texts, at: Places, ending: Places) -> Places:
        """How many characters of each ending are not those of the text at its position."""
        wrong = np.zeros(len(at), dtype=np.int64)
        for place in range(self.symbols.shape[1]):
            inside = np.flatnonzero(place < self.lengths[ending])
            if not len(inside):
                break
            wrong[inside] += texts.symbols[at[inside] + place] != self.symbols[ending[inside], place]
        return wrong

    def and_owned(self, owned: Sequence[tuple[str, int]]) -> Endings:
        """The same endings, agreeing also with these that names have, whose rows come last."""
        return Endings(
            {**self._arrays, "agreement": np.vstack((self.agreement, _agreements(owned, self._written)))}
        )

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return {f"{prefix}_{name}": array for name, array in self._arrays.items()}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> Endings:
        """What `to_arrays` gave."""
        start = f"{prefix}_"
        return cls({name[len(start) :]: array for name, array in arrays.items() if name.startswith(start)})


def build_endings(owned: Sequence[tuple[str, int]], table: SymbolTable) -> Endings:
    """The endings that names have, as (ending, depth) in order, and all that may stand for them."""
    typed = dict.fromkeys(ending for ending, _ in owned if ending)
    for ending, depth in owned:
        if ending:
            typed.update(dict.fromkeys((*shorter_forms(ending, depth), *other_endings(ending, depth))))
    written = list(typed)
    lengths = np.fromiter(map(len, written), np.int64, len(written))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    symbols = table.standard(np.frombuffer("".join(written).encode("utf-32-le"), dtype="<u4"))
    exact, number = build_hash_table(form_hashes(symbols, starts))
    of_exact = np.empty(len(written), dtype=np.int32)
    of_exact[number] = np.arange(len(written))
    sounds = table.sound(symbols)
    padded = np.zeros((len(written), int(lengths.max(initial=1))), dtype=np.uint32)
    padded[np.arange(padded.shape[1]) < lengths[:, None]] = symbols
    return Endings(
        {
            "written": np.array([each.encode() for each in written], dtype=bytes),
            "lengths": lengths.astype(np.uint8),
            "agreement": _agreements(owned, written),
            "symbols": padded,
            "of_exact": of_exact,
            **exact.to_arrays("exact"),
            **build_trie(_rows(symbols, starts)).to_arrays("plain"),
            **build_trie(_rows(sounds, starts)).to_arrays("heard"),
        }
    )


def _rows(symbols: Symbols, starts: Places) -> list[list[int]]:
    return [symbols[begin:end].tolist() for begin, end in pairwise(starts.tolist())]


def _agreements(owned: Sequence[tuple[str, int]], written: Sequence[str]) -> NDArray[np.uint8]:
    numbers = {ending: number for number, ending in enumerate(written)}
    agreement = np.full((len(owned), len(written) + 1), Agreement.NONE, dtype=np.uint8)
    for row, (ending, depth) in enumerate(owned):
        agreement[row, -1] = Agreement.MISSING if ending else Agreement.EXACT
        if ending:
            for forms, agreed in (
                (other_endings(ending, depth), Agreement.OTHER),
                (shorter_forms(ending, depth), Agreement.SHORTER),
                ((ending,), Agreement.EXACT),
            ):
                # An ending that nothing had when the register was read is not among them.
                agreement[row, [numbers[each] for each in forms if each in numbers]] = agreed
    return agreement
