"""What stands against a change of counties (县级区划变更) beside what the rules over townships find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geoname.core.divisions.adjusting import Adjustment
from geoname.core.divisions.changes import Operation
from geoname.core.divisions.division import DivisionKind
from geoname.core.rules.finding import Words
from geoname.core.rules.procedure_cases import Approver
from geoname.core.rules.statutes import DIVISIONS
from geoname.service.change_divisions_codes import COUNTY_NUMBERS
from geoname.service.change_divisions_units import Meant

_BY_PROVINCE = (Operation.BOUNDARY, Operation.MOVE_SEAT)


def county_reasons(
    meant: Meant,
    adjustment: Adjustment,
    approver: Approver,
    seat: tuple[str, str] | None,
    prefectures: Mapping[str, str],
) -> Iterator[Words]:
    """Every reason for which the change cannot be done; `prefectures` are their four digits by id."""
    yield from _approval(meant, approver)
    present = {one.id: one for one in meant.before}
    old = {code.code for one in meant.before for code in one.codes if code.period.end is None}
    held = any(meant.held.values())
    for unit in adjustment.after:
        before = present.get(unit.id)
        if before is not None and before.kind is not unit.kind:
            yield Words(
                f"{before.name}改变类型须作撤设（replace），不是其他变更",
                f"{before.name} becomes of another kind: that is a replace, no {meant.operation}",
            )
        if unit.code not in old:
            yield from _code(unit.name, unit.code, unit.kind, prefectures[unit.parent_id])
        if not unit.villages and (held or not meant.before):
            yield Words(f"{unit.name}没有乡级区划", f"no township is named for {unit.name}")
    if meant.operation is Operation.MOVE_SEAT and seat is not None and seat[0] == seat[1]:
        yield Words("驻地仍在同一乡级区划，不属驻地迁移", "the seat stays in its township: no move in law")


def _approval(meant: Meant, approver: Approver) -> Iterator[Words]:
    """The State Council approves; the province what article 8 leaves to it and article 7 does not name."""
    autonomous = any(one.kind is DivisionKind.AUTONOMOUS_COUNTY for one in meant.before)
    by_province = meant.operation in _BY_PROVINCE and not autonomous
    if meant.operation is Operation.RECODE or approver is Approver.STATE_COUNCIL:
        return
    if by_province and approver is Approver.PROVINCE:
        return
    basis = DIVISIONS(8) if by_province else DIVISIONS(7)
    who = Words("省人民政府", "the province") if by_province else Words("国务院", "the State Council")
    yield Words(f"此项变更由{who.zh}批准（{basis}）", f"this change is approved by {who.en} ({basis})")


def _code(name: str, code: str, kind: DivisionKind, prefecture_code: str) -> Iterator[Words]:
    """A code that is named for a county has six digits below its prefecture, in the range of its kind."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        yield Words(f"{name}的代码 {code} 不是六位数字", f"the code {code} of {name} is not six digits")
        return
    if not code.startswith(prefecture_code):
        yield Words(
            f"{name}的代码 {code} 应以 {prefecture_code} 开头",
            f"the code {code} of {name} must begin with {prefecture_code}",
        )
    numbers = COUNTY_NUMBERS[kind]
    if int(code[4:]) not in numbers:
        within = f"{numbers[0]:02d}–{numbers[-1]:02d}"
        yield Words(
            f"{name}的代码 {code} 末两位应在 {within} 之间（GB/T 2260）",
            f"the last two digits of {code} for {name} must lie in {within} (GB/T 2260)",
        )
