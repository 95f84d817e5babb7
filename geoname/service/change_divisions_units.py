"""From what is asked to the divisions that are meant (变更单元): before, after, and what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geoname.core.divisions.adjusting import parts_of
from geoname.core.divisions.changes import Operation
from geoname.core.divisions.code import Scheme, parse_scheme
from geoname.core.divisions.division import Division, DivisionKind, Level, kind_of
from geoname.core.names.keys import name_key
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.service.browse_divisions import find_division
from geoname.service.change_divisions_codes import COUNTY_NUMBERS
from geoname.service.change_divisions_request import ChangeAsked, ToAsked
from geoname.service.live_index import LiveIndex

PAIRED = (Operation.RENAME, Operation.TRANSFER, Operation.RECODE)
"""Operations in which each `to` is the `from` of the same place in the list."""
REST_STAYS = (Operation.ESTABLISH, Operation.BOUNDARY, Operation.MOVE_SEAT)
"""Operations that leave a `from` in being with whatever is not taken from it."""


@dataclass(slots=True)
class UnitMeant:
    """A division after the change; `division` is the present one that goes on, None for a new one.

    `villages` are ids, of a county those of its townships. `wanted_code` is the code that was named for it.
    """

    name: str
    kind: DivisionKind
    parent_id: str
    division: Division | None
    villages: tuple[str, ...]
    wanted_code: str | None = None


@dataclass(slots=True)
class Meant:
    """All of it; `missing` and `twice` are villages named for no township, or for several.

    Of counties `held`, `missing` and `twice` are townships. `above` are the divisions that all lie in.
    """

    operation: Operation
    level: Level
    scheme: Scheme
    before: list[Division]
    after: list[UnitMeant]
    held: dict[str, tuple[str, ...]]
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    above: list[str] = field(default_factory=list)


def units_meant(index: LiveIndex, asked: ChangeAsked) -> Meant:
    """Find the townships; InvalidInputError, NotFoundError, AmbiguousCodeError name what cannot be right."""
    operation = _operation(asked.operation)
    level = level_meant(index, asked)
    before = [_in_force(index, code, asked.scheme, level) for code in asked.from_codes]
    if len({one.id for one in before}) != len(before):
        raise InvalidInputError(
            "a division stands twice in from: name it once",
            zh="from 中有重复的区划：请只写一次",
            field="from",
        )
    scheme = _scheme(index, asked, before)
    held = {one.id: parts_of(index.atlas, one.id) for one in before}
    meant = Meant(operation, level, scheme, before, [], held)
    if operation in PAIRED and len(asked.to) != len(before):
        raise InvalidInputError(
            f"a {operation} takes one `to` for each `from`: {len(before)} and {len(asked.to)} are given",
            zh=f"{operation} 须一一对应：from 有 {len(before)} 个，to 有 {len(asked.to)} 个",
            field="to",
        )
    for position, to in enumerate(asked.to):
        meant.after.append(_unit(index, asked, meant, to, position))
    _share_villages(index, asked, meant)
    parents = [one.parent_id for one in before] + [unit.parent_id for unit in meant.after]
    meant.above = [*dict.fromkeys(parent for parent in parents if parent is not None)]
    if not meant.above:
        raise InvalidInputError(
            "neither from nor to names a division: name at least one",
            zh="from 和 to 都没有区划：请至少写一个",
            field="from",
        )
    return meant


def village_named(index: LiveIndex, text: str, among: Iterable[str], field_name: str = "to") -> str:
    """The id of the one village, or township, that is meant; InvalidInputError when it is none or several."""
    ids = list(among)
    if text.isdigit():
        codes = {id_ for id_ in ids if any(code.code == text for code in index.atlas.latest(id_).codes)}
    else:
        codes = {id_ for id_ in ids if name_key(index.atlas.latest(id_).name) == name_key(text)}
    if len(codes) == 1:
        return codes.pop()
    few, few_zh = ("nothing", "没有") if not codes else ("several", "有几个")
    raise InvalidInputError(
        f"{few} called {text!r} right below the divisions of from: write the code of what is meant",
        zh=f"from 所列区划之下{few_zh}“{text}”：请写所指下级区划的代码",
        field=field_name,
    )


def _operation(text: str) -> Operation:
    try:
        return Operation(text)
    except ValueError:
        known = ", ".join(Operation)
        raise InvalidInputError(
            f"{text!r} is no operation: use one of {known}",
            zh=f"没有 {text!r} 这种变更：可用 {known}",
            field="operation",
        ) from None


def level_meant(index: LiveIndex, asked: ChangeAsked) -> Level:
    """COUNTY or TOWNSHIP, as the first code of `from` is, else as what lies below the first `parent`."""
    for code in asked.from_codes:
        found = find_division(index, code, asked.scheme, None, field="from").division
        return Level.COUNTY if found.level is Level.COUNTY else Level.TOWNSHIP
    for to in asked.to:
        if to.parent is not None:
            above = find_division(index, to.parent, None, None, field="to").division
            return Level.COUNTY if above.level is Level.PREFECTURE else Level.TOWNSHIP
    return Level.TOWNSHIP


_LEVELS_ZH = {Level.PREFECTURE: "地级", Level.COUNTY: "县级", Level.TOWNSHIP: "乡级"}
_ABOVE = {Level.COUNTY: Level.PREFECTURE, Level.TOWNSHIP: Level.COUNTY}


def _in_force(index: LiveIndex, code: str, scheme: str | None, level: Level) -> Division:
    division = find_division(index, code, scheme, None, field="from").division
    if division.level is not level or division.period.end is not None:
        raise InvalidInputError(
            f"{code} ({division.name}) is no {level} in force: name those that change, all of one level",
            zh=f"{code}（{division.name}）不是现行的{_LEVELS_ZH[level]}区划：请写要变更的区划，且同为一级",
            field="from",
        )
    return division


def _scheme(index: LiveIndex, asked: ChangeAsked, before: Sequence[Division]) -> Scheme:
    """The scheme of new codes: the one named, or the ministry's where the townships have its codes."""
    if asked.scheme is not None:
        return parse_scheme(asked.scheme)
    schemes = {code.scheme for one in before for code in one.codes if code.period.end is None}
    return Scheme.MCA if Scheme.MCA in schemes else index.atlas.primary


