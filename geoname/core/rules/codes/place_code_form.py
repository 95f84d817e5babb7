"""A place code is twenty digits: division, class, serial number (地名代码)."""

from __future__ import annotations

import re

from geoname.core.rules.code_cases import PlaceCode
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import CodeRule, Example
from geoname.core.rules.statutes import PLACE_CODES

_FORM = re.compile(r"(\d{6})(\d{3})(\d{5})(\d{6})", re.ASCII)
_NO_TOWNSHIP = ("000", "999")


def check(case: PlaceCode, facts: Facts) -> tuple[Hit, ...]:
    """Find a code of another form, an unknown division or class, and the serial number zero."""
    read = _FORM.fullmatch(case.code)
    if read is None:
        return (Hit(Words("地名代码应为 20 位数字", "a place code is 20 digits")),)
    upper, township, feature_class, serial = read.groups()
    division = upper if township in _NO_TOWNSHIP else upper + township
    division = division.removesuffix("0000").removesuffix("00") if len(division) == 6 else division
    hits = []
    if division not in case.divisions:
        hits.append(Hit(Words(f"没有代码为 {division} 的区划", f"no division has the code {division}")))
    if feature_class not in case.classes:
        hits.append(Hit(Words(f"类别表中没有 {feature_class}", f"{feature_class} is in no table of classes")))
    if not int(serial):
        hits.append(Hit(Words("顺序号从 000001 起", "serial numbers begin with 000001")))
    return tuple(hits)


_KNOWN = (frozenset({"52", "5201", "520111", "520111101"}), frozenset({"22200", "12100"}))

RULE = CodeRule(
    code="CD-6",
    title=Words("地名代码", "Place codes"),
    criterion=Words(
        "前 6 位县级以上区划，接 3 位乡级（跨乡 000、跨区 999），5 位类别，6 位顺序号。",
        "Six digits of the county or above, three of the township (000 or 999 across several), five of the "
        "class, six of the serial number.",
    ),
    basis=(PLACE_CODES(),),
    severity=Severity.ADVICE,
    takes=PlaceCode,
    check=check,
    accepts=(
        Example(PlaceCode("52011110122200000001", *_KNOWN)),
        Example(PlaceCode("52011100012100000007", *_KNOWN)),
        Example(PlaceCode("52010000012100000007", *_KNOWN)),
    ),
    rejects=(
        Example(PlaceCode("5201111012220000001", *_KNOWN)),
        Example(PlaceCode("52011199922200000000", *_KNOWN)),
        Example(PlaceCode("52099910122200000001", *_KNOWN)),
    ),
)
