"""Characters are read by the standard reading, or the local one that was confirmed (规范读音)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY
from geoname.core.names.readings import ReadingSource
from geoname.core.names.syllables import untoned
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import Example, NameRule, Sign
from geoname.core.rules.spelling import spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING

_SETTLED = (ReadingSource.LOCAL_SURVEY, ReadingSource.APPROVED)


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find syllables that differ from the standard reading, and readings that nobody has confirmed."""
    one = spelt(case, facts)
    hits = []
    if one.syllables is not None and one.is_comparable:
        peoples = range(len(case.name.specific), len(case.name.text) - len(case.name.generic))
        for i, (given, wanted) in enumerate(zip(one.syllables, one.wanted_syllables, strict=True)):
            if i in peoples or untoned(given) == given == untoned(wanted) or given in (wanted, "r"):
                continue
            hits.append(
                spelling_hit(
                    case,
                    Words(f"“{given}”的规范读音是 {wanted}", f"the standard reading of {given} is {wanted}"),
                )
            )
    if one.expected.needs_review and case.told.reading_source not in _SETTLED:
        words = Words(
            "含多音字或生僻字，读音须注明来源（实地调查或审定）", "a reading must be confirmed: say who did"
        )
        hits.append(spelling_hit(case, words, Severity.INFORMATION))
    return tuple(hits)


RULE = NameRule(
    code="PY-8",
    title=Words("规范读音", "Standard reading"),
    criterion=Words(
        "按规范读音拼写；多音字的读音须注明来源。",
        "Spelt by the standard reading; where a character has several, the source of the reading is told.",
    ),
    basis=(SPELLING(8),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(Example(propose("花溪区", COUNTY, romanization="Huāxī Qū")),),
    rejects=(
        Example(propose("都匀市", COUNTY, romanization="Dōuyún Shì")),
        Example(propose("长顺县", COUNTY, romanization="Zhǎngshùn Xiàn")),
    ),
)
