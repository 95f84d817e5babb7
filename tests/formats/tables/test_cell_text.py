"""Appended cells are harmless to spreadsheet programs, alone and among others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.formats.tables.cell_text import harmless, written_cells, written_number


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("among", [[], ["花溪区"], [None, "", "a=b"]])
def test_what_would_be_a_formula_is_neutralised(mark, among):
    (*others, cell) = written_cells([*among, f"{mark}1+1"], numeric=False)
    assert cell.startswith("'")
    assert others == among


@pytest.mark.parametrize("text", ["花溪区", "a=b", "1-2", "", "'=1", "甲/乙 丙", "x@y"])
def test_what_is_harmless_stands(text):
    assert harmless(text) == text
    assert written_cells([text], numeric=False) == [text]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\0"])
def test_a_cell_is_one_line(end):
    (cell,) = written_cells([f"甲{end}乙"], numeric=False)
    assert cell.isprintable()
    assert cell.replace(" ", "") == "甲乙"


@given(st.lists(st.one_of(st.none(), st.text(max_size=5), st.sampled_from(["=a", "a\n", "\t"])), max_size=8))
def test_all_at_once_is_as_each_alone(cells):
    alone = [None if cell is None else harmless(cell) for cell in cells]
    assert [cell or None for cell in written_cells(cells, numeric=False)] == [cell or None for cell in alone]


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.0, "1"), (0.985, "0.985"), (-0.5, "-0.5"), (0.0, "0"), (1e15, "1000000000000000.0")],
)
def test_numbers_are_written_short(number, text):
    assert written_number(number) == text
    assert written_cells([number, None], numeric=True) == [text, None]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_is_read_back(number):
    assert float(written_number(number)) == number
