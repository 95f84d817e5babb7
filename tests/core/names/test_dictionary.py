"""The dictionary read word by word, each word once, says what it says of a whole text."""

from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from geoname.core.names.dictionary import look_up

CHARACTERS = "重庆长乐坝大寨着的了行银蚌埠都匀台拱水西朝阳一二不啊〇々㵲𬒗?1a 、"


@given(st.text(CHARACTERS, max_size=9))
def test_a_text_is_read_as_the_package_reads_it(text):
    assert list(look_up(text).syllables) == lazy_pinyin(text, style=Style.TONE, errors=list)


def test_a_word_decides_how_its_characters_are_read():
    assert look_up("重庆路").syllables == ("chóng", "qìng", "lù")
    assert look_up("重山").syllables == ("zhòng", "shān")


def test_what_one_word_lacks_the_whole_text_lacks():
    assert look_up("坝坪").only_reading
    assert not look_up("坝重").only_reading
    assert look_up("寨的").doubtful
    assert look_up("寨?").doubtful
    assert not look_up("寨1").doubtful
