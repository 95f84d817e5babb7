"""Specific elements of numerals that mean nothing (纯数字专名)."""

from __future__ import annotations

import re

from geoname.core.names.feature_class import STREET, TOWN_SETTLEMENT
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import ODD

_NUMERAL = re.compile(
    "第?[0-9０-９零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+[号栋幢期]?(?:大院|院)?"
)
# Days and events that numerals stand for.
_MEANT = frozenset(
    [
        "三八",
        "五一",
        "五四",
        "六一",
        "七一",
        "八一",
        "十一",
        "七七",
        "九一八",
        "一二九",
        "一二八",
        "五卅",
        "二七",
        "三一五",
        "四八",
        "双十",
    ]
)


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a specific element of numerals alone that stands for no day or event."""
    specific = case.name.specific
    if not specific or specific in _MEANT or _NUMERAL.fullmatch(specific) is None:
        return NONE
    return (
        Hit(Words(f"专名“{specific}”只是数字，没有含义", f"{specific} is a mere number"), (0, len(specific))),
    )


RULE = NameRule(
    code="ODD-a1",
    title=Words("纯数字专名", "Mere numerals"),
    criterion=Words(
        "专名不是没有含义的纯数字；纪念日等有含义的不算，街巷的序数另有规则。",
        "The specific element is no number without a meaning; days of commemoration have one, "
        "ordinals of streets "
        "have rules of their own.",
    ),
    basis=(ODD(),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.ESTATE, PlaceKind.OTHER}),
    check=check,
    accepts=(
        Example(propose("五一广场", "26310")),
        Example(propose("三八路", STREET)),
        Example(propose("六枝花园", TOWN_SETTLEMENT)),
    ),
    rejects=(Example(propose("6号大院", TOWN_SETTLEMENT)), Example(propose("九十九小区", TOWN_SETTLEMENT))),
)
