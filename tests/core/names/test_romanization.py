"""Romanization by the rules of 1984, on the rules' own examples and on all of Guizhou."""

import csv
import re
import time
import unicodedata
from pathlib import Path

import pytest

from geoname.core.names.characters import is_han
from geoname.core.names.ethnonyms import ETHNONYMS, Ethnonym
from geoname.core.names.feature_class import (
    BRIDGE,
    COUNTY,
    MOUNTAIN,
    PREFECTURE,
    PROVINCE,
    RESIDENTS_COMMITTEE,
    RIVER,
    RURAL_SETTLEMENT,
    STREET,
    TOWN_SETTLEMENT,
    TOWNSHIP,
    VILLAGE_COMMITTEE,
)
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import ReadingEntry, ReadingScope, ReadingSource, ReadingTable
from geoname.core.names.romanization import romanize
from geoname.errors import InvalidInputError

DATA = Path(__file__).resolve().parents[3] / "data"
BUILDING = "26310"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def table():
    return ReadingTable.from_rows(rows("readings/place_readings.csv"))


@pytest.mark.parametrize(
    ("text", "feature_class", "spelling"),
    [
        # 1
        ("太行山", MOUNTAIN, "Tàiháng Shān"),
        ("通县", COUNTY, "Tōng Xiàn"),
        # 2
        ("西辽河", RIVER, "Xīliáo Hé"),
        ("潮白新河", RIVER, "Cháobái Xīnhé"),
        ("景山后街", STREET, "Jǐngshān Hòujiē"),
        ("朝阳门内大街", STREET, "Cháoyángménnèi Dàjiē"),
        ("东直门外南后街", STREET, "Dōngzhíménwài Nánhòujiē"),
        ("修文西小巷", STREET, "Xiūwén Xīxiǎoxiàng"),
        ("南横东街", STREET, "Nánhéng Dōngjiē"),
        ("中华南路", STREET, "Zhōnghuá Nánlù"),
        ("河东路", STREET, "Hédōng Lù"),
        # 3
        ("王村", RURAL_SETTLEMENT, "Wángcūn"),
        ("李庄", RURAL_SETTLEMENT, "Lǐzhuāng"),
        ("周口店", RURAL_SETTLEMENT, "Zhōukǒudiàn"),
        ("龙王集", TOWN_SETTLEMENT, "Lóngwángjí"),
        ("王家寨", RURAL_SETTLEMENT, "Wángjiāzhài"),
        ("大坝自然村", RURAL_SETTLEMENT, "Dàbà Zìráncūn"),
        ("大坝村", VILLAGE_COMMITTEE, "Dàbàcūn"),
        ("铜仁市", TOWN_SETTLEMENT, "Tóngrén Shì"),
        ("龙场镇", TOWN_SETTLEMENT, "Lóngchǎng Zhèn"),
        # 4
        ("黑龙江省", PROVINCE, "Hēilóngjiāng Shěng"),
        ("景德镇市", PREFECTURE, "Jǐngdézhèn Shì"),
        ("解放路南小街", STREET, "Jiěfànglù Nánxiǎojiē"),
        ("大营路街道", TOWNSHIP, "Dàyínglù Jiēdào"),
        # 5
        ("左权县", COUNTY, "Zuǒquán Xiàn"),
        ("张之洞路", STREET, "Zhāngzhīdòng Lù"),
        # 6
        ("五指山", MOUNTAIN, "Wǔzhǐ Shān"),
        ("第二松花江", RIVER, "Dì’èr Sōnghuā Jiāng"),
        ("三八路", STREET, "Sānbā Lù"),
        ("统一路", STREET, "Tǒngyī Lù"),
        # 7
        ("二马路", STREET, "2 Mǎlù"),
        ("经五路", STREET, "Jīng 5 Lù"),
        ("三环路", STREET, "3 Huánlù"),
        ("大川淀一巷", STREET, "Dàchuāndiàn 1 Xiàng"),
        ("东四十二条", STREET, "Dōngsì 12 Tiáo"),
        ("第九弄", STREET, "Dì-9 Lòng"),
        ("1203高地", MOUNTAIN, "1203 Gāodì"),
        ("G320国道", "23210", "G320 Guódào"),
        # 8
        ("十里堡", RURAL_SETTLEMENT, "Shílǐpù"),
        ("大黄堡", RURAL_SETTLEMENT, "Dàhuángbǎo"),
        ("吴堡县", COUNTY, "Wúbǔ Xiàn"),
        # 9 to 11
        ("西安市", PREFECTURE, "Xī’ān Shì"),
        ("天峨县", COUNTY, "Tiān’é Xiàn"),
        ("正安县", COUNTY, "Zhèng’ān Xiàn"),
        ("都匀市", COUNTY, "Dūyún Shì"),
        ("长顺县", COUNTY, "Chángshùn Xiàn"),
        ("吕梁市", PREFECTURE, "Lǚliáng Shì"),
        # places whose body is named with them
        ("大坝村村民委员会", VILLAGE_COMMITTEE, "Dàbàcūn Cūnmín Wěiyuánhuì"),
        ("村村委会", VILLAGE_COMMITTEE, "Cūn Cūnwěihuì"),
        ("天生社区居民委员会", RESIDENTS_COMMITTEE, "Tiānshēng Shèqū Jūmín Wěiyuánhuì"),
        ("天生社区", RESIDENTS_COMMITTEE, "Tiānshēng Shèqū"),
        ("㵲水街道", TOWNSHIP, "Wǔshuǐ Jiēdào"),
        ("桴㯊镇", TOWNSHIP, "Fúyān Zhèn"),
        ("鸭池河特大桥", BRIDGE, "Yāchíhé Tèdàqiáo"),
        ("602库", RURAL_SETTLEMENT, "602 Kù"),
        ("", COUNTY, ""),
    ],
)
def test_a_name_is_spelt_by_the_rules(text, feature_class, spelling, table):
    spelt = romanize(split_name(text, feature_class), feature_class, table)
    assert spelt.text == spelling
    assert unicodedata.is_normalized("NFC", spelt.text)


