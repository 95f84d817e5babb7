import os
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoname.core.register.name import NameStatus
from geoname.core.register.place import Place
from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
)
from geoname.service.browse_divisions import division_history, show_division
from geoname.service.change_divisions import (
    change_divisions,
    complete_change,
    extend_change,
    list_changes,
    show_change,
    undo_change,
)
from geoname.service.change_divisions_request import ChangeAsked, ToAsked
from geoname.service.list_deadlines import list_deadlines
from geoname.service.list_divisions import DivisionQuery, children, list_divisions
from geoname.service.match_names import MatchItem, match_one

APPROVED = date(2026, 3, 1)
MAIPING = "520111104"
OFFICER = Caller(Role.OFFICER, "t1", ("520111",))


def asked(operation, codes, *to, **more):
    given = {"document": "黔府函〔2026〕1号", "authority": "贵州省人民政府", "approved_on": APPROVED, **more}
    return ChangeAsked(operation, from_codes=tuple(codes), to=tuple(to), scheme="nbs", **given)


REPLACE = asked("replace", [MAIPING], ToAsked("麦坪街道"), wording="撤镇设街道")


def look(geoname, wanted, caller=KEEPER):
    return change_divisions(geoname, wanted, caller, "tester", dry_run=True)


def do(geoname, wanted, caller=KEEPER):
    return change_divisions(geoname, wanted, caller, "tester", dry_run=False)


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
    """A small register; a test that changes it undoes what it did."""
    return small(townships=("5201",))


def decided(shown):
    return [(one.name, one.old_code, one.new_code, one.decision) for one in shown.codes]


def test_a_preview_shows_all_and_writes_nothing(register):
    before = register.store.data_version()
    shown = look(register, REPLACE)
    assert (shown.state, shown.verdict) == ("dry_run", "advice")
    assert decided(shown) == [("麦坪街道", MAIPING, "520111013", "replaced")]
    assert shown.codes[0].proposed
    assert (shown.villages.moved, shown.villages.missing, shown.villages.named_twice) == (13, (), ())
    assert [one.name for one in shown.names_to_review] == ["麦坪村"]
    complete, publish = shown.deadlines
    assert (complete.due, complete.extended, complete.rule) == ("2027-03-01", "2027-09-01", "T-4")
    assert (publish.due, publish.rule) == ("2026-04-01", "CD-4")
    assert complete.basis == ("《行政区划管理条例》第15条",)
    assert register.store.data_version() == before


def test_it_is_done_whole_and_undone_whole(register):
    before = everything(register)
    done = do(register, REPLACE)
    assert done.state == "done"
    old, new = show_division(register, MAIPING), show_division(register, done.codes[0].new_code)
    assert (old.valid_until, new.valid_from, new.name) == ("2026-03-01", "2026-03-01", "麦坪街道")
    assert [(one.division.name, one.extent, one.document) for one in old.became] == [
        ("麦坪街道", "whole", "黔府函〔2026〕1号")
    ]
    assert len(children(register, done.codes[0].new_code).items) == 13
    assert len(children(register, MAIPING, on=date(2026, 2, 28)).items) == 13
    match = match_one(register, MatchItem("花溪区麦坪镇"))
    assert (match.status, match.standard.name) == ("corrected", "麦坪街道")
    [name] = register.store.names_of(new.id)
    assert (name.approval.document, name.romanization) == ("黔府函〔2026〕1号", "Màipíng Jiēdào")
    assert {one.status for one in register.store.names_of(old.id)} == {NameStatus.HISTORICAL}
    assert [event.operation for event in division_history(register, MAIPING).events] == ["replace"]
    with pytest.raises(InvalidInputError):
        look(register, REPLACE)
    assert register.store.verify() == []
    undone = undo_change(register, done.id, KEEPER, "tester")
    assert (undone["state"], undone["undone_by"]) == ("undone", "tester")
    assert everything(register) == before
    assert register.store.verify() == []
    actions = [record.action for record in register.store.audit(f"division_change:{done.id}")]
    assert actions == ["done", "undone"]
    assert [record.action for record in register.store.audit(f"place:{new.id}")] == ["removed"]
    with pytest.raises(ConflictError):
        undo_change(register, done.id, KEEPER, "tester")


@pytest.mark.postgres
def test_it_is_done_and_undone_over_postgis(small):
    postgres, schema = os.environ["GEONAME_TEST_POSTGRES"], f"geoname_test_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    try:
        options = quote(f"-csearch_path={schema},public", safe="")
        register = small(townships=("520111",), address=f"{postgres}?options={options}")
        before = everything(register)
        done = do(register, REPLACE)
        assert show_division(register, done.codes[0].new_code).name == "麦坪街道"
        undo_change(register, done.id, KEEPER, "tester")
        assert everything(register) == before
        assert register.store.verify() == []
        register.close()
    finally:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


