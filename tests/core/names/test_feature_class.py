"""Class codes of GB/T 18521."""

import pytest

from geoname.core.names import feature_class
from geoname.core.names.feature_class import (
    ClassTable,
    FeatureClass,
    class_of_division,
    is_under,
    parse_class,
)
from geoname.errors import InvalidInputError, NotFoundError


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("province", "21200"),
        ("autonomous_prefecture", "21300"),
        ("special_district", "21400"),
        ("ethnic_township", "21500"),
        ("villagers_committee", "21610"),
        ("residents_committee", "21600"),
    ],
)
def test_class_of_a_division(kind, code):
    assert class_of_division(kind) == code


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(InvalidInputError, match="county") as refused:
        class_of_division("hamlet")
    assert refused.value.field == "kind"


@pytest.mark.parametrize(("written", "code"), [("212", "21200"), ("2161", "21610"), ("22200", "22200")])
def test_short_codes_are_filled_up(written, code):
    assert parse_class(written) == code


@pytest.mark.parametrize("written", ["", "21", "0120", "222000", "２２２００", "21a", "222 0"])
def test_malformed_codes_are_refused(written):
    with pytest.raises(InvalidInputError, match="five digits") as refused:
        parse_class(written)
    assert refused.value.field == "class"


def test_parts_are_under_their_whole():
    assert is_under("21610", "21600")
    assert is_under("21610", "21610")
    assert not is_under("21600", "21610")
    assert not is_under("21500", "21600")


def test_the_table_finds_a_class_and_its_parts():
    rows = [
        FeatureClass("21610", "行政村", "群众自治组织"),
        FeatureClass("21600", "群众自治组织", "群众自治组织"),
    ]
    table = ClassTable.of([*rows, FeatureClass("22200", "农村居民点", "居民点")])
    assert table.get("21610").label == "行政村"
    assert [row.code for row in table.under("21600")] == ["21600", "21610"]
    with pytest.raises(NotFoundError, match="99900"):
        table.get("99900")


@pytest.mark.parametrize("codes", [("22200", "22200"), ("222",), ("22200x",)])
def test_a_table_with_wrong_or_double_codes_is_refused(codes):
    with pytest.raises(InvalidInputError) as refused:
        ClassTable.of(FeatureClass(code, "", "") for code in codes)
    assert refused.value.field in ("code", "class")


def test_constants_are_codes():
    constants = [value for name, value in vars(feature_class).items() if name.isupper() and name[0] != "_"]
    assert len(constants) >= 15
    assert all(parse_class(code) == code for code in constants)
