"""What the index holds of a name comes back as it was given; what does not fit is refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geoname.core.divisions.code import Scheme
from geoname.core.names.keys import name_key
from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import Name, NameKind, NameStatus, Publication
from geoname.core.register.name_index import NameIndex, columns_of, keys_of
from geoname.core.register.name_index.coded import Coded
from geoname.core.register.place import Exactness, Location, Place, Secrecy
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import InvalidInputError

FULL = Name(
    "abcdefghijk1",
    "zyxwvutsrqp2",
    "㵲水街道\U00020000",
    "㵲水",
    "街道\U00020000",
    kind=NameKind.FORMER,
    status=NameStatus.HISTORICAL,
    publication=Publication.INTERNAL,
    romanization="Wǔshuǐ Jiēdào",
    reading_source=ReadingSource.LOCAL_SURVEY,
    needs_review=True,
    period=Period(PartialDate.parse("1992"), PartialDate.parse("2014-12"), date(1999, 1, 1)),
)
PLACE = Place(
    "zyxwvutsrqp2",
    "01500",
    "7",
    "source",
    Location(106.123456789012, 26.987654321098, Exactness.POPULATED_PLACE, "实测"),
    secrecy=Secrecy.RESTRICTED,
)
BARE = Name("abcdefghijk2", "zyxwvutsrqp3", "山", "山", "")
NOWHERE = Place("zyxwvutsrqp3", "13400", None, "")


def columns(*entries):
    return columns_of(
        entries,
        division_of=int,
        code_of=lambda name, place: ("522628001", Scheme.MCA) if name is FULL else None,
        weight_of=lambda name, place: 2.5 if name is FULL else 0.25,
    )


def build(made):
    return NameIndex.build(made, keys_of(made, text_key=name_key))


def test_a_full_record_comes_back_as_given():
    name = build(columns((BARE, NOWHERE), (FULL, PLACE))).row(0)
    for part in ("text", "specific", "generic", "kind", "status", "publication", "romanization"):
        assert getattr(name, part) == getattr(FULL, part)
    assert (name.name_id, name.place_id) == (FULL.id, PLACE.id)
    assert (name.reading_source, name.needs_review, name.period) == (
        FULL.reading_source,
        True,
        FULL.period,
    )
    assert (name.lon, name.lat) == (PLACE.location.lon, PLACE.location.lat)
    assert (name.exactness, name.basis, name.secrecy) == (
        Exactness.POPULATED_PLACE,
        "实测",
        Secrecy.RESTRICTED,
    )
    assert (name.feature_class, name.division) == ("01500", 7)
    assert (name.code, name.code_scheme, name.weight, name.row) == ("522628001", Scheme.MCA, 2.5, 0)


def test_what_is_not_known_comes_back_as_not_known():
    name = build(columns((FULL, PLACE), (BARE, NOWHERE))).row(1)
    assert (name.lon, name.lat, name.exactness, name.basis) == (None, None, Exactness.NONE, "")
    assert (name.code, name.code_scheme, name.division, name.romanization) == ("", None, -1, "")
    assert name.period == Period()
    assert name.generic == ""


@pytest.mark.parametrize("row", [-1, 2, 10**9])
def test_a_rank_that_is_not_there_is_an_error(row):
    with pytest.raises(IndexError):
        build(columns((FULL, PLACE), (BARE, NOWHERE))).row(row)


@pytest.mark.parametrize(
    ("field", "values", "message"),
    [
        ("name_id", ["abcdefghijk1"] * 2, "give each its own"),
        ("name_id", ["abcdefghijk1", "short"], "12 characters"),
        ("place_id", ["abcdefghijk1", "much too long an id"], "12 characters"),
        ("feature_class", ["22200", "222"], "five digits"),
        ("feature_class", ["22200", "2220x"], "five digits"),
        ("text", ["山", "half\ud800"], "half a character"),
        ("text", ["山", "长" * 30_000], "65535 bytes"),
        ("code", ["", "1" * 256], "255 bytes"),
    ],
)
def test_what_does_not_fit_is_refused(field, values, message):
    column = np.array(values, dtype=np.bytes_) if field.endswith("_id") else Coded.of(values)
    made = replace(columns((FULL, PLACE), (BARE, NOWHERE)), **{field: column})
    keys = keys_of(columns((FULL, PLACE), (BARE, NOWHERE)), text_key=name_key)
    with pytest.raises(InvalidInputError, match=message) as error:
        NameIndex.build(made, keys)
    assert error.value.field is not None
    assert error.value.zh != error.value.message


def test_locations_are_those_of_the_rows():
    index = build(columns((BARE, NOWHERE), (FULL, PLACE)))
    lon, lat = index.locations()
    assert lon[0] == PLACE.location.lon
    assert lat[0] == PLACE.location.lat
    assert np.isnan(lon[1])
