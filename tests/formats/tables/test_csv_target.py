"""Text tables pass through byte by byte, whatever is in them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables.csv_source import CsvSource
from geoname.formats.tables.csv_target import CsvCopy
from geoname.formats.tables.table import AppendedColumn

OURS = (AppendedColumn("g_status"), AppendedColumn("g_conf", numeric=True))


def through(folder, data, wanted=(0,), **options):
    """Copy a file with (its first wanted cell, its row number) appended; what came out, cells, faults."""
    source_file, target = folder / "in.csv", folder / "out.csv"
    source_file.write_bytes(data)
    source = CsvSource(source_file, **options)
    copy = CsvCopy(source, target, OURS, folder / "out.csv.partial", None)
    cells, faults = [], []
    for chunk in source.chunks(wanted):
        ours = [str(cell) for cell in chunk.cells[0]]
        copy.append(chunk, (ours, [float(chunk.first_row + at) for at in range(chunk.rows)]))
        cells += chunk.cells[0]
        faults += [(chunk.first_row + fault.offset, fault.kind, fault.column) for fault in chunk.faults]
    copy.finish()
    return target.read_bytes(), cells, faults


def test_bytes_of_theirs_stand_and_ours_follow(tmp_path):
    out, cells, faults = through(tmp_path, '地名,"b"\r\n花溪, "x"\r\n"a,b" ,\n'.encode())
    assert out == '地名,"b",g_status,g_conf\r\n花溪, "x",花溪,1\r\n"a,b" ,,"a,b ",2\n'.encode()
    assert cells == ["花溪", "a,b "]
    assert faults == []


def test_a_quoted_line_end_stays_in_its_cell(tmp_path):
    out, cells, _ = through(tmp_path, b'n,m\n"a\r\nb",1\n"c\n\n",2\n')
    assert cells == ["a\r\nb", "c\n\n"]
    assert out.startswith(b'n,m,g_status,g_conf\n"a\r\nb",1,a  b,1\n"c\n\n",2,')


def test_no_line_end_at_the_end(tmp_path):
    assert through(tmp_path, b"n\na")[0] == b"n,g_status,g_conf\na,a,1"


def test_short_rows_are_filled_so_that_ours_stand_under_their_headings(tmp_path):
    out, _, faults = through(tmp_path, b"n,m,o\na\n\nb,c,d,e\n")
    assert out == b"n,m,o,g_status,g_conf\na,,,a,1\n,,,None,2\nb,c,d,e,b,3\n"
    assert faults == [(3, "surplus_cells", None)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_any_encoding_and_delimiter(tmp_path, codec, delimiter):
    text = f"地名{delimiter}备注\r\n㵲阳镇{delimiter}𠅤丨\r\n桴㯊镇{delimiter}x\r\n"
    data = text.encode(codec)
    if codec == "utf-16-be":
        data = b"\xfe\xff" + data
    out, cells, faults = through(tmp_path, data)
    assert cells == ["㵲阳镇", "桴㯊镇"]
    assert faults == []
    back = out.decode("utf-16" if codec == "utf-16-be" else codec)
    rows = list(csv.reader(io.StringIO(back, newline=""), delimiter=delimiter))
    assert rows[0] == ["地名", "备注", "g_status", "g_conf"]
    assert [row[:2] for row in rows[1:]] == [["㵲阳镇", "𠅤丨"], ["桴㯊镇", "x"]]
    assert [row[2] for row in rows[1:]] == cells


def test_the_return_of_old_systems_ends_lines(tmp_path):
    out, cells, _ = through(tmp_path, "地名,b\r花溪,1\r青岩,2\r".encode())
    assert cells == ["花溪", "青岩"]
    assert out.split(b"\r")[1] == "花溪,1,花溪,1".encode()


def test_lines_in_another_encoding_are_read_and_named(tmp_path):
    data = (
        "地名,b\n花溪区,1\n".encode()
        + "南明区,2\n".encode("gb18030")
        + "云岩区,3\n".encode()
        + b"\xff\xfe\xff,4\n"
    )
    out, cells, faults = through(tmp_path, data)
    assert cells[:3] == ["花溪区", "南明区", "云岩区"]
    assert faults == [(2, "encoding", "地名"), (4, "encoding", "地名")]
    assert "南明区,2".encode("gb18030") + b"," in out
    assert b"\xff\xfe\xff,4," in out


def test_lines_in_utf8_within_gb18030(tmp_path):
    lines = [f"贵阳市花溪区青岩镇{number},1\n".encode("gb18030") for number in range(20)]
    lines[7] = "贵阳市南明区,2\n".encode()
    _, cells, faults = through(tmp_path, "地名,b\n".encode("gb18030") + b"".join(lines))
    assert cells[7] == "贵阳市南明区"
    assert faults == [(8, "encoding", "地名")]


def test_a_line_too_long_is_passed_through_unread(tmp_path):
    long = b"x" * 5_000_000
    data = b"n,m\na,1\n" + long + b",1\r\nb,2\n"
    out, cells, faults = through(tmp_path, data, longest=2 << 20)
    assert cells == ["a", None, "b"]
    assert faults == [(2, "too_long", None)]
    assert out == b"n,m,g_status,g_conf\na,1,a,1\n" + long + b",1,None,2\r\nb,2,b,3\n"


def test_a_quote_never_closed_costs_one_row(tmp_path):
    rows = b"".join(b"r%d,1\n" % number for number in range(30_000))
    out, cells, faults = through(tmp_path, b'n,m\nfirst,0\n"open,1\n' + rows)
    assert faults == [(2, "unclosed_quote", None)]
    assert len(cells) == 30_002
    assert cells[2] == "r0"
    read = list(csv.reader(io.StringIO(out.decode(), newline="")))
    assert len(read) == 30_003
    assert read[2][1:] == ['open,1,"open,1', "2"] or read[2][0] == "open,1"


def test_formulas_of_ours_are_neutralised_and_theirs_stand(tmp_path):
    out, _, _ = through(tmp_path, b"n\n=1+1\n+2\n-3\n@x\n")
    assert out.splitlines()[1:] == [b"=1+1,'=1+1,1", b"+2,'+2,2", b"-3,'-3,3", b"@x,'@x,4"]


def test_a_run_goes_on_at_a_position(tmp_path):
    data = "地名,b\n".encode() + b"".join(f"花溪{number},{number}\n".encode() for number in range(10_000))
    whole, _, _ = through(tmp_path, data, chunk_rows=700)
    source = CsvSource(tmp_path / "in.csv", chunk_rows=700)
    partial = tmp_path / "p"
    first = CsvCopy(source, tmp_path / "o", OURS, partial, None)
    at = kept = row = None
    for number, chunk in enumerate(source.chunks((0,))):
        first.append(chunk, (list(chunk.cells[0]), [float(chunk.first_row + i) for i in range(chunk.rows)]))
        if number == 3:
            at, kept, row = chunk.position, first.sync(), chunk.first_row + chunk.rows
        if number == 6:
            break
    first.close()
    second = CsvCopy(source, tmp_path / "o", OURS, partial, kept)
    for chunk in source.chunks((0,), at, row):
        second.append(chunk, (list(chunk.cells[0]), [float(chunk.first_row + i) for i in range(chunk.rows)]))
    second.finish()
    assert (tmp_path / "o").read_bytes() == whole


@pytest.mark.parametrize("data", [b"", b"\n1,2\n", b"PK\x03\x04\0\0\0"])
def test_what_is_no_table_is_refused(tmp_path, data):
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(DataFileError):
        CsvSource(tmp_path / "x.csv")


def test_an_encoding_that_is_not_read_is_refused_by_name(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"a\n")
    with pytest.raises(InvalidInputError, match="big5"):
        CsvSource(tmp_path / "x.csv", encoding="big5")


cell = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=8)


@given(
    rows=st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=20),
    codec=st.sampled_from(["utf-8", "gb18030"]),
)
@settings(max_examples=150, deadline=None)
def test_what_csv_writes_is_read_and_stands_as_it_was(tmp_path_factory, rows, codec):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["n", "m", "o"], *rows])
    data = out.getvalue().encode(codec)
    folder = tmp_path_factory.mktemp("csv")
    written, cells, _ = through(folder, data, encoding=codec, delimiter=",")
    assert cells == [row[0] for row in rows]
    back = list(csv.reader(io.StringIO(written.decode(codec), newline="")))
    assert [row[:3] for row in back[1:]] == rows
    assert {len(row) for row in back} == {5}
