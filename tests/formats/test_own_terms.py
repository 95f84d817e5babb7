"""An office's own days replace practice, never the law, and a wrong file is told by line."""

from __future__ import annotations

import pytest

from geoname.errors import DataFileError
from geoname.formats.own_terms import read_own_terms
from geoname.formats.shipped_terms import read_terms

SHIPPED = read_terms()


def read(tmp_path, text):
    file = tmp_path / "时限.csv"
    file.write_text(text, encoding="utf-8")
    return read_own_terms(file, SHIPPED)


def test_practice_is_replaced_with_its_origin_and_the_rest_stays(tmp_path):
    terms = read(tmp_path, "\ufeffcode,value,origin\nplan_filed,04-30,省厅通知\nfiling_days,20,省厅通知\n")
    assert (terms.rows["plan_filed"].value, terms.rows["plan_filed"].origin) == ("04-30", "省厅通知")
    assert terms.days("filing_days").days == 20
    assert terms.rows["summary"] == SHIPPED.rows["summary"]
    assert terms.day_of_year("plan_filed", 2027).isoformat() == "2027-04-30"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("round_years,6,x", "line 2: round_years is set by law"),
        ("special,1,x", "set by law"),
        ("holiday,05-01,x", "'holiday' is not known"),
        ("plan_filed,15 May,x", "not a day of the year"),
        ("plan_filed,02-30,x", "not a day of the year"),
        ("filing_days,0,x", "not a whole number of days"),
        ("filing_days,20,", "origin is empty"),
    ],
)
def test_a_wrong_row_is_told(tmp_path, row, told):
    with pytest.raises(DataFileError, match=told):
        read(tmp_path, f"code,value,origin\n{row}\n")


def test_a_wrong_file_is_told(tmp_path):
    with pytest.raises(DataFileError, match="no column origin"):
        read(tmp_path, "code,value\nplan_filed,04-30\n")
    with pytest.raises(DataFileError, match="cannot be read"):
        read_own_terms(tmp_path / "absent.csv", SHIPPED)
    (tmp_path / "gbk.csv").write_bytes("code,value,origin\nplan_filed,04-30,贵州省厅\n".encode("gbk"))
    with pytest.raises(DataFileError, match="not UTF-8"):
        read_own_terms(tmp_path / "gbk.csv", SHIPPED)
