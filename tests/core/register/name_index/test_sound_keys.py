"""Keys of the spelling that is kept are the keys of the reading it was written from."""

from __future__ import annotations

import pytest

from geoname.core.names.feature_class import VILLAGE_COMMITTEE
from geoname.core.names.pinyin_keys import pinyin_keys
from geoname.core.names.place_name import split_name
from geoname.core.names.romanization import romanize
from geoname.core.register.name_index.sound_keys import sound_keys
from geoname.formats.shipped_data import read_divisions
from geoname.formats.shipped_readings import read_readings


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Qīngyán Zhèn", ("qingyanzhen", "qing1yan2zhen4", "qyz")),
        ("Lǚ’ān", ("lvan", "lv3an1", "la")),
        ("Xī’ān", ("xian", "xi1an1", "xa")),
        ("Xiàn", ("xian", "xian4", "x")),
        ("Jīng 5 Lù", ("jingwulu", "jing1wu3lu4", "jwl")),
        ("Dì-èr Sōnghuā Jiāng", ("diersonghuajiang", "di4er4song1hua1jiang1", "deshj")),
        ("Bàzi", ("bazi", "ba4zi5", "bz")),
        ("", ("", "", "")),
        ("㯊", ("", "", "")),
    ],
)
def test_keys_of_spellings(written, keys):
    assert tuple(*zip(*sound_keys([written]), strict=True)) == keys


def test_many_at_once_have_the_keys_of_each(monkeypatch):
    monkeypatch.setattr("geoname.core.register.name_index.sound_keys._PART", 2)
    spellings = ["Qīngyán Zhèn", "", "Two\nlines", "Jīng 5 Lù", "\n", "Bàzi", "Qīngyán"]
    alone = [tuple(*zip(*sound_keys([each]), strict=True)) for each in spellings]
    assert [*zip(*sound_keys(spellings), strict=True)] == alone
    assert sound_keys([]) == ([], [], [])


def test_every_village_has_the_keys_of_its_reading():
    table = read_readings()
    differing = []
    for each in read_divisions()[-17_964::9]:
        spelt = romanize(split_name(each.division.name, VILLAGE_COMMITTEE), VILLAGE_COMMITTEE, table)
        keys = pinyin_keys(spelt)
        heard = sound_keys([spelt.text])
        if heard != ([keys.plain], [keys.toned], [keys.initials]):
            differing.append((spelt.text, heard.toned, keys.toned))
    assert differing == []
