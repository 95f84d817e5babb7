"""The office's table of local approvers: what is read, and the line and column of what is not."""

from __future__ import annotations

import pytest

from geoname.core.rules.approval_matrix import LocalRule
from geoname.core.rules.procedure_cases import Approver
from geoname.errors import DataFileError
from geoname.formats.local_naming_rules import read_local_rules


def test_rules_are_read(tmp_path):
    file = tmp_path / "rules.csv"
    file.write_text("\ufeffrow,approvers,origin\nvillage,government place_name_office,某省办法\n")
    expected = LocalRule((Approver.GOVERNMENT, Approver.PLACE_NAME_OFFICE), "某省办法")
    assert read_local_rules(file) == {"village": expected}


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ("row,approvers\n", "line 1: has no column origin"),
        ("row,approvers,origin\nstreet,government,x\n", "line 2: row 'street'"),
        ("row,approvers,origin\nvillage,government,x\nvillage,government,x\n", "line 3: row 'village'"),
        ("row,approvers,origin\nvillage,,x\n", "line 2: approvers ''"),
        ("row,approvers,origin\nvillage,mayor,x\n", "line 2: approvers 'mayor'"),
        ("row,approvers,origin\nvillage,government,\n", "line 2: origin"),
        ('row,approvers,origin\nvillage,"government,x\n', "line"),
    ],
)
def test_what_cannot_be_right_is_named(tmp_path, content, trouble):
    file = tmp_path / "rules.csv"
    file.write_text(content)
    with pytest.raises(DataFileError, match=trouble):
        read_local_rules(file)


def test_no_file_and_no_utf8(tmp_path):
    with pytest.raises(DataFileError, match="cannot be read"):
        read_local_rules(tmp_path / "none.csv")
    (tmp_path / "gb.csv").write_bytes("row,approvers,origin\n村".encode("gb18030"))
    with pytest.raises(DataFileError, match="UTF-8"):
        read_local_rules(tmp_path / "gb.csv")
