"""The name index against a look at every name."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.names.keys import name_key
from geoname.core.register.name import NameStatus, Publication
from geoname.core.register.name_index import NameFilter, NameIndex, PinyinForm
from geoname.core.register.name_index import key_table as key_table_module
from geoname.core.register.name_index.sound_keys import sound_keys
from geoname.core.register.visibility import Role
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import Period

LETTERS = "青岩镇山大小寨村A\U00020000㵲"


def paged(query, limit):
    """All rows of a query, page by page."""
    rows, after = [], -1
    while True:
        page = query(after, limit)
        assert len(page.rows) <= limit
        rows += page.rows
        if not page.more:
            return rows
        assert len(page.rows) == limit, "a page with more behind it is full"
        after = page.rows[-1]


def near(a, b):
    """One wrong, missing, additional or swapped character, written down as what can be done to a text."""
    if a == b:
        return True
    if len(a) < 2:
        return False
    missing = {a[:i] + a[i + 1 :] for i in range(len(a))}
    swapped = {a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)}
    added = len(b) == len(a) + 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b)))
    wrong = len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return b in missing or b in swapped or added or wrong


def some_names(chance, names, letters):
    """Up to 120 names of a few letters, so that much is nearly the same."""
    return [
        names(
            text := "".join(chance.choice(letters) for _ in range(chance.randint(1, 7))),
            weight=chance.choice([0.0, 1.0, 2.5]),
            specific_length=chance.randint(1, len(text)),
            romanization=chance.choice(["", "Qīngyán Zhèn", "Qīngshān", "Lǚ’ān", "Dà Zhài", "Jīng 5 Lù"]),
            feature_class=chance.choice(["21500", "21610", "22200", "12100"]),
            division=chance.randint(-1, 8),
            lon=(lon := chance.choice([None, 106.0, 106.5, 107.25])),
            lat=None if lon is None else 26.5,
            status=chance.choice(list(NameStatus)),
            publication=chance.choice(list(Publication)),
            period=chance.choice(
                [
                    Period(),
                    Period(known_on=date(2023, 6, 30)),
                    Period(PartialDate.parse("2014-12"), PartialDate.parse("2020")),
                    Period(None, PartialDate.parse("2014-12-13")),
                ]
            ),
        )
        for _ in range(chance.choice([0, 1, 5, 40, 120]))
    ]


def some_key(chance, keys, letters):
    """Part of a key, a key with a slip, or any letters."""
    key = chance.choice(keys) if keys else "岩"
    at, other = chance.randrange(len(key)), chance.choice(letters + "锦").lower()
    end = chance.randint(at + 1, len(key))
    slips = (
        key[:at] + other + key[at:],
        key[:at] + other + key[at + 1 :],
        key[:at] + key[at + 1 :],
        key[:at] + key[at : at + 2][::-1] + key[at + 2 :],
        "".join(chance.choice(letters) for _ in range(chance.randint(1, 5))).lower(),
    )
    return chance.choice([key, key[at:end], *slips]) or key


FILTERS = st.none() | st.builds(
    NameFilter,
    feature_class=st.sampled_from(["", "21", "215", "21500", "22200", "1", "12100"]),
    division=st.none() | st.tuples(st.integers(0, 9), st.integers(0, 12)),
    bbox=st.sampled_from([None, (106.0, 26.0, 106.5, 27.0), (106.1, 26.5, 108.0, 26.5)]),
    statuses=st.frozensets(st.sampled_from(NameStatus)),
    day=st.sampled_from([None, *(date.fromisoformat(d).toordinal() for d in ("2014-12-01", "2014-12-13"))]),
    audience=st.sampled_from(Role),
)


@settings(max_examples=400, deadline=None)
@given(
    st.integers(0, 2**32).map(random.Random),
    FILTERS,
    st.integers(1, 7),
    st.sampled_from([2, 3, len(LETTERS)]),
)
def test_every_query_equals_a_look_at_every_name(names, look, chance, wanted, limit, letters):
    held = look(some_names(chance, names, LETTERS[:letters]))
    index, keys = held.index, held.keys
    key = some_key(chance, keys, LETTERS[:letters])

    def same(method, holds):
        assert paged(lambda after, n: method(key, wanted, after, n), limit) == held.rows(holds, wanted)

    same(index.exact, lambda i: keys[i] == key)
    same(index.prefix, lambda i: keys[i].startswith(key))
    same(index.contains, lambda i: key in keys[i])
    same(index.specific, lambda i: name_key(held.names[i].text[: held.names[i].specific_length]) == key)
    same(index.fuzzy, lambda i: near(key, keys[i]))
    assert paged(lambda after, n: index.browse(wanted, after, n), limit) == held.rows(lambda i: True, wanted)
    for form, keyed in zip(PinyinForm, range(3), strict=True):
        sounds = sound_keys([name.romanization for name in held.names])[keyed]
        for sound in ("qingyanzhen", "qing1", "qi", "lv3an1", "qyz", "d", "jing1wu3", "jwl"):
            assert index.pinyin(sound, form, filter=wanted, limit=999).rows == held.rows(
                lambda i, sounds=sounds, sound=sound: sounds[i] == sound, wanted
            )
            assert paged(
                lambda after, n, form=form, sound=sound: index.pinyin(
                    sound, form, prefix=True, filter=wanted, after=after, limit=n
                ),
                limit,
            ) == held.rows(lambda i, sounds=sounds, sound=sound: sounds[i].startswith(sound), wanted)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32).map(random.Random))
def test_all_parts_of_a_query_must_be_there(names, look, chance):
    held = look(some_names(chance, names, LETTERS[:3]))
    parts = [
        "".join(chance.choices(LETTERS[:3], k=chance.randint(1, 4))) for _ in range(chance.randint(2, 3))
    ]
    found = held.index.contains(" ".join(parts), limit=999).rows
    assert found == held.rows(lambda i: all(part in held.keys[i] for part in parts))


@pytest.fixture(scope="module")
def crowd(names, look):
    """So many names to a prefix that its best are kept beside it, and the rest must still be found."""
    chance = random.Random(5)
    return look(
        [
            names(
                "".join(chance.choice("青岩山大") for _ in range(chance.randint(1, 5))),
                weight=chance.randint(0, 50),
                romanization=chance.choice(["Qīngyán", "Qīng Shān", "Qìn"]),
                feature_class=chance.choice(["21500", "22200"]),
                division=chance.randint(0, 200),
            )
            for _ in range(12_000)
        ]
    )


@pytest.mark.parametrize("limit", [1, 10, 127, 128, 129, 5000])
@pytest.mark.parametrize(
    "wanted",
    [None, NameFilter(feature_class="215"), NameFilter(division=(7, 9)), NameFilter(division=(0, 150))],
)
def test_short_prefixes_page_past_their_best(crowd, limit, wanted):
    assert len(crowd.index.to_arrays()["text_best_spans"]) > 4
    for key in ("青", "青岩", "大山", ""):
        expected = crowd.rows(lambda i, key=key: crowd.keys[i].startswith(key), wanted)
        page = crowd.index.prefix(key, wanted, -1, limit)
        assert page == (expected[:limit], len(expected) > limit)
        after = expected[len(expected) // 2]
        later = [row for row in expected if row > after]
        assert crowd.index.prefix(key, wanted, after, limit) == (later[:limit], len(later) > limit)
    for form, sound in (PinyinForm.PLAIN, "qin"), (PinyinForm.TONED, "qing1"), (PinyinForm.INITIALS, "q"):
        sounds = sound_keys([name.romanization for name in crowd.names])[list(PinyinForm).index(form)]
        expected = crowd.rows(lambda i, s=sound, of=sounds: of[i].startswith(s), wanted)
        page = crowd.index.pinyin(sound, form, prefix=True, filter=wanted, limit=limit)
        assert page == (expected[:limit], len(expected) > limit)


def test_long_lists_narrowed_by_a_small_division_hold_the_same(crowd):
    wanted = NameFilter(division=(7, 8))
    for key in ("山", "青岩"):
        expected = crowd.rows(lambda i, key=key: key in crowd.keys[i], wanted)
        assert crowd.index.contains(key, wanted, limit=99).rows == expected
        assert expected


def test_the_kept_best_are_used(crowd, monkeypatch):
    monkeypatch.setattr(key_table_module.KeyTable, "ranked", None)
    assert len(crowd.index.prefix("青", limit=10).rows) == 10


def test_rank_is_weight_then_text_then_id(names, look):
    held = look([names("乙"), names("甲"), names("甲"), names("丙", weight=3.0), names("甲", weight=-1.0)])
    assert [held.index.row(i).text for i in range(5)] == ["丙", "乙", "甲", "甲", "甲"]
    assert [held.index.row(i).name_id for i in range(5)] == held.ids
    assert [held.index.row(i).weight for i in (0, 4)] == [3.0, -1.0]


def test_a_name_is_found_by_its_id(crowd):
    for rank in range(0, len(crowd.index), 37):
        assert crowd.index.position_of(crowd.ids[rank]) == rank
    assert crowd.index.position_of("zzzzzzzzzzzz") is None
    assert crowd.index.position_of("") is None
    assert crowd.index.position_of("\ud800") is None


def test_nothing_is_found_in_an_empty_index(look):
    index = look([]).index
    assert len(index) == 0
    for query in (index.exact, index.prefix, index.contains, index.specific, index.fuzzy, index.pinyin):
        assert query("青岩") == ([], False)
    assert index.browse(NameFilter(feature_class="21", division=(0, 9))) == ([], False)
    assert index.browse() == ([], False)
    assert index.position_of("000000000000") is None


def test_odd_queries_find_nothing_and_do_not_fail(crowd):
    index = crowd.index
    for query in (index.exact, index.contains, index.specific, index.fuzzy, index.pinyin):
        assert query("") == ([], False)
        assert query("\ud800") == ([], False)
        assert query("锦" * 500) == ([], False)
    assert index.exact("青\0") == index.contains("青\0岩") == index.prefix("青\0") == ([], False)
    assert index.contains("   ") == ([], False)
    assert index.pinyin("", prefix=True) == ([], False)
    assert index.prefix("\U0010ffff") == ([], False)


def test_arrays_come_back_the_same(crowd):
    arrays = crowd.index.to_arrays()
    again = NameIndex.from_arrays(arrays).to_arrays()
    assert again.keys() == arrays.keys()
    assert all(again[name].tobytes() == array.tobytes() for name, array in arrays.items())
    assert not any(array.dtype == object for array in arrays.values())


def test_standard_rows_are_of_the_class_with_those_in_force_last(names, look):
    held = look(
        [
            names("南白镇", feature_class="21500", weight=2, status=NameStatus.HISTORICAL),
            names("南白街道", feature_class="21500", weight=3),
            names("播州区", feature_class="21400", weight=1),
            names("南白坝", feature_class="22200", weight=9),
        ]
    )
    rows = held.index.standard_rows("21")
    assert [held.names[row].text for row in rows.tolist()] == ["南白镇", "南白街道", "播州区"]
    assert held.index.place_ids(rows) == ["p00000000000", "p00000000001", "p00000000002"]


def test_whether_all_is_public_is_known_without_reading_the_names(names, look):
    assert look([names("甲"), names("乙")]).index.all_public()
    assert look([]).index.all_public()
    assert not look([names("甲"), names("乙", publication=Publication.INTERNAL)]).index.all_public()


def test_a_character_that_no_name_has_does_not_vanish(names, look):
    index = look([names("甲大"), names("大"), names("大乙丙")]).index
    assert [index.row(row).text for row in index.fuzzy("大㵲").rows] == ["大"]
    assert [index.row(row).text for row in index.fuzzy("大乙㵲").rows] == ["大乙丙"]
    assert index.fuzzy("㵲大㵲").rows == []


def test_a_page_that_a_filter_fills_exactly_has_no_more_behind_it(names, look):
    held = look(
        [
            names(
                f"青{'岩山大'[i % 3]}",
                weight=-i,
                status=NameStatus.HISTORICAL if i < 10 else NameStatus.CURRENT,
            )
            for i in range(999)
        ]
    )
    former = NameFilter(statuses=frozenset({NameStatus.HISTORICAL}))
    assert held.index.prefix("青", former, limit=10) == (list(range(10)), False)
    assert held.index.prefix("青", former, limit=9) == (list(range(9)), True)
    assert held.index.browse(former, limit=10) == (list(range(10)), False)
