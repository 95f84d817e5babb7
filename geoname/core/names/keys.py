"""Comparison keys of names for search (检索键): Han text in which equal means looked for as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from geoname.core.names.characters import is_plain_han, normal_form
from geoname.core.names.numerals import han_numeral
from geoname.core.names.place_name import PlaceName
from geoname.errors import InvalidInputError

_ARABIC = re.compile("[0-9]+")
_SEPARATORS = re.compile(r"[\s·•・‧∙'’ʼ`\-‐‑–—]+")
_NUMERAL_FORMS = dict(zip("零壹贰叁肆伍陆柒捌玖拾", "〇一二三四五六七八九十", strict=True))
_HAN_RANGES = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2F7FF), (0x30000, 0x3FFFD))


@dataclass(frozen=True, slots=True)
class VariantTable:
    """Characters that are looked for as one: each variant or traditional character and its standard one.

    It only makes keys; a name is never rewritten by it. Chains are followed to their end. InvalidInputError
    for an entry that is not one character, and for a chain that comes back to itself.
    """

    standard: Mapping[str, str]
    _ends: Mapping[int, str] = field(init=False, repr=False, compare=False)
    _unmoved: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Follow the chains, and compile the pattern that lets most names pass untouched."""
        pairs = _NUMERAL_FORMS | {char: meant for char, meant in self.standard.items() if char != meant}
        for char, meant in pairs.items():
            if len(char) != 1 or len(meant) != 1:
                raise InvalidInputError(
                    f"variant {char!r} → {meant!r}: give one standard character for one",
                    zh=f"异体字 {char!r} → {meant!r} 有误：应为一字对一字",
                    field="variants",
                )
        ends = {ord(char): _end_of(char, pairs) for char in pairs}
        object.__setattr__(self, "_ends", ends)
        object.__setattr__(self, "_unmoved", _pattern_without(ends))


def _pattern_without(moved: Mapping[int, str]) -> re.Pattern[str]:
    """A pattern for texts of Han characters that hold none of the moved ones."""
    ranges = []
    for first, last in _HAN_RANGES:
        start = first
        for point in sorted(point for point in moved if first <= point <= last):
            if start < point:
                ranges.append(f"{chr(start)}-{chr(point - 1)}")
            start = point + 1
        if start <= last:
            ranges.append(f"{chr(start)}-{chr(last)}")
    return re.compile(f"[{''.join(ranges)}]*")


def _end_of(char: str, pairs: Mapping[str, str]) -> str:
    seen = {char}
    end = char
    while end in pairs:
        end = pairs[end]
        if end in seen:
            raise InvalidInputError(
                f"variant {char!r} leads back to {end!r}: give one standard character for both",
                zh=f"异体字 {char!r} 又回到 {end!r}：应各指定一个规范字",
                field="variants",
            )
        seen.add(end)
    return end


NO_VARIANTS = VariantTable({})


def name_key(text: str, variants: VariantTable = NO_VARIANTS) -> str:
    """The text under which a name is looked for, whatever form it is typed in.

    Normal form, variants and traditional forms as their standard character, Arabic digits and capital
    numerals as plain Han numerals (10里铺 and 十里铺 are one), Latin letters in lower case, no separators.
    Lost characters stay, so that what is not the same does not become so.
    """
    if variants._unmoved.fullmatch(text):
        return text
    text = normal_form(text)
    if is_plain_han(text):
        return text.translate(variants._ends)
    text = _SEPARATORS.sub("", text).translate(variants._ends)
    return _ARABIC.sub(lambda digits: han_numeral(digits.group()), text).lower()


def short_key(name: PlaceName, variants: VariantTable = NO_VARIANTS) -> str:
    """The key of the specific element alone, in which 龙场镇 and 龙场乡 are one; the peoples are left out."""
    return name_key(name.specific, variants)
