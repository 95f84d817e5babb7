from datetime import date

import pytest

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.codebook import CodeBook
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Held, Period
from geoname.errors import AmbiguousCodeError, NotFoundError

CHANGE = PartialDate(date(2016, 3, 20))
LISTED = date(2023, 6, 30)


def county(id_, name, *codes, period):
    return Division(id_, name, Level.COUNTY, DivisionKind.COUNTY, None, codes, period)


def town(id_, name, scheme, code):
    period = Period(known_on=LISTED)
    return Division(
        id_, name, Level.TOWNSHIP, DivisionKind.TOWN, None, (Code(scheme, code, LISTED, period),), period
    )


OLD = Period(start=PartialDate.parse("1980"), end=CHANGE)
NEW = Period(start=CHANGE)
BOOK = CodeBook(
    DivisionAtlas(
        [
            county("old", "遵义县", Code(Scheme.GB2260, "520321", None, OLD), period=OLD),
            county("new", "播州区", Code(Scheme.GB2260, "520304", None, NEW), period=NEW),
            town("dw", "党武街道", Scheme.MCA, "520111009"),
            town("pq", "平桥街道", Scheme.NBS, "520111009"),
            town("qy", "青岩镇", Scheme.NBS, "520111102"),
        ]
    )
)


def test_a_retired_code_gives_the_division_it_meant():
    assert BOOK.find("520321").division.name == "遵义县"
    found = BOOK.find("520321", day=date(2015, 1, 1))
    assert (found.division.id, found.held) == ("old", Held.YES)


def test_a_code_asked_for_before_it_was_given_says_when_it_holds():
    with pytest.raises(NotFoundError, match="播州区 2016-03-20"):
        BOOK.find("520304", day=date(2015, 1, 1))


def test_a_code_that_means_two_places_names_both():
    with pytest.raises(AmbiguousCodeError) as raised:
        BOOK.find("520111009")
    assert {name for _, _, name in raised.value.meanings} == {"党武街道", "平桥街道"}
    assert BOOK.find("520111009", Scheme.MCA).division.name == "党武街道"


def test_a_day_before_the_list_is_not_vouched_for():
    assert BOOK.find("520111102", day=date(2001, 1, 1)).held is Held.UNKNOWN_BEFORE
    assert BOOK.find("520111102", day=date(2024, 1, 1)).held is Held.YES


def test_an_unknown_code_says_what_to_do():
    with pytest.raises(NotFoundError, match="check the digits"):
        BOOK.find("529999")
    with pytest.raises(NotFoundError, match="in scheme mca"):
        BOOK.find("520111102", Scheme.MCA)


def test_a_polygon_is_tied_by_the_name_it_was_drawn_under():
    period, later = Period(None, CHANGE, date(2010, 1, 1)), Period(CHANGE)
    code = (Code(Scheme.NBS, "520111009", LISTED),)
    renamed = [
        Division("pq", name, Level.TOWNSHIP, DivisionKind.SUBDISTRICT, None, code, held)
        for name, held in (("平桥街道", period), ("新平桥街道", later))
    ]
    book = CodeBook(DivisionAtlas([*renamed, town("dw", "党武街道", Scheme.MCA, "520111009")]))
    assert book.bearer("520111009", "新平桥街道") == "pq"
    assert book.bearer("520111009", "平桥街道") == "pq"
    assert book.bearer("520111009", "党武街道") == "dw"


def test_a_polygon_whose_name_nobody_bore_is_of_the_primary_scheme():
    assert BOOK.bearer("520111009", "平桥") == "pq"
    with pytest.raises(NotFoundError):
        BOOK.bearer("529999", "平桥")
