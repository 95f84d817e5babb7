"""Files that are wrong in the ways files are: refused clearly or told by row; nothing is half done."""

import resource
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geoname.errors import DataFileError, InvalidInputError
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.load_names_report import LoadStatus


def tried(geoname, file):
    return load_names(geoname, LoadRequest(file, None, "t", dry_run=True))


def troubles(report):
    return {shown.trouble.value: shown.rows for shown in report.troubles}


def test_a_shapefile_without_prj_is_what_the_definition_says(guizhou, tmp_path, table):
    file = table.write_map(tmp_path / "a.shp", table.rows(3), "GB18030")
    file.with_suffix(".prj").unlink()
    report = tried(guizhou, table.define(file))
    assert (report.records, report.crs_in_file) == (3, "")


def test_a_shapefile_without_prj_nor_definition_says_what_is_missing(guizhou, tmp_path, table):
    file = table.write_map(tmp_path / "a.shp", table.rows(3), "GB18030")
    file.with_suffix(".prj").unlink()
    with pytest.raises(InvalidInputError, match="crs"):
        tried(guizhou, table.define(file, crs=None))


def test_a_shapefile_without_dbf_is_refused(guizhou, tmp_path, table):
    file = table.write_map(tmp_path / "a.shp", table.rows(3), "GB18030")
    file.with_suffix(".dbf").unlink()
    with pytest.raises(InvalidInputError, match=r"a\.dbf is missing"):
        tried(guizhou, table.define(file))


def test_a_map_in_another_projection_than_declared_is_refused(guizhou, tmp_path, table):
    file = table.write_map(tmp_path / "a.gpkg", table.rows(1), crs="EPSG:4523")
    with pytest.raises(InvalidInputError) as error:
        tried(guizhou, table.define(file, crs="EPSG:4522"))
    assert error.value.field == "crs"


def test_a_csv_in_another_encoding_than_declared_tells_the_rows(guizhou, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(4), "gb18030"), encoding="gb18030")
    assert tried(guizhou, file).records == 4
    made = table.rows(4)
    text = table.write_csv(tmp_path / "b.csv", made).read_bytes().splitlines(keepends=True)
    text[2] = b"r9,\xff\xfe\xff,22200,106.68,26.335,520111101\r\n"
    file = tmp_path / "c.csv"
    file.write_bytes(b"".join(text))
    report = tried(guizhou, table.define(file))
    assert (report.records, report.rejected) == (3, 1)
    assert "unreadable" in troubles(report)


def test_a_byte_order_mark_in_the_middle_is_no_part_of_a_record(guizhou, tmp_path, table):
    one = table.write_csv(tmp_path / "a.csv", table.rows(2), "utf-8-sig").read_bytes()
    other = table.write_csv(tmp_path / "b.csv", table.rows(4)[2:], "utf-8-sig").read_bytes()
    file = tmp_path / "c.csv"
    file.write_bytes(one + other)
    report = tried(guizhou, table.define(file))
    assert (report.records, troubles(report)["headings_again"]) == (4, 1)
    assert {change.record for change in report.changes} == {"r0", "r1", "r2", "r3"}


def test_millions_of_rows_of_nothing_are_refused_in_little_memory(guizhou, tmp_path, table):
    file = tmp_path / "a.csv"
    heading = ",".join(table.COLUMNS) + "\n"
    file.write_text(heading + ",,,,,\n" * 300_000, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InvalidInputError, match="holds no records"):
        tried(guizhou, table.define(file))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # KiB


def test_a_line_too_long_to_be_read_is_handed_back(guizhou, tmp_path, table):
    file = tmp_path / "a.csv"
    made = table.write_csv(tmp_path / "b.csv", table.rows(2)).read_text("utf-8").splitlines()
    made.insert(2, "字" * (6 << 20))
    file.write_text("\n".join(made), encoding="utf-8")
    report = tried(guizhou, table.define(file))
    assert (report.rows, report.blank, report.records, report.rejected) == (3, 0, 2, 1)
    assert troubles(report)["unreadable"] == 1


def test_records_among_rows_of_nothing_keep_their_numbers(guizhou, tmp_path, table):
    file = tmp_path / "a.csv"
    made = table.write_csv(tmp_path / "b.csv", [*table.rows(1), table.rows(2)[1] | {"类别": "不知道"}])
    heading, first, second = made.read_text("utf-8").splitlines()
    file.write_text("\n".join([heading, "", first, ",,,,,", "", second, ""]), encoding="utf-8")
    report = tried(guizhou, table.define(file))
    assert (report.rows, report.blank, report.records) == (5, 3, 1)
    assert report.troubles[0].examples[0].row == 5


