"""What a change is refused for or advised on, and what it does to codes, names and lines."""

from datetime import date

import pytest

from geoname.core.register.token import KEEPER
from geoname.errors import (
    InvalidInputError,
    NotFoundError,
)
from geoname.service.change_divisions import change_divisions
from geoname.service.change_divisions_request import BoundaryAsked, ChangeAsked, SeatAsked, ToAsked
from geoname.service.list_divisions import children

APPROVED = date(2026, 3, 1)
MAIPING = "520111104"


def asked(operation, codes, *to, **more):
    given = {"document": "黔府函〔2026〕1号", "authority": "贵州省人民政府", "approved_on": APPROVED, **more}
    return ChangeAsked(operation, from_codes=tuple(codes), to=tuple(to), scheme="nbs", **given)


REPLACE = asked("replace", [MAIPING], ToAsked("麦坪街道"), wording="撤镇设街道")


def look(geoname, wanted, caller=KEEPER):
    return change_divisions(geoname, wanted, caller, "tester", dry_run=True)


@pytest.fixture(scope="module")
def register(small):
    """A small register, to which nothing is written."""
    return small(townships=("5201",))


def decided(shown):
    return [(one.name, one.old_code, one.new_code, one.decision) for one in shown.codes]


def test_a_new_name_is_held_against_the_naming_rules(register):
    assert [(one.name, one.verdict) for one in look(register, REPLACE).new_names] == [("麦坪街道", "clear")]
    repeated = look(register, asked("rename", [MAIPING], ToAsked("青岩镇")))
    assert repeated.new_names[0].verdict == "blocks"
    assert repeated.verdict != "blocks"
    assert look(register, asked("boundary", [MAIPING])).new_names == ()


def test_a_proposed_code_is_the_next_in_the_range_of_its_kind(register):
    shown = look(register, REPLACE)
    given = {one.code for one in children(register, "520111").items}
    assert shown.codes[0].new_code not in given
    assert 1 <= int(shown.codes[0].new_code[6:]) < 100
    assert int(shown.codes[0].new_code[6:]) == max(int(c[6:]) for c in given if int(c[6:]) < 100) + 1


def test_a_split_gives_each_part_and_its_edges(register):
    villages = [one.code for one in children(register, MAIPING).items]
    shown = look(
        register,
        asked("split", [MAIPING], ToAsked("麦坪镇", villages=tuple(villages[:5])),
              ToAsked("新麦镇", villages=tuple(villages[5:]))),
    )  # fmt: skip
    assert [(one.name, one.villages, one.goes_on) for one in shown.after] == [
        ("麦坪镇", 5, True),
        ("新麦镇", 8, False),
    ]
    assert decided(shown)[0] == ("麦坪镇", MAIPING, MAIPING, "kept")
    assert (shown.villages.moved, shown.verdict) == (8, "advice")


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [(asked("rename", [MAIPING], ToAsked("麦原镇")), [("麦原镇", MAIPING, MAIPING, "kept")]),
     (asked("boundary", [MAIPING]), [("麦坪镇", MAIPING, MAIPING, "kept")]),
     (asked("move_seat", [MAIPING]), [("麦坪镇", MAIPING, MAIPING, "kept")]),
     (asked("recode", [MAIPING], ToAsked(code="520111106")), [("麦坪镇", MAIPING, "520111106", "replaced")]),
     (asked("abolish", [MAIPING], ToAsked(code="520111101")),
      [("青岩镇", "520111101", "520111101", "kept"), ("麦坪镇", MAIPING, None, "retired")]),
     (asked("transfer", [MAIPING], ToAsked("麦坪镇", parent="520112")),
      [("麦坪镇", MAIPING, "520112108", "replaced")]),
     (asked("establish", [], ToAsked("新城街道", parent="520111")),
      [("新城街道", None, "520111013", "given")])],
    ids=lambda value: value.operation if isinstance(value, ChangeAsked) else "",
)  # fmt: skip
def test_codes_are_kept_or_retired_by_the_rule(register, wanted, codes):
    shown = look(register, wanted)
    found = decided(shown)
    assert found == codes


