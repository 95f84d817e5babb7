"""One small table in every format, and a way to copy it with columns appended."""

from contextlib import closing

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from shapely.geometry import Point

from geoname.formats.tables.open_table import Reading, open_source, open_target
from geoname.formats.tables.table import AppendedColumn

COLUMNS = ("编号", "地名", "备注")
ROWS = [(1, "花溪区", "=1+1"), (2, "㵲阳镇", None), (3, None, "x"), (4, "青岩镇\n二行", "丨")]
OURS = (AppendedColumn("g_status"), AppendedColumn("g_confidence", numeric=True))


def write_table(file):
    """The rows above as a file of the format of its ending."""
    ending = file.suffix
    if ending == ".csv":
        file.write_text(
            '编号,地名,备注\n1,花溪区,=1+1\n2,㵲阳镇,\n3,,x\n4,"青岩镇\n二行",丨\n', encoding="utf-8"
        )
    elif ending == ".xlsx":
        book = xlsxwriter.Workbook(file)
        sheet = book.add_worksheet("名单")
        bold = book.add_format({"bold": True})
        for number, row in enumerate([COLUMNS, *ROWS]):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, bold)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.write_formula("E2", "=A2*2", None, 2)
        book.add_worksheet("别的").write_string("A1", "别的")
        book.close()
    elif ending == ".parquet":
        pq.write_table(
            pa.table([pa.array(column) for column in zip(*ROWS, strict=True)], names=COLUMNS), file
        )
    else:
        frame = geopandas.GeoDataFrame(
            dict(zip(COLUMNS, map(list, zip(*ROWS, strict=True)), strict=True)),
            geometry=[Point(106.6, 26.4), None, Point(107, 27), Point(108, 27)],
            crs="EPSG:4490",
        )
        frame.to_file(file, layer="名单", driver="GPKG")
    return file


def append_names(source_file, target, how=None):
    """Copy a table with a formula of 地名 and the row number appended; the names read."""
    with closing(open_source(source_file, how or Reading())) as source:
        return append_to(source, target)


def append_to(source, target):
    """The same from an open source."""
    partial = target.with_name(target.name + ".partial")
    with closing(open_target(source, target, OURS, partial, None)) as writing:
        return append_all(source, writing)


def append_all(source, writing):
    """Read, append, finish."""
    cells = []
    for chunk in source.chunks((source.columns.index("地名"),)):
        numbers = [float(chunk.first_row + at) for at in range(chunk.rows)]
        ours = [None if not cell else f"={cell}" for cell in chunk.cells[0]]
        writing.append(chunk, (ours, numbers))
        cells += chunk.cells[0]
    writing.finish()
    return cells


@pytest.fixture
def copied():
    """`append_names`."""
    return append_names


@pytest.fixture
def written():
    """`write_table`."""
    return write_table


@pytest.fixture(params=[".csv", ".xlsx", ".parquet", ".gpkg"])
def table_file(request, tmp_path):
    return write_table(tmp_path / f"in{request.param}")