def test_whole_numbers_of_a_workbook_are_codes(guizhou, tmp_path, table):
    made = table.rows(2, 所在政区=520111101, 类别=22200)
    made[0]["记录编号"], made[1]["记录编号"] = 10, 11
    report = tried(guizhou, table.define(table.write_xlsx(tmp_path / "a.xlsx", made)))
    assert [change.record for change in report.changes] == ["10", "11"]
    assert report.rejected == 0


def test_a_code_of_twenty_digits_kept_as_a_number_is_refused(guizhou, tmp_path, table):
    made = [row | {"地名代码": 52011110122200000001} for row in table.rows(2)]
    report = tried(guizhou, table.define(table.write_xlsx(tmp_path / "a.xlsx", made)))
    assert troubles(report)["rounded_number"] == 2
    assert "文本" in next(shown for shown in report.troubles if shown.trouble == "rounded_number").remedy


def test_a_parquet_of_another_schema_says_what_it_has(guizhou, tmp_path, table):
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"when": pa.array([1, 2]), "what": pa.array([b"a", b"b"])}), file)
    with pytest.raises(InvalidInputError, match="when, what"):
        tried(guizhou, table.define(file))


def test_columns_of_other_types_in_a_parquet_are_told_by_row(guizhou, tmp_path, table):
    file = tmp_path / "a.parquet"
    made = table.rows(2)
    columns = {name: [row[name] for row in made] for name in table.COLUMNS} | {
        "标准名称": [b"\xff\xfe", "虚构乙寨".encode()]
    }
    pq.write_table(pa.table(columns), file)
    report = tried(guizhou, table.define(file))
    assert (report.records, report.rejected) == (1, 1)


def test_a_zip_that_unpacks_to_gigabytes_is_refused(guizhou, tmp_path, table, monkeypatch):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for ending in (".shp", ".dbf"):
            packed.writestr(f"a{ending}", b"\0" * 3_000_000)
    from geoname.formats import boundary_reading_shapefile

    monkeypatch.setattr(boundary_reading_shapefile, "_LARGEST_BYTES", 1_000_000)
    with pytest.raises(InvalidInputError, match="unpack"):
        tried(guizhou, table.define(file))


def test_a_workbook_that_unpacks_to_gigabytes_is_read_in_little_memory(guizhou, tmp_path, table):
    plain = table.write_xlsx(tmp_path / "b.xlsx", table.rows(1))
    file = tmp_path / "a.xlsx"
    nothing = b'<row r="3"><c r="A3"/></row>' * 400_000
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", nothing + b"</sheetData>")
            packed.writestr(name, content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = tried(guizhou, table.define(file))
    assert (report.records, report.status) == (1, LoadStatus.DRY_RUN)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
@pytest.mark.parametrize("ending", ["xlsx", "parquet", "gpkg", "geojson", "shp"])
def test_a_file_that_is_cut_off_is_refused(guizhou, tmp_path, table, ending, cut):
    file = tmp_path / f"a.{ending}"
    made = table.rows(300)
    if ending == "xlsx":
        table.write_xlsx(file, made)
    elif ending == "parquet":
        table.write_parquet(file, made)
    else:
        table.write_map(file, made, "GB18030" if ending == "shp" else None)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * cut)])
    with pytest.raises((DataFileError, InvalidInputError)):
        tried(guizhou, table.define(file))


def test_an_empty_file_and_one_of_headings_alone(guizhou, tmp_path, table):
    file = table.define(tmp_path / "a.csv")
    file.write_bytes(b"")
    with pytest.raises(DataFileError):
        tried(guizhou, file)
    file.write_text(",".join(table.COLUMNS) + "\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="holds no records"):
        tried(guizhou, file)


def test_cells_with_line_breaks_formulas_and_quotes(guizhou, tmp_path, table):
    made = table.rows(2, 来历='一\n二"三"，=1+1')
    report = tried(guizhou, table.define(table.write_csv(tmp_path / "a.csv", made)))
    assert report.records == 2


def test_nul_and_half_characters_are_told_by_row(guizhou, tmp_path, table):
    made = table.rows(3)
    made[1]["标准名称"] = "虚\0构"
    file = tmp_path / "a.csv"
    table.write_csv(file, made, "utf-16")
    report = tried(guizhou, table.define(file))
    assert (report.records, report.rejected) == (2, 1)
    assert "damaged_text" in troubles(report)
