"""One name over the shipped register: findings, scopes, citations, and what is refused."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date

import pytest

from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.check_name import CheckQuery, check


def by_rule(answer):
    found = {}
    for finding in answer.findings:
        found.setdefault(finding.rule, finding)
    return found


def test_a_new_township_of_a_used_name_is_blocked(guizhou):
    answer = check(guizhou, CheckQuery("龙场镇", "21500", "520524"))
    assert answer.verdict == "blocks"
    found = by_rule(answer)["A9-8a"]
    assert (found.severity, found.grandfathered, found.scope.level) == ("blocks", False, "province")
    assert found.scope.note.zh == "贵州省"
    assert len(found.against) == 5
    assert all(one.name == "龙场镇" and one.where.startswith("贵州省") for one in found.against)
    (citation,) = found.citations
    assert citation.text == "《地名管理条例》第9条第(8)项"
    assert (citation.known, citation.in_force_from, citation.in_force_until) == (
        "full_text",
        "2022-05-01",
        None,
    )


def test_the_registered_name_itself_is_only_told_of(guizhou):
    answer = check(guizhou, CheckQuery("龙场镇", "21500", "520524", registered=True))
    assert answer.verdict == "information"
    found = by_rule(answer)["A9-8a"]
    assert (found.grandfathered, found.severity_if_new) == (True, "blocks")
    assert len(found.against) == 4


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("六枝特区", "5202"),
        ("中华路街道", "520302"),
        ("王寨镇", "520327"),
        ("㵲水街道", "522626"),
        ("猪场坪镇", "522301"),
        ("舞阳镇", "522625"),
    ],
)
def test_no_legal_name_is_blocked(guizhou, name, within):
    feature_class = "21400" if name == "六枝特区" else "21500"
    answer = check(guizhou, CheckQuery(name, feature_class, within, registered=True))
    assert answer.verdict in ("information", "clear")


def test_streets_are_compared_in_the_county_and_that_is_said(guizhou):
    answer = check(guizhou, CheckQuery("中央首府", "221", "520111"))
    assert {"BIG-2", "BIG-4"} <= by_rule(answer).keys()
    assert answer.verdict == "blocks"
    assert [step.name for step in answer.within] == ["贵州省", "贵阳市", "花溪区"]
    lacking = {one.rule: one.lacks for one in answer.not_judged}
    assert lacking == {"A9-2": "extent", "A9-6": "word_list", "BIG-1": "extent", "SOV-1": "word_list"}


def test_without_a_division_the_register_is_not_asked(guizhou):
    answer = check(guizhou, CheckQuery("龙场镇", "21500"))
    assert answer.verdict == "clear"
    assert {one.rule for one in answer.not_judged if one.lacks == "register"} >= {"A9-8a", "DUP-3"}


def test_a_village_is_compared_in_its_county(guizhou):
    beside = check(guizhou, CheckQuery("一心村村民委员会", "21610", "520524"))
    found = by_rule(beside)["A9-8b"]
    assert (found.scope.level, found.scope.note.zh) == ("county", "织金县")
    far = check(guizhou, CheckQuery("一心村村民委员会", "21610", "520111"))
    assert "A9-8b" not in by_rule(far)


def test_a_facility_follows_the_places_around_it(guizhou):
    assert "A9-10" not in by_rule(check(guizhou, CheckQuery("花溪北站", "23310", "520111")))
    assert "A9-10" not in by_rule(check(guizhou, CheckQuery("青岩大桥", "23610", "520111")))
    assert "A9-10" in by_rule(check(guizhou, CheckQuery("赤水大桥", "23610", "520111")))


def test_the_spelling_is_judged_when_it_is_given(guizhou):
    plain = check(guizhou, CheckQuery("都匀市", "21400", romanization="Dōuyún Shì"))
    assert by_rule(plain)["PY-8"].severity == "advice"
    assert plain.romanization.text == "Dūyún Shì"
    book = check(guizhou, CheckQuery("都匀市", "21400", romanization="Dōuyún Shì", publishing=True))
    assert by_rule(book)["PY-8"].severity == "blocks"
    assert "PY-8" not in by_rule(check(guizhou, CheckQuery("贵阳市", "21300", romanization="Guìyáng Shì")))


def test_an_approval_before_the_regulations_protects(guizhou):
    old = check(guizhou, CheckQuery("万国城", "22100", approved_on=date(2015, 1, 1)))
    new = check(guizhou, CheckQuery("万国城", "22100", approved_on=date(2023, 1, 1)))
    assert (old.verdict, new.verdict) == ("information", "advice")


def test_sizes_are_held_against_the_generic(guizhou):
    small = check(guizhou, CheckQuery("金阳广场", "26310", area_m2=900.0))
    large = check(guizhou, CheckQuery("金阳广场", "26310", area_m2=30_000.0))
    assert "A9-2" in by_rule(small)
    assert "A9-2" not in by_rule(large)
    assert "A9-2" not in {one.rule for one in large.not_judged}


def test_nothing_from_memory_passes_for_law(guizhou):
    answer = check(guizhou, CheckQuery("曼哈顿花园", "22100"))
    hint = by_rule(answer)["FOR-1"]
    assert (hint.severity, hint.evidence) == ("information", "memory")
    assert all(cited.known != "memory" for each in answer.findings for cited in each.citations)


def test_an_answer_is_plain_values(guizhou):
    def plain(value):
        if isinstance(value, Mapping):
            return all(map(plain, value.values()))
        if isinstance(value, tuple | list):
            return all(map(plain, value))
        return value is None or isinstance(value, str | int | float | bool)

    answer = check(guizhou, CheckQuery("龙场镇", "21500", "520524"))
    assert is_dataclass(answer)
    assert plain(asdict(answer))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (CheckQuery("  ", "21500"), "name"),
        (CheckQuery("沿河路", "9z"), "feature_class"),
        (CheckQuery("沿河路", "21800", exception="whim"), "exception"),
        (CheckQuery("沿河路", "21800", "12345"), "within"),
        (CheckQuery("长" * 101, "21800"), "name"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(guizhou, query, field):
    with pytest.raises(InvalidInputError) as refused:
        check(guizhou, query)
    assert refused.value.field == field
    assert refused.value.zh != refused.value.message


def test_a_registered_name_must_be_one(guizhou):
    with pytest.raises(NotFoundError, match="no registered names"):
        check(guizhou, CheckQuery("无此镇", "21500", registered=True))
    with pytest.raises(NotFoundError, match="5 registered names"):
        check(guizhou, CheckQuery("龙场镇", "21500", registered=True))
