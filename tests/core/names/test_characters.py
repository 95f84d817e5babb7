"""Normal form, lost characters and the national list."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.names.characters import CharacterTable, FaultKind, faults, is_han, normal_form
from geoname.core.names.radicals import RADICALS
from geoname.errors import InvalidInputError

ANY = st.text(
    st.one_of(st.characters(), st.sampled_from("贵阳㵲⼭⺟ \u3000\u200b１Ａé\u0301\ufe00豈")), max_size=12
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("㵲水街道", "㵲水街道"),
        ("桴㯊镇", "桴㯊镇"),
        ("左鶂戛", "左鶂戛"),
        ("𫚈鱼岭", "𫚈鱼岭"),
        (" 贵 阳\u3000市\n", "贵阳市"),
        ("贵\u200b阳\ufeff市", "贵阳市"),
        ("贵\ufe00阳\U000e0100市", "贵阳市"),
        ("６０２库ＡＢ座", "602库AB座"),
        ("⼭⽔", "山水"),
        ("⺟猪塘", "母猪塘"),
        ("\uf9dd岭", "利岭"),
        ("\U0002f804村", "你村"),
        ("Guiyang   Shi ", "Guiyang Shi"),
        ("SOHO  城 A  B", "SOHO城A B"),
        ("A\u0301", "Á"),
        ("Ａ\u0301", "Á"),
        ("?水街道", "?水街道"),
        ("\ue000水街道", "\ue000水街道"),
        ("人民路（东段）", "人民路（东段）"),
        ("", ""),
    ],
)
def test_normal_form(written, normal):
    assert normal_form(written) == normal


@given(ANY)
def test_normal_form_is_final_and_composed(text):
    once = normal_form(text)
    assert normal_form(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(st.characters(categories=["Lo"]), max_size=8))
def test_no_letter_is_lost(text):
    kept = [char for char in unicodedata.normalize("NFC", text) if not char.isspace()]
    assert len(normal_form(text)) >= len([char for char in kept if char not in "\u115f\u1160\u3164\uffa0"])


@given(st.text(st.sampled_from("贵阳㵲㯊鶂𫚈〇𠀀"), min_size=1))
def test_names_of_han_characters_stay(text):
    assert normal_form(text) == text
    assert faults(text) == ()


def test_every_radical_means_a_unified_ideograph():
    assert len(RADICALS) == 214 + 114
    assert all(0x3400 <= ord(char) <= 0x9FFF or ord(char) >= 0x20000 for char in RADICALS.values())
    assert RADICALS["⼀"] == "一"
    assert RADICALS["⻢"] == "马"


@pytest.mark.parametrize("char", [*"贵㵲㯊〇々⼭⺟\uf900", "𠀀", "\U0002ebe0", "\U00031350", "\U000323b0"])
def test_han(char):
    assert is_han(char)


@pytest.mark.parametrize("char", list("aA1?□ー한ㄅ·，　\ue000"))
def test_not_han(char):
    assert not is_han(char)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("?水街道", [(0, "?", FaultKind.QUESTION_MARK)]),
        ("水_街？", [(1, "_", FaultKind.UNDERSCORE), (3, "？", FaultKind.QUESTION_MARK)]),
        ("□水〓", [(0, "□", FaultKind.BLANK_BOX), (2, "〓", FaultKind.BLANK_BOX)]),
        ("\ufffd\ue123水", [(0, "\ufffd", FaultKind.REPLACEMENT), (1, "\ue123", FaultKind.PRIVATE_USE)]),
        ("水\ud842", [(1, "\ud842", FaultKind.SURROGATE)]),
        ("𠀀\U000f0001", [(1, "\U000f0001", FaultKind.PRIVATE_USE)]),
        ("水\t\x85", [(1, "\t", FaultKind.CONTROL), (2, "\x85", FaultKind.CONTROL)]),
        ("水\uffff", [(1, "\uffff", FaultKind.NONCHARACTER)]),
        ("㵲水街道", []),
        ("Zhèng’ān Xiàn", []),
    ],
)
def test_lost_characters_are_found_where_they_stand(text, found):
    assert [(fault.position, fault.char, fault.kind) for fault in faults(text)] == found


def test_the_list_tells_levels_and_what_is_outside():
    table = CharacterTable({"水": 1, "街": 1, "湄": 3})
    assert [table.level(char) for char in "水湄㵲"] == [1, 3, None]
    assert table.outside("㵲水A街?湄𠀀") == ((0, "㵲"), (6, "𠀀"))
    assert table.outside("水街") == ()


@pytest.mark.parametrize("levels", [{"水": 4}, {"水街": 1}, {"": 1}, {"水": 0}])
def test_a_wrong_list_is_refused(levels):
    with pytest.raises(InvalidInputError, match="from 1 to 3") as refused:
        CharacterTable(levels)
    assert refused.value.field == "levels"


def test_an_empty_list_holds_nothing():
    assert CharacterTable({}).outside("水") == ((0, "水"),)
