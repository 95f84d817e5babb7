"""The parts of a load of names: dates, classes, divisions, duplicates, ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.divisions.code import Scheme
from geoname.service.load_names_classes import ClassFinder
from geoname.service.load_names_dates import read_written_date
from geoname.service.load_names_divisions import DivisionFinder
from geoname.service.load_names_duplicates import Duplicates
from geoname.service.load_names_places import datum_written
from geoname.service.load_names_records import minted
from geoname.service.load_names_troubles import WORDING, Trouble


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2014", "2014"),
        ("2014年", "2014"),
        ("2014-12", "2014-12"),
        ("2014.12", "2014-12"),
        ("201412", "2014-12"),
        ("20141213", "2014-12-13"),
        ("2014年12月13日", "2014-12-13"),
        ("2014/1/3", "2014-01-03"),
        ("2014-12-13 00:00:00", "2014-12-13"),
        ("2014-12-13T08:30:00Z", "2014-12-13"),
        ("20140000", "2014"),
        ("20141200", "2014-12"),
        ("2014-13", None),
        ("20140230", None),
        ("20140013", None),
        ("明代", None),
        ("13/12/2014", None),
    ],
)
def test_dates_as_registers_write_them(text, meaning):
    found = read_written_date(text)
    assert (None if found is None else str(found)) == meaning


@pytest.fixture(scope="module")
def classes(guizhou):
    return ClassFinder(guizhou.live().classes, "")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("22200", "22200"),
        ("222", "22200"),
        ("农村居民点", "22200"),
        ("22200 农村居民点", "22200"),
        ("行政村", "21610"),
        ("行政村(村民委员会)", "21610"),
        ("街路巷", "21800"),
        ("不知道", None),
        ("99999", None),
        ("2", None),
    ],
)
def test_classes_by_code_and_by_label(classes, written, code):
    assert classes.find(written, "").code == code


def test_a_class_beside_the_table_is_let_in_and_told(classes):
    found = classes.find("22510", "")
    assert (found.code, found.listed) == ("22510", False)


def test_a_place_code_tells_the_class_and_the_definition_the_usual_one(guizhou, classes):
    assert classes.find("", "52011110112100000001").code == "12100"
    assert classes.find("", "").code is None
    assert ClassFinder(guizhou.live().classes, "22200").find("", "").code == "22200"


@pytest.fixture(scope="module")
def finder(guizhou):
    index = guizhou.live()
    return DivisionFinder(index, None, None)


def name_of(guizhou, found):
    return guizhou.live().atlas.latest(found.id).name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("520111", "花溪区"),
        ("520111000000", "花溪区"),
        ("贵州省贵阳市花溪区", "花溪区"),
        ("贵州省/贵阳市/花溪区", "花溪区"),
        ("贵州省 贵阳市 花溪区 青岩镇", "青岩镇"),
        ("花溪区青岩镇", "青岩镇"),
        ("贵阳市青岩镇", "青岩镇"),
        ("花溪区；南明区", "贵阳市"),
        ("520111,520327", "贵州省"),
    ],
)
def test_divisions_by_code_and_by_path(guizhou, finder, written, name):
    assert name_of(guizhou, finder.find(written)) == name


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        ("529999", Trouble.UNKNOWN_DIVISION),
        ("贵州省昆明市", Trouble.UNKNOWN_DIVISION),
        ("花溪", Trouble.UNKNOWN_DIVISION),
        ("龙场镇", Trouble.AMBIGUOUS_DIVISION),
        ("花溪区、没有的区", Trouble.UNKNOWN_DIVISION),
    ],
)
def test_what_is_no_single_division_says_so(finder, written, trouble):
    assert finder.find(written).trouble is trouble


def test_a_place_code_names_township_or_county(guizhou, finder):
    township = guizhou.live().codebook.find("520111101", Scheme.NBS).division.id
    assert finder.of_place_code("52011110122200000001") == township
    assert name_of(guizhou, finder.find("520111")) == "花溪区"
    county = finder.find("520111").id
    assert finder.of_place_code("52011100012100000001") == county
    assert finder.of_place_code("99999900012100000001") is None


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), max_size=8), max_size=12))
def test_duplicates_are_those_seen_before(batches):
    seen, first, row = Duplicates(), {}, 0
    for batch in batches:
        rows = list(range(row, row + len(batch)))
        row += len(batch)
        expected = {}
        for record, number in zip(batch, rows, strict=True):
            if first.setdefault(record, number) != number:
                expected[number] = first[record]
        assert seen.repeated(batch, rows) == expected
    assert seen.holds([*first, "无"]) == [*[True] * len(first), False]


def test_ids_are_twelve_letters_and_the_same_for_the_same_key():
    keys = [("own-a", "1"), ("own-a", "2"), ("own-b", "1")]
    ids = minted("place", keys)
    assert len(set(ids)) == 3
    assert {len(id_) for id_ in ids} == {12}
    assert minted("place", keys[1:2]) == ids[1:2]
    assert minted("name", keys[:1]) != ids[:1]
    assert minted("name", []) == []


@pytest.mark.parametrize(
    ("written", "datum"),
    [
        ("2000国家大地坐标系", "cgcs2000"),
        ("CGCS2000", "cgcs2000"),
        ("WGS-84", "wgs84"),
        ("GCJ02", "gcj02"),
        ("百度坐标", "bd09"),
        ("1980西安坐标系", None),
        ("1954年北京坐标系", None),
    ],
)
def test_datums_as_cells_name_them(written, datum):
    found = datum_written(written)
    assert (None if found is None else found.value) == datum


def test_every_trouble_has_its_words():
    assert set(WORDING) == set(Trouble)
