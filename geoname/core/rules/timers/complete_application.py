"""An application holds every paper that its kind needs (申请材料齐全)."""

from __future__ import annotations

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.papers import missing_papers
from geoname.core.rules.procedure_cases import NamingApplication, Paper
from geoname.core.rules.rule import Example, ProcedureRule
from geoname.core.rules.statutes import PLACE_NAMES, PLACE_NAMES_MEASURES

_EVERY = (Paper.APPLICATION, Paper.PLAN, Paper.DESCRIPTION, Paper.EXPERTS, Paper.OPINIONS)


def check(case: NamingApplication, facts: Facts) -> tuple[Hit, ...]:
    """Find the papers that are missing: for divisions an assessment of risks, for others one of the whole."""
    own = Paper.RISK if case.kind is PlaceKind.DIVISION else Paper.ASSESSMENT
    return missing_papers((*_EVERY, own), case.papers)


RULE = ProcedureRule(
    code="A11-1",
    title=Words("申请材料齐全", "Complete application"),
    criterion=Words(
        "申请书、方案及理由、位置规模性质、专家论证和征求意见报告；区划另加风险评估，其他另加综合评估。",
        "Application, plan with reasons, position, size and nature, reports of experts and of opinions; for "
        "divisions one on risks, for others a general one.",
    ),
    basis=(PLACE_NAMES(11), PLACE_NAMES_MEASURES(5)),
    severity=Severity.BLOCKS,
    takes=NamingApplication,
    check=check,
    accepts=(
        Example(NamingApplication(PlaceKind.DIVISION, frozenset({*_EVERY, Paper.RISK}))),
        Example(NamingApplication(PlaceKind.STREET, frozenset({*_EVERY, Paper.ASSESSMENT}))),
    ),
    rejects=(
        Example(NamingApplication(PlaceKind.DIVISION, frozenset({*_EVERY, Paper.ASSESSMENT}))),
        Example(NamingApplication(PlaceKind.STREET, frozenset())),
    ),
)
