"""Dates, periods and text survive the database; what is unreadable is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoname.core.register.name import Approval, Name, NameKind, NameStatus, Publication
from geoname.core.register.place import Place
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period
from geoname.errors import DatabaseError, InvalidInputError
from geoname.store.open_store import open_store
from geoname.store.rows.cells import check_cells, choice, partial_date, period_cells, period_of, written

days = st.dates()
partial_dates = st.one_of(
    days.map(lambda day: PartialDate.parse(day.isoformat())),
    days.map(lambda day: PartialDate.parse(day.isoformat()[:7])),
    days.map(lambda day: PartialDate.parse(day.isoformat()[:4])),
)
periods = st.builds(
    Period, st.none() | partial_dates, st.none() | partial_dates, st.none() | days
)  # fmt: skip
han = st.sampled_from("贵州㵲㯊𠅤𪚥鶂〇ꆈ") | st.characters(codec="utf-8", exclude_characters="\0")
texts = st.text(han, max_size=12)
names = st.builds(
    Name,
    st.just("n"),
    st.just("p"),
    texts,
    texts,
    texts,
    st.sampled_from(NameKind),
    st.sampled_from(NameStatus),
    st.sampled_from(Publication),
    romanization=texts,
    needs_review=st.booleans(),
    language=texts,
    minority_writing=texts,
    period=periods,
    approval=st.builds(
        Approval,
        st.none() | texts,
        st.none() | texts,
        st.none() | partial_dates,
        st.none() | texts,
        st.none() | partial_dates,
        st.none() | partial_dates,
        st.none() | partial_dates,
    ),
)


@given(partial_dates)
def test_a_date_keeps_the_precision_it_has(value):
    assert partial_date(written(value), "on") == value


@given(periods)
def test_a_period_comes_back(value):
    assert period_of(*period_cells(value).values()) == value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names)
def test_a_name_of_any_characters_and_dates_comes_back_from_the_file(filled, store_address, name):
    with filled.writing("x", "y") as writer:
        writer.put_places([Place("p", "21610", None, "s")], "r1")
        writer.put_names([name], "r1")
    again = open_store(store_address)
    found = again.name_entry("n").name
    again.close()
    assert found == replace(name, version=found.version)


@given(
    st.text(st.characters(codec="utf-8"), max_size=8), st.characters(categories=["Cs"]), st.text(max_size=3)
)
def test_a_lone_surrogate_is_never_accepted(start, half, end):
    with pytest.raises(InvalidInputError) as raised:
        check_cells({"id": "x", "text": start + half + end}, "name")
    assert raised.value.field == "text"


def test_two_halves_in_two_cells_do_not_make_a_character():
    with pytest.raises(InvalidInputError) as raised:
        check_cells({"specific": "a\ud83d", "generic": "\ude00b"}, "name")
    assert raised.value.field == "specific"


def test_children_are_looked_at_too():
    with pytest.raises(InvalidInputError) as raised:
        check_cells({"id": "x", "codes": [{"code": "52"}, {"code": "\ud800"}]}, "division")
    assert raised.value.field == "code"


@pytest.mark.parametrize("text", ["", "soon", "2014-13", "14"])
def test_a_date_that_geoname_never_wrote_names_its_column(text):
    with pytest.raises(DatabaseError, match="valid_from"):
        period_of(text, None, None)
    with pytest.raises(DatabaseError, match="known_on"):
        period_of(None, None, text)


def test_an_unknown_member_names_its_column():
    with pytest.raises(DatabaseError, match="'gone'") as raised:
        choice(NameStatus, "gone", "status")
    assert raised.value.field == "status"
    assert choice(NameStatus, "current", "status") is NameStatus.CURRENT


def test_periods_that_are_equal_are_one_object():
    cells = period_cells(Period(known_on=date(2023, 6, 30))).values()
    assert period_of(*cells) is period_of(*cells)
