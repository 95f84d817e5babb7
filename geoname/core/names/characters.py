"""Characters of names (用字): normal form, script, lost characters, the national character list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from geoname.core.names.radicals import RADICALS
from geoname.errors import InvalidInputError

# Every block of the Han script, unassigned points of the two ideographic planes included: extensions
# still to come must not be refused.
_HAN_RANGES = (
    (0x2E80, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFD),
)  # fmt: skip
HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in _HAN_RANGES)
"""The Han script as the inside of a regular expression's character set."""

_WIDTH = {0xFEE0 + ord(char): char for char in map(chr, range(0x21, 0x7F)) if char.isalnum()}
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef"
)
_PLAIN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002f7ff\U00030000-\U0003fffd]*")
_INVISIBLE_MARKS = re.compile(f"[{_INVISIBLE}]+")
_SPACES_AT_HAN = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")
_SPACES = re.compile(r"\s+")
_FORMS: dict[int, str] = {**_WIDTH, **{ord(sign): char for sign, char in RADICALS.items()}}


def is_plain_han(text: str) -> bool:
    """True when every character is a unified ideograph or 〇, so that the text is in normal form as it is."""
    return _PLAIN.fullmatch(text) is not None


def normal_form(text: str) -> str:
    """Write a name in its normal form, in which equal names are equal texts.

    NFC (so a compatibility ideograph becomes its unified one), radical signs as the ideographs they mean,
    Latin letters and digits of full width as ordinary ones, no marks that print nothing, no space beside a
    Han character or at the ends, elsewhere one. Everything else stays, whatever plane it is from.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _INVISIBLE_MARKS.sub("", text.translate(_FORMS))
    text = _SPACES.sub(" ", _SPACES_AT_HAN.sub("", text)).strip()
    return unicodedata.normalize("NFC", text)


def is_han(char: str) -> bool:
    """True for the Han script: all extensions, compatibility ideographs, radicals, 〇 and 々."""
    point = ord(char)
    return any(first <= point <= last for first, last in _HAN_RANGES)


class FaultKind(StrEnum):
    """What stands where a character was lost."""

    PRIVATE_USE = "private_use"
    REPLACEMENT = "replacement"
    QUESTION_MARK = "question_mark"
    BLANK_BOX = "blank_box"
    UNDERSCORE = "underscore"
    SURROGATE = "surrogate"
    CONTROL = "control"
    NONCHARACTER = "noncharacter"


@dataclass(frozen=True, slots=True)
class Fault:
    """A lost character: `position` counts characters of the text from 0."""

    position: int
    char: str
    kind: FaultKind


_LOST = re.compile(
    "(?P<question_mark>[?？])"
    "|(?P<underscore>[_＿])"
    "|(?P<blank_box>[□■▯▢〓])"
    "|(?P<replacement>[\ufffc\ufffd])"
    "|(?P<private_use>[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd])"
    "|(?P<surrogate>[\ud800-\udfff])"
    "|(?P<control>[\x00-\x1f\x7f-\x9f])"
    "|(?P<noncharacter>[\ufdd0-\ufdef\ufffe\uffff])"
)


def faults(text: str) -> tuple[Fault, ...]:
    """Find the places where a character was lost on the way, in order; a sound name has none."""
    if _PLAIN.fullmatch(text):
        return ()
    return tuple(
        Fault(found.start(), found.group(), FaultKind(str(found.lastgroup))) for found in _LOST.finditer(text)
    )


@dataclass(frozen=True, slots=True)
class CharacterTable:
    """The general standard characters (通用规范汉字表): each character's level, 1 common to 3 rare.

    `levels` maps one character to 1, 2 or 3; InvalidInputError for anything else.
    """

    levels: Mapping[str, int]
    _inside: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what is no level, and compile the list into one pattern."""
        for char, level in self.levels.items():
            if len(char) != 1 or level not in (1, 2, 3):
                raise InvalidInputError(
                    f"{char!r} at level {level!r}: give one character and a level from 1 to 3",
                    zh=f"{char!r} 的级别 {level!r} 有误：每行一个字，级别为 1 至 3",
                    field="levels",
                )
        inside = "".join(map(re.escape, self.levels))
        object.__setattr__(self, "_inside", re.compile(f"[{inside}]*" if inside else ""))

    def level(self, char: str) -> int | None:
        """The character's level, None when the list does not hold it."""
        return self.levels.get(char)

    def outside(self, text: str) -> tuple[tuple[int, str], ...]:
        """The Han characters that the list does not hold, each with its position from 0."""
        if self._inside.fullmatch(text):
            return ()
        return tuple(
            (position, char) for position, char in enumerate(text) if char not in self.levels and is_han(char)
        )
