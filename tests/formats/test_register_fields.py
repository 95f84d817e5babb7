"""Columns of the census and of common tables are known by their headings."""

import pytest

from geoname.errors import InvalidInputError
from geoname.formats.census_fields import HEADINGS, plain_heading, wanted_by
from geoname.formats.register_fields import map_register_fields

CENSUS = {
    "地名代码": "place_code",
    "标准名称*": "name",
    "汉字书写": "written",
    "简称": "abbreviation",
    "别名": "alias",
    "曾用名": "former",
    "罗马字母拼写*": "romanization",
    "通名罗马字母拼写": "generic_romanization",
    "少数民族语书写": "minority_writing",
    "地名语种": "language",
    "类别*": "feature_class",
    "使用时间*": "used_from",
    "命名时间": "named_on",
    "设立年份": "established",
    "废止年份": "abolished",
    "东经": "lon",
    "北纬": "lat",
    "坐标系": "crs",
    "密级": "secrecy",
    "是否公开": "public",
    "来历*": "origin",
    "含义*": "meaning",
    "历史沿革*": "history",
    "典故": "story",
    "实体概况": "description",
    "所在(跨)行政区*": "division",
    "资料来源": "material",
    "登记时间": "registered_on",
}


def test_the_field_list_of_the_census_is_known_as_it_is():
    found = map_register_fields(tuple(CENSUS), {}, has_geometry=False)
    assert found.columns == {wanted: column for column, wanted in CENSUS.items()} | {}
    assert set(found.how.values()) == {"guessed"}
    assert found.unused == ()


def test_headings_are_read_without_signs():
    assert plain_heading("所在（跨）行政区＊") == "所在跨行政区"
    assert wanted_by("东经(分)") == ("lon_minute", 0)
    assert wanted_by("东经（度）")[0] == "lon"
    assert wanted_by("至东经") is None


def test_no_heading_stands_for_two_fields():
    known = [heading for headings in HEADINGS.values() for heading in headings]
    assert len(known) == len(set(known))
    assert all(plain_heading(heading) == heading for heading in known)


def test_what_is_declared_counts_more_than_a_heading():
    found = map_register_fields(("标准名称", "MC", "x"), {"name": "MC"}, has_geometry=False)
    assert found.columns == {"name": "MC", "lon": "x"}
    assert found.how == {"name": "declared", "lon": "guessed"}
    assert found.unused == ("标准名称",)


def test_of_two_headings_the_surer_is_taken():
    found = map_register_fields(("名称", "标准名称", "类别", "类别代码"), {}, has_geometry=False)
    assert found.columns == {"name": "标准名称", "feature_class": "类别代码"}


def test_how_it_is_written_is_the_name_where_there_is_no_other():
    assert map_register_fields(("汉字书写",), {}, has_geometry=False).columns == {"name": "汉字书写"}


def test_a_map_keeps_its_own_places_unless_told_otherwise():
    assert "lon" not in map_register_fields(("名称", "经度", "纬度"), {}, has_geometry=True).columns
    declared = map_register_fields(
        ("名称", "经度", "纬度"), {"lon": "经度", "lat": "纬度"}, has_geometry=True
    )
    assert declared.columns["lon"] == "经度"


@pytest.mark.parametrize(
    ("columns", "declared", "field"),
    [
        (("甲", "乙"), {}, "fields.name"),
        (("名称",), {"name": "地名"}, "fields.name"),
        (("名称",), {"nmae": "名称"}, "fields.nmae"),
        (("名称", "名称"), {}, "fields.name"),
    ],
)
def test_wrong_fields_are_named(columns, declared, field):
    with pytest.raises(InvalidInputError) as error:
        map_register_fields(columns, declared, has_geometry=False)
    assert error.value.field == field
