"""What earlier loads left, and a load taken back, in both kinds of databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.register.record_batch import NameBatch, PlaceBatch, RecordBatch
from geoname.errors import ConflictError
from geoname.store import sql_loads
from geoname.store.open_store import open_store
from geoname.store.writing.sql_writer import SqlWriter

SOURCE = Source("own-a", "甲", "乙", "丙", "丁", "", None, "0" * 64)
NOW = "2024-01-01T00:00:00+00:00"


def records(*texts: str, lon: str = "") -> RecordBatch:
    """Places p0, p1 … with a name each; a name's id is its text's."""
    count = len(texts)
    return RecordBatch(
        PlaceBatch(
            id=[f"p{i}" for i in range(count)],
            feature_class="22200",
            source_record=[f"own-a:r{i}" for i in range(count)],
            origin=lon,
        ),
        NameBatch(
            id=[f"n{i}" for i in range(count)],
            place_id=[f"p{i}" for i in range(count)],
            text=list(texts),
            specific=list(texts),
            generic=[""] * count,
        ),
    )


@pytest.fixture
def store(store_address):
    opened = open_store(store_address, create=True)
    yield opened
    opened.close()


def load(store, release_id, batch):
    """A release of the source, staged, filled and published."""
    release = Release(release_id, "own-a", ReleaseState.STAGED, "t", NOW)
    with store.writing("t", "load") as writer:
        writer.put_source(SOURCE)
        writer.put_release(release)
    store.load_batch(batch, release_id, actor="t", reason="load names own-a")
    published = replace(release, state=ReleaseState.PUBLISHED, published_at=NOW)
    with store.writing("t", "load names own-a") as writer:
        writer.put_release(published)
    return published


def undo(store, release):
    return store.withdraw(release, actor="t", reason=f"undo {release.id}")


def texts(store):
    return sorted(entry.name.text for entries in store.name_entries() for entry in entries)


def test_records_of_a_source_are_known_with_their_names(store):
    load(store, "one", records("甲", "乙"))
    known = store.known_records(["p0", "p1", "p9"])
    assert sorted(known) == ["p0", "p1"]
    assert known["p1"].place["source_record"] == "own-a:r1"
    assert [row["text"] for row in known["p1"].names] == ["乙"]
    assert list(store.places_of_source("own-a")) == [[("p0", "r0"), ("p1", "r1")]]
    assert list(store.places_of_source("own_a")) == []


def test_the_last_reason_of_a_change_is_told(store):
    load(store, "one", records("甲", "乙"))
    assert store.last_reasons(["name:n0", "place:p0"]) == {}
    load(store, "two", records("甲", "丙"))
    assert store.last_reasons(["name:n0", "name:n1"]) == {"name:n1": "load names own-a"}
    assert store.last_reasons(["name:n1"], ["load names own_", "load names own-b"]) == {
        "name:n1": "load names own-a"
    }
    assert store.last_reasons(["name:n1"], ["nothing", "load names own-"]) == {}


def test_a_load_is_taken_back_and_an_earlier_one_after_it(store):
    one = load(store, "one", records("甲", "乙"))
    two = load(store, "two", records("甲", "丙", "丁"))
    assert texts(store) == ["丁", "丙", "甲"]
    written = undo(store, two)
    assert (written.added, written.changed) == (2, 1)
    assert texts(store) == ["乙", "甲"]
    assert undo(store, one).added == 4
    assert texts(store) == []
    assert store.verify() == []


def test_what_was_changed_since_is_in_the_way(store):
    one = load(store, "one", records("甲", "乙"))
    name = store.names_of("p0")[0]
    with store.writing("officer", "corrected") as writer:
        writer.put_names([replace(name, romanization="Jiǎ")], "one")
    before = store.data_version()
    with pytest.raises(ConflictError, match="name:n0"):
        undo(store, one)
    assert store.data_version() == before
    assert texts(store) == ["乙", "甲"]


def test_a_name_given_to_a_place_of_the_load_is_in_the_way(store):
    one = load(store, "one", records("甲"))
    other = RecordBatch(
        names=NameBatch(
            id=["m0"], place_id=["p0"], text=["别名"], specific=["别名"], generic=[""], kind="alias"
        )
    )
    two = load(store, "two", other)
    with pytest.raises(ConflictError, match="name:m0"):
        undo(store, one)
    undo(store, two)
    assert undo(store, one).added == 2


def test_what_is_changed_while_a_load_is_being_taken_back_is_in_the_way(store, monkeypatch):
    load(store, "one", records("甲", "乙"))
    two = load(store, "two", records("丙", "丁", "戊"))
    name = store.names_of("p0")[0]
    planning = sql_loads.plan_withdrawal

    def interrupted(*given):
        plan = planning(*given)
        with store.writing("officer", "corrected") as writer:
            writer.put_names([replace(name, romanization="Bǐng")], "two")
        return plan

    monkeypatch.setattr(sql_loads, "plan_withdrawal", interrupted)
    with pytest.raises(ConflictError, match="name:n0"):
        undo(store, two)
    assert texts(store) == ["丁", "丙", "戊"]
    assert store.info().rows["staged_name"] == store.info().rows["staged_place"] == 0


def test_a_name_given_while_a_load_is_being_taken_back_is_in_the_way(store, monkeypatch):
    load(store, "one", records("甲"))
    two = load(store, "two", records("丙", "丁"))
    name = store.names_of("p1")[0]
    planning = sql_loads.plan_withdrawal

    def interrupted(*given):
        plan = planning(*given)
        with store.writing("officer", "another name") as writer:
            writer.put_names([replace(name, id="n9", text="别名")], "one")
        return plan

    monkeypatch.setattr(sql_loads, "plan_withdrawal", interrupted)
    with pytest.raises(ConflictError, match="name:n9"):
        undo(store, two)
    assert texts(store) == ["丁", "丙", "别名"]


def test_a_load_that_was_half_taken_back_is_as_it_was_and_can_be_taken_back(store, monkeypatch):
    load(store, "one", records("甲", "乙"))
    two = load(store, "two", records("丙", "丁", "戊"))
    with monkeypatch.context() as patched:
        patched.setattr(sql_loads.SqlLoads, "_forget", lambda *_: None)
        patched.setattr(SqlWriter, "withdraw_names", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            undo(store, two)
    assert texts(store) == ["丁", "丙", "戊"]
    undo(store, two)
    assert texts(store) == ["乙", "甲"]
    assert store.info().rows["staged_name"] == 0
    assert [record.action for record in store.audit("name:n0")] == ["changed", "changed"]
    assert store.verify() == []
