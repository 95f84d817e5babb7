"""A chunk is judged row by row, and no row is lost whatever is in it."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_in_matcher import KNOWN, FakeMatcher

from geoname.core.coordinates.crs import Crs
from geoname.formats.tables.table import RowFault
from geoname.service.validation_judge import LONGEST_TEXT, judge
from geoname.service.validation_rows import Asked, Question

STATUS, NAME, CODE, PATH, CONFIDENCE, SECOND, STEPS, FINDINGS, LON, LAT = range(10)
ENGLISH = Question("name", language="en")


def judged(texts, question=ENGLISH, **asked):
    return judge(question, Asked(1, texts, **asked), FakeMatcher())


def test_answers_steps_and_counts():
    result = judged(["贵州省贵阳市花溪区", "遵义县南白镇", "龙场镇", "什么", "花溪区"])
    cells = result.appended
    assert cells[STATUS] == ["standard", "corrected", "ambiguous", "unknown", "corrected"]
    assert cells[NAME][1] == "南白街道"
    assert cells[CODE][1] == "520304001"
    assert cells[STEPS][1] == (
        "former_division: 遵义县 → 播州区 (2016-03-20, 国函〔2016〕56号); former_name: 南白镇 → 南白街道"
    )
    assert cells[STEPS][0] == cells[FINDINGS][0] == ""
    tally = result.tally
    assert tally.rows == 5
    assert tally.statuses["corrected"] == 2
    assert tally.steps == {"former_division": 1, "former_name": 1, "missing_parent": 1}
    assert tally.counties == {"贵州省/贵阳市/花溪区": [2, 1], "贵州省/遵义市/播州区": [1, 1]}
    assert not tally.clean


def test_in_chinese_by_default():
    result = judge(Question("地名"), Asked(7, ["遵义县南白镇", None]), FakeMatcher())
    assert result.appended[STATUS] == ["已纠正", "无效"]
    assert result.appended[STEPS][0].startswith(
        "旧区划：遵义县→播州区（2016-03-20，国函〔2016〕56号）；旧名："
    )
    assert result.appended[FINDINGS][1] == "单元格为空：第 8 行“地名”列"


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (None, "empty"),
        ("", "empty"),
        ("  \u3000", "empty"),
        (12.0, "wrong_type"),
        ("花" * (LONGEST_TEXT + 1), "too_long"),
    ],
)
def test_what_is_no_name_is_invalid_and_named_by_row_and_column(cell, kind):
    result = judged(["花溪区", cell])
    assert result.appended[STATUS] == ["corrected", "invalid"]
    assert "row 2, column name" in result.appended[FINDINGS][1]
    assert result.tally.findings == {kind: 1}
    assert result.tally.examples == {kind: [2]}


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (RowFault(0, "too_long", None, "5"), "invalid"),
        (RowFault(0, "unclosed_quote", None, ""), "invalid"),
        (RowFault(0, "surplus_cells", None, "2"), "corrected"),
        (RowFault(0, "encoding", "name", "gb18030"), "corrected"),
        (RowFault(0, "encoding", "name", ""), "invalid"),
        (RowFault(0, "encoding", "other", ""), "corrected"),
        (RowFault(0, "wrong_type", "name", "#N/A"), "invalid"),
        (RowFault(0, "wrong_type", "other", "#N/A"), "corrected"),
    ],
)
def test_faults_of_the_file_are_findings(fault, status):
    result = judged(["花溪区", "花溪区"], faults=(fault,))
    assert result.appended[STATUS] == [status, "corrected"]
    assert "row 1" in result.appended[FINDINGS][0]
    assert result.tally.findings == {fault.kind: 1}


def test_points_are_converted_and_bad_ones_named():
    question = dataclasses.replace(ENGLISH, lon_column="x", lat_column="y", crs=Crs.GCJ02)
    lon = ["106.67", "108.0", "abc", None, "106.6", "26.4", "inf", 106.67]
    lat = ["26.41", "26.41", "26.4", None, "", "106.6", "26", 26.41]
    result = judged(["花溪区"] * 8, question, lon=lon, lat=lat)
    cells = result.appended
    assert cells[LON][0] == pytest.approx(106.67 - 0.0037, abs=0.002)
    assert cells[LAT][0] == pytest.approx(26.41 + 0.0035, abs=0.002)
    assert cells[LON][7] == cells[LON][0]
    assert [lon is None for lon in cells[LON]] == [False, False, True, True, True, True, True, False]
    assert cells[FINDINGS][1] == "the point lies elsewhere: 播州区"
    assert cells[FINDINGS][2] == "no coordinate: row 3, column x (abc)"
    assert cells[FINDINGS][3] == ""
    assert cells[FINDINGS][4] == "no coordinate: row 5, column y"
    assert cells[FINDINGS][5] == "no coordinate: row 6, column y (106.6)"
    assert cells[FINDINGS][6] == "no coordinate: row 7, column x (inf)"


def test_a_name_outside_its_stated_division_is_a_finding():
    question = dataclasses.replace(ENGLISH, within_column="d")
    result = judged(["花溪区"] * 5, question, within=["520111", "520304", 520304.0, "999999", None])
    assert result.appended[FINDINGS] == [
        "",
        "outside the stated division: 520304",
        "outside the stated division: 520304",
        "no division has the stated code: row 4, column d (999999)",
        "",
    ]


def test_all_clean_is_clean():
    assert judged(["贵州省贵阳市花溪区"] * 3).tally.clean


cell = st.one_of(st.none(), st.text(max_size=6), st.floats(), st.sampled_from([*KNOWN]), st.just("x" * 600))


@given(st.lists(st.tuples(cell, cell, cell, cell), min_size=1, max_size=30), st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_rows_out_are_rows_in_whatever_they_hold(rows, split):
    texts, within, lon, lat = (list(column) for column in zip(*rows, strict=True))
    question = Question("n", within_column="w", lon_column="x", lat_column="y")
    whole = judge(question, Asked(1, texts, within, lon, lat), FakeMatcher())
    assert len(whole.appended) == 10
    assert {len(column) for column in whole.appended} == {len(rows)}
    # Cut anywhere, the answers and counts are the same.
    parts = [
        judge(question, Asked(begin + 1, texts[a], within[a], lon[a], lat[a]), FakeMatcher())
        for begin, a in ((0, slice(0, split)), (min(split, len(rows)), slice(split, None)))
    ]
    assert [list(a) + list(b) for a, b in zip(parts[0].appended, parts[1].appended, strict=True)] == [
        list(column) for column in whole.appended
    ]
    tally = parts[0].tally
    tally.add(parts[1].tally)
    assert tally.to_json() == whole.tally.to_json()
    assert type(tally).from_json(tally.to_json()) == tally
