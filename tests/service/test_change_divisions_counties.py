"""Changes of counties: what becomes of them, of what lies in them, and of every code below; and back."""

import os
from collections import Counter
from datetime import date, timedelta
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoname.core.divisions.division import Level
from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.core.validity.period import Held
from geoname.errors import ForbiddenError, InvalidInputError, NotFoundError
from geoname.formats.shipped_divisions import read_divisions, read_former_divisions
from geoname.service.browse_divisions import division_history, show_division
from geoname.service.change_divisions import change_divisions, list_changes, undo_change
from geoname.service.change_divisions_codes import COUNTY_NUMBERS
from geoname.service.change_divisions_request import ChangeAsked, SeatAsked, ToAsked
from geoname.service.list_divisions import children

APPROVED = date(2026, 3, 1)
TONGZI, SUIYANG = "520322", "520323"


def asked(operation, codes, *to, **more):
    document = {"document": "国函〔2026〕5号", "authority": "国务院", "approved_on": APPROVED}
    told = {"scheme": "nbs", **document, **more}
    return ChangeAsked(operation, from_codes=tuple(codes), to=tuple(to), **told)


REPLACE = asked("replace", [TONGZI], ToAsked("桐梓区"), wording="撤县设区")
BY_PROVINCE = {"authority": "贵州省人民政府", "document": "黔府函〔2026〕8号"}


def look(geoname, wanted, caller=KEEPER):
    return change_divisions(geoname, wanted, caller, "tester", dry_run=True)


def do(geoname, wanted):
    return change_divisions(geoname, wanted, KEEPER, "tester", dry_run=False)


