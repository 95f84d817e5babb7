"""Names that do harm become plain ones, and a file is what its content says."""

import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from geoname.errors import InvalidInputError
from geoname.service.handing_in import FileKind, kind_of, plain_filename


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("地名.csv", "地名.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\用户\\地名 表.xlsx", "地名 表.xlsx"),
        ("a\0b.csv", "ab.csv"),
        ('x"\r\nSet-Cookie: a=b.csv', 'x"Set-Cookie: a=b.csv'),
        ("\u202egpj.exe", "gpj.exe"),
        ("..", "names"),
        ("", "names"),
        ("/", "names"),
        (".htaccess", "htaccess"),
        ("长" * 300 + ".csv", "长" * 116 + ".csv"),
        ("\ud800.csv", "csv"),
    ],
)
def test_a_name_becomes_a_plain_one(written, kept):
    assert plain_filename(written) == kept


@given(st.text())
def test_no_name_is_a_path_or_ends_a_line(written):
    kept = plain_filename(written)
    assert 0 < len(kept) <= 120
    assert not set(kept) & set("/\\\0\r\n")
    assert kept not in (".", "..")
    kept.encode()
    assert plain_filename(kept) == kept


def made(tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    "content",
    ["名称\n青岩镇\n".encode(), "名称\n青岩镇\n".encode("gb18030"), "名称\n".encode("utf-16"),
     b"PK,MZ\n1,2\n", b"\xef\xbb\xbfname\nx\n"],
)  # fmt: skip
def test_text_is_a_table_of_text(tmp_path, content):
    assert kind_of(made(tmp_path, content)) is FileKind.CSV


def test_a_workbook_is_told_from_another_archive(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.csv")) as book:
        book.add_worksheet().write(0, 0, "名称")
    assert kind_of(tmp_path / "a.csv") is FileKind.XLSX
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(InvalidInputError, match="zip archive"):
        kind_of(tmp_path / "b.xlsx")
    with pytest.raises(InvalidInputError, match="zip archive"):
        kind_of(made(tmp_path, b"PK\x03\x04broken"))


def test_other_tables_are_known_by_their_first_bytes(tmp_path):
    assert kind_of(made(tmp_path, b"PAR1....")) is FileKind.PARQUET
    assert kind_of(made(tmp_path, b"SQLite format 3\0....")) is FileKind.GEOPACKAGE


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\x7fELF\x02", b"\xd0\xcf\x11\xe0\xa1\xb1", b"\x89PNG\r\n\x1a\n", b"a\0b"]
)
def test_what_is_no_table_is_refused(tmp_path, content):
    with pytest.raises(InvalidInputError) as refused:
        kind_of(made(tmp_path, content))
    assert refused.value.field == "file"
