"""The test vectors of the domain's rule table: what must be flagged, and what must not."""

import pytest

from geoname.core.names.feature_class import (
    COUNTY,
    RURAL_SETTLEMENT,
    STREET,
    TOWN_SETTLEMENT,
    TOWNSHIP,
)
from geoname.core.rules.case import LISTED, NEW, Claim, ExceptionKind, propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.finding import Severity

LONGCHANG = [propose("龙场镇", TOWNSHIP, f"5202{n}") for n in range(21, 26)]
FLAGGED = [
    (propose("中央首府", TOWN_SETTLEMENT), {"BIG-2", "BIG-4"}, ()),
    (propose("MOMOPARK", TOWN_SETTLEMENT), {"FOR-2", "A9-3a"}, ()),
    (propose("8哩岛", TOWN_SETTLEMENT), {"ODD-a2", "A9-3a"}, ()),
    (propose("EE新城小区", TOWN_SETTLEMENT), {"ODD-b2"}, ()),
    (propose("龙场镇", TOWNSHIP, "520524"), {"A9-8a"}, LONGCHANG),
    (propose("羊昌镇", TOWNSHIP, "520112"), {"DUP-3"}, [propose("羊场镇", TOWNSHIP, "520222")]),
    (propose("㵲河路", STREET), {"A9-3b"}, ()),
    (propose("都匀市", COUNTY, romanization="Dōuyún Shì"), {"PY-8"}, ()),
    (propose("正安县", COUNTY, romanization="Zhengan Xian"), {"PY-11"}, ()),
]
PASSED = [
    propose("六枝特区", COUNTY, standing=LISTED),
    propose("中华南路街道", TOWNSHIP, standing=LISTED),
    propose("世纪城街道", TOWNSHIP),
    propose("王寨镇", TOWNSHIP),
    propose("官渡镇", TOWNSHIP),
    propose("三八路", STREET, romanization="Sānbā Lù"),
    propose("王家寨", RURAL_SETTLEMENT, romanization="Wángjiāzhài"),
]


@pytest.mark.parametrize(
    ("case", "rules", "beside"), FLAGGED, ids=lambda value: getattr(value, "name", "") and value.name.text
)
def test_what_must_be_flagged(case, rules, beside, facts_beside):
    found = check_name(case, facts_beside(beside), NAME_RULES)
    assert rules <= {each.rule for each in found}
    assert any(each.severity is not Severity.INFORMATION for each in found)


@pytest.mark.parametrize("case", PASSED, ids=lambda case: case.name.text)
def test_what_must_not_be_flagged(case, facts):
    assert check_name(case, facts, NAME_RULES) == ()


@pytest.mark.parametrize(
    ("text", "rules"), [("㵲阳镇", {"A9-3b", "Q-2"}), ("猪场坪镇", set()), ("龙场镇", {"A9-8a"})]
)
def test_legacy_names_get_information_at_most(text, rules, facts_beside):
    found = check_name(
        propose(text, TOWNSHIP, "520524", standing=LISTED), facts_beside(LONGCHANG), NAME_RULES
    )
    assert {each.rule for each in found} == rules
    assert all(each.severity is Severity.INFORMATION and each.grandfathered for each in found)


def test_a_new_repeated_township_is_blocked_and_the_scope_is_told(facts_beside):
    (found,) = check_name(propose("龙场镇", TOWNSHIP, "520524"), facts_beside(LONGCHANG), NAME_RULES)
    assert found.severity is Severity.BLOCKS
    assert (found.scope.level, found.scope.division_id, found.scope.complete) == ("province", "52", True)
    assert len(found.against) == 5


def test_an_enterprise_keeps_its_own_name_if_the_reason_is_given(facts_beside):
    listed = facts_beside((), ("希尔顿",), "FOR-1")
    plain = propose("希尔顿酒店", "26300", standing=NEW)
    told = propose("希尔顿酒店", "26300", claim=Claim(ExceptionKind.ENTERPRISE_ITSELF, "酒店品牌自身的名称"))
    silent = propose("希尔顿酒店", "26300", claim=Claim(ExceptionKind.ENTERPRISE_ITSELF, " "))
    by_rule = {each.rule: each for each in check_name(told, listed, NAME_RULES)}
    assert by_rule["FOR-1"].severity is Severity.INFORMATION
    assert by_rule["FOR-1"].excepted == "enterprise_itself"
    assert {each.rule: each for each in check_name(plain, listed, NAME_RULES)}[
        "FOR-1"
    ].severity is Severity.ADVICE
    assert {"FOR-1", "FOR-e"} <= {each.rule for each in check_name(silent, listed, NAME_RULES)}
