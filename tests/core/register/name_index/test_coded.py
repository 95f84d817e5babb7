"""Columns by value and number say what the plain columns say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.register.name_index.coded import Coded, together

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


@given(ROWS)
def test_columns_together_hold_the_rows_of_both(rows):
    columns = [Coded.of([row[part] for row in rows]) for part in range(3)]
    whole = together(*columns)
    assert [*whole] == rows
    assert sorted(whole.values) == sorted(set(rows))
    assert [*together(columns[0])] == [(text,) for text, _, _ in rows]


@given(ROWS, ROWS)
def test_rows_of_one_and_all_of_another_are_joined(rows, more):
    kept = [row for row in range(len(rows)) if row % 2]
    joined = Coded.of(rows).joined(kept, Coded.of(more))
    assert [*joined] == [rows[row] for row in kept] + more
    assert {*joined.values} == {*joined}


@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))))
def test_the_order_of_rows_and_values_can_be_chosen(given_rows):
    rows, order = given_rows
    moved = Coded.of(rows).take(np.array(order, dtype=np.int64))
    assert [*moved] == [rows[row] for row in order]
    sorted_ = moved.by_first_row()
    assert [*sorted_] == [*moved]
    assert sorted_.values == list(dict.fromkeys(moved))
