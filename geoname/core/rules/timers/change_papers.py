"""The papers of a change of divisions (变更材料)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.papers import missing_papers
from geoname.core.rules.procedure_cases import DivisionChange, Paper
from geoname.core.rules.rule import Example, ProcedureRule
from geoname.core.rules.statutes import DIVISIONS

# The seventh item of the article is whatever else the ministry asks for.
_WANTED = (Paper.APPLICATION, Paper.BACKGROUND, Paper.RISK, Paper.EXPERTS, Paper.OPINIONS, Paper.MAPS)


def check(case: DivisionChange, facts: Facts) -> tuple[Hit, ...]:
    """Find the papers that are missing."""
    return missing_papers(_WANTED, case.papers)


_DAY = date(2021, 3, 1)

RULE = ProcedureRule(
    code="T-5",
    title=Words("变更材料", "Papers of a change"),
    criterion=Words(
        "申请书、基本情况、风险评估、专家论证、征求意见、变更前区划图和方案示意图。",
        "Application, background, risks, experts, opinions, the present map and a sketch of the plan.",
    ),
    basis=(DIVISIONS(13),),
    severity=Severity.BLOCKS,
    takes=DivisionChange,
    check=check,
    accepts=(Example(DivisionChange(frozenset(_WANTED), _DAY, _DAY)),),
    rejects=(Example(DivisionChange(frozenset(_WANTED[:-1]), _DAY, _DAY)),),
)
