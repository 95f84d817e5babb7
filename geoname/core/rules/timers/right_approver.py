"""A name is approved by whom the law says (批准机关)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.approval_matrix import row_of, rows_of
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import Approver, NameApproval
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS, PLACE_NAMES


def check(case: NameApproval, facts: Facts) -> tuple[Hit, ...]:
    """Find an approval by another organ than the one for this kind of name.

    Kinds that article 12 leaves to the province's own rules are not judged: those rules were not obtained.
    """
    if row_of(case.kind, case.approver, case.division_level) is not None:
        return NONE
    rows = rows_of(case.kind, case.division_level)
    wanted = tuple(dict.fromkeys(approver for row in rows for approver in row.approvers))
    if not wanted:
        return NONE
    listed = "或".join(APPROVER_NAMES[each] for each in wanted)
    words = Words(
        f"批准机关不符：{APPROVER_NAMES[case.approver]}，应为{listed}",
        f"approved by {case.approver}, not by {' or '.join(wanted)}",
    )
    return (Hit(words),)


APPROVER_NAMES = {
    Approver.STATE_COUNCIL: "国务院",
    Approver.STATE_COUNCIL_DEPARTMENT: "国务院有关部门",
    Approver.PROVINCE: "省级人民政府",
    Approver.GOVERNMENT: "市、县人民政府",
    Approver.PLACE_NAME_OFFICE: "地名行政主管部门",
    Approver.HOUSING_OFFICE: "住房和城乡建设主管部门",
    Approver.SECTOR_OFFICE: "设施的主管部门",
}


def _approval(kind: PlaceKind, approver: Approver, level: str = "") -> Example[NameApproval]:
    day = date(2024, 5, 1)
    return Example(NameApproval(kind, approver, day, day, division_level=level))


RULE = ProcedureRule(
    code="T-9",
    title=Words("批准机关", "The right approver"),
    criterion=Words(
        "街路巷由市、县政府，住宅区、楼宇由住建部门，设施由其主管部门，乡镇由省政府，县级由国务院批准。"
        "由省里规定的种类未列。",
        "Streets: the city or county; estates: the housing office; facilities: their "
        "department; townships: the "
        "province; counties: the State Council. Kinds left to provincial rules are not judged.",
    ),
    basis=(PLACE_NAMES(12), DIVISIONS(7), DIVISIONS(9)),
    severity=Severity.BLOCKS,
    takes=NameApproval,
    check=check,
    accepts=(
        _approval(PlaceKind.STREET, Approver.GOVERNMENT),
        _approval(PlaceKind.DIVISION, Approver.PROVINCE, "township"),
        _approval(PlaceKind.VILLAGE, Approver.GOVERNMENT),
    ),
    rejects=(
        _approval(PlaceKind.STREET, Approver.HOUSING_OFFICE),
        _approval(PlaceKind.DIVISION, Approver.GOVERNMENT, "township"),
    ),
)
