from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.code_merging import merged_codes, other_code, succeeded_code
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period


def code(text, year=None, scheme=Scheme.MCA, start=None, end=None):
    as_of = date(year, 12, 31) if year else None
    begun = PartialDate.parse(start) if start else None
    return Code(scheme, text, as_of, Period(begun, PartialDate.parse(end) if end else None, as_of))


CODES = st.builds(
    code,
    st.sampled_from(["520111001", "520111002"]),
    st.none() | st.integers(2014, 2025),
    st.sampled_from(Scheme),
    st.none() | st.sampled_from(["2014", "2016-03-20"]),
    st.none() | st.just("2021"),
)


@given(st.lists(CODES), st.lists(CODES))
def test_loading_the_same_again_changes_nothing(first, second):
    once = merged_codes(first, second)
    assert merged_codes(once, second) == once
    assert len({(each.scheme, each.code) for each in once}) == len(once)


def test_what_is_known_of_a_code_is_joined():
    [both] = merged_codes([code("520111001", 2025)], [code("520111001", 2021, start="2021")])
    assert both.as_of == date(2025, 12, 31)
    assert str(both.period.start) == "2021"
    assert both.period.end is None


def test_another_code_of_the_same_scheme_is_seen():
    before = code("520111001", 2024)
    assert other_code([before], code("520111002", 2025)) == before
    assert other_code([before], code("520111001", 2025)) is None
    assert other_code([before], code("520111002", 2025, Scheme.NBS)) is None
    assert other_code([code("520111001", 2024, end="2024")], code("520111002", 2025)) is None


def test_the_list_of_the_next_year_ends_a_code_in_that_year():
    ended = succeeded_code(code("520111001", 2024), code("520111002", 2025))
    assert str(ended.period.end) == "2025"


def test_an_end_that_no_list_tells_is_not_invented():
    assert succeeded_code(code("520111001", 2016), code("520111002", 2025)) is None
    assert succeeded_code(code("520111001", 2025), code("520111002", 2024)) is None
