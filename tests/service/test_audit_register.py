"""The whole register: every repeated name is found, by the index as by groups, and progress is told."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from geoname.core.register.token import KEEPER
from geoname.core.register.visibility import Role
from geoname.core.rules.case import propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name
from geoname.core.rules.grouped_names import GroupedNames
from geoname.errors import NotFoundError
from geoname.service.audit_register import audit_register
from geoname.service.decide_finding import Where, decide_finding
from geoname.service.registered_names import registered_names
from geoname.service.rule_facts import facts_of, shipped_facts


@pytest.fixture(scope="module")
def audited(guizhou):
    return list(audit_register(guizhou))


def counted(audited):
    return Counter((one.finding.rule, one.feature_class.code, one.finding.severity_if_new) for one in audited)


def test_repeated_names_are_found_in_their_lawful_scope(audited):
    counts = counted(audited)
    # 42 groups of 95 townships and towns; those of villages are counted where the rules are tested.
    assert counts["A9-8a", "21500", "blocks"] == 95
    assert counts["A9-8b", "21610", "blocks"] + counts["A9-8b", "21600", "blocks"] > 900
    assert counts["A9-7", "21400", "blocks"] == 2  # 市中区 stands twice in Sichuan


def test_no_name_that_is_in_the_list_is_blocked(audited):
    assert {one.finding.severity for one in audited if one.feature_class.code.startswith("21")} == {
        "information"
    }


def test_places_without_names_and_names_without_places_are_told(audited):
    missing = Counter(
        (one.feature_class.code, one.finding.message.zh[:4]) for one in audited if one.finding.rule == "Q-3"
    )
    assert missing["22100", "有地无名"] == 285
    assert missing["21610", "有名无地"] > 13_000
    assert all(one.name for one in audited)


def test_two_spellings_of_a_name_are_told(audited):
    twice = {one.name for one in audited if one.finding.rule == "Q-2"}
    assert twice == {"桴㯊镇", "骔岭镇", "厍东关彝族白族苗族乡", "左鸠戛彝族苗族乡", "舞阳镇"}


def test_groupings_of_statistics_are_no_names(audited):
    assert {one.name for one in audited}.isdisjoint({"市辖区", "县"})


def test_a_part_of_the_register_is_reported_against_the_whole(guizhou, audited):
    part = list(audit_register(guizhou, within="520111"))
    assert 0 < len(part) < len(audited)
    assert all("花溪区" in one.where + one.name for one in part)
    ids = {(one.name_id, one.finding.rule) for one in audited}
    assert {(one.name_id, one.finding.rule) for one in part} <= ids
    outside = [other.where for one in part for other in one.finding.against if "花溪区" not in other.where]
    assert outside


def test_an_unknown_division_is_refused_before_anything_is_read(guizhou):
    with pytest.raises(NotFoundError):
        audit_register(guizhou, within="999999")


def test_what_was_decided_is_not_asked_for_again_and_told_on_request(guizhou_copy):
    def on_record(**asked):
        found = audit_register(guizhou_copy, within="522626", **asked)
        return [one.finding for one in found if (one.name, one.finding.rule) == ("㵲水街道", "A9-3b")]

    (found,) = audit = [
        one
        for one in audit_register(guizhou_copy, within="522626")
        if (one.name, one.finding.rule) == ("㵲水街道", "A9-3b")
    ]
    assert len(audit) == 1
    where = Where(name_id=found.name_id)
    decide_finding(guizhou_copy, found.finding.id, "overruled", "沿用多年", where, KEEPER)
    assert on_record() == []
    (told,) = on_record(decided=True)
    assert (told.id, told.decision.outcome, told.decision.reason) == (
        found.finding.id,
        "overruled",
        "沿用多年",
    )


def test_progress_goes_up_to_the_end(guizhou):
    steps = []
    list(audit_register(guizhou, lambda *step: steps.append(step), within="520111"))
    done = [step[1] for step in steps]
    assert done == sorted(done)
    assert steps[-1][1] == steps[-1][2] > 20_000


def test_the_index_and_the_groups_answer_the_same(guizhou):
    index = guizhou.live()
    names = list(registered_names(index, Role.PUBLIC))
    one_by_one = facts_of(guizhou)
    groups = GroupedNames((each for _, each in names), index.atlas.chain)
    together = replace(shipped_facts(), register=groups)
    for name, each in random.Random(1).sample(names, 400):
        case = propose(name.text, name.feature_class, each.division_id, place_id=name.place_id)
        proposed = propose(name.text, name.feature_class, each.division_id)
        for asked in (case, proposed):
            assert _seen(check_name(asked, one_by_one, NAME_RULES)) == _seen(
                check_name(asked, together, NAME_RULES)
            )
        for specific in (name.specific, name.specific[:2], "青岩"):
            assert one_by_one.register.bears(specific, case) == groups.bears(specific, case)
        assert one_by_one.register.current_names(name.place_id) == groups.current_names(name.place_id)


def _seen(findings):
    return [
        (one.rule, one.severity, one.scope, frozenset(other.name_id for other in one.against))
        for one in findings
    ]
