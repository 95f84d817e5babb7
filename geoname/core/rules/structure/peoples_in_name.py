"""Names of autonomous divisions and ethnic townships name their peoples in full, three at most (民族名称)."""

from __future__ import annotations

from geoname.core.names.ethnonyms import ETHNONYMS
from geoname.core.names.feature_class import COUNTY, PREFECTURE, TOWNSHIP
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.rule import NONE, Example, NameRule
from geoname.core.rules.statutes import OLD_RULES

_MOST = 3
_AUTONOMOUS = ("自治州", "自治县", "自治旗", "民族乡")
# Short forms that are ordinary characters of names too (白, 水, 土, 回, 满 …) tell nothing.
_ORDINARY = frozenset("白水土回满京黎怒藏高")
_SHORT = tuple(
    short for short in (text.removesuffix("族") for text in ETHNONYMS.entries if text.endswith("族"))
    if short not in _ORDINARY and short != "各"
)  # fmt: skip


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find too many peoples, none at all, or one without its 族."""
    name = case.name
    peoples = (len(name.specific), len(name.text) - len(name.generic))
    if len(name.ethnonyms) > _MOST:
        words = Words(
            f"并列了 {len(name.ethnonyms)} 个民族，至多 {_MOST} 个",
            f"{len(name.ethnonyms)} peoples are named; {_MOST} at most",
        )
        return (Hit(words, peoples),)
    if name.ethnonyms:
        return NONE
    if name.generic in _AUTONOMOUS and name.text != name.generic:
        return (Hit(Words("没有写出民族名称", "no people is named"), (len(name.specific), len(name.text))),)
    if case.feature_class == TOWNSHIP and name.generic == "乡" and name.specific.endswith(_SHORT):
        words = Words("民族名称应写全，带“族”字", "the people's name is written in full, with 族")
        return (Hit(words, (0, len(name.specific))),)
    return NONE


RULE = NameRule(
    code="ETH-1",
    title=Words("民族区域名称", "Peoples in names of divisions"),
    criterion=Words(
        "地域专名 + 民族全称 + 通名，民族不超过三个。",
        "Local specific, then the peoples in full, then the generic; no more than three peoples.",
    ),
    basis=(OLD_RULES(16),),
    severity=Severity.ADVICE,
    applies_to=frozenset({PlaceKind.DIVISION}),
    check=check,
    accepts=(
        Example(propose("羊场布依族白族苗族乡", TOWNSHIP)),
        Example(propose("三都水族自治县", COUNTY)),
        Example(propose("黔东南苗族侗族自治州", PREFECTURE)),
        Example(propose("白水乡", TOWNSHIP)),
    ),
    rejects=(
        Example(propose("高坡侗乡", TOWNSHIP)),
        Example(propose("松桃自治县", COUNTY)),
        Example(propose("清水苗族侗族水族布依族乡", TOWNSHIP)),
    ),
)
