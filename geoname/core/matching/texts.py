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
REMARK = re.compile(r"[（(][原曾旧现即又][^（）()]{0,30}[）)]")
"""What is said of a name in brackets: （原花溪镇）."""
_TOKEN = re.compile(
    rf"(?P<remark>{REMARK.pattern})|"
    r"(?P<digits>[0-9\uff10-\uff19]+)|"
    r"(?P<letters>[A-Za-z\u00c0-\u01dc\uff21-\uff3a\uff41-\uff5a\u0300-\u030c:]+[1-5]?(?![0-9]))|"
    rf"(?P<han>[{HAN}])|(?P<lost>[?？_＿□■▯▢〓\ufffc\ufffd\ue000-\uf8ff])|(?P<other>.)",
    re.DOTALL,
)
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]*")
_NUMBERED = re.compile("[0-9\u4e00-\u9fff]*")
_REPEATED = re.compile(r"([\u4e00-\u9fff]{1,9}[省市州县区镇乡])\1+")
_TWO = re.compile("(?<![0-9])[0-9]{2}(?![0-9])")
_SHORT = LONGEST // 2  # two digits are read as three symbols at most
_SINGLE = [(at, at + 1) for at in range(4 * LONGEST)]
_HALF = {0xFEE0 + point: point for point in range(0x21, 0x7F)}
_HAN_DIGITS = {ord(digit): han_numeral(digit) for digit in "0123456789"}
_TWO_DIGITS = [han_numeral(f"{number:02}") for number in range(100)]
_MIDDLE = ord("中")
_COUNTRY = ("中华人民共和国", "中国")
Span = tuple[int, int]


@dataclass(frozen=True)
class Texts:
    """A batch: symbols of all texts end to end, where each starts, and their hashes.

    `initials` has the letters of those that are letters only and no syllables; `speechless` are those without
    a character of a name, `changed` those that are not their symbols as they stand. `plain` counts for every
    text the characters, from its first on, that are their own symbols.
    """

    symbols: Symbols
    table: SymbolTable
    starts: NDArray[np.int64]
    begins: NDArray[np.int64]
    rolling: Rolling
    initials: dict[int, str]
    speechless: list[int]
    changed: NDArray[np.int64]
    plain: NDArray[np.int64]

    @cached_property
    def written(self) -> str:
        """The symbols as characters."""
        return self.symbols.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    @cached_property
    def sounds(self) -> Symbols:
        """The class of sound of each symbol."""
        return self.table.sound(self.symbols)

    @cached_property
    def heard(self) -> Rolling:
        """The hashes of the sounds."""
        return Rolling(self.sounds)


def read_texts(texts: Sequence[str], table: SymbolTable) -> Texts:
    """Make a batch of texts ready."""
    initials: dict[int, str] = {}
    speechless: list[int] = []
    heads: dict[int, int] = {}
    whole = "".join(texts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    if not (is_plain_han(whole) and int(lengths.max(initial=0)) <= LONGEST):
        bodies = list(texts)
        for row, text in enumerate(texts):
            if is_plain_han(text) and len(text) <= LONGEST:
                continue
            if len(text) <= _SHORT and _NUMBERED.fullmatch(text) and not text.isdigit():
                bodies[row] = _TWO.sub(_two_digits, text).translate(_HAN_DIGITS)
                heads[row] = _begun(text)
                continue
            body, spans, letters, speaks = _clean(text)
            bodies[row] = body[:LONGEST]
            heads[row] = _alike(text, bodies[row], spans)
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
    other = np.flatnonzero(symbols != points)
    folded = np.searchsorted(starts, other, side="right") - 1
    plain = lengths.copy()
    plain[list(heads)] = list(heads.values())
    np.minimum.at(plain, folded, other - starts[folded])
    changed = np.unique(np.concatenate((folded, np.fromiter(heads, np.int64, len(heads)))))
    begins = starts[:-1].copy()
    full = np.flatnonzero(lengths > 0)
    for row in full[symbols[starts[full]] == _MIDDLE].tolist():
        begins[row] += next((len(name) for name in _COUNTRY if whole.startswith(name, int(starts[row]))), 0)
    return Texts(symbols, table, starts, begins, Rolling(symbols), initials, speechless, changed, plain)


def read_text(text: str, table: SymbolTable) -> tuple[list[int], list[Span]]:
    """The symbols of one text and where each stood, as in a batch of it alone."""
    body, spans, _, _ = _clean(text)
    return [table.standard_of(ord(symbol)) for symbol in body[:LONGEST]], spans[:LONGEST]


def span_of(spans: Sequence[Span], begin: int, end: int) -> Span:
    """Where the symbols from one to before another stood, given where each did."""
    if begin < end:
        return spans[begin][0], spans[end - 1][1]
    at = spans[begin][0] if begin < len(spans) else (spans[-1][1] if spans else 0)
    return at, at


def without_repeats(text: str) -> str:
    """A text in which a division that was written twice in a row stands once; most are as they were."""
    return _REPEATED.sub(r"\1", text)


def repeated(text: str) -> tuple[str, str]:
    """What was written twice and more in a row, and what it is once."""
    found = _REPEATED.search(text)
    return (found[0], found[1]) if found else ("", "")


def _alike(text: str, body: str, spans: Sequence[Span]) -> int:
    """How many characters from the first on are the symbols at their own places."""
    at = min(_begun(text), len(body))
    while at < len(body) and spans[at] == _SINGLE[at] and text[at] == body[at]:
        at += 1
    return at


def _two_digits(found: re.Match[str]) -> str:
    return _TWO_DIGITS[int(found[0])]


def _clean(text: str) -> tuple[str, list[Span], str, bool]:
    """The symbols of a text that is not plain, where each stood, and letters that are no syllables."""
    text = text[: 4 * LONGEST]
    begun = _begun(text)
    body: list[str] = [*text[:begun]]
    spans = _SINGLE[:begun]
    unread, speaks = "", begun > 0

    def put(symbols: str | list[str], span: Span) -> None:
        for symbol in symbols:
            body.append(symbol)
            spans.append(span)

    for found in _TOKEN.finditer(text, begun):
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
            # One letter is that of a building or a door.
            syllables = _syllables(token) if len(token) > 1 else None
            if syllables is None:
                unread += token
                put(token.translate(_HALF).lower(), span)
            else:
                put(syllables, span)
        elif kind == "lost" or (kind == "other" and faults(token)):
            put(chr(LOST), span)
    letters = unread.translate(_HALF).lower() if len(unread) == len(body) else ""
    letters = letters if letters.isascii() and letters.isalpha() else ""
    return "".join(body), spans, letters, speaks


def _begun(text: str) -> int:
    """How many ideographs a text begins with."""
    found = _IDEOGRAPHS.match(text)
    return found.end() if found else 0


def _syllables(token: str) -> list[str] | None:
    letters = untoned(token.translate(_HALF).rstrip("12345")).lower().replace("u:", "ü").replace("v", "ü")
    split = split_syllables(letters)
    if split is None:
        return None
    symbols = [syllable_symbol(syllable) for syllable in split]
    return [symbol for symbol in symbols if symbol] if all(symbols) else None
