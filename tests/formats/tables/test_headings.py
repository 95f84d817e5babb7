from __future__ import annotations

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from geoname.errors import InvalidInputError
from geoname.formats.census_fields import known_headings
from geoname.formats.register_table import RegisterTable
from geoname.formats.tables.csv_source import CsvSource
from geoname.formats.tables.headings import Headings, among, find_headings
from geoname.formats.tables.xlsx_source import XlsxSource

KNOWN = known_headings()
HEADINGS = ["序号", "标准名称", "类别", "东经", "北纬"]
ROW = ["1", "虚构寨", "22200", "106°40′48″", "26°20′06″"]


def test_the_first_row_is_the_headings_where_none_are_looked_for():
    rows = [["登记表"], HEADINGS, ROW]
    assert find_headings(rows, None) == Headings(1, ("登记表",))


def test_headings_stand_below_a_title():
    found = find_headings(
        [["花溪区地名普查登记表"], ["填报单位：", "", "登记时间", "2015"], HEADINGS, ROW], KNOWN
    )
    assert found == Headings(3, tuple(HEADINGS), 4)


def test_a_row_of_degrees_minutes_and_seconds_is_read_with_the_row_above():
    top = ["标准名称", "类别", "东经", "", "", "北纬", "", "", "所在（跨）行政区"]
    parts = ["", "", "度", "分", "秒", "度", "分", "秒", ""]
    row = ["虚构寨", "22200", "106", "40", "48", "26", "20", "6", "520111101"]
    found = find_headings([["登记表"], top, parts, row], KNOWN)
    assert found.rows == 3
    assert found.columns == (
        "标准名称", "类别", "东经度", "东经分", "东经秒", "北纬度", "北纬分", "北纬秒", "所在（跨）行政区",
    )  # fmt: skip


def test_groups_above_the_headings_are_left_away():
    groups = ["标准名称", "位置", "", "沿革", ""]
    own = ["", "东经", "北纬", "来历", "含义"]
    found = find_headings([groups, own, ["虚构寨", "106.7", "26.3", "", ""]], KNOWN)
    assert found == Headings(2, ("标准名称", "东经", "北纬", "来历", "含义"), 5)


def test_the_first_record_is_not_taken_for_headings():
    # A column without heading, a record of words only: its name stands under a heading of one column.
    rows = [["标准名称", "类别", "备注", ""], ["虚构寨", "农村居民点", "无", "补充"]]
    assert find_headings(rows, KNOWN) == Headings(1, ("标准名称", "类别", "备注"), 2)


def test_headings_that_were_declared_are_known():
    known = among({"name": ("名称",)}, ["DM", "X1"])
    assert find_headings([["某表"], ["DM", "X1"], ["虚构寨", "1"]], known).columns == ("DM", "X1")


@given(st.lists(st.lists(st.text(max_size=4), min_size=1, max_size=5), min_size=1, max_size=6))
def test_any_beginning_has_headings_within_it(rows):
    for known in (None, KNOWN, lambda heading: True):
        found = find_headings(rows, known)
        assert 1 <= found.rows <= len(rows)


def test_a_text_table_begins_below_its_title(tmp_path):
    file = tmp_path / "names.csv"
    file.write_text(
        "花溪区登记表,,,,\n" + ",".join(HEADINGS) + "\n" + ",".join(ROW) + "\n", encoding="gb18030"
    )
    source = CsvSource(file, known=KNOWN)
    assert source.columns == tuple(HEADINGS)
    (chunk,) = source.chunks(range(5))
    assert [cells[0] for cells in chunk.cells] == ROW
    assert CsvSource(file).columns[0] == "花溪区登记表"


def book(file, *sheets):
    with xlsxwriter.Workbook(file) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file


def test_a_sheet_begins_below_its_title_wherever_it_stands(tmp_path):
    records = [["登记表"], [], HEADINGS, ROW, [*ROW[:1], "虚构坝", *ROW[2:]]]
    file = book(tmp_path / "names.xlsx", ("说明", [["填表说明"], ["一、"]]), ("普查", records))
    source = XlsxSource(file, known=KNOWN)
    assert (source.sheet.name, source.columns) == ("普查", tuple(HEADINGS))
    (chunk,) = source.chunks([1])
    assert chunk.cells == (["虚构寨", "虚构坝"],)
    (later,) = source.chunks([1], position=1, first_row=2)
    assert later.cells == (["虚构坝"],)
    source.close()


def test_two_sheets_of_records_are_to_be_told_apart(tmp_path):
    file = book(tmp_path / "names.xlsx", ("青岩镇", [HEADINGS, ROW]), ("石板镇", [HEADINGS, ROW]))
    with pytest.raises(InvalidInputError, match="青岩镇, 石板镇") as raised:
        RegisterTable(file)
    assert raised.value.field == "sheet"
    table = RegisterTable(file, "石板镇")
    assert table.layer == "石板镇"
    table.close()
