"""Segments of a spelling (分写): which characters of a name are written together (rules 2, 3, 7 and 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from geoname.core.names.feature_class import (
    RURAL_SETTLEMENT,
    SELF_GOVERNING_BODY,
    STREET,
    TOWN_SETTLEMENT,
    is_under,
)
from geoname.core.names.numerals import ordinal_at_end
from geoname.errors import InvalidInputError

_JOINED_CLASSES = (SELF_GOVERNING_BODY, TOWN_SETTLEMENT, RURAL_SETTLEMENT)
# A town that is called by the name of its division is spelt like the division.
_OF_DIVISIONS = frozenset("市县镇")
# Monosyllabic modifiers of a generic; 内 and 外 are not among them: 朝阳门内大街 is inside 朝阳门.
_MODIFIERS = frozenset("东西南北中前后新老旧大小上下")
_MODIFIED_CLASSES = ("12", "13", "218", "236", "242")
_NUMBERED_CLASSES = ("12", "13")
_BY_WORDS = ("25", "26", "27")
_ORDINAL_PREFIX = re.compile("第[一二三四五六七八九十]+(?=..)")
_RUN = re.compile(r"[0-9A-Za-z]+|[^0-9A-Za-z]+")
_LONG = 3


class SegmentKind(Enum):
    """How the characters of a segment are written."""

    SYLLABLES = "syllables"
    LITERAL = "literal"
    ORDINAL = "ordinal"
    NTH = "nth"


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `start` to `end` of a text, written together; `number` is an ordinal's."""

    start: int
    end: int
    kind: SegmentKind = SegmentKind.SYLLABLES
    number: int = 0


@dataclass(frozen=True, slots=True)
class Division:
    """The segments of a specific element; the characters after the last belong to the generic's first word.

    `certain` False: where the words of a building's name end was not told.
    """

    segments: tuple[Segment, ...]
    certain: bool = True


def is_joined(generic: str, feature_class: str) -> bool:
    """True for names of villages and towns, which are one segment with their generic (rule 3)."""
    if len(generic) != 1 or generic in _OF_DIVISIONS:
        return False
    return any(is_under(feature_class, joined) for joined in _JOINED_CLASSES)


def divide(specific: str, generic: str, feature_class: str, words: tuple[str, ...] = ()) -> Division:
    """Say which characters of a specific element are written together.

    `words` divide the name of a building or site; InvalidInputError when they are not the specific element.
    """
    if words:
        if "".join(words) != specific:
            raise InvalidInputError(
                f"words {words} do not make up {specific!r}: give its words",
                zh=f"分词 {words} 合起来不是 {specific!r}：应给出该专名的各词",
                field="words",
            )
        return Division(_runs(specific, 0, words))
    if generic and is_under(feature_class, STREET):
        ordinal = ordinal_at_end(specific)
        if ordinal is not None:
            before, nth, number = ordinal
            kind = SegmentKind.NTH if nth else SegmentKind.ORDINAL
            last = Segment(len(before), len(specific), kind, number)
            return Division((*_runs(before, 0, (before,)), last))
    kept = specific
    if generic and feature_class.startswith(_MODIFIED_CLASSES):
        while len(kept) > 2 and kept[-1] in _MODIFIERS:
            kept = kept[:-1]
    prefix = _ORDINAL_PREFIX.match(kept) if feature_class.startswith(_NUMBERED_CLASSES) else None
    parts = (prefix.group(), kept[prefix.end() :]) if prefix else (kept,)
    certain = not feature_class.startswith(_BY_WORDS) or len(specific) <= _LONG
    return Division(_runs(kept, 0, parts), certain)


def _runs(text: str, start: int, parts: tuple[str, ...]) -> tuple[Segment, ...]:
    """Divide each part further where letters or digits meet Han characters."""
    if text.isalpha() and not text.isascii() and len(parts) == 1 and _RUN.fullmatch(text):
        return (Segment(start, start + len(text)),)
    segments = []
    for part in parts:
        for run in _RUN.finditer(part):
            kind = (
                SegmentKind.LITERAL
                if run.group().isascii() and run.group().isalnum()
                else SegmentKind.SYLLABLES
            )
            segments.append(Segment(start + run.start(), start + run.end(), kind))
        start += len(part)
    return tuple(segments)