def _unit(index: LiveIndex, asked: ChangeAsked, meant: Meant, to: ToAsked, position: int) -> UnitMeant:
    present = _present(index, meant, to, position)
    if present is not None and present.id not in meant.held:
        meant.before.append(present)
        meant.held[present.id] = parts_of(index.atlas, present.id)
    name = to.name or (present.name if present is not None else None)
    if name is None:
        raise InvalidInputError("a new division needs its name", zh="新设的区划须写名称", field="to")
    return UnitMeant(
        name,
        _kind(to, name, present, meant.level),
        _parent(index, asked, meant, to, present),
        present,
        (),
        None if present is not None and meant.operation not in PAIRED else to.code,
    )


def _present(index: LiveIndex, meant: Meant, to: ToAsked, position: int) -> Division | None:
    """The division in force that goes on as this one, None for a new one."""
    if meant.operation in PAIRED:
        return meant.before[position]
    if to.code is not None:
        try:
            found = find_division(index, to.code, meant.scheme, None, field="to").division
        except (NotFoundError, AmbiguousCodeError):
            found = None
        in_force = found is not None and found.period.end is None and found.level is meant.level
        if found is not None and in_force and to.name in (None, found.name):
            return found
    same = [one for one in meant.before if to.name == one.name and to.kind in (None, one.kind)]
    return same[0] if same else None


