"""What is put into a store comes back as it was; only differences are written, and those are audited."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import shapely

from geoname.core.divisions.changes import Extent, Succession
from geoname.core.register.place import NO_LOCATION, Exactness, Location, Place
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError, NotFoundError
from geoname.store.protocols import Written


def test_everything_comes_back_as_it_was_put(filled, sample):
    entries = [entry for batch in filled.name_entries(batch=3) for entry in batch]
    assert [entry.name for entry in entries] == list(sample.names)
    assert [entry.place for entry in entries] == list(sample.places)
    assert {entry.release_id for entry in entries} == {"r1"}
    assert filled.divisions() == list(sample.divisions)
    assert filled.division_events() == list(sample.events)
    assert filled.successions() == list(sample.successions)
    assert filled.names_of("pbz") == [sample.names[2]]
    assert filled.name_events("n2") == list(sample.name_events)
    assert filled.sources() == [sample.source]
    assert filled.releases() == [sample.release]
    assert filled.name_entry("n4").name.text == "㵲𠅤村"
    assert filled.name_entry("nothing") is None


def test_an_edition_comes_back_bit_for_bit_ordered_by_level_and_code(filled, sample):
    territories = filled.territories("squares")
    assert territories.codes == ("52", "520304", "520305")
    assert territories.names == ("贵州省", "播州区", "桐梓县")
    expected = sample.territories.polygons[[2, 0, 1]]
    assert shapely.to_wkb(territories.polygons).tolist() == shapely.to_wkb(expected).tolist()
    (line,) = filled.boundary_lines("squares")
    assert line == sample.lines[0]
    assert shapely.to_wkb(line.course) == shapely.to_wkb(sample.lines[0].course)


def test_loading_the_same_again_changes_nothing(filled, sample):
    before, audit = filled.data_version(), filled.info().rows["audit"]
    with filled.writing("loader", "second load") as writer:
        sample.put_all(writer)
        assert writer.put_places(sample.places, "r1") == Written(same=4)
        assert writer.put_edition(sample.edition, sample.territories, sample.lines, "r1") == Written(same=5)
    assert filled.data_version() == before == 1
    assert filled.info().rows["audit"] == audit


def test_a_changed_name_counts_its_version_and_keeps_what_it_was(filled, sample):
    changed = replace(sample.names[2], romanization="Bōzhōu Qū", version=99)
    with filled.writing("李", "reading confirmed") as writer:
        assert writer.put_names([changed, sample.names[0]], "r1") == Written(changed=1, same=1)
    assert filled.name_entry("n3").name == replace(changed, version=2)
    (record,) = filled.audit("name:n3")
    assert (record.actor, record.action, record.reason) == ("李", "changed", "reading confirmed")
    assert json.loads(record.before) == {"romanization": "", "version": 1}
    assert json.loads(record.after) == {"romanization": "Bōzhōu Qū", "version": 2}
    assert filled.data_version() == 2
    assert filled.audit("name:n1") == []
    assert filled.verify() == []


def test_a_place_that_moves_is_audited_with_its_coordinates(filled, sample):
    moved = replace(sample.places[3], location=Location(106.5, 27.5, Exactness.SURVEYED, "gps"))
    with filled.writing("li", "survey") as writer:
        writer.put_places([moved], "r1")
    assert filled.name_entry("n4").place == moved
    (record,) = filled.audit("place:pvi")
    assert json.loads(record.before)["lon"] is None
    assert json.loads(record.after)["lon"] == 106.5
    with filled.writing("li", "withdrawn") as writer:
        writer.put_places([sample.places[3]], "r1")
    assert filled.name_entry("n4").place.location == NO_LOCATION
    assert len(filled.audit("place:pvi")) == 2
    assert filled.verify() == []


def test_rows_may_come_in_any_order_but_not_without_what_they_refer_to(store, sample):
    with store.writing("loader", "names first") as writer:
        writer.put_source(sample.source)
        writer.put_release(sample.release)
        writer.put_names(sample.names, "r1")
        writer.put_places(reversed(sample.places), "r1")
    orphan = replace(sample.names[0], id="n9", place_id="nowhere")
    with pytest.raises(InvalidInputError, match="'nowhere'") as raised, store.writing("x", "y") as writer:
        writer.put_names([orphan], "r1")
    assert raised.value.field == "place_id"
    assert store.name_entry("n9") is None
    assert store.data_version() == 1


def test_a_division_needs_its_place(filled, sample):
    homeless = replace(sample.divisions[0], id="p99")
    with pytest.raises(InvalidInputError, match="'p99'"), filled.writing("x", "y") as writer:
        writer.put_divisions([homeless], "r1")
    assert filled.divisions() == list(sample.divisions)


def test_a_key_given_twice_is_refused(filled, sample):
    twice = [sample.names[0], replace(sample.names[0], text="黔")]
    with pytest.raises(InvalidInputError, match="n1 is given twice"), filled.writing("x", "y") as writer:
        writer.put_names(twice, "r1")


def test_a_block_that_raises_leaves_nothing(filled, sample):
    def write_and_fail() -> None:
        with filled.writing("x", "y") as writer:
            writer.put_names([replace(sample.names[0], text="黔")], "r1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert filled.name_entry("n1").name == sample.names[0]
    assert (filled.data_version(), filled.audit("name:n1")) == (1, [])


def test_edges_replace_those_of_their_event_and_stay_when_none_are_given(filled, sample):
    with filled.writing("x", "wording only") as writer:
        reworded = replace(sample.events[0], document="国函〔2016〕五十六号")
        assert writer.put_division_changes([reworded], [], "r1") == Written(changed=1)
    assert filled.successions() == list(sample.successions)
    whole = Succession("e1", "pzy", "pbz", Extent.WHOLE)
    with filled.writing("x", "edges only") as writer:
        assert writer.put_division_changes([], [whole], "r1") == Written(changed=1)
    assert filled.successions() == [whole]
    assert filled.division_events() == [reworded]
    with pytest.raises(NotFoundError), filled.writing("x", "y") as writer:
        writer.put_division_changes([], [replace(whole, event_id="e2")], "r1")


def test_a_state_of_a_division_ends_and_another_begins(filled, sample):
    district = sample.divisions[2]
    ended = replace(district, period=replace(district.period, end=PartialDate.parse("2030")))
    after = replace(
        district, parent_id=None, period=replace(district.period, start=PartialDate.parse("2031"))
    )
    with filled.writing("x", "moved") as writer:
        assert writer.put_divisions([after, ended], "r1") == Written(added=1, changed=1)
    assert [d for d in filled.divisions() if d.id == "pbz"] == [ended, after]
    with filled.writing("x", "the same one by one") as writer:
        assert writer.put_divisions([ended], "r1") == Written(same=1)
        assert writer.put_divisions([after], "r1") == Written(same=1)
    assert len(filled.audit("division:pbz")) == 1


def test_a_start_that_becomes_known_replaces_the_state_and_does_not_add_one(filled, sample):
    province = sample.divisions[0]
    dated = replace(province, period=replace(province.period, start=PartialDate.parse("1413")))
    with filled.writing("x", "source found") as writer:
        assert writer.put_divisions([dated], "r1") == Written(changed=1)
    assert [d for d in filled.divisions() if d.id == "p52"] == [dated]


@pytest.mark.parametrize(
    ("location", "field"),
    [
        (Location(float("nan"), 27.0, Exactness.SURVEYED), "lon"),
        (Location(106.0, float("inf"), Exactness.SURVEYED), "lat"),
        (Location(27.0, 106.0, Exactness.SURVEYED), "lat"),
        (Location(106.0, None, Exactness.SURVEYED), "lat"),
        (Location(106.0, 27.0, Exactness.NONE), "exactness"),
        (Location(None, None, Exactness.SURVEYED), "lon"),
    ],
)
def test_a_location_that_cannot_be_is_refused(filled, location, field):
    with pytest.raises(InvalidInputError) as raised, filled.writing("x", "y") as writer:
        writer.put_places([Place("p9", "21610", None, "s:9", location)], "r1")
    assert raised.value.field == field


def test_half_a_character_is_refused_wherever_it_stands(filled, sample):
    renamed = sample.name_events[0]
    tries = [
        ("text", lambda writer: writer.put_names([replace(sample.names[0], text="贵\ud83d州")], "r1")),
        ("id", lambda writer: writer.put_names([replace(sample.names[0], id="\udc00")], "r1")),
        ("note", lambda writer: writer.put_name_events([replace(renamed, note="\ud800")], "r1")),
        ("title", lambda writer: writer.put_source(replace(sample.source, title="\ud800"))),
        ("actor", lambda writer: writer.put_release(replace(sample.release, actor="\ud800"))),
        ("subject", lambda writer: writer.record("name:\ud800", "signed")),
        ("generic", lambda writer: writer.put_names([replace(sample.names[0], generic="省\0")], "r1")),
    ]  # fmt: skip
    for field, attempt in tries:
        with pytest.raises(InvalidInputError) as raised, filled.writing("x", "y") as writer:
            attempt(writer)
        assert raised.value.field == field
    with pytest.raises(InvalidInputError), filled.writing("x\ud800", "y"):
        pass


def test_records_appended_by_hand_join_the_chain(filled):
    with filled.writing("wang", "case 7") as writer:
        first = writer.record("inspection:7", "signed", after='{"side":"a"}')
        second = writer.record("inspection:7", "signed", after='{"side":"b"}')
    assert second.previous == first.digest
    assert filled.audit("inspection:7") == [first, second]
    assert filled.verify_audit() == []
