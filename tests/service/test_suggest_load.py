"""A definition is drafted for every kind of file: fields, scheme, day, reference system."""

import tomllib

import pytest

from geoname.service.load_kinds import LoadRequest, kind_named
from geoname.service.suggest_load import suggest_for

PROVENANCE = {"title": "试", "authority": "某局", "source": "来文", "licence": "内部使用"}
HUAXI = "520111101,青岩镇\n520111102,石板镇\n520111104,麦坪镇\n520111,花溪区\n"
CHANGES = (
    "年份,原代码,原名称,变更原因,现代码,现名称,批准文号\n"
    "2021,520111103,党武镇,撤镇设街道,520111009,党武街道,黔府函〔2021〕27号\n"
    "2016,520304101,龙坑镇,撤镇设街道,520304002,播南街道,黔府函〔2016〕192号\n"
    "2016,,,撤镇设街道,520304005,龙坑街道,黔府函〔2016〕192号\n"
)
LINES = "甲方代码,乙方代码,界线名称,长度（千米）\n520111,520102,花南线,10\n"
MARKERS = "桩号,界线名称,经度,纬度\n5201,花南线,{}\n"


def drafted(geoname, folder, kind, text, name="表.csv", encoding="utf-8", beside=None):
    file = folder / name
    file.write_text(text, encoding=encoding)
    if beside is not None:
        file.with_name(f"{name}.toml").write_text(beside, encoding="utf-8")
    found = suggest_for(geoname, kind, file)
    return tomllib.loads(found.text), found, file


def test_a_list_tells_its_fields_scheme_day_and_scope(guizhou, tmp_path):
    told, found, _ = drafted(
        guizhou, tmp_path, "divisions", f"行政区划代码,单位名称\n{HUAXI}", "名录2023-06-30.csv", "gb18030"
    )
    assert told["fields"] == {"code": "行政区划代码", "name": "单位名称"}
    assert (told["scheme"], str(told["as_of"]), told["within"]) == ("nbs", "2023-06-30", ["520111"])
    assert (told["encoding"], told["title"]) == ("gb18030", "名录2023-06-30")
    assert found.missing == ("authority", "source", "licence")
    assert "100% in nbs" in found.text


def test_codes_that_mean_others_in_one_scheme_are_those_of_the_other(guizhou, tmp_path):
    swapped = "520111101,石板镇\n520111102,麦坪镇\n520111104,青岩镇\n520111103,花溪镇\n520102009,花果园街道\n"
    told, found, _ = drafted(guizhou, tmp_path, "divisions", f"代码,名称\n{swapped}{HUAXI}")
    assert told["scheme"] == "mca"
    assert "make sure" in found.text


@pytest.mark.parametrize(("rows", "scheme"), [("520111,花溪区\n", "gb2260"), ("990101101,某镇\n", "")])
def test_counties_have_one_code_everywhere_and_strangers_none(guizhou, tmp_path, rows, scheme):
    told, found, _ = drafted(guizhou, tmp_path, "divisions", f"代码,名称\n{rows}")
    assert told["scheme"] == scheme
    assert ("scheme" in found.missing) is not bool(scheme)
    assert "as_of" in found.missing


def test_columns_without_a_known_heading_are_told_by_their_cells(guizhou, tmp_path):
    told, found, _ = drafted(guizhou, tmp_path, "divisions", f"甲,乙\n{HUAXI}")
    assert told["fields"] == {"code": "甲", "name": "乙"}
    assert "guessed by its cells" in found.text


def test_a_field_that_cannot_be_told_is_left_to_be_filled_in_with_what_there_is(guizhou, tmp_path):
    told, found, _ = drafted(guizhou, tmp_path, "divisions", "甲,乙\n你,好\n")
    assert told["fields"] == {"code": "", "name": ""}
    assert found.missing[-2:] == ("fields.code", "fields.name")
    assert "one of: 甲, 乙" in found.text


