"""Names that differ by 新, 大 or the name of the city alone (仅冠字不同)."""

from __future__ import annotations

from collections.abc import Iterator

from geoname.core.names.feature_class import STREET
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts, Need
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.repeats import named_so
from geoname.core.rules.rule import Example, NameRule
from geoname.core.rules.statutes import REPEATED, TONGLING

_PREFIXES = ("新", "大")
_SHORTEST = 2
_WORDS = Words(
    "去掉或加上“新”“大”后与{scope}内已有地名相同：{names}",
    "but for 新 or 大 the same as names in {scope}: {names}",
)


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find names in the scope that are the same once such a prefix is put before either."""
    return tuple(hit for text in _others(case) for hit in named_so(text, case, facts, _WORDS))


def _others(case: ProposedName) -> Iterator[str]:
    specific, generic = case.name.specific, case.name.generic
    for prefix in _PREFIXES:
        if specific.startswith(prefix) and len(specific) > _SHORTEST:
            yield specific.removeprefix(prefix) + generic
        elif len(specific) >= _SHORTEST:
            yield prefix + specific + generic


RULE = NameRule(
    code="DUP-4",
    title=Words("仅冠字不同", "Same but for a prefix"),
    criterion=Words(
        "街巷、住宅区名称与他名只差一个“新”“大”的，作提示。",
        "Streets and estates that differ from another by 新 or 大 alone are told of.",
    ),
    basis=(REPEATED(), TONGLING()),
    severity=Severity.INFORMATION,
    applies_to=frozenset({PlaceKind.STREET, PlaceKind.ESTATE}),
    needs=frozenset({Need.REGISTER}),
    check=check,
    accepts=(Example(propose("新华路", STREET, "520111101"), (propose("华山路", STREET, "520111101"),)),),
    rejects=(
        Example(propose("新建设路", STREET, "520111101"), (propose("建设路", STREET, "520111102"),)),
        Example(propose("建设路", STREET, "520111101"), (propose("新建设路", STREET, "520111102"),)),
    ),
)
