"""The characters (字符) that occur in a set of keys, numbered, and keys packed into 64-bit blocks of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

BLOCK_BITS = 64


class Alphabet:
    """Characters numbered from 1 in the order of Unicode; 0 is "no such character".

    A block holds `per_block` numbers, the first in its highest bits and zeros after the last, so that blocks
    compare as the texts do.
    """

    def __init__(self, code_points: NDArray[np.uint32]) -> None:
        """Take distinct code points in ascending order."""
        self.code_points = code_points
        self.bits = max(1, len(code_points).bit_length())
        self.per_block = BLOCK_BITS // self.bits
        self._spare = BLOCK_BITS - self.bits * self.per_block
        self._numbers = {chr(point): i for i, point in enumerate(code_points.tolist(), 1)}

    @classmethod
    def of(cls, points: NDArray[np.uint32]) -> Alphabet:
        """The alphabet of these code points."""
        occurs = np.zeros(int(points.max(initial=0)) + 1, dtype=np.bool_)
        occurs[points] = True
        return cls(np.flatnonzero(occurs).astype(np.uint32) if len(points) else points)

    def symbols(self, text: str) -> list[int]:
        """The number of each character of a text, 0 for those that are not in the alphabet."""
        numbers = self._numbers
        return [numbers.get(char, 0) for char in text]

    def symbols_of(self, points: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The numbers of code points that are all in the alphabet."""
        numbers = np.zeros(int(points.max(initial=0)) + 1, dtype=np.uint32)
        numbers[self.code_points] = np.arange(1, len(self.code_points) + 1)
        return numbers[points]

    def pack(self, symbols: Sequence[int]) -> list[int]:
        """The blocks of one text; no block for none."""
        per, bits = self.per_block, self.bits
        blocks = []
        block, slot = 0, per
        for symbol in symbols:
            block = block << bits | symbol
            slot -= 1
            if not slot:
                blocks.append(block << self._spare)
                block, slot = 0, per
        if slot < per:
            blocks.append(block << self._spare + bits * slot)
        return blocks

    def pack_all(
        self, symbols: NDArray[np.uint32], starts: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The blocks of many texts end to end, and n + 1 positions where each one's blocks start."""
        lengths = np.diff(starts)
        block_starts = np.zeros(len(starts), dtype=np.int64)
        np.cumsum(-(-lengths // self.per_block), out=block_starts[1:])
        if not len(symbols):
            return np.zeros(0, np.uint64), block_starts
        per = np.int32(self.per_block)
        within = np.arange(len(symbols), dtype=np.int32) - np.repeat(starts[:-1].astype(np.int32), lengths)
        slot = within - within // per * per
        shifts = BLOCK_BITS - self.bits * (np.arange(1, self.per_block + 1))
        shifted = symbols.astype(np.uint64) << shifts.astype(np.uint64)[slot]
        return np.bitwise_or.reduceat(shifted, np.flatnonzero(slot == 0)), block_starts

    def whole(self, blocks: Sequence[int]) -> int:
        """The blocks of one text as one number, in which its symbols stand without a break."""
        number = 0
        for block in blocks:
            number = number << self.bits * self.per_block | block >> self._spare
        return number

    def occurs(self, part: Sequence[int], blocks: Sequence[int]) -> bool:
        """Whether these symbols, of which none is 0, stand one after the other in the text of the blocks."""
        bits = self.bits
        wanted = 0
        for symbol in part:
            wanted = wanted << bits | symbol
        mask = (1 << bits * len(part)) - 1
        text = self.whole(blocks)
        while text >= wanted:
            if text & mask == wanted:
                return True
            text >>= bits
        return False

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to keep."""
        return {f"{prefix}_alphabet": self.code_points}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]]) -> Alphabet:
        """What `to_arrays` gave."""
        return cls(arrays[f"{prefix}_alphabet"])


def code_points(texts: pa.StringArray) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The code points of all texts end to end, and n + 1 positions where texts start."""
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(pc.utf8_length(texts).to_numpy(), out=starts[1:])
    _, offsets, written = texts.buffers()
    first, last = np.frombuffer(offsets, np.int32)[[texts.offset, texts.offset + len(texts)]]
    whole = written[first:last].to_pybytes().decode() if written else ""
    return np.frombuffer(whole.encode("utf-32-le"), dtype="<u4"), starts
