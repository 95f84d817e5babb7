"""What is written of what is served stands in the log of changes, in the order of the transactions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geoname.core.register.name import Name
from geoname.core.register.place import Place
from geoname.core.register.provenance import ReleaseState
from geoname.errors import InvalidInputError
from geoname.store.protocols_changes import Change, What


@pytest.fixture
def position(filled) -> int:
    """Where the log ends when the sample is there."""
    return filled.changes_after(None).position


def after(store, position: int) -> list[Change]:
    return list(store.changes_after(position).changes)


def test_names_and_places_that_are_served_are_told_once(filled, sample, position):
    version = filled.data_version()
    with filled.writing("officer", "rename") as writer:
        writer.put_names([replace(sample.names[2], text="播州新区")], "r1")
        writer.put_names([replace(sample.names[2], text="播州老区"), sample.names[0]], "r1")
        writer.put_places([replace(sample.places[3], feature_class="22200")], "r1")
    seen = filled.changes_after(position)
    assert list(seen.changes) == [Change(What.NAME, "n3"), Change(What.PLACE, "pvi")]
    assert (seen.data_version, seen.reaches_back) == (version + 1, True)
    assert seen.position == filled.changes_after(None).position > position
    assert after(filled, seen.position) == []


def test_what_waits_or_is_undone_is_not_told(filled, sample, make_release, position):
    with filled.writing("loader", "stage") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
        writer.put_names([replace(sample.names[2], text="播州新区")], "r2")
        writer.put_places([Place("pnew", "22200", "pbz", "x")], "r2")
        writer.put_names([Name("nnew", "pnew", "新寨", "新", "寨")], "r2")
    wrong = replace(sample.names[2], text="错")
    with pytest.raises(InvalidInputError), filled.writing("officer", "undone") as writer:
        writer.put_names([wrong, wrong], "r1")
    assert after(filled, position) == []
    with filled.writing("loader", "publish") as writer:
        writer.put_release(make_release("r2"))
    assert after(filled, position) == [Change(What.NAME, "n3"), Change(What.RELEASE, "r2")]
    names, places = filled.ids_of_release("r2", 10)
    assert (set(names), places) == ({"n3", "nnew"}, ["pnew"])
    assert filled.ids_of_release("r2", 1) is None
    with filled.writing("loader", "withdraw") as writer:
        writer.put_release(make_release("r2", ReleaseState.WITHDRAWN))
    assert after(filled, position)[-1] == Change(What.RELEASE, "r2")


def test_divisions_count_apart_from_names(filled, sample, position):
    before = filled.changes_after(None)
    with filled.writing("officer", "rename") as writer:
        writer.put_names([replace(sample.names[2], text="播州新区")], "r1")
    assert filled.changes_after(None).divisions_version == before.divisions_version
    with filled.writing("officer", "end") as writer:
        writer.put_divisions([replace(sample.divisions[2], codes=())], "r1")
    now = filled.changes_after(position)
    assert now.divisions_version == now.data_version == before.data_version + 2
    assert now.changes[-1] == Change(What.DIVISIONS, "")


def test_activating_an_edition_is_told_as_such(filled, position):
    with filled.writing("officer", "activate") as writer:
        writer.activate_edition("squares")
    assert after(filled, position) == [Change(What.EDITIONS, "")]


def test_what_is_forgotten_no_longer_reaches_back(filled, sample, position):
    with filled.writing("officer", "rename") as writer:
        writer.put_names([replace(sample.names[2], text="播州新区")], "r1")
    last = filled.changes_after(None).position
    filled.forget_changes(last)
    filled.forget_changes(position)
    assert not filled.changes_after(position).reaches_back
    seen = filled.changes_after(last)
    assert (seen.reaches_back, seen.position, seen.changes) == (True, last, ())
    with filled.writing("officer", "rename") as writer:
        writer.put_names([replace(sample.names[2], text="播州老区")], "r1")
    assert after(filled, last) == [Change(What.NAME, "n3")]


def test_more_than_is_worth_listing_is_told_in_one_word(filled, sample, position, monkeypatch):
    monkeypatch.setattr("geoname.store.writing.change_log.MOST", 2)
    with filled.writing("officer", "all") as writer:
        writer.put_names([replace(name, language="zh") for name in sample.names], "r1")
    assert after(filled, position) == [Change(What.MANY, "")]


def test_entries_are_found_by_name_and_by_place(filled, sample):
    found = filled.served_entries(["n1", "n9"], ["pbz", "nowhere"])
    assert {entry.name.id for entry in found.entries} == {"n1", "n3"}
    assert found.others == ("n9",)


def test_names_of_a_withdrawn_place_are_told_as_no_longer_served(filled, make_release, sample):
    with filled.writing("loader", "another release") as writer:
        writer.put_release(make_release("r2"))
        writer.put_names([Name("n5", "pvi", "小村", "小", "村")], "r2")
    with filled.writing("loader", "withdraw") as writer:
        writer.put_release(make_release(state=ReleaseState.WITHDRAWN))
    found = filled.served_entries([], ["pvi"])
    assert (found.entries, set(found.others)) == ((), {"n4", "n5"})
