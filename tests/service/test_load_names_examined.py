"""Every record of a file is examined: what is wrong is told by row, a shifted file is found out."""

from pathlib import Path

import pytest

from geoname.errors import DataFileError, InvalidInputError
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.load_names_troubles import Trouble


def load(geoname, file, dry_run=False):
    return load_names(geoname, LoadRequest(file, None, "t", dry_run))


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "shp", "gpkg", "geojson", "tsv"])
def test_every_format_says_the_same(guizhou, tmp_path, table, ending):
    file = tmp_path / f"a.{ending}"
    made = table.rows(3)
    if ending == "xlsx":
        table.write_xlsx(file, made)
    elif ending == "parquet":
        table.write_parquet(file, made)
    elif ending == "tsv":
        table.write_csv(file, made, "utf-16", "\t")
    else:
        table.write_map(file, made, "GB18030" if ending == "shp" else None)
    report = load(guizhou, table.define(file), dry_run=True)
    assert (report.records, report.rejected) == (3, 0)
    assert [point.name for point in report.points] == ["虚构甲寨", "虚构乙寨", "虚构丙寨"]
    assert report.points[2].lon == pytest.approx(table.LON + 2e-4, abs=1e-7)
    assert [change.record for change in report.changes] == ["r0", "r1", "r2"]


def test_headings_that_a_shapefile_cut_off_inside_a_character(guizhou, tmp_path, table):
    plain = ("aaaaaaaaaa", "bbbbbbbbbb", "cccccc", "东经", "北纬", "dddddddddd")
    made = [dict(zip(plain, row.values(), strict=True)) for row in table.rows(2)]
    file = table.write_map(tmp_path / "a.shp", made)
    dbf = file.with_suffix(".dbf")
    content = dbf.read_bytes()
    for short, heading in zip(plain, table.COLUMNS, strict=True):
        content = content.replace(short.encode(), heading.encode()[:10], 1) if short.isascii() else content
    dbf.write_bytes(content)
    report = load(guizhou, table.define(file), dry_run=True)
    assert report.fields == {"id": "记录编", "name": "标准名", "feature_class": "类别", "division": "所在政"}
    assert [point.name for point in report.points] == ["虚构甲寨", "虚构乙寨"]


def test_a_shapefile_of_gb_18030_without_cpg(guizhou_copy, tmp_path, table):
    file = table.write_map(tmp_path / "地名.shp", table.rows(2), encoding="GB18030")
    file.with_suffix(".cpg").unlink()
    report = load(guizhou_copy, table.define(file))
    assert (report.encoding, report.records) == ("GB18030", 2)
    assert table.entry_of(guizhou_copy, "r0").name.text == "虚构甲寨"


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"标准名称": ""}, Trouble.EMPTY_NAME),
        ({"标准名称": "?水寨"}, Trouble.DAMAGED_TEXT),
        ({"标准名称": "\ufffd水寨"}, Trouble.DAMAGED_TEXT),
        ({"标准名称": "\ue000水寨"}, Trouble.DAMAGED_TEXT),
        ({"标准名称": "标准名称"}, Trouble.HEADINGS_AGAIN),
        ({"汉字书写": "别的寨"}, Trouble.TWO_NAMES),
        ({"地名代码": "5201111012220000000"}, Trouble.BAD_PLACE_CODE),
        ({"地名代码": "5201111012220000000X"}, Trouble.BAD_PLACE_CODE),
        ({"类别": "不知道"}, Trouble.UNKNOWN_CLASS),
        ({"类别": ""}, Trouble.NO_CLASS),
        ({"所在政区": "529999"}, Trouble.UNKNOWN_DIVISION),
        ({"所在政区": "龙场镇"}, Trouble.AMBIGUOUS_DIVISION),
        ({"命名时间": "2014-13"}, Trouble.BAD_DATE),
        ({"命名时间": "2014", "废止年份": "2010"}, Trouble.DATES_OUT_OF_ORDER),
        ({"东经": "一百零六"}, Trouble.BAD_COORDINATE),
        ({"东经": ""}, Trouble.HALF_A_POINT),
        ({"东经": 26.335, "北纬": 106.68}, Trouble.SWAPPED),
        ({"东经": 412345.6, "北纬": 2912345.6}, Trouble.METRES),
        ({"东经": 107.9}, Trouble.OUTSIDE),
        ({"坐标系": "1980西安坐标系"}, Trouble.OTHER_DATUM),
        ({"坐标系": "1954年北京坐标系"}, Trouble.OTHER_DATUM),
        ({"罗马字母拼写": "虚构寨"}, Trouble.BAD_ROMANIZATION),
        ({"密级": "不清楚"}, Trouble.UNKNOWN_SECRECY),
        ({"记录编号": "r1"}, Trouble.DUPLICATE),
    ],
    ids=lambda value: value.value if isinstance(value, Trouble) else "",
)
def test_each_trouble_is_told_by_row_and_the_rest_is_sound(guizhou, tmp_path, table, changed, trouble):
    made = table.rows(6)
    made[4] |= changed
    columns = list(dict.fromkeys([*made[0], *changed]))
    file = table.define(table.write_csv(tmp_path / "a.csv", made, columns=columns))
    report = load(guizhou, file, dry_run=True)
    assert (report.records, report.rejected) == (5, 1)
    assert report.counts == {"added": 5}
    assert trouble in [shown.trouble for shown in report.troubles]
    shown = next(shown for shown in report.troubles if shown.trouble is trouble)
    assert shown.examples[0].row == 5
    assert shown.remedy
    assert shown.remedy_en


