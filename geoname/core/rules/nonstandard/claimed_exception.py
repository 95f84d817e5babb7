"""An exception that is claimed needs its reason (例外须说明理由)."""

from __future__ import annotations

from geoname.core.names.feature_class import TOWN_SETTLEMENT
from geoname.core.rules.case import Claim, ExceptionKind, ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import FOREIGN

HOTEL = "27400"


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a claim without a reason."""
    if case.claim is None or case.claim.reason.strip():
        return NONE
    return (Hit(Words("声明了例外而没有说明理由", "an exception is claimed and no reason is given")),)


RULE = NameRule(
    code="FOR-e",
    title=Words("例外须说明理由", "Exceptions need a reason"),
    criterion=Words("主张例外的，须写明理由。", "Whoever claims an exception gives the reason."),
    basis=(FOREIGN(),),
    severity=Severity.ADVICE,
    check=check,
    accepts=(
        Example(
            propose("希尔顿酒店", HOTEL, claim=Claim(ExceptionKind.ENTERPRISE_ITSELF, "酒店品牌自身名称"))
        ),
        Example(propose("锦绣花园", TOWN_SETTLEMENT)),
    ),
    rejects=(Example(propose("维多利亚花园", TOWN_SETTLEMENT, claim=Claim(ExceptionKind.HISTORICAL))),),
)
