"""A list of divisions as a file gives it (区划名录): its rows checked against one another first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoname.core.divisions.code import parse_code
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError

LEVEL_OF_DIGITS = {
    2: Level.PROVINCE,
    4: Level.PREFECTURE,
    6: Level.COUNTY,
    9: Level.TOWNSHIP,
    12: Level.VILLAGE,
}
_DIGITS_ABOVE = {4: 2, 6: 4, 9: 6, 12: 9}
_FULL, _TOWNSHIP, _COUNTY = 12, 9, 6


@dataclass(frozen=True, slots=True)
class ListedDivision:
    """One row: its number from 1, its code without trailing zeros, its name, level and parent's code."""

    row: int
    code: str
    name: str
    level: Level
    parent_code: str | None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is not taken: the field at fault, what stands there, why, and what to do about it."""

    row: int
    field: str
    value: str
    reason: str
    reason_zh: str
    remedy: str
    remedy_zh: str


def parse_list_code(text: str, *, field: str = "code") -> str:
    """A code as lists write it, twelve digits with trailing zeros included (520111009000 → 520111009).

    InvalidInputError for anything else than 2, 4, 6, 9 or 12 digits.
    """
    code = text.strip()
    if len(code) == _FULL and code.endswith("000"):
        code = code[:_TOWNSHIP]
    if len(code) == _TOWNSHIP and code.endswith("000"):
        code = code[:_COUNTY]
    return parse_code(code, field=field)


def code_above(code: str) -> str | None:
    """The code of the division next above, as the digits tell it; None for a province."""
    digits = _DIGITS_ABOVE.get(len(code))
    return None if digits is None else code[:digits]


def check_list(
    listed: Iterable[ListedDivision], outside: Iterable[str] = ()
) -> tuple[tuple[ListedDivision, ...], tuple[Reject, ...]]:
    """The rows that agree with one another, a parent before its children, and the rows that do not.

    A code that stands twice under two names is rejected each time, under one name from the second time on.
    `outside` are codes that may be parents without standing in the list. A row below a rejected one is
    rejected too, and so is each row of a circle of parents.
    """
    rows = list(listed)
    by_code: dict[str, list[ListedDivision]] = defaultdict(list)
    for one in rows:
        by_code[one.code].append(one)
    rejects = [reject for bearers in by_code.values() for reject in _repeated(bearers)]
    bad = {reject.row for reject in rejects}
    known = {one.code: one for one in reversed(rows) if one.row not in bad}
    beyond = frozenset(outside)
    sound: dict[str, ListedDivision] = {}
    for one in rows:
        if one.row not in bad:
            rejects += _take(one, known, beyond, sound, bad)
    return tuple(sound.values()), tuple(sorted(rejects, key=lambda reject: reject.row))


def _repeated(bearers: Sequence[ListedDivision]) -> list[Reject]:
    if len(bearers) < 2:
        return []
    if len({(one.name, one.level, one.parent_code) for one in bearers}) == 1:
        return [_twice(one, bearers[0].row) for one in bearers[1:]]
    names = ", ".join(f"{one.name} ({one.row})" for one in bearers)
    return [
        Reject(
            one.row,
            "code",
            one.code,
            f"the code stands for several divisions: {names}",
            f"同一代码对应多个区划：{names}",
            "leave the right one in the list",
            "请只保留正确的一行",
        )
        for one in bearers
    ]


def _twice(one: ListedDivision, first: int) -> Reject:
    return Reject(
        one.row,
        "code",
        one.code,
        f"the same division stands in row {first}",
        f"与第 {first} 行重复",
        "delete the row",
        "请删去此行",
    )


def _take(
    one: ListedDivision,
    known: dict[str, ListedDivision],
    beyond: frozenset[str],
    sound: dict[str, ListedDivision],
    bad: set[int],
) -> list[Reject]:
    """Take a row after all that lie above it, or reject it with all that wait for it."""
    waiting: list[ListedDivision] = []
    at: ListedDivision | None = one
    fault: Reject | None = None
    while at is not None and at.code not in sound and at.row not in bad:
        if any(each.code == at.code for each in waiting):
            circle = " → ".join(each.code for each in (*waiting, at))
            return _refuse_all(waiting, bad, _circle(circle))
        waiting.append(at)
        above = at.parent_code
        if above is None or above in beyond:
            at, above = None, None
        elif above not in known:
            fault = _without_parent(at, above)
            break
        else:
            at = known[above]
    if fault is None and at is not None and at.row in bad:
        fault = _without_parent(waiting[-1], at.code)
    if fault is not None:
        return _refuse_all(waiting, bad, fault)
    rejects: list[Reject] = []
    for each in reversed(waiting):
        if each.parent_code in sound and sound[each.parent_code].level.depth >= each.level.depth:
            rejects += _refuse_all([each], bad, _wrong_level(sound[each.parent_code]))
        elif (
            each.parent_code is not None and each.parent_code not in sound and each.parent_code not in beyond
        ):
            rejects += _refuse_all([each], bad, _without_parent(each, each.parent_code))
        else:
            sound[each.code] = each
    return rejects


def _refuse_all(rows: Sequence[ListedDivision], bad: set[int], fault: Reject) -> list[Reject]:
    bad.update(one.row for one in rows)
    return [
        Reject(
            one.row,
            fault.field,
            fault.value if fault.row in (0, one.row) else one.parent_code or "",
            fault.reason,
            fault.reason_zh,
            fault.remedy,
            fault.remedy_zh,
        )
        for one in rows
    ]


def _circle(codes: str) -> Reject:
    return Reject(
        0,
        "parent",
        codes,
        f"the parents go round in a circle: {codes}",
        f"上级关系成环：{codes}",
        "mend the parents' codes",
        "请改正上级代码",
    )


def _without_parent(one: ListedDivision, above: str) -> Reject:
    return Reject(
        one.row,
        "parent",
        above,
        f"the division above, {above}, stands neither in the list nor in the register",
        f"上级 {above} 不在名录中，也未登记",
        "add its row, or mend the code",
        "请补上级的行，或改正代码",
    )


def _wrong_level(parent: ListedDivision) -> Reject:
    return Reject(
        0,
        "level",
        parent.level,
        f"the division above, {parent.name}, is a {parent.level}, which is no higher",
        f"上级“{parent.name}”的层级 {parent.level} 并不更高",
        "mend the level or the parent",
        "请改正层级或上级",
    )


def listed_division(row: int, code: str, name: str, parent: str | None, level: str = "") -> ListedDivision:
    """A row from its cells; InvalidInputError names the field at fault.

    `parent` None: told by the code. `level` empty: told by the number of digits.
    """
    plain = parse_list_code(code)
    if not name.strip():
        raise InvalidInputError("the name is empty: write it", zh="名称为空：请填写", field="name")
    above = code_above(plain)
    if parent is not None:
        above = None if parent.strip() in ("", "0") else parse_list_code(parent, field="parent")
    return ListedDivision(row, plain, name.strip(), _level(level, plain), above)


def _level(text: str, code: str) -> Level:
    told = text.strip()
    if not told:
        return LEVEL_OF_DIGITS[len(code)]
    if told in _LEVEL_WORDS:
        return _LEVEL_WORDS[told]
    try:
        return Level(told)
    except ValueError:
        known = ", ".join((*Level, *_LEVEL_WORDS))
        raise InvalidInputError(
            f"{told!r} is no level: write one of {known}",
            zh=f"没有 {told!r} 这一层级：请写 {known} 之一",
            field="level",
        ) from None


_LEVEL_WORDS = {
    **{str(number): level for number, level in enumerate(Level, 1)},
    "省级": Level.PROVINCE,
    "地级": Level.PREFECTURE,
    "县级": Level.COUNTY,
    "乡级": Level.TOWNSHIP,
    "村级": Level.VILLAGE,
}