@pytest.mark.parametrize("crs", ["gcj02", "bd09"])
def test_a_shifted_file_is_found_out_and_not_loaded_as_wgs_84(guizhou_copy, tmp_path, table, crs):
    made = table.spread(guizhou_copy, 1_500, crs)
    file = table.define(table.write_csv(tmp_path / "a.csv", made))
    with pytest.raises(InvalidInputError) as error:
        load(guizhou_copy, file)
    assert error.value.field == "crs"
    assert f'crs = "{crs}"' in error.value.message
    assert table.names_in(guizhou_copy) == set()
    assert not [one for one in guizhou_copy.store.releases() if one.source_id == "own-census"]
    report = load(guizhou_copy, table.define(file, crs=crs))
    assert (report.records, report.rejected, report.datum.likely) == (1_500, 0, crs)


def test_a_right_file_is_not_taken_for_a_shifted_one(guizhou, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.spread(guizhou, 1_500)))
    report = load(guizhou, file, dry_run=True)
    assert (report.rejected, report.datum.likely) == (0, "wgs84")
    assert report.datum.confidence > 0.99
    assert 0 < len(report.points) <= 500


@pytest.mark.parametrize(
    ("change", "field", "remedy"),
    [
        (
            lambda row: row | {"东经": row["北纬"], "北纬": row["东经"]},
            "axis_order",
            'axis_order = "lat,lon"',
        ),
        (lambda row: row | {"东经": 35_667_000.0, "北纬": 2_913_000.0}, "crs", 'crs = "EPSG:4523"'),
    ],
)
def test_a_whole_file_in_another_order_or_unit_is_refused(
    guizhou_copy, tmp_path, table, change, field, remedy
):
    file = table.define(
        table.write_csv(tmp_path / "a.csv", [change(row) for row in table.rows(5)]), within=["5201"]
    )
    with pytest.raises(InvalidInputError) as error:
        load(guizhou_copy, file)
    assert error.value.field == field
    assert remedy in error.value.message


@pytest.mark.parametrize("crs", ["EPSG:4610", "xian1980", "EPSG:4214", "beijing1954", "EPSG:2359"])
def test_datums_without_a_public_shift_are_refused(guizhou_copy, tmp_path, table, crs):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(1)), crs=crs)
    with pytest.raises(InvalidInputError, match="not public"):
        load(guizhou_copy, file)


def test_packed_degrees_and_a_projected_map_are_read(guizhou_copy, tmp_path, table):
    packed = table.rows(1, 东经="1064048.00", 北纬="262006.00")
    load(guizhou_copy, table.define(table.write_csv(tmp_path / "a.csv", packed)))
    location = table.entry_of(guizhou_copy, "r0").place.location
    assert (location.lon, location.lat) == (pytest.approx(106.68), pytest.approx(26.335))


def test_without_provenance_nothing_is_loaded(guizhou, tmp_path, table):
    file = table.define(table.write_csv(tmp_path / "a.csv", table.rows(1)), licence=None, authority=None)
    with pytest.raises(InvalidInputError, match="authority, licence"):
        load(guizhou, file)


def test_a_place_outside_every_division_and_one_without_a_place(guizhou_copy, tmp_path, table):
    made = table.rows(3, 所在政区="")
    made[1] |= {"东经": "", "北纬": ""}
    made[2] |= {"东经": 95.0, "北纬": 35.0}
    report = load(guizhou_copy, table.define(table.write_csv(tmp_path / "a.csv", made)))
    assert report.remarks == {"division_by_place": 1, "without_division": 2, "without_place": 1}
    assert (
        guizhou_copy.live().atlas.latest(table.entry_of(guizhou_copy, "r0").place.division_id).name
        == "花溪区"
    )


def test_a_file_that_is_not_there(guizhou, tmp_path, table):
    with pytest.raises(DataFileError):
        load(guizhou, table.define(Path(tmp_path / "a.csv")))


def test_a_record_of_a_division_that_the_register_has_is_not_loaded_again(guizhou, tmp_path, table):
    made = table.rows(4)
    made[0] |= {"标准名称": "青岩镇", "类别": "21500", "所在政区": "花溪区"}
    made[1] |= {"标准名称": "青岩镇", "类别": "乡级行政区域", "所在政区": "520111101"}
    made[2] |= {"标准名称": "虚构镇", "类别": "21500", "所在政区": "花溪区"}
    made[3] |= {"标准名称": "青岩镇", "类别": "22200", "所在政区": "花溪区"}
    report = load(guizhou, table.define(table.write_csv(tmp_path / "a.csv", made)), dry_run=True)
    assert (report.records, report.rejected) == (2, 0)
    assert report.remarks["known_divisions"] == 2
    assert [change.record for change in report.changes] == ["r2", "r3"]
