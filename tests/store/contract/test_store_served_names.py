"""All served names at once, as columns, are those that are read one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geoname.core.register.name import NameKind, Publication
from geoname.core.register.place import Exactness, Location, Secrecy
from geoname.core.register.provenance import ReleaseState
from geoname.errors import DatabaseError
from geoname.store.served_names import NameTraits, PlaceTraits


def long(id_: str) -> str:
    return id_.rjust(12, "0")


@pytest.fixture
def written(store, sample, make_release):
    """The sample with ids of their proper length, and what is seldom in a register."""
    places = [
        replace(each, id=long(each.id), division_id=long(each.division_id) if each.division_id else None)
        for each in sample.places
    ]
    odd = Location(106.5, 26.5, Exactness.POPULATED_PLACE, "实测\x1f100%s")
    places.append(replace(places[0], id="oddplace0001", location=odd, secrecy=Secrecy.RESTRICTED))
    names = [replace(each, id=long(each.id), place_id=long(each.place_id)) for each in sample.names]
    odd_name = replace(
        names[0], id="oddname00001", place_id="oddplace0001", text="𠅤\U00020000寨",
        specific="𠅤\U00020000", generic="寨",
        kind=NameKind.ALIAS, publication=Publication.INTERNAL, romanization="Tóng’é Zhài", needs_review=True,
    )  # fmt: skip
    with store.writing("loader", "all") as writer:
        writer.put_source(sample.source)
        writer.put_release(sample.release)
        writer.put_places(places, "r1")
        writer.put_names([*names, odd_name], "r1")
        writer.put_release(make_release("r2", ReleaseState.STAGED))
        writer.put_places([replace(places[0], id="notserved001")], "r2")
        writer.put_names([replace(names[0], id="notserved002", place_id="notserved001")], "r1")
        writer.put_names([replace(names[0], id="notserved003")], "r2")
    return store


def test_columns_hold_what_is_read_one_by_one(written):
    found = written.served_names()
    entries = {
        entry.name.id: (entry.name, entry.place) for batch in written.name_entries() for entry in batch
    }
    assert sorted(found.id.tolist()) == sorted(map(str.encode, entries))
    assert b"oddname00001" in found.id
    for row, name_id in enumerate(found.id.tolist()):
        name, place = entries[name_id.decode()]
        start, end, known = name.period.start, name.period.end, name.period.known_on
        assert (found.text[row], found.romanization[row]) == (name.text, name.romanization)
        assert found.place_id[row].decode() == place.id
        assert found.traits[row] == NameTraits(
            name.kind, name.status, name.publication, name.reading_source, "1" if name.needs_review else "",
            str(len(name.specific)), str(len(name.generic)), str(start or ""), str(end or ""),
            str(known or ""),
        )  # fmt: skip
        at = place.location
        assert found.place_traits[row] == PlaceTraits(
            place.feature_class, at.exactness, place.secrecy, at.basis
        )
        assert found.division_id[row] == (place.division_id or "")
        assert np.array_equal(
            [found.lon[row], found.lat[row]],
            [np.nan if at.lon is None else at.lon, np.nan if at.lat is None else at.lat],
            equal_nan=True,
        )


def test_a_register_without_names_has_empty_columns(store):
    found = store.served_names()
    assert (len(found), len(found.text), len(found.traits), len(found.lon)) == (0, 0, 0, 0)


def test_an_id_that_geoname_never_wrote_is_refused(filled):
    with pytest.raises(DatabaseError, match="another length than 12") as raised:
        filled.served_names()
    assert raised.value.field == "id"
