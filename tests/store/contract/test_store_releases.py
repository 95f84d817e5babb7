"""Records are served once their release is published; until then nothing that is served changes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import shapely

from geoname.core.register.provenance import ReleaseState
from geoname.errors import ConflictError, InvalidInputError, NotFoundError, NotReadyError
from geoname.store.protocols import Written


def test_a_staged_release_is_seen_only_when_it_is_published(store, sample, make_release):
    staged = make_release(state=ReleaseState.STAGED)
    with store.writing("loader", "stage") as writer:
        writer.put_source(sample.source)
        writer.put_release(staged)
    start = store.data_version()
    with store.writing("loader", "stage") as writer:
        sample.put_register(writer)
        writer.put_edition(sample.edition, sample.territories, sample.lines, "r1")
    assert store.data_version() == start
    assert (list(store.name_entries()), store.divisions(), store.successions()) == ([], [], [])
    assert (store.name_entry("n1"), store.editions(), store.names_of("pbz")) == (None, [], [])
    with pytest.raises(NotFoundError):
        store.territories("squares")
    with pytest.raises(NotReadyError), store.writing("loader", "too early") as writer:
        writer.activate_edition("squares")
    with store.writing("loader", "publish") as writer:
        writer.put_release(sample.release)
    assert store.data_version() == start + 1
    assert len(store.divisions()) == 3
    assert store.editions() == [sample.edition]
    with store.writing("loader", "withdraw") as writer:
        writer.put_release(make_release(state=ReleaseState.WITHDRAWN))
    assert store.divisions() == []
    assert [record.action for record in store.audit("release:r1")] == [
        "staged", "loaded", "published", "withdrawn",
    ]  # fmt: skip


def test_staged_changes_of_served_records_wait_for_publication(filled, sample, make_release):
    renamed = replace(sample.names[2], text="播州新区", generic="新区")
    recoded = replace(sample.divisions[2], codes=sample.divisions[2].codes[:1])
    with filled.writing("loader", "stage") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
        assert writer.put_names([renamed, sample.names[0]], "r2") == Written(changed=1, same=1)
        assert writer.put_names([renamed], "r2") == Written(same=1)
        assert writer.put_divisions([recoded], "r2") == Written(changed=1)
    assert filled.name_entry("n3").name == sample.names[2]
    assert filled.divisions() == list(sample.divisions)
    assert filled.audit("name:n3") == []
    with filled.writing("chief", "publish") as writer:
        writer.put_release(make_release("r2"))
    assert filled.name_entry("n3").name == replace(renamed, version=2)
    assert filled.name_entry("n3").release_id == "r2"
    assert recoded in filled.divisions()
    (record,) = filled.audit("name:n3")
    assert record.actor == "chief"
    assert json.loads(record.after)["release_id"] == "r2"
    assert filled.info().rows["staged_change"] == 0


def test_a_staged_change_that_is_taken_back_changes_nothing(filled, sample, make_release):
    with filled.writing("loader", "stage") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
        writer.put_names([replace(sample.names[2], text="错")], "r2")
    with filled.writing("loader", "correct") as writer:
        assert writer.put_names([sample.names[2]], "r2") == Written(changed=1)
        writer.put_release(make_release("r2"))
    assert filled.name_entry("n3").name == sample.names[2]
    assert filled.audit("name:n3") == []


def test_what_a_load_left_unpublished_is_taken_over_by_the_next(store, sample, make_release):
    with store.writing("loader", "a load that was never finished") as writer:
        writer.put_source(sample.source)
        writer.put_release(make_release("r0", ReleaseState.STAGED))
        writer.put_places(sample.places, "r0")
        writer.put_names([replace(sample.names[0], text="半途")], "r0")
    with store.writing("loader", "again") as writer:
        writer.put_release(sample.release)
        assert writer.put_places(sample.places, "r1") == Written(added=4)
        assert writer.put_names(sample.names, "r1") == Written(added=4)
    assert store.name_entry("n1").name == sample.names[0]
    assert store.audit("name:n1") == []


def test_a_name_whose_place_is_not_served_is_not_served_either(filled, sample, make_release):
    with filled.writing("loader", "stage") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
        writer.put_places([replace(sample.places[3], id="pnew")], "r2")
        writer.put_names([replace(sample.names[3], id="n5", place_id="pnew")], "r1")
    assert filled.name_entry("n5") is None


def test_writing_needs_a_release_that_is_there_and_not_withdrawn(filled, sample, make_release):
    with pytest.raises(NotFoundError) as raised, filled.writing("x", "y") as writer:
        writer.put_places(sample.places, "r9")
    assert raised.value.field == "release_id"
    with filled.writing("x", "y") as writer:
        writer.put_release(make_release("r1", ReleaseState.WITHDRAWN))
    with pytest.raises(InvalidInputError), filled.writing("x", "y") as writer:
        writer.put_places(sample.places, "r1")


def test_activating_an_edition_switches_what_answers_are_given_from(filled, sample):
    assert filled.active_edition() is None
    with filled.writing("chief", "activate") as writer:
        writer.activate_edition("squares")
    assert filled.active_edition() == sample.edition
    assert filled.data_version() == 2
    assert [record.action for record in filled.audit("edition:squares")] == ["activated"]
    with filled.writing("chief", "again") as writer:
        writer.activate_edition("squares")
    assert filled.data_version() == 2
    with pytest.raises(NotFoundError), filled.writing("x", "y") as writer:
        writer.activate_edition("circles")


def test_a_draft_edition_may_be_replaced_and_an_active_one_not(filled, sample):
    fewer = sample.territories.take([0, 2])
    with filled.writing("x", "draft again") as writer:
        assert writer.put_edition(sample.edition, fewer, (), "r1") == Written(changed=3)
    assert filled.territories("squares").codes == ("52", "520304")
    assert filled.boundary_lines("squares") == []
    with filled.writing("x", "activate") as writer:
        writer.activate_edition("squares")
    with filled.writing("x", "the same") as writer:
        assert writer.put_edition(sample.edition, fewer, (), "r1") == Written(same=3)
    with pytest.raises(ConflictError, match="another id"), filled.writing("x", "y") as writer:
        writer.put_edition(sample.edition, sample.territories, sample.lines, "r1")
    assert filled.verify() == []


def test_a_staged_release_cannot_replace_a_published_edition(filled, sample, make_release):
    with filled.writing("x", "y") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
    with pytest.raises(ConflictError), filled.writing("x", "y") as writer:
        writer.put_edition(replace(sample.edition, title="新"), sample.territories, sample.lines, "r2")


@pytest.mark.parametrize("accuracy", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(filled, sample, accuracy):
    unsure = replace(sample.edition, id="unsure", accuracy_m=accuracy)
    with pytest.raises(InvalidInputError) as raised, filled.writing("x", "y") as writer:
        writer.put_edition(unsure, sample.territories, sample.lines, "r1")
    assert raised.value.field == "accuracy_m"


def test_a_territory_without_polygon_is_refused(filled, sample):
    for wrong in (None, shapely.MultiPolygon(), shapely.Point(1, 2)):
        polygons = sample.territories.polygons.copy()
        polygons[1] = wrong
        territories = replace(sample.territories, polygons=polygons)
        with (
            pytest.raises(InvalidInputError, match="territory 1") as raised,
            filled.writing("x", "y") as writer,
        ):
            writer.put_edition(replace(sample.edition, id="holes"), territories, (), "r1")
        assert raised.value.field == "polygons"


def test_a_code_twice_in_an_edition_is_refused(filled, sample):
    twice = sample.territories.take([0, 0])
    with pytest.raises(InvalidInputError) as raised, filled.writing("x", "y") as writer:
        writer.put_edition(replace(sample.edition, id="twice"), twice, (), "r1")
    assert raised.value.field == "code"