def everything(geoname):
    """All that readers see, names without their versions, which only grow."""
    store = geoname.store
    return (
        sorted(map(repr, store.divisions())),
        sorted(map(repr, store.division_events())),
        sorted(map(repr, store.successions())),
        sorted(
            repr((entry.name.id, entry.name.text, entry.name.status, entry.name.period, entry.place))
            for batch in store.name_entries() for entry in batch
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def register(small):
    """Counties of one city, villages of one of them; a test that changes it undoes what it did."""
    return small(townships=("5203",), villages=TONGZI)


@pytest.fixture(scope="module")
def towns(register):
    return [one.name for one in children(register, TONGZI).items]


def decided(shown):
    return [(one.name, one.old_code, one.new_code, one.decision) for one in shown.codes]


def all_below(register, code):
    items = children(register, code).items
    return [*items, *(village for town in items for village in children(register, town.code).items)]


def check_county_becomes_district(register):
    before = everything(register)
    below = all_below(register, TONGZI)
    shown = look(register, REPLACE)
    assert (shown.level, shown.state, shown.county.code) == ("county", "dry_run", "5203")
    assert decided(shown) == [("桐梓区", TONGZI, "520305", "replaced")]
    assert (shown.villages.moved, shown.villages.missing) == (25, ())
    assert shown.codes_below.count == len(shown.codes_below.items) == len(below)
    assert {one.new_code for one in shown.codes_below.items} == {f"520305{one.code[6:]}" for one in below}
    assert [deadline.rule for deadline in shown.deadlines] == ["T-4", "CD-4"]
    assert everything(register) == before

    done = do(register, REPLACE)
    assert done.codes_below == shown.codes_below
    old, new = show_division(register, TONGZI), show_division(register, "520305")
    assert (old.valid_until, new.valid_from, new.name) == ("2026-03-01", "2026-03-01", "桐梓区")
    assert {(code.scheme, code.code) for code in new.codes} == {("gb2260", "520305"), ("nbs", "520305")}
    assert [(one.division.name, one.extent) for one in old.became] == [("桐梓区", "whole")]
    assert [event.operation for event in division_history(register, TONGZI).events][-1] == "replace"
    after = all_below(register, "520305")
    assert {one.id for one in after} == {one.id for one in below}
    assert {one.code for one in after} == {f"520305{one.code[6:]}" for one in below}
    for one in below:
        assert show_division(register, one.code).id == one.id
        assert show_division(register, one.code, on=date(2026, 2, 28)).id == one.id
        with pytest.raises(NotFoundError):
            show_division(register, one.code, on=APPROVED)
    assert len(children(register, TONGZI, on=date(2026, 2, 28)).items) == 25
    [name] = register.store.names_of(new.id)
    assert (name.romanization, name.approval.document) == ("Tóngzǐ Qū", "国函〔2026〕5号")
    assert register.store.verify() == []
    undone = undo_change(register, done.id, KEEPER, "tester")
    assert (undone["state"], undone["level"]) == ("undone", "county")
    assert everything(register) == before
    assert register.store.verify() == []


def test_a_county_becomes_a_district_and_all_codes_below_follow(register):
    check_county_becomes_district(register)


@pytest.mark.postgres
def test_a_county_becomes_a_district_over_postgis(small):
    postgres, schema = os.environ["GEONAME_TEST_POSTGRES"], f"geoname_test_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    try:
        options = quote(f"-csearch_path={schema},public", safe="")
        register = small(townships=("5203",), villages=TONGZI, address=f"{postgres}?options={options}")
        check_county_becomes_district(register)
        register.close()
    finally:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


def test_the_numbers_of_shipped_counties_lie_in_the_ranges_of_their_kinds():
    kinds = {
        (one.code, one.division.kind) for one in (*read_divisions(), *read_former_divisions())
        if len(one.code) == 6 and one.division.level is Level.COUNTY and one.code[2:4] != "22"
    }  # fmt: skip
    wrong = {(code, kind) for code, kind in kinds if int(code[4:]) not in COUNTY_NUMBERS[kind]}
    # Before 1997 counties of prefectures bore numbers below theirs.
    assert {code for code, _ in wrong} <= {code for code, _ in kinds if code[:3] in ("522", "520")}
    assert len(kinds) > 80


@pytest.mark.parametrize(
    ("wanted", "codes", "below"),
    [(asked("replace", [TONGZI], ToAsked("桐梓市")), [("桐梓市", TONGZI, "520383", "replaced")], 257),
     (asked("rename", [TONGZI], ToAsked("娄山县")), [("娄山县", TONGZI, TONGZI, "kept")], 0),
     (asked("move_seat", [TONGZI], seat=SeatAsked("娄山关街道", "海校街道"), **BY_PROVINCE),
      [("桐梓县", TONGZI, TONGZI, "kept")], 0),
     (asked("transfer", [TONGZI], ToAsked("桐梓县", parent="5201")),
      [("桐梓县", TONGZI, "520124", "replaced")], 257),
     (asked("recode", [TONGZI], ToAsked(code="520340")), [("桐梓县", TONGZI, "520340", "replaced")], 257),
     (asked("abolish", [TONGZI], ToAsked(code=SUIYANG)),
      [("绥阳县", SUIYANG, SUIYANG, "kept"), ("桐梓县", TONGZI, None, "retired")], 257),
     (asked("merge", [TONGZI, SUIYANG], ToAsked("桐绥县")),
      [("桐绥县", None, "520331", "given"), ("桐梓县", TONGZI, None, "retired"),
       ("绥阳县", SUIYANG, None, "retired")], 272),
     (asked("boundary", [TONGZI], ToAsked(code=SUIYANG, townships=("海校街道",)), **BY_PROVINCE),
      [("绥阳县", SUIYANG, SUIYANG, "kept"), ("桐梓县", TONGZI, TONGZI, "kept")], 10),
     (asked("establish", [TONGZI], ToAsked("娄山县", townships=("海校街道",))),
      [("娄山县", None, "520331", "given"), ("桐梓县", TONGZI, TONGZI, "kept")], 10)],
    ids=lambda value: value.operation if isinstance(value, ChangeAsked) else "",
)  # fmt: skip
def test_each_kind_of_change_is_done_and_undone(register, wanted, codes, below):
    before = everything(register)
    ids = {one.id for code in (TONGZI, SUIYANG) for one in all_below(register, code)}
    done = do(register, wanted)
    assert decided(done) == codes
    assert done.codes_below.count == below
    new = [one.new_code for one in done.codes_below.items]
    assert len(set(new)) == len(new)
    codes_now = {one.new_code for one in done.codes if one.new_code} | {TONGZI, SUIYANG}
    counties = [show_division(register, code) for code in codes_now]
    in_force = {one.code for one in counties if one.valid_until is None}
    holders = Counter(one.id for code in in_force for one in all_below(register, code))
    assert {id_ for id_ in holders if holders[id_] == 1} == set(holders) == ids
    assert register.store.verify() == []
    undo_change(register, done.id, KEEPER, "tester")
    assert everything(register) == before


def test_a_number_that_another_bears_gives_way_to_the_next_of_its_kind(register, towns):
    taken = {one.code for one in children(register, SUIYANG).items}
    shown = look(register, asked("abolish", [TONGZI], ToAsked(code=SUIYANG)))
    given = [one for one in shown.codes_below.items if one.level == "township"]
    assert len(given) == len(towns)
    assert not taken & {one.new_code for one in given}
    assert any(one.new_code[6:] != one.old_code[6:] for one in given)
    towns_now = {one.old_code: one.new_code for one in given}
    for one in shown.codes_below.items:
        if one.level == "village":
            assert one.new_code == towns_now[one.old_code[:9]] + one.old_code[9:]
    assert all(one.new_code[6] == one.old_code[6] for one in given)


def test_a_code_is_never_proposed_again(register):
    first = do(register, REPLACE)
    second = do(register, asked("replace", ["520305"], ToAsked("娄山区"), effective_on=date(2026, 3, 2)))
    assert decided(second) == [("娄山区", "520305", "520306", "replaced")]
    third = do(register, asked("replace", ["520306"], ToAsked("桐梓县"), effective_on=date(2026, 3, 3)))
    assert third.codes[0].new_code == "520331"
    again = look(register, asked("replace", ["520331"], ToAsked("桐梓区", code="520305"),
                                 effective_on=date(2026, 3, 4)))  # fmt: skip
    assert "CD-2" in {one.rule for one in again.findings if one.severity == "blocks"}
    assert [one.before for one in list_changes(register).items[:3]] == [("娄山区",), ("桐梓区",), ("桐梓县",)]
    for one in (third, second, first):
        undo_change(register, one.id, KEEPER, "tester")


def test_townships_must_each_go_to_one_county(register, towns):
    split = asked("split", [TONGZI], ToAsked("桐梓县", townships=tuple(towns[:10])),
                  ToAsked("娄山县", townships=tuple(towns[9:20])))  # fmt: skip
    shown = look(register, split)
    assert set(shown.villages.missing) == set(towns[20:])
    assert shown.villages.named_twice == (towns[9],)
    assert shown.verdict == "blocks"
    with pytest.raises(InvalidInputError) as raised:
        do(register, split)
    for word in (towns[9], towns[24], "ADJ-3", "乡级区划"):
        assert word in raised.value.zh
    assert "counties" in raised.value.message


@pytest.mark.parametrize(
    ("wanted", "words"),
    [(asked("replace", [TONGZI], ToAsked("桐梓区", code="520122")),
      ("CD-2", "应以 5203 开头", "01–20")),
     (asked("replace", [TONGZI], ToAsked("桐梓区", code="520305001")), ("不是六位数字",)),
     (asked("replace", [TONGZI], ToAsked("桐梓区", code="520321")), ("已注销", "01–20")),
     (asked("rename", [TONGZI], ToAsked("桐梓区")), ("撤设",)),
     (asked("replace", [TONGZI], ToAsked("桐梓区"), **BY_PROVINCE), ("国务院批准", "第7条")),
     (asked("boundary", [TONGZI], authority="遵义市人民政府"), ("省人民政府批准", "第8条")),
     (asked("boundary", ["520325"], **BY_PROVINCE), ("国务院批准",)),
     (asked("replace", [TONGZI], ToAsked("桐梓区"), document="会议纪要"), ("ADJ-1",)),
     (asked("move_seat", [TONGZI], seat=SeatAsked("海校街道", "海校街道")), ("同一乡级区划",)),
     (asked("establish", [], ToAsked("娄山县", parent="5203")), ("没有乡级区划",)),
     (asked("establish", [TONGZI], ToAsked("娄山县")), ("没有乡级区划",))],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_every_reason(register, wanted, words):
    before = register.store.data_version()
    assert look(register, wanted).verdict == "blocks"
    with pytest.raises(InvalidInputError) as raised:
        do(register, wanted)
    for word in words:
        assert word in raised.value.zh
    assert register.store.data_version() == before


@pytest.mark.parametrize(
    ("wanted", "field"),
    [(asked("replace", [TONGZI, "520304001"], ToAsked("桐梓区")), "from"),
     (asked("replace", ["520304001", TONGZI], ToAsked("某镇")), "from"),
     (asked("replace", ["5203"], ToAsked("桐梓区")), "from"),
     (asked("replace", ["520321"], ToAsked("某区"), scheme="gb2260"), "from"),
     (asked("transfer", [TONGZI], ToAsked("桐梓县", parent="520304")), "to"),
     (asked("replace", [TONGZI], ToAsked("桐梓")), "to"),
     (asked("replace", [TONGZI], ToAsked("桐梓", kind="town")), "to"),
     (asked("establish", [TONGZI], ToAsked("娄山县", villages=("海校街道",))), "to"),
     (asked("establish", ["520322001"], ToAsked("某镇", townships=("海校街道",))), "to"),
     (asked("establish", [TONGZI], ToAsked("娄山县", townships=("无此镇",))), "to"),
     (asked("rename", [TONGZI]), "to"),
     (asked("move_seat", [TONGZI], seat=SeatAsked("海校街道", "无此镇")), "seat")],
)  # fmt: skip
def test_what_cannot_be_right_is_named(register, wanted, field):
    with pytest.raises(InvalidInputError) as raised:
        look(register, wanted)
    assert raised.value.field == field


def test_only_who_acts_for_the_prefecture_changes_its_counties(register):
    assert look(register, REPLACE, Caller(Role.OFFICER, "t1", ("5203",))).verdict == "advice"
    with pytest.raises(ForbiddenError, match="遵义市"):
        look(register, REPLACE, Caller(Role.OFFICER, "t2", (TONGZI,)))
    across = asked("transfer", [TONGZI], ToAsked("桐梓县", parent="5201"))
    with pytest.raises(ForbiddenError, match="贵阳市"):
        look(register, across, Caller(Role.OFFICER, "t1", ("5203",)))


def test_a_township_comes_into_another_county_with_a_new_code(register):
    before = everything(register)
    done = do(register, asked("transfer", ["520322001"], ToAsked("海校街道", parent=SUIYANG),
                              authority="贵州省人民政府"))  # fmt: skip
    assert done.level == "township"
    assert done.codes_below.count == 0
    assert done.codes[0].new_code.startswith(SUIYANG)
    # Its villages keep their codes until the county that they came into gets another one.
    moved = do(register, asked("replace", [SUIYANG], ToAsked("绥阳区"), effective_on=date(2026, 3, 2)))
    villages = [one for one in moved.codes_below.items if one.level == "village"]
    assert villages == []
    assert {one.code[:6] for one in children(register, done.codes[0].new_code).items} == {TONGZI}
    for one in (moved, done):
        undo_change(register, one.id, KEEPER, "tester")
    assert everything(register) == before


OPERATIONS = ("replace", "rename", "abolish", "establish", "split", "town", "transfer")
STEP = st.tuples(st.sampled_from(OPERATIONS), *[st.integers(0, 999)] * 3)


def chosen(register, step, villages, operation, which, where, town):
    """A legal change of a county that holds some of these villages, or of a township of it."""
    atlas = register.live().atlas
    holding = {atlas.latest(atlas.latest(id_).parent_id).parent_id for id_ in villages}
    codes = sorted(atlas.code_of(atlas.latest(id_)) for id_ in holding)
    code = codes[which % len(codes)]
    held = [one.code for one in children(register, code).items]
    some, rest = tuple(held[: 1 + where % len(held)]), tuple(held[1 + where % len(held) :])
    name, on = f"测{'甲乙丙'[step]}", {"effective_on": APPROVED + timedelta(days=step)}
    if operation == "abolish":
        other = next(one for one in (*codes, "520324", SUIYANG) if one != code)
        return asked("abolish", [code], ToAsked(code=other), **on)
    if operation == "town":
        to = ToAsked(f"{name}街道")
        return asked("replace", [held[town % len(held)]], to, authority="贵州省人民政府", **on)
    if operation == "transfer":
        return asked("transfer", [code], ToAsked(parent="5201" if code.startswith("5203") else "5203"), **on)
    if operation in ("establish", "split") and rest:
        to = [ToAsked(f"{name}县", townships=some)]
        to += [ToAsked(f"余{name}县", townships=rest)] if operation == "split" else []
        return asked(operation, [code], *to, **on)
    if operation == "rename":
        return asked("rename", [code], ToAsked(f"{name}{show_division(register, code).name[-1]}"), **on)
    return asked("replace", [code], ToAsked(f"{name}区"), **on)


def bearers_of_codes(atlas):
    """The division that ever bore each code of the scheme; a code that two bore fails."""
    bearers = {}
    for id_ in atlas.all_ids():
        for state in atlas.states(id_):
            for code in state.codes:
                if code.scheme == "nbs":
                    assert bearers.setdefault(code.code, id_) == id_
    return bearers


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=3))
def test_after_any_chain_each_village_has_one_chain_on_every_day_and_back(register, steps):
    before, done = everything(register), []
    villages = [one.id for one in all_below(register, TONGZI) if len(one.code) == 12]
    try:
        for number, step in enumerate(steps):
            wanted = chosen(register, number, villages, *step)
            shown = look(register, wanted)
            assert shown.verdict != "blocks", (shown.reasons, shown.findings)
            done.append(do(register, wanted).id)
        atlas = register.live().atlas
        bearers_of_codes(atlas)
        for id_ in villages:
            for day in (APPROVED + timedelta(days=n) for n in range(-1, len(steps) + 1)):
                holding = [one for one in atlas.states(id_) if one.period.held_on(day) is not Held.NO]
                assert len(holding) == 1
                chain = atlas.chain(id_, day)
                assert [one.level.depth for one in chain] == [0, 1, 2, 3, 4]
                assert all(one.period.held_on(day) is not Held.NO for one in chain)
                current = [code for code in chain[-1].codes if code.period.held_on(day) is not Held.NO]
                assert len(current) == 1
    finally:
        for change_id in reversed(done):
            undo_change(register, change_id, KEEPER, "tester")
    assert everything(register) == before
