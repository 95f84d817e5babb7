"""The definition beside a file: what it must say, what is wrong with it, and how it is written."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.core.validity.partial_date import PartialDate, Precision
from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.definition import (
    REQUIRED,
    Definition,
    definition_beside,
    read_definition,
    write_definition,
)

WHOLE = """title = "县界"
authority = "某省民政厅"
source = "来文"
licence = "内部使用"
valid_from = 2024-01-01
crs = "EPSG:4490"
encoding = "gb18030"
accuracy_m = 10
within = ["52"]
[fields]
code = "XZQDM"
name = "XZQMC"
"""


@pytest.fixture
def written(tmp_path):
    def write(text, name="a.shp.toml"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


def test_a_whole_definition_is_read(written):
    found = read_definition(written(WHOLE))
    assert found.missing == ()
    assert (found.title, found.crs, found.encoding) == ("县界", "EPSG:4490", "gb18030")
    assert found.valid_from == PartialDate(date(2024, 1, 1))
    assert (found.accuracy_m, found.within, found.rest_from) == (10.0, ("52",), "")
    assert found.fields == {"code": "XZQDM", "name": "XZQMC"}


@pytest.mark.parametrize("key", REQUIRED)
def test_what_is_missing_of_the_provenance_is_listed(written, key):
    lines = [line for line in WHOLE.splitlines() if not line.startswith(f"{key} ")]
    assert read_definition(written("\n".join(lines))).missing == (key,)


def test_an_empty_definition_lacks_all_of_it(written):
    assert read_definition(written("")).missing == REQUIRED


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("titel = 'x'", "titel"),
        ("valid_from = 'yesterday'", "valid_from"),
        ("valid_from = true", "valid_from"),
        ("accuracy_m = -1", "accuracy_m"),
        ("accuracy_m = 'ten'", "accuracy_m"),
        ("title = 5", "title"),
        ("within = 52", "within"),
        ("within = [52]", "within"),
        ("axis_order = 'up,down'", "axis_order"),
        ("fields = 'code'", "fields"),
        ("fields = {code = ''}", "fields"),
    ],
)
def test_a_key_at_fault_is_named(written, line, field):
    with pytest.raises(InvalidInputError) as raised:
        read_definition(written(line))
    assert raised.value.field == field
    assert raised.value.zh != raised.value.message


@pytest.mark.parametrize(
    ("said", "precision"),
    [('"2024"', Precision.YEAR), ("2024", Precision.YEAR), ('"2024-03"', Precision.MONTH)],
)
def test_a_date_is_as_exact_as_it_is_known(written, said, precision):
    assert read_definition(written(f"valid_from = {said}")).valid_from.precision is precision


@pytest.mark.parametrize("raw", ["title = ", "title = '县界'".encode("gb18030")])
def test_what_is_no_toml_in_utf8_says_so(written, raw):
    with pytest.raises(DataFileError) as raised:
        read_definition(written(raw))
    assert raised.value.field == "definition"


def test_a_byte_order_mark_does_no_harm(written):
    assert read_definition(written(b"\xef\xbb\xbf" + WHOLE.encode())).title == "县界"


def test_a_definition_that_is_not_there_says_so(tmp_path):
    with pytest.raises(DataFileError, match="nowhere"):
        read_definition(tmp_path / "nowhere.toml")


def test_the_definition_is_found_beside_its_file(tmp_path, written):
    data = tmp_path / "a.shp"
    assert definition_beside(data) is None
    short = written(WHOLE, "a.toml")
    assert definition_beside(data) == short
    assert definition_beside(data) == short
    assert definition_beside(data.with_name("b.shp")) is None
    assert definition_beside(data) != written(WHOLE, "a.shp.toml") == definition_beside(data)


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip)


@given(
    title=_TEXT.filter(bool),
    column=_TEXT.filter(bool),
    accuracy=st.none() | st.floats(0.1, 9999),
    day=st.sampled_from(["2024", "2024-05", "2024-05-17"]),
)
def test_what_is_written_is_read_back(tmp_path_factory, title, column, accuracy, day):
    told = Definition(
        title=title,
        authority="甲",
        source='"引号"\\',
        licence="x",
        valid_from=PartialDate.parse(day),
        crs="gcj02",
        accuracy_m=accuracy,
        within=("5201", "5202"),
        axis_order="lat,lon",
        fields={"code": column},
    )
    file = tmp_path_factory.mktemp("definition") / "a.toml"
    file.write_text(write_definition(told, {"crs": "告诉\n来源"}), encoding="utf-8")
    assert read_definition(file) == told


def test_what_must_be_filled_in_stands_there_empty(written):
    text = write_definition(replace(Definition(), title="x"))
    assert 'authority = ""' in text
    assert read_definition(written(text)).missing == tuple(key for key in REQUIRED if key != "title")
