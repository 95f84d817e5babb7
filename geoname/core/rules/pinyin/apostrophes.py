"""An apostrophe stands before a later syllable in a, o or e, and nowhere else (隔音符号)."""

from __future__ import annotations

from geoname.core.names.feature_class import COUNTY, PREFECTURE
from geoname.core.names.syllables import APOSTROPHE, untoned
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Hit, Severity, Words
from geoname.core.rules.rule import NONE, Example, NameRule, Sign
from geoname.core.rules.spelling import Spelt, read_digits, spelling_hit, spelt
from geoname.core.rules.statutes import SPELLING

_BEFORE = frozenset("aoe")


def check(case: ProposedName, facts: Facts) -> tuple[Hit, ...]:
    """Find a later syllable in a, o or e without its apostrophe, and apostrophes anywhere else."""
    one = spelt(case, facts)
    if one.syllables is None:
        return NONE
    missing, surplus = _compared(one)
    hits = []
    if missing:
        listed = "、".join(missing)
        hits.append(
            spelling_hit(
                case, Words(f"缺隔音符号：{listed}", f"an apostrophe is missing: {', '.join(missing)}")
            )
        )
    if surplus:
        listed = "、".join(surplus)
        hits.append(
            spelling_hit(
                case, Words(f"多隔音符号：{listed}", f"no apostrophe stands here: {', '.join(surplus)}")
            )
        )
    return tuple(hits)


def _compared(one: Spelt) -> tuple[list[str], list[str]]:
    """The words that lack an apostrophe, each as it should be; and those that have one too many."""
    missing, surplus = [], []
    syllables, position = list(one.syllables or ()), 0
    for word in one.words:
        letters = word.replace(APOSTROPHE, "")
        own: list[str] = []
        while position < len(syllables) and len("".join(own)) < len(letters) and not letters.isdigit():
            own.append(syllables[position])
            position += 1
        if not own or "".join(own) != letters.lower():
            position += len(read_digits(letters)) if letters.isascii() and letters.isdigit() else 0
            continue
        right = own[0] + "".join(
            (APOSTROPHE if untoned(syllable)[:1] in _BEFORE else "") + syllable for syllable in own[1:]
        )
        if word.lower().count(APOSTROPHE) > right.count(APOSTROPHE):
            surplus.append(word)
        elif word.lower() != right:
            missing.append(right[:1].upper() + right[1:])
    return missing, surplus


RULE = NameRule(
    code="PY-11",
    title=Words("隔音符号", "Apostrophes"),
    criterion=Words(
        "一段之内，a、o、e 开头的后续音节前加隔音符号，别处不加。",
        "Within a word, an apostrophe stands before a later syllable in a, o or e, and nowhere else.",
    ),
    basis=(SPELLING(11),),
    severity=Severity.ADVICE,
    sign=Sign.SPELT,
    check=check,
    accepts=(
        Example(propose("正安县", COUNTY, romanization="Zhèng’ān Xiàn")),
        Example(propose("瓮安县", COUNTY, romanization="Wèng'ān Xiàn")),
        Example(propose("贵阳市", PREFECTURE, romanization="Guìyáng Shì")),
    ),
    rejects=(
        Example(propose("正安县", COUNTY, romanization="Zhengan Xian")),
        Example(propose("建水县", COUNTY, romanization="Jiàn’shuǐ Xiàn")),
    ),
)
