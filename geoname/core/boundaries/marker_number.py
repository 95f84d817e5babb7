"""Numbers of markers (界桩编号): the line's code, three digits, a letter; and what is wrong with a set.

The form follows GB/T 17796 as manuals describe it (S): four digits of line code on provincial lines, the
smaller province's first; how counties number theirs is the department's own scheme.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geoname.errors import InvalidInputError

_FORM = re.compile(r"(\d*)(\d{3})([A-EIQ])", re.ASCII)
_SHOWN = 8


class Standing(StrEnum):
    """How markers of one number stand (单立, 双立, 三立)."""

    SINGLE = "single"
    DOUBLE = "double"
    TRIPLE = "triple"

    @property
    def zh(self) -> str:
        """The Chinese term."""
        return {"single": "单立", "double": "双立", "triple": "三立"}[self.value]


class MarkerType(StrEnum):
    """The letter at the end of a number: Q alone; A, B of two; C, D, E of three; I where three lines meet."""

    Q = "Q"
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    I = "I"  # noqa: E741 - the letter that stands on the marker

    @property
    def standing(self) -> Standing:
        """How a marker of this letter stands."""
        if self in (MarkerType.A, MarkerType.B):
            return Standing.DOUBLE
        return Standing.TRIPLE if self in (MarkerType.C, MarkerType.D, MarkerType.E) else Standing.SINGLE


WHOLE_SETS = (
    frozenset({MarkerType.Q}),
    frozenset({MarkerType.A, MarkerType.B}),
    frozenset({MarkerType.C, MarkerType.D, MarkerType.E}),
    frozenset({MarkerType.I}),
)
"""The letters that one serial number may have together."""


@dataclass(frozen=True, slots=True)
class MarkerNumber:
    """A number taken apart; `line_code` is empty where a number is written without it."""

    line_code: str
    serial: int
    type: MarkerType

    def __str__(self) -> str:
        """The number as it stands on the marker."""
        return f"{self.line_code}{self.serial:03d}{self.type}"


class NumberTrouble(StrEnum):
    """What can be wrong with the numbers of a line's markers."""

    OTHER_LINE = "other_line"
    TWICE = "twice"
    INCOMPLETE_SET = "incomplete_set"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class NumberFinding:
    """One thing wrong: `numbers` are the markers concerned, or for a gap the serials that are missing."""

    kind: NumberTrouble
    numbers: tuple[str, ...]
    zh: str
    en: str


def parse_marker_number(text: str, *, field: str = "number") -> MarkerNumber:
    """Read a number, full-width letters and blanks understood; InvalidInputError for another form."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    read = _FORM.fullmatch(plain)
    if read is None:
        raise InvalidInputError(
            f"{text[:40]!r} is no marker number: write the line's code, three digits and one of A–E, I, Q, "
            "such as 5253001Q",
            zh=f"{text[:40]!r} 不是界桩号：应为界线代码、三位序号和类型字母（A—E、I、Q），如 5253001Q",
            field=field,
        )
    return MarkerNumber(read[1], int(read[2]), MarkerType(read[3]))


def check_numbers(numbers: Iterable[MarkerNumber], line_code: str = "") -> tuple[NumberFinding, ...]:
    """Find numbers of another line, numbers given twice, sets that are not whole, serials left out.

    `line_code` is what the numbers must begin with; empty: not checked. Numbers written without it pass.
    """
    found: list[NumberFinding] = []
    types: dict[int, list[MarkerType]] = defaultdict(list)
    for number in numbers:
        if line_code and number.line_code and number.line_code != line_code:
            found.append(
                NumberFinding(
                    NumberTrouble.OTHER_LINE,
                    (str(number),),
                    f"界桩号 {number} 应以 {line_code} 开头",
                    f"marker number {number} should begin with {line_code}",
                )
            )
        else:
            types[number.serial].append(number.type)
    for serial, letters in sorted(types.items()):
        said = tuple(f"{line_code}{serial:03d}{letter}" for letter in sorted(letters))
        if len(set(letters)) != len(letters):
            found.append(
                NumberFinding(
                    NumberTrouble.TWICE,
                    said,
                    f"{serial:03d} 号界桩编号重复",
                    f"a number of serial {serial:03d} is given twice",
                )
            )
        elif frozenset(letters) not in WHOLE_SETS:
            found.append(
                NumberFinding(
                    NumberTrouble.INCOMPLETE_SET,
                    said,
                    f"{serial:03d} 号界桩只有 {'、'.join(sorted(letters))}，不成套",
                    f"serial {serial:03d} has {', '.join(sorted(letters))} alone: the set is not whole",
                )
            )
    return (*found, *_gap(set(types)))


def _gap(serials: set[int]) -> tuple[NumberFinding, ...]:
    """The serials between 1 and the last that no marker bears."""
    missing = sorted(set(range(1, max(serials, default=0) + 1)) - serials)
    if not missing:
        return ()
    shown = [f"{one:03d}" for one in missing[:_SHOWN]]
    more = "" if len(missing) <= _SHOWN else " …"
    return (
        NumberFinding(
            NumberTrouble.GAP,
            tuple(f"{one:03d}" for one in missing),
            f"序号缺 {len(missing)} 个：{'、'.join(shown)}{more}",
            f"{len(missing)} serials are missing: {', '.join(shown)}{more}",
        ),
    )
