"""The spelling that the rules make passes the rules; a spoilt one does not, and is spoilt where they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.divisions.division import Level
from geoname.core.names.feature_class import COUNTY, STREET, class_of_division
from geoname.core.names.romanization import romanize
from geoname.core.rules.case import Circumstances, propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.finding import Severity
from geoname.formats.shipped_data import read_county_pinyin, read_divisions

LEGAL = [each.division for each in read_divisions() if each.division.level in (Level.COUNTY, Level.TOWNSHIP)]
VILLAGES = [each.division for each in read_divisions() if each.division.level is Level.VILLAGE][::40]


def spelt(text, feature_class, facts, spelling=None, **told):
    case = propose(text, feature_class)
    given_spelling = spelling or romanize(case.name, feature_class, facts.readings).text
    asked = propose(text, feature_class, romanization=given_spelling, told=Circumstances(**told))
    found = check_name(asked, facts, NAME_RULES)
    return {each.rule: each.severity for each in reversed(found) if each.rule.startswith("PY")}


def graver(found):
    return {rule for rule, severity in found.items() if severity is not Severity.INFORMATION}


@pytest.mark.parametrize("division", [*LEGAL[::7], *VILLAGES], ids=lambda one: one.name)
def test_what_the_rules_spell_passes_the_rules(division, facts):
    assert graver(spelt(division.name, class_of_division(division.kind), facts)) == set()


@pytest.mark.parametrize("spelling", read_county_pinyin(), ids=lambda one: one.name)
def test_the_compiled_county_spellings_pass(spelling, facts):
    feature_class = {2: "21200", 4: "21300", 6: COUNTY}[len(spelling.code)]
    assert graver(spelt(spelling.name, feature_class, facts, spelling.toned)) == set()
    assert graver(spelt(spelling.name, feature_class, facts, spelling.untoned)) == set()


@given(st.sampled_from(LEGAL), st.sampled_from(["lower", "joined", "apostrophe", "tones"]))
def test_a_spoilt_spelling_is_found(facts, division, way):
    feature_class = class_of_division(division.kind)
    case = propose(division.name, feature_class)
    right = romanize(case.name, feature_class, facts.readings).text
    if not right.replace(" ", "").isalpha() and "’" not in right:
        return
    spoilt, rule = {
        "lower": (right.lower(), "PY-10"),
        "joined": (right.replace(" ", ""), "PY-1"),
        "apostrophe": (right.replace("’", "") if "’" in right else right[:1] + "’" + right[1:], "PY-11"),
        "tones": (romanize(case.name, feature_class, facts.readings).untoned, "PY-9"),
    }[way]
    if way == "apostrophe" and "’" not in right and right[1:2] in "aoeāáǎàōóǒòēéěè":
        return
    found = spelt(division.name, feature_class, facts, spoilt)
    if spoilt != right:
        assert rule in found or "PY-CONS" in found


@pytest.mark.parametrize(
    ("text", "feature_class", "spelling", "rules"),
    [
        ("都匀市", COUNTY, "Dōuyún Shì", {"PY-8"}),
        ("正安县", COUNTY, "Zhengan Xian", {"PY-11"}),
        ("正安县", COUNTY, "Zhèng’ān Xiàn", set()),
        ("正安县", COUNTY, "Zhèng'ān Xiàn", set()),
        ("贵阳市", "21300", "GUÌYÁNG SHÌ", set()),
        ("贵阳市", "21300", "Guiyang Shi", set()),
        ("贵阳市", "21300", "Guìyang Shì", {"PY-9"}),
        ("建水县", COUNTY, "Jiàn’shuǐ Xiàn", {"PY-11"}),
        ("天峨县", COUNTY, "Tiāné Xiàn", {"PY-11"}),
        ("天峨县", COUNTY, "Tiān’é Xiàn", set()),
        ("二马路", STREET, "2 Mǎlù", set()),
        ("二马路", STREET, "Èr Mǎlù", {"PY-7"}),
        ("西辽河", "12100", "Xī Liáo Hé", {"PY-2"}),
        ("黑龙江省", "21200", "Hēilóng Jiāng Shěng", {"PY-4"}),
        ("左权县", COUNTY, "Zuǒ Quán Xiàn", {"PY-5"}),
        ("李庄", "22200", "Lǐ Zhuāng", {"PY-3"}),
        ("开阳县", COUNTY, "Kāi Yáng Xiàn", {"PY-1"}),
        ("开阳县", COUNTY, "Kāiyángxiàn", {"PY-1"}),
        ("吕梁市", "21300", "Lvliang Shi", {"PY-U"}),
        ("贵阳市", "21300", "Guiyang", {"PY-CONS"}),
        ("贵阳市", "21300", "Guìyáng Xiàn", {"PY-8", "PY-CONS"}),
        ("贵阳市", "21300", "???", {"PY-CONS"}),
    ],
)
def test_each_slip_is_the_affair_of_its_rule(text, feature_class, spelling, rules, facts):
    assert graver(spelt(text, feature_class, facts, spelling)) == rules


def test_before_publication_a_slip_blocks_and_a_sign_may_leave_tones_out(facts):
    assert spelt("都匀市", COUNTY, facts, "Dōuyún Shì", publishing=True)["PY-8"] is Severity.BLOCKS
    assert spelt("贵阳市", "21300", facts, "Guiyang Shi")["PY-9"] is Severity.INFORMATION
    assert spelt("贵阳市", "21300", facts, "Guiyang Shi", publishing=True)["PY-9"] is Severity.BLOCKS
