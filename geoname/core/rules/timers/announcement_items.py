"""An announcement holds six things (公告内容)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import AnnouncementItem, Approver, NameApproval
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import FILING

_NAMES = {
    AnnouncementItem.NAME: "标准名称",
    AnnouncementItem.ROMANIZATION: "罗马字母拼写",
    AnnouncementItem.DIVISION: "所属政区",
    AnnouncementItem.POSITION: "位置描述",
    AnnouncementItem.APPROVER: "批准机关",
    AnnouncementItem.APPROVED_ON: "批准时间",
}


def check(case: NameApproval, facts: Facts) -> tuple[Hit, ...]:
    """Find what an announcement lacks."""
    if case.announced is None:
        return NONE
    missing = [item for item in AnnouncementItem if item not in case.announced]
    if not missing:
        return NONE
    listed = "、".join(_NAMES[item] for item in missing)
    return (Hit(Words(f"公告缺少：{listed}", f"the announcement lacks: {', '.join(missing)}")),)


def _announced(*items: AnnouncementItem) -> Example[NameApproval]:
    day = date(2024, 5, 1)
    return Example(NameApproval(PlaceKind.STREET, Approver.GOVERNMENT, day, day, day, day, frozenset(items)))


RULE = ProcedureRule(
    code="T-3",
    title=Words("公告内容", "Items of the announcement"),
    criterion=Words(
        "公告写明标准名称、罗马字母拼写、所属政区、位置描述、批准机关、批准时间。",
        "Name, spelling, division, position, approving organ and day of approval are told.",
    ),
    basis=(FILING(),),
    severity=Severity.BLOCKS,
    takes=NameApproval,
    check=check,
    accepts=(_announced(*AnnouncementItem),),
    rejects=(_announced(AnnouncementItem.NAME, AnnouncementItem.DIVISION),),
)
