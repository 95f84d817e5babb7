"""A workbook comes back as it was, ours right of theirs; what is no honest workbook is refused."""

import zipfile
from contextlib import closing
from datetime import date

import pytest
import python_calamine
import xlsxwriter

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables import xlsx_patch, xlsx_rows
from geoname.formats.tables.open_table import Reading, open_source
from geoname.formats.tables.xlsx_rows import column_letters, column_number

SHEET = "xl/worksheets/sheet1.xml"


def part(file, name):
    with zipfile.ZipFile(file) as archive:
        return archive.read(name)


def rewrite(file, name, change):
    """Change one part of a workbook."""
    with zipfile.ZipFile(file) as archive:
        parts = {each.filename: archive.read(each) for each in archive.infolist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)


def test_all_that_was_there_stays(tmp_path, written, copied):
    source, target = written(tmp_path / "in.xlsx"), tmp_path / "out.xlsx"
    copied(source, target)
    with zipfile.ZipFile(source) as theirs, zipfile.ZipFile(target) as ours:
        assert theirs.namelist() == ours.namelist()
        for name in theirs.namelist():
            if name != SHEET:
                assert theirs.read(name) == ours.read(name)
    sheet = part(target, SHEET)
    assert b"<f>A2*2</f>" in sheet
    assert b'ref="A1:G5"' in sheet
    rows = python_calamine.load_workbook(target).get_sheet_by_name("名单").to_python()
    # E2 holds a formula outside the headings: ours stand right of it.
    assert rows[0][5:] == ["g_status", "g_confidence"]
    assert rows[1][4:] == [2.0, "'=花溪区", 1.0]


@pytest.mark.parametrize("block", [1, 7, 100, 1 << 16])
def test_wherever_the_blocks_end_the_sheet_is_the_same(tmp_path, written, copied, block, monkeypatch):
    source = written(tmp_path / "in.xlsx")
    copied(source, tmp_path / "whole.xlsx")
    monkeypatch.setattr(xlsx_patch, "_BLOCK", block)
    monkeypatch.setattr(xlsx_rows, "_BLOCK", block)
    copied(source, tmp_path / "cut.xlsx")
    assert part(tmp_path / "cut.xlsx", SHEET) == part(tmp_path / "whole.xlsx", SHEET)


def test_prefixed_elements_blank_rows_and_inline_text(tmp_path, written, copied):
    file = written(tmp_path / "in.xlsx")
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<x:worksheet xmlns:x="http://schemas.openxmlformats.org/'
        'spreadsheetml/2006/main"><x:sheetData><x:row r="1"/><x:row r="2" spans="1:1">'
        '<x:c r="A2" t="inlineStr"><x:is><x:t>地名</x:t></x:is></x:c></x:row>'
        '<x:row r="3"><x:c r="A3" s="1"/></x:row>'
        '<x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:r><x:t>花</x:t></x:r><x:r><x:t>溪</x:t></x:r>'
        "<x:rPh><x:t>はな</x:t></x:rPh></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    rewrite(file, SHEET, lambda _: xml.encode())
    assert copied(file, tmp_path / "out.xlsx") == ["花溪"]
    sheet = part(tmp_path / "out.xlsx", SHEET).decode()
    assert '<x:c r="B2" t="inlineStr"><x:is><x:t>g_status</x:t></x:is></x:c>' in sheet
    assert '<x:c r="C9"><x:v>1</x:v></x:c></x:row>' in sheet
    assert '<x:row r="3"><x:c r="A3" s="1"/></x:row>' in sheet
    assert "spans" not in sheet


def test_dates_errors_and_truth_values(tmp_path):
    file = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["when", "wrong", "truth", "n"])
    sheet.write_datetime(1, 0, date(2023, 6, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    sheet.write_boolean(1, 2, True)
    sheet.write_number(1, 3, 1234, book.add_format({"num_format": '0.00" d"'}))
    book.close()
    with closing(open_source(file)) as source:
        (chunk,) = source.chunks((0, 1, 2, 3))
    assert [cells[0] for cells in chunk.cells] == ["2023-06-30", None, "TRUE", 1234]
    assert [(fault.kind, fault.column, fault.detail) for fault in chunk.faults] == [
        ("wrong_type", "wrong", "#N/A")
    ]


def test_a_zip_bomb_is_refused(tmp_path, written):
    file = written(tmp_path / "bomb.xlsx")
    rewrite(file, SHEET, lambda _: b" " * (300 << 20))
    with pytest.raises(DataFileError, match="unpack"):
        open_source(file)


def test_a_bomb_of_entities_is_refused(tmp_path, written):
    file = written(tmp_path / "bomb.xlsx")
    rewrite(file, SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xml[xml.index(b"<worksheet") :])
    with pytest.raises(DataFileError, match="document type"):
        open_source(file)


def test_a_cell_far_away_takes_no_memory(tmp_path, written, copied):
    file = written(tmp_path / "in.xlsx")
    rewrite(file, SHEET, lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFA1048576"><v>1</v></c></row></sheetData>'))  # fmt: skip
    assert len(copied(file, tmp_path / "out.xlsx")) == 5
    assert b'r="XFC1048576"' in part(tmp_path / "out.xlsx", SHEET)


def test_no_room_for_more_columns_is_told(tmp_path, written, copied):
    file = written(tmp_path / "in.xlsx")
    rewrite(file, SHEET, lambda xml: xml.replace(
        b"</sheetData>", b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'))  # fmt: skip
    with pytest.raises(InvalidInputError, match="no room"):
        copied(file, tmp_path / "out.xlsx")


@pytest.mark.parametrize("damage", ["cut", "reference", "string"])
def test_a_damaged_sheet_is_told(tmp_path, written, copied, damage):
    file = written(tmp_path / "in.xlsx")
    changes = {
        "cut": lambda xml: xml[: len(xml) // 2],
        "reference": lambda xml: xml.replace(b'r="A2"', b'r="??"'),
        "string": lambda xml: xml.replace(b"<v>0</v>", b"<v>999</v>"),
    }
    rewrite(file, SHEET, changes[damage])
    with pytest.raises(DataFileError, match="XLSX"):
        copied(file, tmp_path / "out.xlsx")


def test_a_sheet_that_is_not_there_lists_those_that_are(tmp_path, written):
    with pytest.raises(InvalidInputError, match="名单, 别的"):
        open_source(written(tmp_path / "in.xlsx"), Reading(sheet="nope"))


def test_letters_and_numbers_of_columns():
    for number in (0, 25, 26, 701, 702, 16_383):
        assert column_number(column_letters(number)) == number
    assert column_letters(16_383) == "XFD"
    for wrong in ("", "a", "XFE", "AAAA"):
        with pytest.raises(ValueError, match="column"):
            column_number(wrong)
