"""Places and names given as columns come to be what the same given one by one would."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import Name, NameKind
from geoname.core.register.place import Exactness, Location, Place
from geoname.core.register.provenance import ReleaseState
from geoname.core.register.record_batch import NameBatch, Parts, PlaceBatch, RecordBatch
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import ConflictError, InvalidInputError, NotFoundError
from geoname.store.protocols import NameEntry, Written

COUNT = 1_200


def batch(count: int = COUNT, **names) -> RecordBatch:
    """Villages in a row eastward, every seventh without a location."""
    ids = [f"v{number:05d}" for number in range(count)]
    lon = 106 + np.arange(count) / 1000
    lon[::7] = np.nan
    lat = np.where(np.isnan(lon), np.nan, 27.5)
    return RecordBatch(
        PlaceBatch(
            id=ids,
            feature_class="22200",
            source_record=[f"census:{id_}" for id_ in ids],
            division_id="pbz",
            lon=lon,
            lat=lat,
            exactness=["none" if gone else "surveyed" for gone in np.isnan(lon).tolist()],
            basis="census",
        ),
        NameBatch(
            **{
                "id": [f"n{id_}" for id_ in ids],
                "place_id": ids,
                "text": [f"第{number}寨" for number in range(count)],
                "specific": [f"第{number}" for number in range(count)],
                "generic": ["寨"] * count,
                "romanization": "Zhài",
                "valid_from": "1984-05",
            }
            | names
        ),
    )


def entry(number: int, release_id: str = "r2") -> NameEntry:
    """What is to come of one row."""
    located = Location(106 + number / 1000, 27.5, Exactness.SURVEYED, "census")
    nowhere = Location(None, None, Exactness.NONE, "census")
    id_ = f"v{number:05d}"
    return NameEntry(
        Name(
            f"n{id_}", id_, f"第{number}寨", f"第{number}", "寨", romanization="Zhài",
            period=Period(PartialDate.parse("1984-05")),
        ),
        Place(id_, "22200", "pbz", f"census:{id_}", located if number % 7 else nowhere),
        release_id,
    )  # fmt: skip


@pytest.fixture
def staged(filled, make_release):
    """The sample, and a release into which to load."""
    with filled.writing("loader", "census") as writer:
        writer.put_release(make_release("r2", ReleaseState.STAGED))
    return filled


def load(store, given: RecordBatch, release_id: str = "r2") -> Written:
    return store.load_batch(given, release_id, actor="loader", reason="census")


def publish(store, make_release, release_id: str = "r2") -> None:
    with store.writing("loader", "publish") as writer:
        writer.put_release(make_release(release_id))


def entries(store) -> dict[str, NameEntry]:
    return {each.name.id: each for part in store.name_entries() for each in part}


def test_columns_come_to_be_records_when_their_release_is_published(staged, make_release):
    before = entries(staged)
    told = []
    written = staged.load_batch(batch(), "r2", actor="loader", reason="census", progress=told.append)
    assert written == Written(added=2 * COUNT)
    assert told[-1] == 2 * COUNT
    assert entries(staged) == before
    publish(staged, make_release)
    expected = {each.name.id: each for each in map(entry, range(COUNT))}
    assert entries(staged) == before | expected
    assert [(r.action, r.after) for r in staged.audit("release:r2")][1] == (
        "loaded", f'{{"added": {2 * COUNT}, "changed": 0}}',
    )  # fmt: skip
    assert staged.verify() == []


@pytest.mark.parametrize("count", [1, 15, 16, 17, 600])
def test_however_many_rows_and_whatever_stands_in_all_of_them_each_is_kept(staged, make_release, count):
    once = {"document": "文'号':n %s ?", "needs_review": True, "kind": NameKind.ALIAS}
    assert load(staged, batch(count, **once)) == Written(added=2 * count)
    for_each = {field: [value] * count for field, value in once.items()}
    assert load(staged, batch(count, **for_each)) == Written(same=2 * count)
    publish(staged, make_release)
    found = entries(staged)
    for number in range(count):
        plain = entry(number)
        name = replace(plain.name, kind=NameKind.ALIAS, needs_review=True)
        name = replace(name, approval=replace(name.approval, document=once["document"]))
        assert found[f"nv{number:05d}"] == replace(plain, name=name)
    assert staged.verify() == []


def test_the_same_again_changes_nothing(staged, make_release):
    load(staged, batch())
    assert load(staged, batch()) == Written(same=2 * COUNT)
    publish(staged, make_release)
    version = staged.data_version()
    assert load(staged, batch()) == Written(same=2 * COUNT)
    assert staged.data_version() == version
    assert len(staged.audit("release:r2")) == 3


def test_what_differs_is_audited_and_the_rest_left_alone(staged, make_release):
    load(staged, batch())
    publish(staged, make_release)
    with staged.writing("loader", "new census") as writer:
        writer.put_release(make_release("r3", ReleaseState.STAGED))
    texts = [f"第{number}寨" for number in range(COUNT + 1)]
    texts[3] = "老寨"
    more = batch(COUNT + 1, text=texts)
    assert load(staged, more, "r3") == Written(added=2, changed=1, same=2 * COUNT - 1)
    assert entries(staged)["nv00003"] == entry(3)
    publish(staged, make_release, "r3")
    changed = entries(staged)["nv00003"]
    assert (changed.name.text, changed.name.version, changed.release_id) == ("老寨", 2, "r3")
    assert [record.action for record in staged.audit("name:nv00003")] == ["changed"]
    assert entries(staged)[f"nv{COUNT:05d}"] == entry(COUNT, "r3")
    assert staged.verify() == []


def test_further_names_of_places_in_the_register_are_loaded_without_their_places(staged, make_release):
    names = batch(2).names
    alias = replace(
        names, place_id=["pbz", "p52"], kind=["alias", NameKind.FORMER], reading_source="approved"
    )
    assert load(staged, RecordBatch(names=alias)) == Written(added=2)
    publish(staged, make_release)
    found = entries(staged)
    assert (found["nv00000"].name.kind, found["nv00000"].place.id) == (NameKind.ALIAS, "pbz")
    assert (found["nv00001"].name.kind, found["nv00001"].place.id) == (NameKind.FORMER, "p52")
    assert found["nv00001"].name.reading_source is ReadingSource("approved")


@pytest.mark.parametrize(
    ("names", "field"),
    [
        ({"text": ["寨"] * (COUNT - 1)}, "text"),
        ({"text": ["寨", "\0", *["寨"] * (COUNT - 2)]}, "text"),
        ({"text": ["寨", "\ud840", *["寨"] * (COUNT - 2)]}, "text"),
        ({"id": ["nv"] * COUNT}, "id"),
        ({"kind": "nickname"}, "kind"),
        ({"valid_from": "1984-13"}, "valid_from"),
        ({"known_on": "1984"}, "known_on"),
        ({"place_id": ["nowhere"] * COUNT}, "place_id"),
    ],
)
def test_columns_that_cannot_be_kept_are_refused_and_nothing_is_written(staged, names, field):
    with pytest.raises(InvalidInputError) as error:
        load(staged, batch(**names))
    assert error.value.field == field
    assert staged.info().rows["place"] == 4
    assert staged.verify() == []


@pytest.mark.parametrize(
    ("lon", "lat", "exactness"),
    [
        (181.0, 27.0, "surveyed"),
        (np.nan, 27.0, "surveyed"),
        (106.0, 27.0, "none"),
        (np.inf, 27.0, "surveyed"),
    ],
)
def test_a_location_that_is_none_is_refused(staged, lon, lat, exactness):
    places = replace(batch(1).places, lon=np.array([lon]), lat=np.array([lat]), exactness=exactness)
    with pytest.raises(InvalidInputError):
        load(staged, RecordBatch(places))
    assert staged.info().rows["place"] == 4


def test_a_release_that_is_not_there_is_named(staged):
    with pytest.raises(NotFoundError):
        load(staged, batch(1), "r9")


def test_two_loads_at_once_both_come_whole_or_the_second_is_told(staged, store_address, make_release):
    from geoname.store.open_store import open_store

    other = open_store(store_address, busy_seconds=0.1)
    with staged.writing("loader", "holds the database"), pytest.raises(ConflictError):
        load(other, batch())
    assert load(other, batch()) == Written(added=2 * COUNT)
    assert load(staged, batch()) == Written(same=2 * COUNT)
    other.close()


def test_parts_keep_names_beside_their_places():
    whole = batch(25)
    loose = replace(whole.names, place_id=[f"v{(number * 7) % 30:05d}" for number in range(25)])
    taking = Parts(RecordBatch(whole.places, loose))
    parts = []
    while (part := taking.take(4)) is not None:
        parts.append(part)
    assert [id_ for part in parts for id_ in part.places.id] == list(whole.places.id)
    assert sorted(id_ for part in parts for id_ in part.names.id) == sorted(whole.names.id)
    for part in parts:
        there = set(part.places.id)
        assert len(there) <= 4
        assert not there or set(part.names.place_id) <= there
        assert part.names.romanization == "Zhài"


def test_a_batch_of_nothing_writes_nothing(staged):
    assert load(staged, RecordBatch()) == Written()
