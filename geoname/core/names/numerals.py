"""Numerals in names (数词): ordinals of streets, and Arabic digits read as Han numerals."""

from __future__ import annotations

import re

_DIGITS = "〇一二三四五六七八九"
_ORDINAL = re.compile("(第?)([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])$")
# Words whose last numeral is part of their meaning, and stems that end in a numeral of their own.
_WORDS = ("统一", "专一", "合一", "归一", "同一", "如一", "万一", "唯一", "双十", "初一", "初十")
_STEMS = ("东四", "西四")


def ordinal_at_end(specific: str) -> tuple[str, str, int] | None:
    """Find the ordinal that a street's specific element ends in: 经五 → (经, "", 5); 第九 → ("", 第, 9).

    None when there is none: numerals of two places and more without 十 mean something (三八, 五一), and so
    do those inside words (统一).
    """
    if specific.endswith(_WORDS):
        return None
    stem = next((stem for stem in _STEMS if specific.startswith(stem)), "")
    found = _ORDINAL.search(specific, len(stem))
    if found is None:
        return None
    before = specific[: found.start()]
    if before != stem and before[-1:] and before[-1] in _DIGITS + "十百千":
        return None
    return before, found[1], _value(found[2])


def _value(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


def han_numeral(digits: str) -> str:
    """Write Arabic digits as they are read in names: two places as a number, more digit by digit.

    5 → 五, 12 → 十二, 320 → 三二〇.
    """
    if len(digits) != 2 or digits[0] == "0":
        return "".join(_DIGITS[int(digit)] for digit in digits)
    tens, ones = (int(digit) for digit in digits)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
