"""A change of townships rests on the document of the right government (批复文件)."""

from __future__ import annotations

import re
from dataclasses import replace

from geoname.core.divisions.division import DivisionKind
from geoname.core.rules.adjustment_case import TownshipAdjustment
from geoname.core.rules.adjustment_example import SOUND
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.procedure_cases import Approver
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS

_NUMBERED = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")
_BY_PROVINCE = (DivisionKind.TOWN, DivisionKind.TOWNSHIP, DivisionKind.ETHNIC_TOWNSHIP)


def check(case: TownshipAdjustment, facts: Facts) -> tuple[Hit, ...]:
    """Find a missing number of the document, and a change of townships that the province did not approve."""
    if _NUMBERED.fullmatch(case.document) is None:
        return (Hit(Words("没有规范的批复文号", "the document of approval has no proper number")),)
    touched = {unit.kind for unit in (*case.before, *case.after)}
    if case.approver is not Approver.PROVINCE and not touched.isdisjoint(_BY_PROVINCE):
        return (
            Hit(Words("乡、镇的变更由省人民政府批准", "changes of townships are approved by the province")),
        )
    return NONE


RULE = ProcedureRule(
    code="ADJ-1",
    title=Words("批复文件", "Approval document"),
    criterion=Words(
        "乡镇由省政府批准，街道由批准设立派出机关的政府批准，均须有文号。",
        "Townships by the province, subdistricts by the government that set up the agency; each "
        "with a numbered document.",
    ),
    basis=(
        DIVISIONS(9),
        DIVISIONS(10),
    ),
    severity=Severity.BLOCKS,
    takes=TownshipAdjustment,
    check=check,
    accepts=(
        Example(SOUND),
        Example(replace(SOUND, approver=Approver.GOVERNMENT, before=(), document="筑府发〔2020〕2号")),
    ),
    rejects=(
        Example(replace(SOUND, document="")),
        Example(replace(SOUND, document="会议纪要")),
        Example(replace(SOUND, approver=Approver.GOVERNMENT)),
    ),
)
