"""A form goes to the field as GeoPackage or CSV and comes back; what cannot be is refused by name."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
from datetime import date

import numpy as np
import pyogrio
import pytest
import xlsxwriter
from shapely.geometry import LineString, Point

from geoname.core.inspections.field_form import FieldForm, FormItem
from geoname.core.inspections.form_records import values_of
from geoname.core.inspections.inspection import FieldItem, ItemKind
from geoname.errors import InvalidInputError
from geoname.formats.field_form_file import FormPlace, PlacedItem, form_ending
from geoname.formats.field_form_reading import read_form
from geoname.formats.field_form_writing import write_form_csv, write_form_geopackage

SIDES = ("520111", "520181")
MARKER = FieldItem("marker:001Q", ItemKind.MARKER, "001Q", "001Q")
SEGMENT = FieldItem("segment:001Q-002Q", ItemKind.SEGMENT, "001Q", "002Q")


def form():
    marker = values_of(None, MARKER, SIDES) | {
        "day": "2026-04-02", "state": "damaged", "lon": 106.51234567, "weeds_cleared": False, "weather": "晴",
        "handling": "=HYPERLINK(1)", "present_a": "张三、李四", "azimuth_1": 12.5, "reference_1": "㵲阳河桥",
    }  # fmt: skip
    segment = values_of(None, SEGMENT, SIDES) | {"clear": True, "ground_changes": "新修道路\n跨界"}
    items = (
        FormItem(MARKER.key, ItemKind.MARKER, 3, marker),
        FormItem("marker:002Q", ItemKind.MARKER, 0, values_of(None, MARKER, SIDES)),
        FormItem(SEGMENT.key, ItemKind.SEGMENT, 1, segment),
    )
    return FieldForm("f1", "i1", "520111", "张三", "2026-04-01T00:00:00Z", SIDES, True, items)


def placed(given):
    shapes = [Point(106.5, 27.0), None, LineString([(106.5, 27.0), (106.6, 27.0)])]
    return [
        PlacedItem(item, FormPlace("001Q", "001Q", "河边", shape))
        for item, shape in zip(given.items, shapes, strict=True)
    ]


@pytest.fixture(params=["gpkg", "csv"])
def written(request, tmp_path):
    file, given = tmp_path / f"外业表.{request.param}", form()
    if request.param == "csv":
        write_form_csv(given, placed(given), file)
    else:
        write_form_geopackage(given, placed(given), "花龙线", file)
    return file


def test_an_untouched_form_comes_back_as_it_was_given_out(written):
    given, back = form(), read_form(written)
    assert back.form_id == "f1"
    assert list(back.items) == [item.key for item in given.items]
    for item in given.items:
        assert back.items[item.key] == item.values


def test_what_was_written_in_the_field_is_read(tmp_path):
    given, file = form(), tmp_path / "a.gpkg"
    write_form_geopackage(given, placed(given), "花龙线", file)
    with sqlite3.connect(file) as connection:
        # What QField does without its spatial index functions.
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(
            "UPDATE markers SET state = 'lost', weeds_cleared = 1, day = '2026-05-01', lat = 27.5 "
            "WHERE item = 'marker:002Q'"
        )
    connection.close()
    changed = read_form(file).items["marker:002Q"]
    assert {name: changed[name] for name in ("state", "weeds_cleared", "day", "lat")} == {
        "state": "lost", "weeds_cleared": True, "day": "2026-05-01", "lat": 27.5,
    }  # fmt: skip


def test_gis_programs_see_layers_places_and_lists_of_choices(tmp_path):
    given, file = form(), tmp_path / "a.gpkg"
    write_form_geopackage(given, placed(given), "花龙线", file)
    layers = {str(name): kind for name, kind in pyogrio.list_layers(file)}
    assert layers == {"markers": "Point", "segments": "MultiLineString", "geoname_form": None}
    info = pyogrio.read_info(file, layer="markers")
    assert info["crs"] == "EPSG:4326"
    assert info["features"] == 2
    with sqlite3.connect(file) as connection:
        states = connection.execute(
            "SELECT value, c.description FROM gpkg_data_columns d JOIN gpkg_data_column_constraints c "
            "USING (constraint_name) WHERE table_name = 'markers' AND column_name = 'state'"
        ).fetchall()
    connection.close()
    assert ("lost", "丢失") in states
    assert len(states) == 4


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs ogrinfo")
def test_ogrinfo_opens_it_without_a_word_of_complaint(tmp_path):
    given, file = form(), tmp_path / "a.gpkg"
    write_form_geopackage(given, placed(given), "花龙线", file)
    told = subprocess.run(
        ["ogrinfo", "-so", str(file), "markers"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "Feature Count: 2" in told.stdout
    assert "intact_list" in told.stdout
    assert told.stderr == ""


def test_a_text_that_looks_like_a_formula_is_harmless_in_a_spreadsheet(tmp_path):
    given, file = form(), tmp_path / "a.csv"
    write_form_csv(given, placed(given), file)
    assert "'=HYPERLINK" in file.read_text("utf-8-sig")


def rewrite(file, change):
    with file.open(encoding="utf-8-sig", newline="") as given_out:
        rows = list(csv.reader(given_out))
    change(rows)
    with file.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows(rows)


def test_a_spreadsheet_may_save_it_in_its_own_encoding_and_order(tmp_path):
    given, file = form(), tmp_path / "a.csv"
    write_form_csv(given, placed(given), file)

    def turn(rows):
        for i, row in enumerate(rows):
            rows[i] = row[::-1]
        rows.append([""] * len(rows[0]))

    rewrite(file, turn)
    assert read_form(file).items[MARKER.key] == given.items[0].values


def test_columns_that_were_left_out_were_not_touched(tmp_path):
    given, file = form(), tmp_path / "a.csv"
    write_form_csv(given, placed(given), file)

    def cut(rows):
        for i, row in enumerate(rows):
            rows[i] = row[:8]

    rewrite(file, cut)
    assert set(read_form(file).items[MARKER.key]) == {"day", "present_a"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows.append(rows[1]), "twice"),
        (lambda rows: rows[1].__setitem__(0, "f2"), "which form"),
        (lambda rows: [row.__setitem__(0, "") for row in rows[1:]], "which form"),
        (lambda rows: rows[0].__setitem__(1, "x"), "no column `item`"),
        (lambda rows: rows[0].__setitem__(7, rows[0][8]), "a column twice"),
        (lambda rows: rows[1].__setitem__(6, "someday"), "row 1: day is 'someday'"),
    ],
)
def test_what_cannot_be_is_refused_by_row_and_field(tmp_path, change, says):
    given, file = form(), tmp_path / "a.csv"
    write_form_csv(given, placed(given), file)
    rewrite(file, change)
    with pytest.raises(InvalidInputError, match=says):
        read_form(file)


def test_a_geopackage_of_something_else_is_refused(tmp_path):
    file = tmp_path / "a.gpkg"
    pyogrio.raw.write(file, None, [np.array([1])], ["n"], layer="x", driver="GPKG")
    with pytest.raises(InvalidInputError, match="no form of ours"):
        read_form(file)


def test_a_form_has_one_of_two_endings(tmp_path):
    assert form_ending(tmp_path / "a.GPKG") == "gpkg"
    with pytest.raises(InvalidInputError, match=r"\.gpkg"):
        form_ending(tmp_path / "a.doc")


def test_a_workbook_made_of_the_form_is_read_too(tmp_path):
    given, file = form(), tmp_path / "a.csv"
    write_form_csv(given, placed(given), file)
    with (
        file.open(encoding="utf-8-sig", newline="") as text,
        xlsxwriter.Workbook(tmp_path / "a.xlsx") as book,
    ):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy/m/d"})
        for number, row in enumerate(csv.reader(text)):
            for column, cell in enumerate(row):
                if cell == "2026-04-02":
                    sheet.write_datetime(number, column, date(2026, 4, 2), day)
                elif cell in ("是", "否"):
                    sheet.write_boolean(number, column, cell == "是")
                elif cell.replace(".", "").isdigit():
                    sheet.write_number(number, column, float(cell))
                else:
                    sheet.write_string(number, column, cell)
    back = read_form(tmp_path / "a.xlsx")
    for item in given.items:
        assert back.items[item.key] == item.values
