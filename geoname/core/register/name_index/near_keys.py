"""Keys with one wrong, missing, additional or swapped character (错字、漏字、多字、倒字), by hashing.

Every key is entered once for each of its characters, with that character masked. A query with one wrong
character meets the right key under the same mask, one with a missing character under a mask put in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name_index.alphabet import BLOCK_BITS
from geoname.core.register.name_index.key_table import KeyTable, SpelledKeys

_ARRAYS = ("bucket_starts", "fingerprints", "keys")
_MASK = (1 << 64) - 1
_POWER = 0x9E3779B97F4A7C15
_STIR = 0xD6E8FEB86659FD93
_HIDDEN = 0x1F123BB5
_FINGERPRINT = 255
SHORTEST = 2
"""A key of one character would be near to every other."""


class NearKeys:
    """Masked keys in buckets, each with a fingerprint of eight bits."""

    def __init__(self, table: KeyTable, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the table of the keys and the arrays named in `to_arrays`."""
        self._table = table
        self._arrays = {name: arrays[name] for name in _ARRAYS}
        self._bucket_starts = arrays["bucket_starts"].data
        self._fingerprints = arrays["fingerprints"].data
        self._keys = arrays["keys"].data
        self._bucket_bits = (len(arrays["bucket_starts"]) - 1).bit_length() - 1

    def near(self, symbols: Sequence[int]) -> set[int]:
        """The numbers of the keys that equal these symbols or differ by one slip."""
        symbols = list(symbols)
        table = self._table
        strange = symbols.count(0)
        if strange > 1:
            return set()
        found = {table.find(symbols)}
        if len(symbols) >= SHORTEST:
            for i in range(len(symbols)):
                found.add(table.find(symbols[:i] + symbols[i + 1 :]))
                if i:
                    swapped = [*symbols[: i - 1], symbols[i], symbols[i - 1], *symbols[i + 1 :]]
                    found.add(table.find(swapped))
            # A character that no key has can only be the wrong one.
            wrong = symbols.index(0) if strange else -1
            for hole, after, hashed in _patterns(symbols):
                if not strange or (hole == wrong and after > hole):
                    found.update(self._under(symbols, hole, after, hashed))
        found.discard(-1)
        return found

    def _under(self, symbols: list[int], hole: int, after: int, hashed: int) -> Iterator[int]:
        """The keys that are the symbols before the hole, any one, and the symbols from `after` on."""
        stirred = (hashed ^ hashed >> 32) * _STIR & _MASK
        bucket = stirred >> (64 - self._bucket_bits) if self._bucket_bits else 0
        fingerprints = self._fingerprints
        fingerprint = stirred & _FINGERPRINT
        start, end = self._bucket_starts[bucket], self._bucket_starts[bucket + 1]
        at = [i for i in range(start, end) if fingerprints[i] == fingerprint]
        if not at:
            return
        alphabet = self._table.alphabet
        blocks = alphabet.pack([*symbols[:hole], 0, *symbols[after:]])
        block, slot = divmod(hole, alphabet.per_block)
        mask = ((1 << alphabet.bits) - 1) << (BLOCK_BITS - alphabet.bits * (slot + 1))
        for i in at:
            key = self._keys[i]
            if self._table.matches(key, blocks, block, mask):
                yield key

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep, their names prefixed."""
        return {f"{prefix}_{name}": array for name, array in self._arrays.items()}

    @classmethod
    def from_arrays(cls, prefix: str, table: KeyTable, arrays: Mapping[str, NDArray[Any]]) -> NearKeys:
        """What `to_arrays` gave."""
        return cls(table, {name: arrays[f"{prefix}_{name}"] for name in _ARRAYS})


def _patterns(symbols: list[int]) -> list[tuple[int, int, int]]:
    """Hole, where the query goes on after it, and hash of each pattern that a near key may have."""
    powers = [1]
    for _ in symbols:
        powers.append(powers[-1] * _POWER & _MASK)
    terms = [symbol * power for symbol, power in zip(symbols, powers, strict=False)]
    patterns = []
    before, rest = 0, sum(terms)
    for i, term in enumerate(terms):
        hidden = before + _HIDDEN * powers[i]
        patterns.append((i, i, hidden + rest * _POWER & _MASK))
        rest -= term
        patterns.append((i, i + 1, hidden + rest & _MASK))
        before += term
    patterns.append((len(terms), len(terms), before + _HIDDEN * powers[-1] & _MASK))
    return patterns


def build_near_keys(table: KeyTable, keys: SpelledKeys) -> NearKeys:
    """The masked keys of a table."""
    symbols, starts = keys.symbols, keys.starts
    lengths = np.diff(starts)
    key_of = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    place = np.arange(len(symbols)) - np.repeat(starts[:-1], lengths)
    longest = int(lengths.max(initial=0))
    powers = np.full(longest + 1, _POWER, dtype=np.uint64)
    powers[0] = 1
    powers = np.cumprod(powers, dtype=np.uint64)[place]
    terms = symbols.astype(np.uint64) * powers
    whole = np.add.reduceat(terms, starts[:-1]) if len(terms) else terms
    hashed = np.repeat(whole, lengths) - terms + np.uint64(_HIDDEN) * powers
    kept = np.repeat(lengths, lengths) >= SHORTEST
    hashed, key_of = hashed[kept], key_of[kept]
    stirred = (hashed ^ hashed >> np.uint64(32)) * np.uint64(_STIR)
    bits = (len(stirred) // 8).bit_length()
    fingerprint = stirred & np.uint64(_FINGERPRINT)
    bucket = stirred >> np.uint64(64 - bits) if bits else np.zeros_like(stirred)
    entries = np.sort(bucket << np.uint64(40) | fingerprint << np.uint64(32) | key_of)
    bucket_starts = np.zeros((1 << bits) + 1, dtype=np.uint32)
    np.cumsum(np.bincount(bucket.astype(np.int64), minlength=1 << bits), out=bucket_starts[1:])
    return NearKeys(
        table,
        {
            "bucket_starts": bucket_starts,
            "fingerprints": (entries >> np.uint64(32)).astype(np.uint8),
            "keys": entries.astype(np.uint32),
        },
    )
