"""Degrees as registers write them (度分秒): decimal, with signs, packed DDDMMSS, or in three columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Array = NDArray[np.float64]
Cells = Sequence[str | float | None]

_NUMBER = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$"
_SIGNED = (
    r"^(?P<before>[EWNSewns东西北南]?)(?:经|纬)?[:：]?\s*(?P<d>\d{1,3})\s*[°º˚度dD:：\s-]\s*"
    r"(?P<m>\d{1,2}(?:\.\d+)?)\s*(?:[′'’‘分mM:：\s-]\s*)?"
    r"(?:(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:[″\"”“秒sS]|''|′′|’’)?)?\s*(?P<after>[EWNSewns东西北南]?)$"
)
# Degrees with a fraction and a sign or side: 106.67°, E106.67. Whole ones may have lost their minutes.
_FRACTION = (
    r"^(?P<before>[EWNSewns东西北南]?)(?:经|纬)?[:：]?\s*(?P<d>\d{1,3}\.\d+)(?P<m>)(?P<s>)\s*[°º˚度]?\s*"
    r"(?P<after>[EWNSewns东西北南]?)$"
)
_WEST = "WwSs西南"
# What keyboards and input methods write: wide digits, letters and signs, accents for minutes and seconds.
_AS_TYPED = {0xFF01 + step: 0x21 + step for step in range(94)} | dict.fromkeys(map(ord, "´ˊʹ΄`＇"), "′")
_AS_TYPED |= {ord("ʺ"): "″", ord("。"): ".", ord("\u3000"): " "}
# 1064012.34 is 106°40′12.34″; as degrees it would be no place, as metres it would not end in 0–59 twice.
_PACKED_FROM = 10_000.0
_PACKED_TO = 1_800_000.0


def read_degrees(cells: Cells) -> tuple[Array, NDArray[np.bool_]]:
    """Degrees (or whatever plain numbers a column holds), NaN where a cell is empty; and which are no number.

    `106°40′12.34″`, `E106:40:12.34`, `东经106度40分12.34秒`, `106.67°` and plain numbers are read, in wide
    characters too; minutes and seconds from 60 on are no number.
    """
    if all(isinstance(cell, float) or cell is None for cell in cells):
        values = np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
        return values, np.isinf(values)
    texts = pa.array([repr(cell) if isinstance(cell, float) else cell for cell in cells], pa.string())
    texts = pc.utf8_trim_whitespace(texts)
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    plain = pc.fill_null(pc.match_substring_regex(texts, _NUMBER), False)
    numbers = pc.cast(pc.if_else(plain, texts, pa.scalar(None, pa.string())), pa.float64())
    values = np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64).copy()
    rest = np.flatnonzero(np.asarray(pc.and_(pc.is_valid(texts), pc.invert(plain))))
    wrong = np.zeros(len(values), dtype=bool)
    if len(rest):
        values[rest] = _signed(texts.take(pa.array(rest)), _SIGNED)
        others = rest[np.isnan(values[rest])]
        if len(others):
            typed = texts.take(pa.array(others)).to_pylist()
            values[others] = _as_typed([text.translate(_AS_TYPED).strip() for text in typed])
        wrong[rest] = np.isnan(values[rest])
    return values, wrong


def are_packed(values: Array) -> NDArray[np.bool_]:
    """Which numbers may be degrees, minutes and seconds written without signs, such as 1064012.34.

    A third of all numbers of that size may; longitude and latitude together hardly by chance.
    """
    size = np.abs(values)
    with np.errstate(invalid="ignore"):
        return (size >= _PACKED_FROM) & (size < _PACKED_TO) & (size % 100 < 60) & (size // 100 % 100 < 60)


def unpacked(values: Array) -> Array:
    """Degrees of packed numbers."""
    size = np.abs(values)
    return np.copysign(size // 10_000 + size // 100 % 100 / 60 + size % 100 / 3600, values)


def together(degrees: Array, minutes: Array, seconds: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Degrees out of three columns; empty minutes and seconds count as none, from 60 on they are wrong."""
    minute, second = np.nan_to_num(minutes), np.nan_to_num(seconds)
    wrong = (minute < 0) | (minute >= 60) | (second < 0) | (second >= 60)
    return np.copysign(np.abs(degrees) + minute / 60 + second / 3600, degrees), wrong


def _as_typed(texts: list[str]) -> Array:
    """Degrees of texts in plain characters, NaN where a text is none."""
    column = pa.array(texts, pa.string())
    plain = pc.if_else(pc.match_substring_regex(column, _NUMBER), column, pa.scalar(None, pa.string()))
    numbers = np.asarray(pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
    signed, fraction = _signed(column, _SIGNED), _signed(column, _FRACTION)
    return np.where(np.isnan(numbers), np.where(np.isnan(signed), fraction, signed), numbers)


def _signed(texts: pa.Array, form: str) -> Array:
    """Degrees of texts with signs, NaN where a text is not of that form."""
    found = pc.extract_regex(texts, form)
    degrees, minutes, seconds = (
        np.asarray(
            pc.cast(_filled(found, key), pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64
        )
        for key in ("d", "m", "s")
    )
    values, wrong = together(degrees, minutes, seconds)
    values = np.where(wrong | np.isnan(degrees), np.nan, values)
    sides = zip(_filled(found, "before").to_pylist(), _filled(found, "after").to_pylist(), strict=True)
    west = np.array([(one or other or " ") in _WEST for one, other in sides], dtype=bool)
    return np.where(west, -values, values)


def _filled(found: pa.StructArray, key: str) -> pa.Array:
    """One group of a match; empty where it matched nothing."""
    part = pc.struct_field(found, key)
    return pc.if_else(pc.equal(part, ""), pa.scalar(None, pa.string()), part)