@pytest.mark.parametrize("row", rows("guizhou/county_pinyin.csv"), ids=lambda row: row["name"])
def test_divisions_are_spelt_as_published(row, table):
    feature_class = {2: PROVINCE, 4: PREFECTURE, 6: COUNTY}[len(row["code"])]
    name = split_name(row["name"], feature_class)
    assert (name.specific, "/".join(name.ethnonyms), name.generic) == (
        row["specific"],
        row["ethnonyms"],
        row["generic"],
    )
    spelt = romanize(name, feature_class, table)
    assert (spelt.text, spelt.untoned) == (row["pinyin_toned"], row["pinyin_untoned_gb2260_style"])


def test_a_coloured_syllable_is_an_r(table):
    coloured = ReadingTable.of([ReadingEntry("盆儿", ("pén", "r"))])
    assert romanize(split_name("盆儿胡同", STREET), STREET, coloured).text == "Pénr Hútong"


def test_a_building_is_divided_by_the_words_that_are_given(table):
    name = split_name("北京工人体育馆", BUILDING)
    spelt = romanize(name, BUILDING, table, words=("北京", "工人"))
    assert (spelt.text, spelt.needs_review) == ("Běijīng Gōngrén Tǐyùguǎn", False)
    guessed = romanize(name, BUILDING, table)
    assert (guessed.text, guessed.needs_review) == ("Běijīnggōngrén Tǐyùguǎn", True)
    with pytest.raises(InvalidInputError, match="do not make up") as refused:
        romanize(name, BUILDING, table, words=("北京", "工"))
    assert refused.value.field == "words"


