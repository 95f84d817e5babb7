"""Forms and register come together three ways: nothing is lost, nothing is overwritten without a word."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geoname.core.inspections.field_form import FieldForm, FormItem
from geoname.core.inspections.form_merge import ItemState, Known, Side, merge_form
from geoname.core.inspections.inspection import ItemKind
from geoname.errors import InvalidInputError

FIELDS = ("state", "paint", "handling", "lon")


def form(values, version=3, key="001Q"):
    item = FormItem(key, ItemKind.MARKER, version, values)
    return FieldForm("f1", "i1", "520111", "张", "2026-04-01T00:00:00Z", ("520111", "520181"), False, (item,))


def one(base, mine, theirs, *, version=3, decisions=None, signed=False):
    decided = {"001Q": decisions} if decisions else {}
    (merged,) = merge_form(form(base), {"001Q": mine}, {"001Q": Known(version, theirs, signed)}, decided)
    return merged


def test_what_only_the_form_changed_goes_in_by_itself():
    found = one({"state": None}, {"state": "damaged"}, {"state": None})
    assert found.state is ItemState.CLEAN
    assert found.writes
    assert found.merged == {"state": "damaged"}


def test_an_untouched_form_changes_nothing_however_old_it_is():
    found = one({"state": None}, {"state": None}, {"state": "lost"}, version=9)
    assert found.state is ItemState.SAME
    assert not found.writes
    assert found.merged == {"state": "lost"}


def test_other_fields_changed_meanwhile_is_soft_and_waits_for_a_person():
    base = {"state": None, "paint": None}
    found = one(base, {"state": "damaged", "paint": None}, {"state": None, "paint": "poor"}, version=4)
    assert found.state is ItemState.SOFT
    assert found.undecided == ("state",)
    assert not found.writes
    taken = one(base, {"state": "damaged"}, {"state": None, "paint": "poor"}, version=4,
                decisions={"*": Side.MINE})  # fmt: skip
    assert taken.writes
    assert taken.merged == {"state": "damaged", "paint": "poor"}
    left = one(base, {"state": "damaged"}, {"state": None, "paint": "poor"}, version=4,
               decisions={"state": Side.THEIRS})  # fmt: skip
    assert not left.writes
    assert left.undecided == ()


def test_the_same_field_changed_twice_is_hard_and_shows_all_three():
    found = one({"state": "intact"}, {"state": "damaged"}, {"state": "lost"}, version=4)
    assert found.state is ItemState.HARD
    (difference,) = found.differences
    assert (difference.base, difference.mine, difference.theirs) == ("intact", "damaged", "lost")
    assert not found.writes
    assert one({"state": "intact"}, {"state": "damaged"}, {"state": "lost"}, version=4,
               decisions={"state": Side.MINE}).merged == {"state": "damaged"}  # fmt: skip


def test_both_saying_the_same_is_no_conflict():
    found = one({"state": None}, {"state": "lost"}, {"state": "lost"}, version=4)
    assert found.state is ItemState.SAME


def test_a_signed_record_is_never_written_whatever_is_decided():
    found = one({"state": None}, {"state": "lost"}, {"state": None}, decisions={"*": Side.MINE}, signed=True)
    assert found.state is ItemState.SIGNED
    assert not found.writes
    assert found.differences


def test_an_emptied_field_is_a_change():
    found = one({"handling": "描红"}, {"handling": None}, {"handling": "描红"})
    assert found.state is ItemState.CLEAN
    assert found.merged == {"handling": None}


def test_items_and_decisions_that_are_not_there_are_refused():
    with pytest.raises(InvalidInputError, match="no item '999Q'"):
        merge_form(form({}), {"999Q": {}}, {}, {})
    with pytest.raises(InvalidInputError, match="nothing to decide"):
        merge_form(form({}), {"001Q": {}}, {"001Q": Known(0, {})}, {"002Q": {"*": Side.MINE}})
    with pytest.raises(InvalidInputError, match="paint of 001Q"):
        one({"state": None}, {"state": "lost"}, {"state": None}, decisions={"paint": Side.MINE})


values = st.fixed_dictionaries(dict.fromkeys(FIELDS, st.sampled_from([None, "a", "b", "c", 1.5])))
versions = st.integers(3, 5)
sides = st.sampled_from([Side.MINE, Side.THEIRS])


@given(values, values, values, versions, st.none() | sides)
def test_nothing_is_lost(base, mine, theirs, version, side):
    """Every field afterwards is the register's, or the form's where the form changed it and may."""
    found = one(base, mine, theirs, version=version, decisions={"*": side} if side else None)
    for field in FIELDS:
        assert found.merged[field] in (theirs[field], mine[field])
        if mine[field] == base[field]:
            assert found.merged[field] == theirs[field]
        elif found.merged[field] != mine[field]:
            assert side is Side.THEIRS or field in found.undecided
        if theirs[field] != base[field] and found.merged[field] != theirs[field]:
            assert side is Side.MINE
    assert found.writes == (not found.undecided and dict(found.merged) != theirs)


@given(values, values, values, versions, sides)
def test_merging_the_same_form_again_changes_nothing(base, mine, theirs, version, side):
    first = one(base, mine, theirs, version=version, decisions={"*": side})
    again = one(base, mine, first.merged, version=version + first.writes, decisions={"*": side})
    assert dict(again.merged) == dict(first.merged)
    assert not again.writes


@given(values, values, values)
def test_two_forms_that_do_not_conflict_merge_in_either_order(base, ours, others):
    both = [f for f in FIELDS if ours[f] != base[f] and others[f] != base[f] and ours[f] != others[f]]
    assume(not both)

    def apply(first, second):
        after = one(base, first, base, decisions={"*": Side.MINE})
        return dict(
            one(base, second, after.merged, version=3 + after.writes, decisions={"*": Side.MINE}).merged
        )

    assert apply(ours, others) == apply(others, ours)
