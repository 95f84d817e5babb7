"""Readings: the own table over the dictionary, sources and review."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.names.readings import (
    EMPTY_TABLE,
    ReadingEntry,
    ReadingScope,
    ReadingSource,
    ReadingTable,
    read,
)
from geoname.core.names.syllables import SYLLABLES, untoned
from geoname.errors import InvalidInputError

FOLDER = Path(__file__).resolve().parents[3] / "data"


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shipped():
    return ReadingTable.from_rows(rows("readings/place_readings.csv"))


def spoken(text, table):
    return " ".join(read(text, table).syllables)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("都匀", "dū yún"),
        ("三都", "sān dū"),
        ("兰花都", "lán huā dū"),
        ("长顺", "cháng shùn"),
        ("长坝村", "cháng bà cūn"),
        ("成长路", "chéng zhǎng lù"),
        ("重安", "chóng ān"),
        ("曾家沟", "zēng jiā gōu"),
        ("什字", "shí zì"),
        ("六枝", "liù zhī"),
        ("观么", "guān mó"),
        ("桴㯊", "fú yān"),
        ("㵲阳", "wǔ yáng"),
        ("龙洞堡", "lóng dòng bǎo"),
        ("十里堡", "shí lǐ pù"),
        ("吴堡", "wú bǔ"),
        ("大黄堡", "dà huáng bǎo"),
        ("罗甸", "luó diàn"),
        ("素朴", "sù pǔ"),
        ("马尾", "mǎ wěi"),
        ("三佛", "sān fó"),
        ("女山", "nǚ shān"),
    ],
)
def test_the_shipped_table_mends_the_dictionary(text, reading, shipped):
    assert spoken(text, shipped) == reading


def test_watched_characters_ask_for_review_and_county_readings_come_from_the_table(shipped):
    for row in rows("guizhou/reading_watchlist.csv"):
        name = row["name"]
        assert read(name, shipped).needs_review, name
    assert read("安顺", shipped).source is ReadingSource.DICTIONARY
    assert not read("安顺", shipped).needs_review
    assert read("都匀", shipped).needs_review


def test_survey_and_approval_settle_a_watched_character():
    entries = [
        ReadingEntry("长寨", ("cháng", "zhài"), ReadingSource.LOCAL_SURVEY),
        ReadingEntry("长沙镇", ("cháng", "shā", "zhèn"), ReadingSource.APPROVED, ReadingScope.NAME),
        ReadingEntry("长", ("cháng",)),
    ]
    table = ReadingTable.of(entries, watched="长")
    assert not read("长寨", table).needs_review
    assert read("长沙", table).needs_review
    approved = read("长沙镇", table)
    assert (approved.source, approved.needs_review) == (ReadingSource.APPROVED, False)
    assert read("新长沙镇", table).needs_review


def test_the_weakest_part_gives_the_source():
    table = ReadingTable.of([ReadingEntry("青岩", ("qīng", "yán"), ReadingSource.LOCAL_SURVEY)])
    assert read("青岩", table).source is ReadingSource.LOCAL_SURVEY
    assert read("青岩镇", table).source is ReadingSource.DICTIONARY
    assert read("青岩行", table).source is ReadingSource.AUTO


def test_the_longest_phrase_wins_and_the_stronger_source_stays():
    entries = [
        ReadingEntry("重", ("zhòng",)),
        ReadingEntry("重安", ("chóng", "ān")),
        ReadingEntry("重", ("chóng",), ReadingSource.LOCAL_SURVEY),
    ]
    table = ReadingTable.of(entries)
    assert spoken("重安重", table) == "chóng ān chóng"
    assert ReadingTable.of(reversed(entries)).phrases == table.phrases


def test_a_character_without_reading_stays_and_asks_for_review():
    reading = read("\U000323af山", EMPTY_TABLE)
    assert reading.syllables == ("\U000323af", "shān")
    assert reading.needs_review
    assert read("着山", EMPTY_TABLE).needs_review
    assert not read("山A5", EMPTY_TABLE).needs_review


@given(st.one_of(st.text(max_size=8), st.text(st.sampled_from("都长堡重安㵲a5?\ud800𠀀十里"), max_size=8)))
def test_one_syllable_for_each_character(text):
    table = ReadingTable.of(
        [
            ReadingEntry("都", ("dū",)),
            ReadingEntry("重安", ("chóng", "ān")),
            ReadingEntry("十里堡", ("shí", "lǐ", "pù")),
        ]
    )
    assert len(read(text, table).syllables) == len(text)


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        ({"text": "都匀", "scope": "phrase", "reading": "dū", "source": "dictionary"}, "1 syllables for 2"),
        ({"text": "", "scope": "phrase", "reading": "", "source": "dictionary"}, "0 syllables"),
        ({"text": "都", "scope": "phrase", "reading": "Dū", "source": "dictionary"}, "no syllable"),
        ({"text": "都", "scope": "phrase", "reading": "dū", "source": "hearsay"}, "hearsay"),
        ({"text": "都", "scope": "phrase", "source": "auto"}, "no column 'reading'"),
        ({"text": "都", "scope": "line", "reading": "dū", "source": "auto"}, "line"),
    ],
)
def test_a_wrong_row_is_refused_by_name(row, trouble):
    with pytest.raises(InvalidInputError, match=trouble) as refused:
        ReadingTable.from_rows([row])
    assert refused.value.field == "readings"


def test_what_is_not_read_in_one_syllable_asks_for_review():
    readings = {char: read(char, EMPTY_TABLE) for char in map(chr, range(0x4E00, 0x9FA6))}
    odd = {char for char, reading in readings.items() if untoned(reading.syllables[0]) not in SYLLABLES}
    assert 0 < len(odd) < 40
    assert all(readings[char].needs_review for char in odd)


def test_every_shipped_row_says_how_well_it_is_known():
    table = rows("readings/place_readings.csv")
    assert len(table) > 200
    assert {row["mark"] for row in table} <= {"V", "C", "M", "S"}
    assert all(row["basis"] for row in table)
