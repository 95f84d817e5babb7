"""A name is approved by whom the law says (批准机关)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import Approver, NameApproval
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS, PLACE_NAMES

# Kinds that article 12 leaves to the province's own rules (villages, most natural features) are not here:
# those rules were not obtained.
_APPROVERS = {
    (PlaceKind.STREET, ""): (Approver.GOVERNMENT,),
    (PlaceKind.ESTATE, ""): (Approver.HOUSING_OFFICE,),
    (PlaceKind.FACILITY, ""): (Approver.SECTOR_OFFICE,),
    (PlaceKind.DIVISION, "county"): (Approver.STATE_COUNCIL,),
    (PlaceKind.DIVISION, "township"): (Approver.PROVINCE,),
}


def check(case: NameApproval, facts: Facts) -> tuple[Hit, ...]:
    """Find an approval by another organ than the one for this kind of name."""
    wanted = _APPROVERS.get((case.kind, case.division_level))
    if wanted is None or case.approver in wanted:
        return NONE
    words = Words(
        f"批准机关不符：{_ZH[case.approver]}，应为{'或'.join(_ZH[each] for each in wanted)}",
        f"approved by {case.approver}, not by {' or '.join(wanted)}",
    )
    return (Hit(words),)


_ZH = {
    Approver.STATE_COUNCIL: "国务院",
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
