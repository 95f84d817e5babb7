"""Rows for exports come as they are kept, by publication and class; who took what is on record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geoname.core.register.name import Publication


def flat(store, *publications, **more):
    found = list(store.name_rows(publications or tuple(Publication), **more))
    return [
        (id_, lon, source)
        for rows in found
        for id_, lon, source in zip(rows.cells["id"], rows.lon.tolist(), rows.cells["source_id"], strict=True)
    ]


def test_names_come_in_order_with_their_places_and_sources(filled):
    rows = flat(filled)
    assert [row[0] for row in rows] == ["n1", "n2", "n3", "n4"]
    assert {row[2] for row in rows} == {"nbs"}
    assert [np.isnan(row[1]) for row in rows] == [True, True, False, True]
    (third,) = list(filled.name_rows(tuple(Publication), batch=10))
    assert third.cells["approved_on"][2] == "2016-03-20"
    assert third.cells["description"][2] == "概况"
    assert len(third) == 4


def test_batches_are_as_long_as_asked(filled):
    assert [len(rows) for rows in filled.name_rows(tuple(Publication), batch=3)] == [3, 1]


def test_hidden_names_and_other_classes_are_left_out(filled):
    name = filled.name_entry("n4").name
    with filled.writing("t", "hide") as writer:
        writer.put_names([replace(name, publication=Publication.INTERNAL)], "r1")
    assert [row[0] for row in flat(filled, Publication.PUBLIC)] == ["n1", "n2", "n3"]
    assert [row[0] for row in flat(filled, Publication.INTERNAL)] == ["n4"]
    assert [row[0] for row in flat(filled, digits="214")] == ["n2", "n3"]
    assert flat(filled, digits="21%") == []


def test_staged_names_are_not_handed_out(filled, make_release):
    from geoname.core.register.provenance import ReleaseState

    with filled.writing("t", "stage") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
        name = replace(filled.name_entry("n1").name, id="n9")
        writer.put_names([name], "r2")
    assert "n9" not in [row[0] for row in flat(filled)]


def test_divisions_know_their_sources(filled):
    assert filled.division_sources() == {"p52": "nbs", "pzy": "nbs", "pbz": "nbs"}


def test_what_was_taken_is_on_record_and_changes_nothing(filled):
    version = filled.data_version()
    filled.log_export("names", "t1", '{"records":3}')
    (record,) = filled.audit("export:names")
    assert (record.actor, record.action, record.after) == ("t1", "exported", '{"records":3}')
    assert filled.data_version() == version
    assert filled.verify() == []