def test_what_the_definition_says_already_stays(guizhou, tmp_path):
    told, found, _ = drafted(
        guizhou,
        tmp_path,
        "divisions",
        f"甲,乙,丙\n{HUAXI.replace(chr(10), ',某区' + chr(10))}",
        beside='title = "名录"\nscheme = "mca"\nas_of = 2020-01-01\nadd_missing = true\n'
        '[fields]\nname = "乙"\n',
    )
    assert (told["title"], told["scheme"], str(told["as_of"])) == ("名录", "mca", "2020-01-01")
    assert (told["add_missing"], told["fields"]) == (True, {"name": "乙", "code": "甲"})
    assert found.missing == ("authority", "source", "licence")


def test_a_table_of_changes_tells_its_last_year_and_its_merged_cells(guizhou, tmp_path):
    told, found, _ = drafted(guizhou, tmp_path, "changes", CHANGES)
    assert list(told["fields"]) == [
        "year", "old_code", "old_name", "new_code", "new_name", "wording", "document",
    ]  # fmt: skip
    assert (str(told["as_of"]), told["merged_cells"]) == ("2021-12-31", True)
    assert found.missing == ("authority", "source", "licence")


def test_old_and_new_are_told_by_their_order(guizhou, tmp_path):
    told, _, _ = drafted(
        guizhou,
        tmp_path,
        "changes",
        CHANGES.replace("原代码,原名称", "甲,乙").replace("现代码,现名称", "丙,丁"),
    )
    assert {key: told["fields"][key] for key in ("old_code", "old_name", "new_code", "new_name")} == {
        "old_code": "甲", "old_name": "乙", "new_code": "丙", "new_name": "丁",
    }  # fmt: skip


def test_lines_without_courses_need_no_reference_system(guizhou, tmp_path):
    told, found, _ = drafted(guizhou, tmp_path, "lines", LINES)
    assert (told["crs"], found.missing) == ("", ("authority", "source", "licence", "valid_from"))
    assert told["fields"]["length_km"] == "长度（千米）"


@pytest.mark.parametrize(
    ("at", "crs", "axes"),
    [
        ("106.7,26.4", "EPSG:4490", None),
        ("26.4,106.7", "EPSG:4490", "lat,lon"),
        ("36670000,2921000", "EPSG:4524", None),
        ("5,5000000000", "", None),
    ],
)
def test_where_markers_stand_tells_the_reference_system(guizhou, tmp_path, at, crs, axes):
    told, found, _ = drafted(guizhou, tmp_path, "markers", MARKERS.format(at))
    assert told["fields"] == {"number": "桩号", "line": "界线名称", "x": "经度", "y": "纬度"}
    assert (told["crs"], told.get("axis_order")) == (crs, axes)
    assert ("crs" in found.missing) is not bool(crs)


def test_markers_without_numbers_say_which_columns_there_are(guizhou, tmp_path):
    told, found, _ = drafted(guizhou, tmp_path, "markers", "甲,乙\n1,2\n")
    assert (told["fields"], found.missing[-1]) == ({"number": ""}, "fields.number")
    assert "one of: 甲, 乙" in found.text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("divisions", f"代码,名称\n{HUAXI}"),
        ("changes", CHANGES),
        ("lines", LINES),
        ("names", "标准名称,类别,经度,纬度,所在政区\n虚构寨,22200,106.68,26.335,520111101\n"),
    ],
)
def test_a_draft_once_filled_in_loads(guizhou, tmp_path, kind, text):
    _, found, file = drafted(guizhou, tmp_path, kind, text, "list-2023-06-30.csv")
    filled = found.text
    for key in found.missing:
        value = "2023-06-30" if key == "valid_from" else PROVENANCE[key]
        filled = filled.replace(f'{key} = ""', f'{key} = "{value}"')
    file.with_name(f"{file.name}.toml").write_text(filled, encoding="utf-8")
    report = kind_named(kind).load(guizhou, LoadRequest(file, None, "t", True), None)
    assert report.status == "dry_run"
    assert report.rows >= 1
