"""Columns by value and number say what the plain columns say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.core.register.name_index.coded import Coded, in_order, rows_by, together
from geoname.errors import InvalidInputError

ROWS = st.lists(
    st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 3), st.sampled_from(["", "x"])), max_size=20
)


@given(ROWS)
def test_rows_are_those_given_each_value_once(rows):
    coded = Coded.of(rows)
    assert len(coded) == len(rows)
    assert [coded[row] for row in range(len(rows))] == rows
    assert sorted(coded.values) == sorted(set(rows))


@given(ROWS)
def test_what_is_made_of_each_value_stands_in_its_rows(rows):
    coded = Coded.of(text for text, _, _ in rows)
    made = coded.made([value * 2 for value in coded.values])
    assert [*made] == [text * 2 for text, _, _ in rows]
    assert coded.numbers(ord, np.int32).tolist() == [ord(text) for text, _, _ in rows]


@settings(deadline=None)  # the first call imports what pyarrow asks for
@given(ROWS)
def test_columns_together_hold_the_rows_of_both(rows):
    columns = [Coded.of([row[part] for row in rows]) for part in range(3)]
    whole = together(*columns)
    assert [*whole] == rows
    assert whole.values == list(dict.fromkeys(rows))
    assert [*together(columns[0])] == [(text,) for text, _, _ in rows]


@given(ROWS, ROWS)
def test_rows_of_one_and_all_of_another_are_joined(rows, more):
    kept = [row for row in range(len(rows)) if row % 2]
    joined = Coded.of(rows).joined(kept, Coded.of(more))
    assert [*joined] == [rows[row] for row in kept] + more
    assert {*joined.values} == {*joined}


@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))))
def test_the_order_of_rows_can_be_chosen(given_rows):
    rows, order = given_rows
    moved = Coded.of(rows).take(np.array(order, dtype=np.int64))
    assert [*moved] == [rows[row] for row in order]


@given(st.lists(st.text(), max_size=20))
def test_texts_are_put_in_the_order_of_unicode(texts):
    coded = Coded([*texts, *texts], np.arange(len(texts)))
    ascending, numbers = in_order(coded)
    assert ascending.to_pylist() == sorted(set(texts))
    assert [ascending[number].as_py() for number in numbers] == texts


def test_half_a_character_is_refused():
    with pytest.raises(InvalidInputError, match="half a character"):
        in_order(Coded.of(["山", "\ud800"]))


@given(st.lists(st.integers(-1, 5) | st.sampled_from([2**31 - 1, -(2**31)]), max_size=20))
def test_rows_are_put_in_the_order_of_their_numbers(numbers):
    assert rows_by(np.array(numbers, dtype=np.int32)).tolist() == sorted(
        range(len(numbers)), key=numbers.__getitem__
    )
