"""A line is jointly inspected every five years (五年一次联检)."""

from __future__ import annotations

from datetime import date

from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.procedure_cases import LineInspection, months_after
from geoname.core.rules.rule import NONE, Example, ProcedureRule
from geoname.core.rules.statutes import BOUNDARIES

_WARN, _DUE = 48, 60


def check(case: LineInspection, facts: Facts) -> tuple[Hit, ...]:
    """Find a line whose last inspection is five years old, or four."""
    due = months_after(case.last_on, _DUE)
    if case.on >= due:
        return (Hit(Words(f"{case.line}应于 {due} 前联检", f"{case.line} was to be inspected by {due}")),)
    if case.on >= months_after(case.last_on, _WARN):
        words = Words(f"{case.line}联检将到期：{due}", f"the inspection of {case.line} falls due on {due}")
        return (Hit(words, severity=Severity.ADVICE),)
    return NONE


def _line(on: date) -> Example[LineInspection]:
    return Example(LineInspection("黔滇线", date(2019, 6, 1), on))


RULE = ProcedureRule(
    code="T-8",
    title=Words("五年一次联检", "Inspected every five years"),
    criterion=Words(
        "界线每五年联合检查一次；满四年起提醒。",
        "Each line is jointly inspected every five years; told of after four.",
    ),
    basis=(BOUNDARIES(12),),
    severity=Severity.BLOCKS,
    takes=LineInspection,
    check=check,
    accepts=(_line(date(2023, 5, 31)),),
    rejects=(_line(date(2023, 6, 1)), _line(date(2024, 6, 1))),
)