def test_changes_are_listed_with_their_deadlines_and_undone_newest_first(register):
    first = do(register, REPLACE)
    second = do(register, asked("rename", ["520111105"], ToAsked("新燕镇")))
    listed = list_changes(register).items
    assert [one.id for one in listed[:2]] == [second.id, first.id]
    assert [deadline.rule for deadline in listed[0].deadlines] == ["T-4"]
    assert [deadline.rule for deadline in listed[1].deadlines] == ["T-4", "CD-4"]
    assert show_change(register, first.id)["state"] == "done"
    with pytest.raises(ConflictError, match=second.id):
        undo_change(register, first.id, KEEPER, "tester")
    renamed = show_division(register, "520111105")
    assert (renamed.name, show_division(register, "520111105", on=date(2020, 1, 1)).name) == (
        "新燕镇",
        "燕楼镇",
    )
    undo_change(register, second.id, KEEPER, "tester")
    undo_change(register, first.id, KEEPER, "tester")
    assert show_division(register, "520111105").name == "燕楼镇"
    with pytest.raises(NotFoundError):
        show_change(register, "nothing")


def test_a_change_is_due_until_it_is_completed(register):
    done = do(register, REPLACE)
    day = date(2027, 3, 2)

    def due(**asked):
        subjects = ("division_change",)
        return [
            (one.id, one.due_on, one.state)
            for one in list_deadlines(register, KEEPER, subjects=subjects, on=day, **asked).items
        ]

    try:
        publish = done.deadlines[1]
        assert (publish.due, publish.state) == ("2026-04-01", "late")
        assert publish.met_on == done.done_at[:10]
        assert due() == due(within="520111") == [(done.id, "2027-03-01", "late")]
        assert due(within="520102") == []
        extended = extend_change(register, done.id, "黔府函〔2027〕2号", KEEPER, "tester")
        assert extended["extended_by"] == "黔府函〔2027〕2号"
        assert due() == [(done.id, "2027-09-01", "open")]
        with pytest.raises(ConflictError, match="黔府函〔2027〕2号"):
            extend_change(register, done.id, "黔府函〔2027〕3号", KEEPER, "tester")
        for wrong in (date(2026, 2, 28), date(2999, 1, 1)):
            with pytest.raises(InvalidInputError) as raised:
                complete_change(register, done.id, wrong, KEEPER, "tester")
            assert raised.value.field == "on"
        completed = complete_change(register, done.id, date(2026, 11, 1), KEEPER, "tester")
        first = completed["deadlines"][0]
        assert (first.state, first.met_on, completed["completed_on"]) == ("met", "2026-11-01", "2026-11-01")
        assert due() == []
        actions = [record.action for record in register.store.audit(f"division_change:{done.id}")]
        assert actions == ["done", "extended", "completed"]
    finally:
        undo_change(register, done.id, KEEPER, "tester")
    assert due() == []
    with pytest.raises(ConflictError):
        complete_change(register, done.id, date(2026, 11, 1), KEEPER, "tester")


def test_two_changes_of_one_township_are_both_undone(register):
    before = everything(register)
    first = do(register, REPLACE)
    later = {"effective_on": date(2026, 3, 2)}
    second = do(register, asked("replace", [first.codes[0].new_code], ToAsked("麦原街道"), **later))
    undo_change(register, second.id, KEEPER, "tester")
    undo_change(register, first.id, KEEPER, "tester")
    assert everything(register) == before


def test_nothing_is_undone_on_which_something_was_built(register):
    done = do(register, REPLACE)
    new = show_division(register, done.codes[0].new_code)
    with register.store.writing("tester", "a hill") as writer:
        writer.put_places([Place("hill", "13400", new.id, "own:1")], "division-changes")
    with pytest.raises(ConflictError, match="built"):
        undo_change(register, done.id, KEEPER, "tester")
    assert show_division(register, done.codes[0].new_code).name == "麦坪街道"
    with register.store.writing("tester", "the hill lies elsewhere") as writer:
        writer.put_places([Place("hill", "13400", None, "own:1")], "division-changes")
    register.refresh()
    undo_change(register, done.id, KEEPER, "tester")


def test_villages_must_each_go_to_one_successor(register):
    villages = [one.name for one in children(register, MAIPING).items]
    split = asked("split", [MAIPING], ToAsked("麦坪街道", villages=tuple(villages[:5])),
                  ToAsked("新麦镇", villages=tuple(villages[4:12])))  # fmt: skip
    shown = look(register, split)
    assert shown.villages.missing == (villages[12],)
    assert shown.villages.named_twice == (villages[4],)
    assert shown.verdict == "blocks"
    assert "ADJ-3" in {finding.rule for finding in shown.findings}
    with pytest.raises(InvalidInputError) as raised:
        do(register, split)
    assert villages[12] in raised.value.zh
    assert villages[4] in raised.value.zh
    assert "ADJ-3" in raised.value.message


