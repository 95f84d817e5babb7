"""Syllables: tones, words, and words taken apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.names.syllables import (
    _SURE_STARTS,
    APOSTROPHE,
    SYLLABLES,
    _split_piece,
    numbered,
    split_syllables,
    tone,
    untoned,
    write_word,
)

MARKS = ["", "\u0304", "\u0301", "\u030c", "\u0300"]


def with_tone(bare, number):
    """Put the mark where the scheme puts it: on a, e or o, otherwise on the last vowel."""
    vowels = [place for place, char in enumerate(bare) if char in "aeoiuü"]
    if not vowels:
        return bare
    place = next((place for wanted in "aeo" for place in vowels if bare[place] == wanted), vowels[-1])
    return unicodedata.normalize("NFC", bare[: place + 1] + MARKS[number % 5] + bare[place + 1 :])


TONED = st.builds(
    with_tone, st.sampled_from(sorted(s for s in SYLLABLES if set(s) & set("aeoiuü"))), st.integers(1, 4)
)


@pytest.mark.parametrize(
    ("toned", "plain"),
    [
        ("Zhèng’ān Xiàn", "Zheng’an Xian"),
        ("Lǚliáng", "Lüliang"),
        ("lüè", "lüe"),
        ("Ānshùn", "Anshun"),
        ("LǙ", "LÜ"),
    ],
)
def test_tones_come_off_and_nothing_else(toned, plain):
    assert untoned(toned) == plain
    assert untoned(unicodedata.normalize("NFD", toned)) == plain


@pytest.mark.parametrize(
    ("syllable", "written"), [("qīng", "qing1"), ("lǚ", "lv3"), ("zi", "zi5"), ("ér", "er2"), ("r", "r5")]
)
def test_numbered_spelling(syllable, written):
    assert numbered(syllable) == written


@given(TONED)
def test_tone_and_letters_make_up_a_syllable(syllable):
    assert with_tone(untoned(syllable), tone(syllable)) == syllable
    assert untoned(syllable) in SYLLABLES


@pytest.mark.parametrize(
    ("syllables", "word"),
    [
        (("zhèng", "ān"), "Zhèng’ān"),
        (("tiān", "é"), "Tiān’é"),
        (("ān", "shùn"), "Ānshùn"),
        (("jiàn", "shuǐ"), "Jiànshuǐ"),
        (("hā", "ěr", "bīn"), "Hā’ěrbīn"),
        (("é", "shān"), "Éshān"),
        (("pén", "r"), "Pénr"),
        (("xī", "ōu"), "Xī’ōu"),
    ],
)
def test_apostrophes_stand_before_a_o_e_and_nowhere_else(syllables, word):
    assert write_word(syllables) == word
    assert "'" not in word


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("qīngyánzhèn", ("qīng", "yán", "zhèn")),
        ("xiàn", ("xiàn",)),
        ("xīān", ("xī", "ān")),
        ("xian", ("xian",)),
        ("fangan", ("fan", "gan")),
        ("lüliang", ("lü", "liang")),
        ("pénr", ("pén", "r")),
        ("shítou", ("shí", "tou")),
        ("guiyang", ("gui", "yang")),
        ("province", None),
        ("qyz", None),
        ("", None),
        ("ā̀", None),
    ],
)
def test_words_are_taken_apart(word, syllables):
    assert split_syllables(word) == syllables


@given(st.lists(TONED, min_size=1, max_size=6))
def test_a_written_word_comes_apart_into_its_syllables(syllables):
    parts = write_word(syllables).lower().split(APOSTROPHE)
    assert [syllable for part in parts for syllable in split_syllables(part)] == syllables


@pytest.mark.parametrize("syllable", sorted(SYLLABLES))
def test_no_syllable_is_cut(syllable):
    assert _SURE_STARTS.split(syllable) == [syllable]


LETTERS = st.sampled_from(["a", "o", "e", "n", "g", "r", "h", "m", "z", "i", "ü", "ē", "ń", "x", "\u0301"])


@given(st.lists(TONED | LETTERS, max_size=6).map("".join))
def test_cut_into_pieces_a_word_comes_apart_as_it_does_whole(word):
    assert split_syllables(word) == _split_piece(word)