def _kind(to: ToAsked, name: str, present: Division | None, level: Level) -> DivisionKind:
    kinds = [*COUNTY_NUMBERS] if level is Level.COUNTY else [*DivisionKind]
    known = ", ".join(kinds)
    if to.kind is None:
        if present is not None and present.name == name:
            return present.kind
        try:
            return kind_of(name, level)
        except InvalidInputError:
            raise InvalidInputError(
                f"the name {name!r} tells no kind of {level}: name its kind, one of {known}",
                zh=f"从名称“{name}”看不出{_LEVELS_ZH[level]}区划的类型：请写 kind，可用 {known}",
                field="to",
            ) from None
    try:
        return kinds[kinds.index(DivisionKind(to.kind))]
    except ValueError:
        raise InvalidInputError(
            f"{to.kind!r} is no kind of division: use one of {known}",
            zh=f"没有 {to.kind!r} 这种区划：可用 {known}",
            field="to",
        ) from None


def _parent(index: LiveIndex, asked: ChangeAsked, meant: Meant, to: ToAsked, present: Division | None) -> str:
    if to.parent is not None:
        parent = find_division(index, to.parent, None, None, field="to").division
        level = _ABOVE[meant.level]
        if parent.level is not level or parent.period.end is not None:
            raise InvalidInputError(
                f"{to.parent} ({parent.name}) is no {level} in force",
                zh=f"{to.parent}（{parent.name}）不是现行的{_LEVELS_ZH[level]}区划",
                field="to",
            )
        return parent.id
    above = present.parent_id if present is not None else meant.before[0].parent_id if meant.before else None
    if above is None:
        raise InvalidInputError(
            "a division without predecessors needs `parent`, the code of the division that it lies in",
            zh="没有前身的区划须用 parent 写明所属上级区划的代码",
            field="to",
        )
    return above


def _share_villages(index: LiveIndex, asked: ChangeAsked, meant: Meant) -> None:
    """Give villages, or townships, to the divisions after; what is named for none, or several, is noted."""
    listed = {one.id for one in meant.before[: len(asked.from_codes)]}
    pool = [village for id_ in listed for village in meant.held[id_]]
    taken = Counter[str]()
    for unit, to in zip(meant.after, asked.to, strict=True):
        own: tuple[str, ...] = ()
        if unit.division is not None and unit.division.id not in listed:
            own = meant.held[unit.division.id]
        named = tuple(village_named(index, text, pool) for text in _parts_asked(to, meant.level))
        taken.update(dict.fromkeys(named, 1))
        unit.villages = (*own, *named)
    goes_on = {unit.division.id for unit in meant.after if unit.division is not None}
    if meant.operation in REST_STAYS or meant.operation in PAIRED:
        _keep_the_rest(meant, listed, goes_on, taken)
    elif len(meant.after) == 1 and not taken:
        meant.after[0].villages = (*meant.after[0].villages, *pool)
        taken.update(pool)
    meant.twice = tuple(index.atlas.latest(village).name for village, times in taken.items() if times > 1)
    held = {village for unit in meant.after for village in unit.villages}
    meant.missing = tuple(index.atlas.latest(village).name for village in pool if village not in held)


def _parts_asked(to: ToAsked, level: Level) -> tuple[str, ...]:
    """What goes to a division, as it is named."""
    of_counties = level is Level.COUNTY
    if (to.villages if of_counties else to.townships) is not None:
        right, right_zh = ("townships", "县级区划请用 townships 写明") if of_counties else ("villages", "")
        raise InvalidInputError(
            f"what goes to a {level} is named in {right}",
            zh=right_zh or "乡级区划请用 villages 写明归入的村（居）",
            field="to",
        )
    return (to.townships if of_counties else to.villages) or ()


def _keep_the_rest(meant: Meant, listed: set[str], goes_on: set[str], taken: Mapping[str, int]) -> None:
    for one in meant.before:
        if one.id in listed:
            rest = tuple(village for village in meant.held[one.id] if village not in taken)
            if one.id not in goes_on:
                assert one.parent_id is not None
                meant.after.append(UnitMeant(one.name, one.kind, one.parent_id, one, rest))
            else:
                unit = next(
                    each for each in meant.after if each.division is not None and each.division.id == one.id
                )
                unit.villages = (*unit.villages, *(v for v in rest if v not in unit.villages))