def test_peoples_whose_spelling_is_not_settled_ask_for_review(table):
    unsettled = romanize(split_name("荔波水族乡", TOWNSHIP), TOWNSHIP, table)
    assert (unsettled.text, unsettled.untoned, unsettled.needs_review) == (
        "Lìbō Shuǐzú Xiāng",
        "Libo Suizu Xiang",
        True,
    )
    own = ETHNONYMS.with_entries([Ethnonym("水族", ("suī", "zú"))])
    settled = romanize(split_name("荔波水族乡", TOWNSHIP, own), TOWNSHIP, table, ethnonyms=own)
    assert (settled.text, settled.untoned, settled.needs_review) == (
        "Lìbō Suīzú Xiāng",
        "Libo Suizu Xiang",
        False,
    )


def test_an_entry_of_the_whole_name_goes_before_everything():
    entry = ReadingEntry("长兴镇", ("zhǎng", "xīng", "zhèn"), ReadingSource.APPROVED, ReadingScope.NAME)
    spelt = romanize(split_name("长兴镇", TOWNSHIP), TOWNSHIP, ReadingTable.of([entry], watched="长"))
    assert (spelt.text, spelt.source, spelt.needs_review) == ("Zhǎngxīng Zhèn", ReadingSource.APPROVED, False)
    village = ReadingEntry("长村", ("zhǎng", "cūn"), ReadingSource.APPROVED, ReadingScope.NAME)
    joined = romanize(split_name("长村", RURAL_SETTLEMENT), RURAL_SETTLEMENT, ReadingTable.of([village]))
    assert (joined.text, joined.source) == ("Zhǎngcūn", ReadingSource.APPROVED)


def test_what_cannot_be_read_stays_and_asks_for_review(table):
    spelt = romanize(split_name("\U000323af水街道", TOWNSHIP), TOWNSHIP, table)
    assert "\U000323af" in spelt.text
    assert spelt.needs_review
    assert romanize(split_name("?水街道", TOWNSHIP), TOWNSHIP, table).needs_review


def test_syllables_are_those_of_all_characters(table):
    assert romanize(split_name("经五路", STREET), STREET, table).syllables == ("jīng", "wǔ", "lù")
    assert romanize(split_name("G320国道", "23210"), "23210", table).syllables == (
        "g",
        "sān",
        "èr",
        "líng",
        "guó",
        "dào",
    )
    assert romanize(split_name("中华南路", STREET), STREET, table).syllables == ("zhōng", "huá", "nán", "lù")


def test_another_gazetteer_spells_the_towns_alike(table):
    compared = []
    for row in rows("guizhou/populated_places.csv"):
        if is_han(row["name"][0]):
            spelt = romanize(split_name(row["name"], TOWN_SETTLEMENT), TOWN_SETTLEMENT, table)
            ours = spelt.untoned.removesuffix(" Shi").lower().replace("’", "")
            compared.append((row["name"], ours, row["roman"].lower().replace("’", "").replace("'", "")))
    assert len(compared) > 150
    # 模 is mó or mú, and only the place itself can say.
    assert [name for name, ours, theirs in compared if ours != theirs] == ["平模"]


CLASSES = {2: PROVINCE, 4: PREFECTURE, 6: COUNTY, 9: TOWNSHIP, 12: VILLAGE_COMMITTEE}
SEGMENT = re.compile("[A-ZĀÁǍÀĒÉĚÈŌÓǑÒ][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ’]*|[0-9]+")


def test_every_division_of_guizhou_is_spelt_in_good_time(table):
    names = [(row["name"], CLASSES[len(row["code"])]) for row in rows("guizhou/divisions.csv")]
    started = time.perf_counter()
    spelt = [romanize(split_name(text, feature_class), feature_class, table) for text, feature_class in names]
    assert time.perf_counter() - started < 4
    assert len(spelt) > 19_000
    odd = [each.text for each in spelt if not all(map(SEGMENT.fullmatch, each.text.split(" ")))]
    assert odd == []
    assert all(
        len(each.syllables) == len(text)
        for each, (text, _) in zip(spelt, names, strict=True)
        if not re.search("[0-9]", text)
    )
