from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, Level, kind_of
from geoname.core.divisions.list_matching import MatchedBy, WhyNot, match_list
from geoname.core.divisions.listing import listed_division
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period

SINCE = date(2023, 6, 30)
DAY = date(2025, 12, 31)
LEVELS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}


def division(id_, code, name, parent, end=None):
    period = Period(end=PartialDate.parse(end) if end else None, known_on=SINCE)
    level = LEVELS[len(code)]
    return Division(id_, name, level, kind_of(name, level), parent, (Code(Scheme.NBS, code),), period)


ABOVE = (division("p", "52", "贵州省", None), division("c", "5201", "贵阳市", "p"),
         division("h", "520111", "花溪区", "c"))  # fmt: skip


def matching(*townships, listed, spellings=None):
    atlas = DivisionAtlas([*ABOVE, *townships])
    rows = [listed_division(i, code, name, None) for i, (code, name) in enumerate(listed, 1)]
    return match_list(rows, atlas, DAY, spellings or {}, {"520111": "h"})


def tied(found):
    return {one.listed.code: (one.division.id, one.by) for one in found.matched}


def test_the_name_ties_and_never_the_code():
    found = matching(
        division("a", "520111009", "平桥街道", "h"), division("b", "520111012", "党武街道", "h"),
        listed=[("520111009", "党武街道"), ("520111006", "平桥街道")],
    )  # fmt: skip
    assert tied(found) == {"520111009": ("b", MatchedBy.NAME), "520111006": ("a", MatchedBy.NAME)}


def test_a_shared_code_under_another_name_ties_nothing():
    found = matching(division("a", "520111009", "平桥街道", "h"), listed=[("520111009", "党武街道")])
    assert found.matched == ()
    assert [one.why for one in found.unmatched] == [WhyNot.NOT_THERE]
    assert [one.id for one in found.not_listed] == ["a"]


def test_another_spelling_ties_by_the_table():
    found = matching(
        division("a", "520111100", "舞阳镇", "h"),
        listed=[("520111100", "㵲阳镇")],
        spellings={"a": ["㵲阳镇"]},
    )
    assert tied(found) == {"520111100": ("a", MatchedBy.SPELLING)}


def test_an_ethnic_township_with_its_peoples_in_another_order_is_tied_and_told():
    found = matching(
        division("a", "520111203", "龙井仡佬族侗族乡", "h"), listed=[("520111203", "龙井侗族仡佬族乡")]
    )
    assert tied(found) == {"520111203": ("a", MatchedBy.SPECIFIC)}


def test_a_town_is_no_township_of_the_same_specific_name():
    found = matching(division("a", "520111203", "龙井乡", "h"), listed=[("520111103", "龙井镇")])
    assert found.matched == ()


def test_two_of_one_name_are_not_guessed_between():
    found = matching(
        division("a", "520111101", "龙井镇", "h"), division("b", "520111102", "龙井镇", "h"),
        listed=[("520111103", "龙井镇")],
    )  # fmt: skip
    assert [one.why for one in found.unmatched] == [WhyNot.SEVERAL]


def test_what_ended_before_the_day_of_the_list_is_not_tied():
    found = matching(division("a", "520111103", "党武镇", "h", "2024-01"), listed=[("520111103", "党武镇")])
    assert found.matched == ()
    assert found.not_listed == ()


def test_a_county_is_tied_with_its_code_and_what_lies_below_an_unknown_one_is_not():
    atlas = DivisionAtlas(ABOVE)
    rows = [listed_division(1, "52", "贵州省", "0"), listed_division(2, "5201", "贵阳市", None),
            listed_division(3, "520111", "花溪区", None), listed_division(4, "520199", "某区", None),
            listed_division(5, "520199001", "某街道", None)]  # fmt: skip
    found = match_list(rows, atlas, DAY, {}, {})
    assert {by for _, by in tied(found).values()} == {MatchedBy.CODE_AND_NAME}
    assert [one.why for one in found.unmatched] == [WhyNot.NOT_THERE, WhyNot.PARENT_NOT_MATCHED]