def test_only_who_acts_for_the_county_changes_it(register):
    assert look(register, REPLACE, OFFICER).verdict == "advice"
    other = Caller(Role.OFFICER, "t2", ("5202",))
    with pytest.raises(ForbiddenError, match="花溪区"):
        look(register, REPLACE, other)
    across = asked("transfer", [MAIPING], ToAsked("麦坪镇", parent="520112"))
    with pytest.raises(ForbiddenError, match="乌当区"):
        look(register, across, OFFICER)


def test_a_register_that_changed_in_the_meantime_is_looked_at_again(register, monkeypatch):
    from geoname.service import change_divisions as module

    write = module.write_change

    def late(geoname, *rest):
        with geoname.store.writing("somebody else", "in between") as writer:
            writer.record("place:x", "noted")
        write(geoname, *rest)

    monkeypatch.setattr(module, "write_change", late)
    with pytest.raises(ConflictError):
        do(register, REPLACE)
    assert show_division(register, MAIPING).valid_until is None


def test_a_list_of_an_earlier_day_holds_what_lay_there_then(register):
    def villages(within, on=None):
        query = DivisionQuery(level="village", within=within, on=on, scheme="nbs", limit=500)
        return [one.name for one in list_divisions(register, query).items]

    before = villages(MAIPING)
    done = do(register, asked("abolish", [MAIPING], ToAsked(code="520111101")))
    assert villages(MAIPING, date(2026, 2, 28)) == before
    assert villages("520111101", date(2026, 2, 28)) == [
        name for name in villages("520111101") if name not in before
    ]
    assert set(before) < set(villages("520111101"))
    assert len(villages("520111", date(2026, 2, 28))) == len(villages("520111"))
    undo_change(register, done.id, KEEPER, "tester")


def test_a_new_code_leaves_the_division_what_it_is(register):
    given = asked("recode", [MAIPING], ToAsked(code="520111150"))
    done = do(register, given)
    assert show_division(register, "520111150", "nbs").name == "麦坪镇"
    assert show_division(register, MAIPING, on=date(2020, 1, 1)).name == "麦坪镇"
    undo_change(register, done.id, KEEPER, "tester")


OPERATIONS = ("rename", "replace", "merge", "establish", "split", "boundary", "abolish", "transfer")
STEP = st.tuples(st.integers(0, 7), *[st.integers(0, 999)] * 3)


def chosen(register, step, which, first, second, cut):
    """A legal change of one of the townships that are in force."""
    towns = [one for one in children(register, "520111").items if children(register, one.code).items]
    first, second = first % len(towns), second % (len(towns) - 1)
    one, other = towns[first], towns[second + (second >= first)]
    villages = [village.code for village in children(register, one.code).items]
    some = tuple(villages[: 1 + cut % max(1, len(villages) - 1)])
    codes, name = [one.code], f"测{'甲乙丙'[step]}镇"
    kinds = {
        "rename": ([one.code], [ToAsked(name)]),
        "replace": (codes, [ToAsked(name)]),
        "merge": ([one.code, other.code], [ToAsked(name)]),
        "establish": (codes, [ToAsked(name, villages=some)]),
        "split": (codes, [ToAsked(name, villages=some),
                          ToAsked(f"余{name}", villages=tuple(v for v in villages if v not in some))]),
        "boundary": (codes, [ToAsked(code=other.code, villages=some)]),
        "abolish": (codes, [ToAsked(code=other.code)]),
        "transfer": (codes, [ToAsked(one.name, parent="520112")]),
    }  # fmt: skip
    operation = OPERATIONS[which if len(villages) > 1 else which % 3]
    return asked(operation, kinds[operation][0], *kinds[operation][1])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=3))
def test_undoing_any_chain_of_changes_leads_back(register, steps):
    before, done = everything(register), []
    try:
        for number, step in enumerate(steps):
            on = APPROVED + timedelta(days=number)
            wanted = replace(chosen(register, number, *step), effective_on=on)
            shown = look(register, wanted)
            assert shown.verdict != "blocks", [finding.message.en for finding in shown.findings]
            done.append(do(register, wanted).id)
            holders = Counter(
                village.id
                for county in ("520111", "520112") for town in children(register, county).items
                for village in children(register, town.code).items
            )  # fmt: skip
            assert set(holders.values()) == {1}
    finally:
        for change_id in reversed(done):
            undo_change(register, change_id, KEEPER, "tester")
    assert everything(register) == before