@pytest.mark.parametrize(
    ("wanted", "effects"),
    [(REPLACE, {"青岩镇": "passes_on", "石板镇": "passes_on"}),
     (asked("abolish", [MAIPING], ToAsked(code="520111101")),
      {"青岩镇": "falls_away", "石板镇": "passes_on"}),
     (asked("boundary", [MAIPING], boundary=BoundaryAsked(moved=True)),
      {"青岩镇": "moves", "石板镇": "moves"}),
     (asked("transfer", [MAIPING], ToAsked("麦坪镇", parent="520112")),
      {"青岩镇": "passes_on", "石板镇": "passes_on", "乌当区": "moves"})],
    ids=lambda value: value.operation if isinstance(value, ChangeAsked) else "",
)  # fmt: skip
def test_the_lines_along_it_are_told(register, wanted, effects):
    lines = look(register, wanted).lines
    found = {
        next(name for name in line.sides if name not in ("麦坪镇", "花溪区")): line.effect for line in lines
    }
    assert found == effects


def test_a_split_township_has_its_lines_surveyed(register):
    villages = [one.code for one in children(register, MAIPING).items]
    shown = look(
        register,
        asked("split", [MAIPING], ToAsked("甲镇", villages=tuple(villages[:5])),
              ToAsked("乙镇", villages=tuple(villages[5:]))),
    )  # fmt: skip
    assert {line.effect for line in shown.lines} == {"to_be_surveyed"}


def test_an_establishment_takes_its_villages_from_where_they_are(register):
    villages = [one.name for one in children(register, MAIPING).items]
    shown = look(register, asked("establish", [MAIPING], ToAsked("新城街道", villages=tuple(villages[:3]))))
    assert [(one.name, one.villages) for one in shown.after] == [
        ("新城街道", 3),
        ("麦坪镇", len(villages) - 3),
    ]
    assert shown.villages.missing == ()


def test_a_code_that_is_in_use_or_of_another_kind_blocks(register):
    in_use = look(register, asked("replace", [MAIPING], ToAsked("麦坪街道", code="520111009")))
    assert "CD-2" in {one.rule for one in in_use.findings if one.severity == "blocks"}
    of_a_town = look(register, asked("replace", [MAIPING], ToAsked("麦坪街道", code="520111150")))
    assert "CD-1" in {one.rule for one in of_a_town.findings if one.severity == "blocks"}


def test_a_change_without_a_proper_document_or_approver_blocks(register):
    for wrong in ({"document": "会议纪要"}, {"authority": "花溪区人民政府"}):
        shown = look(register, asked("replace", [MAIPING], ToAsked("麦坪街道"), **wrong))
        assert "ADJ-1" in {one.rule for one in shown.findings if one.severity == "blocks"}
        assert shown.verdict == "blocks"


def test_a_wrong_sentence_a_seat_and_a_boundary_without_papers_are_advice(register):
    first, second = (one.name for one in children(register, MAIPING).items[:2])
    shown = look(
        register,
        asked("replace", [MAIPING], ToAsked("麦坪街道"), sentence="全区辖1个街道",
              seat=SeatAsked(first, second), boundary=BoundaryAsked(moved=True, papers=("survey",))),
    )  # fmt: skip
    assert {"ADJ-4", "ADJ-7", "ADJ-8"} <= {one.rule for one in shown.findings}


@pytest.mark.parametrize(
    ("wanted", "error", "field"),
    [(asked("dissolve", [MAIPING]), InvalidInputError, "operation"),
     (asked("replace", ["5201"], ToAsked("花溪县")), InvalidInputError, "from"),
     (asked("replace", ["520111999"], ToAsked("某街道")), NotFoundError, "from"),
     (asked("replace", [MAIPING, MAIPING], ToAsked("某街道")), InvalidInputError, "from"),
     (asked("rename", [MAIPING]), InvalidInputError, "to"),
     (asked("replace", [MAIPING], ToAsked()), InvalidInputError, "to"),
     (asked("replace", [MAIPING], ToAsked("某街道", kind="castle")), InvalidInputError, "to"),
     (asked("replace", [MAIPING], ToAsked("某街道", villages=("无此村",))), InvalidInputError, "to"),
     (asked("establish", [], ToAsked("新城街道")), InvalidInputError, "to"),
     (asked("establish", [], ToAsked("新城街道", parent="5201")), InvalidInputError, "to"),
     (asked("abolish", []), InvalidInputError, "from"),
     (asked("replace", [MAIPING], ToAsked("麦坪街道"), effective_on=date(2999, 1, 1)),
      InvalidInputError, "effective_on"),
     (asked("replace", [MAIPING], ToAsked("麦坪街道"), approver="king"), InvalidInputError, "approver"),
     (asked("replace", [MAIPING], ToAsked("麦坪街道"), seat=SeatAsked("甲", "乙")),
      InvalidInputError, "seat")],
)  # fmt: skip
def test_what_cannot_be_right_is_named(register, wanted, error, field):
    with pytest.raises(error) as raised:
        look(register, wanted)
    assert raised.value.field == field
