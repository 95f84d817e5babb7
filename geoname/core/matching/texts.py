"""Texts made ready for matching (文本预处理): characters that count, as symbols, and where each one stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoname.core.matching.hashing import Rolling
from geoname.core.matching.symbols import LOST, Symbols, SymbolTable, syllable_symbol
from geoname.core.names.characters import HAN, faults, is_plain_han
from geoname.core.names.numerals import han_numeral
from geoname.core.names.syllables import split_syllables, untoned

LONGEST = 200
"""Symbols of a text that are looked at; a place name or an address is shorter."""
_TOKEN = re.compile(
    r"(?P<digits>[0-9\uff10-\uff19]+)|"
    r"(?P<letters>[A-Za-z\u00c0-\u01dc\uff21-\uff3a\uff41-\uff5a\u0300-\u030c:]+[1-5]?(?![0-9]))|"
    rf"(?P<han>[{HAN}])|(?P<lost>[?？_＿□■▯▢〓\ufffc\ufffd\ue000-\uf8ff])|(?P<other>.)",
    re.DOTALL,
)
_HALF = {0xFEE0 + point: point for point in range(0x21, 0x7F)}
_MIDDLE = ord("中")
_COUNTRY = ("中华人民共和国", "中国")
Span = tuple[int, int]


@dataclass(frozen=True)
class Texts:
    """A batch: symbols of all texts end to end, where each starts, and their hashes.

    `sources` has, for the texts that were not plain Han, the span of the text that each symbol stood in;
    `initials` the letters of those that are letters only and no syllables; `speechless` are those without a
    character of a name, `changed` those that are not their symbols as they stand.
    """

    symbols: Symbols
    table: SymbolTable
    starts: NDArray[np.int64]
    begins: NDArray[np.int64]
    rolling: Rolling
    sources: dict[int, list[Span]]
    initials: dict[int, str]
    speechless: list[int]
    changed: NDArray[np.int64]

    @cached_property
    def sounds(self) -> Symbols:
        """The class of sound of each symbol."""
        return self.table.sound(self.symbols)

    @cached_property
    def heard(self) -> Rolling:
        """The hashes of the sounds."""
        return Rolling(self.sounds)

    def span(self, row: int, begin: int, end: int) -> Span:
        """Where the symbols from `begin` to before `end` (positions in the batch) stood in the text."""
        first = int(self.starts[row])
        source = self.sources.get(row)
        if source is None:
            return begin - first, end - first
        if begin >= end:
            at = source[begin - first][0] if begin - first < len(source) else (source[-1][1] if source else 0)
            return at, at
        return source[begin - first][0], source[end - first - 1][1]


def read_texts(texts: Sequence[str], table: SymbolTable) -> Texts:
    """Make a batch of texts ready."""
    sources: dict[int, list[Span]] = {}
    initials: dict[int, str] = {}
    speechless: list[int] = []
    whole = "".join(texts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    if not (is_plain_han(whole) and int(lengths.max(initial=0)) <= LONGEST):
        bodies = list(texts)
        for row, text in enumerate(texts):
            if is_plain_han(text) and len(text) <= LONGEST:
                continue
            body, spans, letters, speaks = _clean(text)
            bodies[row] = body[:LONGEST]
            sources[row] = spans[:LONGEST]
            if letters:
                initials[row] = letters
            if letters or not speaks:
                speechless.append(row)
        whole = "".join(bodies)
        lengths = np.fromiter(map(len, bodies), np.int64, len(bodies))
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    points = np.frombuffer(whole.encode("utf-32-le"), dtype="<u4")
    symbols = table.standard(points)
    folded = np.searchsorted(starts, np.flatnonzero(symbols != points), side="right") - 1
    changed = np.unique(np.concatenate((folded, np.fromiter(sources, np.int64, len(sources)))))
    begins = starts[:-1].copy()
    full = np.flatnonzero(lengths > 0)
    for row in full[symbols[starts[full]] == _MIDDLE].tolist():
        begins[row] += next((len(name) for name in _COUNTRY if whole.startswith(name, int(starts[row]))), 0)
    return Texts(symbols, table, starts, begins, Rolling(symbols), sources, initials, speechless, changed)


def _clean(text: str) -> tuple[str, list[Span], str, bool]:
    """The symbols of a text that is not plain, where each stood, and letters that are no syllables."""
    body: list[str] = []
    spans: list[Span] = []
    unread, speaks = "", False

    def put(symbols: str | list[str], span: Span) -> None:
        for symbol in symbols:
            body.append(symbol)
            spans.append(span)

    for found in _TOKEN.finditer(text[: 4 * LONGEST]):
        kind, token, span = found.lastgroup, found.group(), found.span()
        speaks |= kind in ("han", "letters")
        if kind == "han":
            put(token, span)
        elif kind == "digits":
            for at, char in zip(range(*span), token, strict=True):
                if len(token) != 2:
                    put(han_numeral(char.translate(_HALF)), (at, at + 1))
            if len(token) == 2:
                put(han_numeral(token.translate(_HALF)), span)
        elif kind == "letters":
            syllables = _syllables(token)
            if syllables is None:
                unread += token
                put(token.translate(_HALF).lower(), span)
            else:
                put(syllables, span)
        elif kind == "lost" or faults(token):
            put(chr(LOST), span)
    letters = unread.translate(_HALF).lower() if len(unread) == len(body) else ""
    letters = letters if letters.isascii() and letters.isalpha() else ""
    return "".join(body), spans, letters, speaks


def _syllables(token: str) -> list[str] | None:
    letters = untoned(token.translate(_HALF).rstrip("12345")).lower().replace("u:", "ü").replace("v", "ü")
    split = split_syllables(letters)
    if split is None:
        return None
    symbols = [syllable_symbol(syllable) for syllable in split]
    return [symbol for symbol in symbols if symbol] if all(symbols) else None
