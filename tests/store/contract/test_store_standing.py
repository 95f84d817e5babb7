"""Changes of records are seen from the switch of their release on, written down or not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geoname.core.register.name import NameStatus, Publication
from geoname.core.register.naming_proposal import NamingProposal
from geoname.core.register.place import Exactness, Location
from geoname.core.register.provenance import ReleaseState
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch
from geoname.store import sql_store
from geoname.store.reading.standing import changes_wait
from geoname.store.sql_store import SqlStore

PLACES = ["p52", "pzy", "pbz", "pvi"]
NAMES = ["n1", "n2", "n3", "n4"]


def answers(store):
    """All that can be asked of places and names."""
    rows = list(store.name_rows(list(Publication)))
    return {
        "entries": [entry for entries in store.name_entries() for entry in entries],
        "entry": [store.name_entry(id_) for id_ in NAMES],
        "names_of": [store.names_of(id_) for id_ in PLACES],
        "entries of places": store.served_entries(["n1"], PLACES),
        "of release": [
            tuple(map(sorted, store.ids_of_release(release, 9) or ())) for release in ("r1", "r2")
        ],
        "known": store.known_records(PLACES),
        "of source": list(store.places_of_source("nbs")),
        "places": store.places(PLACES),
        "places in": [sorted(store.places_in(id_), key=lambda place: place.id) for id_ in PLACES],
        "exported": [
            str((sorted(batch.cells.items()), batch.lon.tolist(), batch.lat.tolist())) for batch in rows
        ],
        "proposals": store.proposals_under_way(),
    }


@pytest.fixture
def changes(sample):
    """A place that moves to another division, one that gets a point; names that change in text and status."""
    moved = replace(sample.places[3], division_id="p52", source_record="nbs:other")
    located = replace(sample.places[1], location=Location(107.25, 27.75, Exactness.SURVEYED, "told"))
    return (
        [moved, located],
        [
            replace(sample.names[3], text="新名村", place_id="pbz"),
            replace(sample.names[1], status=NameStatus.CURRENT),
        ],
    )


def publish(store, make_release, changes, release_id="r2", actor="chief"):
    with store.writing("loader", "stage") as writer:
        writer.put_release(make_release(release_id, ReleaseState.STAGED))
        writer.put_places(changes[0], release_id)
        writer.put_names(changes[1], release_id)
    with store.writing(actor, "publish") as writer:
        writer.put_release(make_release(release_id))


@pytest.fixture
def unwritten(filled, make_release, changes, monkeypatch):
    """A store whose process ended right after the switch."""
    with filled.writing("officer", "propose") as writer:
        writer.put_proposal(NamingProposal("pr1", "n2", "why", date(2024, 1, 1), "officer"))
    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "settle", lambda _: None)
        publish(filled, make_release, changes)
    assert waiting(filled) == 4
    monkeypatch.setattr(sql_store, "_TAKEN_ALONG", 0)
    return filled


def waiting(store):
    rows = store.info().rows
    return rows["staged_place"] + rows["staged_name"]


def test_every_answer_is_the_same_before_and_after_they_are_written_down(unwritten):
    version, before = unwritten.data_version(), answers(unwritten)
    assert [entry.name.text for entry in before["entry"]][3] == "新名村"
    unwritten.settle()
    assert waiting(unwritten) == 0
    assert answers(unwritten) == before
    assert unwritten.data_version() == version
    assert unwritten.verify() == []


def test_nothing_is_seen_before_the_switch_and_all_of_it_after(filled, sample, make_release, changes):
    before = answers(filled)
    with filled.writing("loader", "stage") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
        writer.put_places(changes[0], "r2")
        writer.put_names(changes[1], "r2")
    assert answers(filled) == before | {"of release": answers(filled)["of release"]}
    with filled.writing("chief", "publish") as writer:
        writer.put_release(make_release("r2"))
    assert waiting(filled) == 0
    assert filled.name_entry("n4").name == replace(changes[1][0], version=2)
    assert filled.places(["pvi"]) == changes[0][:1]


def test_the_audit_tells_who_switched_and_when(unwritten):
    (switch,) = [each for each in unwritten.audit("release:r2") if each.action == "published"]
    with unwritten.writing("somebody", "else"):
        pass
    unwritten.settle()
    for subject in ("name:n2", "name:n4", "place:pvi", "place:pzy"):
        record = unwritten.audit(subject)[-1]
        assert (record.actor, record.reason, record.at) == ("chief", "publish", switch.at)
        assert json.loads(record.after)["release_id"] == "r2"
    assert not unwritten.verify_audit()


def test_who_changes_such_a_record_further_changes_what_is_seen(unwritten):
    seen = unwritten.name_entry("n4").name
    with unwritten.writing("officer", "correct") as writer:
        writer.put_names([replace(seen, romanization="Xīnmíng Cūn")], "r2")
        writer.raise_name_version("n2")
    assert unwritten.name_entry("n4").name == replace(seen, romanization="Xīnmíng Cūn", version=3)
    assert unwritten.name_entry("n2").name.version == 3
    assert [record.actor for record in unwritten.audit("name:n4")] == ["chief", "officer"]
    after = answers(unwritten)
    unwritten.settle()
    assert answers(unwritten) == after


def test_a_second_release_of_the_same_records_comes_after_the_first(
    unwritten, sample, make_release, monkeypatch
):
    again = [replace(sample.names[3], text="又名村")]
    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "settle", lambda _: None)
        publish(unwritten, make_release, ([], again), "r3", "deputy")
    assert unwritten.name_entry("n4").name == replace(again[0], version=3)
    before = answers(unwritten)
    unwritten.settle()
    assert answers(unwritten) == before
    assert [record.actor for record in unwritten.audit("name:n4")] == ["chief", "deputy"]


def test_two_releases_staged_over_one_record_are_valid_one_after_the_other(
    filled, sample, make_release, monkeypatch
):
    monkeypatch.setattr(sql_store, "_TAKEN_ALONG", 0)
    monkeypatch.setattr(SqlStore, "settle", lambda _: None)
    for release_id, text in (("r2", "先"), ("r3", "后")):
        with filled.writing("loader", "stage") as writer:
            writer.put_release(make_release(release_id, ReleaseState.STAGED))
            writer.put_names([replace(sample.names[3], text=text)], release_id)
    for release_id in ("r2", "r3"):
        with filled.writing("chief", "publish") as writer:
            writer.put_release(make_release(release_id))
    assert [
        entry.name.text for entries in filled.name_entries() for entry in entries if entry.name.id == "n4"
    ] == ["后"]
    assert filled.name_entry("n4").name.version == 3


def test_other_writes_take_along_what_was_left(unwritten, monkeypatch):
    monkeypatch.setattr(sql_store, "_TAKEN_ALONG", 3)
    with unwritten.writing("officer", "something else"):
        pass
    assert waiting(unwritten) == 1
    with unwritten.writing("officer", "something else"):
        pass
    assert waiting(unwritten) == 0


def test_the_columns_that_indexes_are_made_of_hold_the_changes(store, sample, make_release, monkeypatch):
    ids = [f"k{number:011}" for number in range(3)]

    def batch(text, lon):
        return RecordBatch(
            PlaceBatch(
                id=ids,
                feature_class="22200",
                source_record=ids,
                lon=np.array(lon),
                lat=np.full(3, 26.5),
                exactness="surveyed",
            ),
            NameBatch(id=ids, place_id=ids, text=text, specific=text, generic=""),
        )

    monkeypatch.setattr(sql_store, "_TAKEN_ALONG", 0)
    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "settle", lambda _: None)
        for release_id, given in (
            ("r1", batch(["甲", "乙", "丙"], [106.5] * 3)),
            ("r2", batch(["甲", "丁", "丙"], [107.5] * 3)),
        ):
            with store.writing("t", "stage") as writer:
                writer.put_source(sample.source)
                writer.put_release(make_release(release_id, ReleaseState.STAGED))
            store.load_batch(given, release_id, actor="t", reason="load")
            with store.writing("t", "publish") as writer:
                writer.put_release(make_release(release_id))

    def told():
        served = store.served_names()
        texts = [served.text.values[code] for code in served.text.codes]
        return sorted(zip(served.id.tolist(), texts, served.lon.tolist(), strict=True))

    before = told()
    assert [(text, lon) for _, text, lon in before] == [("甲", 107.5), ("丁", 107.5), ("丙", 107.5)]
    store.settle()
    assert told() == before


@pytest.mark.parametrize("published", [None, "r2", "r4", "r6"])
def test_what_is_valid_is_found_among_all_that_is_awaited(
    filled, make_release, changes, monkeypatch, published
):
    monkeypatch.setattr(SqlStore, "settle", lambda _: None)
    monkeypatch.setattr(sql_store, "_TAKEN_ALONG", 0)
    for release_id in ("r2", "r3", "r4", "r5", "r6"):
        with filled.writing("loader", "stage") as writer:
            writer.put_release(make_release(release_id, ReleaseState.STAGED))
            writer.put_names(changes[1], release_id)
    if published is not None:
        with filled.writing("chief", "publish") as writer:
            writer.put_release(make_release(published))
    with filled._reading() as connection:
        assert changes_wait(connection) is (published is not None)
    assert (filled.name_entry("n4").name.text == "新名村") is (published is not None)
