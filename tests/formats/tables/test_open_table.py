"""Every format in, every format out: their rows in order, ours beside them."""

import csv

import geopandas
import pyarrow.parquet as pq
import pytest
import python_calamine

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.tables.open_table import Reading, open_source

NAMES = ["花溪区", "㵲阳镇", None, "青岩镇\n二行"]


def rows_of(file):
    """The rows of any written file as a list of dictionaries, nothing as None."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as content:
            rows = list(csv.DictReader(content))
    elif file.suffix == ".xlsx":
        head, *body = python_calamine.load_workbook(file).get_sheet_by_index(0).to_python()
        rows = [dict(zip(head, row, strict=False)) for row in body]
    elif file.suffix == ".parquet":
        rows = pq.read_table(file).to_pylist()
    else:
        rows = (
            geopandas.read_file(file)
            .drop(columns="geometry", errors="ignore")
            .astype(object)
            .to_dict("records")
        )
    return [
        {key: None if value in ("", None) or value != value else value for key, value in row.items()}
        for row in rows
    ]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".gpkg"])
def test_rows_out_are_rows_in(table_file, ending, tmp_path, copied):
    target = tmp_path / f"out{ending}"
    cells = copied(table_file, target)
    assert [cell or None for cell in cells] == NAMES
    rows = rows_of(target)
    assert [row["地名"] for row in rows] == NAMES
    assert [str(row["编号"]).removesuffix(".0") for row in rows] == ["1", "2", "3", "4"]
    assert [row["备注"] for row in rows] == ["=1+1", None, "x", "丨"]
    assert [float(row["g_confidence"]) for row in rows] == [1, 2, 3, 4]
    quoted = "'" if ending in (".csv", ".xlsx") else ""
    end = " " if quoted else "\n"
    assert [row["g_status"] for row in rows] == [
        f"{quoted}=花溪区",
        f"{quoted}=㵲阳镇",
        None,
        f"{quoted}=青岩镇{end}二行",
    ]
    assert not list(tmp_path.glob("*.partial"))
    assert not list(tmp_path.glob(".*"))


def test_a_geopackage_keeps_layer_geometry_and_fids(tmp_path, written, copied):
    source = written(tmp_path / "in.gpkg")
    copied(source, tmp_path / "out.gpkg")
    theirs = geopandas.read_file(source, layer="名单", fid_as_index=True)
    ours = geopandas.read_file(tmp_path / "out.gpkg", layer="名单", fid_as_index=True)
    assert ours.crs == theirs.crs
    assert ours.index.tolist() == theirs.index.tolist()
    assert ours.geometry.to_wkt().tolist() == theirs.geometry.to_wkt().tolist()
    assert list(ours.columns)[: len(theirs.columns) - 1] == list(theirs.columns)[:-1]


def test_geometry_is_written_as_text_where_there_is_no_other_way(tmp_path, written, copied):
    copied(written(tmp_path / "in.gpkg"), tmp_path / "out.csv")
    rows = rows_of(tmp_path / "out.csv")
    assert [row["geom"] for row in rows] == ["POINT (106.6 26.4)", None, "POINT (107 27)", "POINT (108 27)"]


def test_parquet_keeps_types_and_metadata(tmp_path, copied):
    import pyarrow as pa

    table = pa.table(
        {"地名": ["a", None], "n": pa.array([1, None], pa.int16()), "when": pa.array([0, 1], pa.date32()),
         "list": [[1], []]},
        metadata={"who": "them"},
    )  # fmt: skip
    pq.write_table(table, tmp_path / "in.parquet")
    copied(tmp_path / "in.parquet", tmp_path / "out.parquet")
    back = pq.read_table(tmp_path / "out.parquet")
    assert back.select(table.column_names).equals(table)
    assert back.schema.metadata[b"who"] == b"them"


def test_parquet_is_read_from_any_row_on(tmp_path):
    import pyarrow as pa

    names = [str(number) for number in range(1000)]
    pq.write_table(pa.table({"n": names}), tmp_path / "in.parquet", row_group_size=70)
    source = open_source(tmp_path / "in.parquet")
    for start in (0, 69, 70, 71, 999, 1000):
        read = [cell for chunk in source.chunks((0,), start, start + 1) for cell in chunk.cells[0]]
        assert read == names[start:]


def test_geopackage_is_read_from_any_row_on(tmp_path, written):
    source = open_source(written(tmp_path / "in.gpkg"))
    assert [list(chunk.cells[0]) for chunk in source.chunks((1,), 2, 3)] == [[None, "青岩镇\n二行"]]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet", ".gpkg"])
def test_a_damaged_file_is_told_not_traced(ending, tmp_path):
    file = tmp_path / f"x{ending}"
    file.write_bytes(b"\x00\x01 not what it says")
    with pytest.raises(DataFileError, match="x"):
        open_source(file)
    with pytest.raises(DataFileError, match="no file"):
        open_source(tmp_path / f"missing{ending}")


def test_an_unknown_ending_lists_the_known(tmp_path):
    with pytest.raises(InvalidInputError, match=r"\.parquet"):
        open_source(tmp_path / "x.doc")


def test_a_layer_that_is_not_there_lists_those_that_are(tmp_path, written):
    file = written(tmp_path / "in.gpkg")
    with pytest.raises(InvalidInputError, match="名单"):
        open_source(file, Reading(layer="nope"))
