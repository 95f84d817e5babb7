"""Names of peoples are spelt as in the table (民族名称拼写)."""

from __future__ import annotations

from geoname.core.names.ethnonyms import ETHNONYMS
from geoname.core.names.feature_class import COUNTY
from geoname.core.names.syllables import untoned, write_word
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import GB_3304, OLD_RULES


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a people for whose name two spellings are in use, spelt in one of them."""
    given = {untoned(word).lower() for word in spelt(case, facts).words}
    hits = []
    for people in case.name.ethnonyms:
        entry = ETHNONYMS.entries[people]
        by_sound = untoned(write_word(entry.syllables))
        if entry.official is None or by_sound.lower() not in given:
            continue
        words = Words(
            f"“{people}”有 {by_sound} 和 {entry.official} 两种拼法，请核定",
            f"{people} is spelt {by_sound} and {entry.official}: settle which is right",
        )
        hits.append(spelling_hit(case, words, Severity.INFORMATION))
    return tuple(hits)


RULE = NameRule(
    code="PY-ETH",
    title=Words("民族名称拼写", "Peoples spelt"),
    criterion=Words(
        "民族名称的拼法按表；官方名单有两种拼法的，提示核定。",
        "Names of peoples follow the table; where official lists use two spellings, that is told.",
    ),
    basis=(
        GB_3304(),
        OLD_RULES(19),
    ),
    severity=Severity.INFORMATION,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("松桃苗族自治县", COUNTY, romanization="Sōngtáo Miáozú Zìzhìxiàn")),
        Example(propose("三都水族自治县", COUNTY, romanization="Sandu Suizu Zizhixian")),
    ),
    rejects=(
        Example(propose("关岭布依族苗族自治县", COUNTY, romanization="Guanling Buyizu Miaozu Zizhixian")),
    ),
)
