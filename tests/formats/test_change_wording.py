import csv

import pytest

from geoname.core.divisions.changes import Operation
from geoname.formats.change_wording import (
    authority_of,
    document_parts,
    joins_existing,
    operation_of,
    shares_cells,
)


@pytest.mark.parametrize(
    ("wording", "before", "after", "meant"),
    [("新设街道", 0, 1, Operation.ESTABLISH), ("撤镇设街道", 1, 1, Operation.REPLACE),
     ("撤乡建镇", 2, 1, Operation.REPLACE), ("撤销设街道", 1, 1, Operation.REPLACE),
     ("撤销建制", 1, 0, Operation.ABOLISH), ("撤销", 1, 0, Operation.ABOLISH),
     ("合并建镇", 2, 1, Operation.MERGE), ("并入其他建制", 1, 1, Operation.MERGE),
     ("更名", 1, 1, Operation.RENAME), ("名称变更", 1, 1, Operation.RENAME),
     ("调整", 2, 1, Operation.MERGE), ("调整", 1, 1, Operation.REPLACE), ("调整", 1, 2, Operation.SPLIT),
     ("合并调整", 3, 1, Operation.MERGE), ("区划代码变更", 1, 1, Operation.RECODE)],
)  # fmt: skip
def test_a_wording_means_an_operation_of_the_law(wording, before, after, meant):
    assert operation_of(wording, before, after, moved=False) is meant


@pytest.mark.parametrize("wording", ["区划代码变更", "区划调整"])
def test_units_that_come_into_another_county_are_transferred(wording):
    assert operation_of(wording, 1, 1, moved=True) is Operation.TRANSFER


@pytest.mark.parametrize("wording", ["优化", "", "新设机场"])
def test_an_unknown_wording_is_none(wording):
    assert operation_of(wording, 1, 1, moved=False) is None


def test_which_empty_cells_belong_to_the_row_above():
    assert all(map(shares_cells, ("合并", "并入其他建制", "撤镇设街道", "调整")))
    assert not any(map(shares_cells, ("撤销", "撤销建制", "新设街道", "更名", "优化")))


def test_what_is_merged_into_was_there_before():
    assert joins_existing("并入其他建制")
    assert not joins_existing("合并建镇")


def test_a_document_tells_its_year_and_whose_it_is():
    assert document_parts("黔府函〔2021〕27号") == (2021, 27)
    assert document_parts("会议纪要") is None
    assert authority_of("黔府函〔2021〕27号") == "贵州省人民政府"
    assert authority_of("州府函〔2019〕54号") is None


@pytest.mark.shared_tables
def test_every_wording_of_the_ministrys_tables_is_known(shared_tables):
    with (shared_tables / "guizhou_township_changes_2014_2023.csv").open(encoding="utf-8") as file:
        wordings = {row["reason"] for row in csv.DictReader(file)}
    assert len(wordings) == 28
    assert all(operation_of(wording, 1, 1, moved=False) for wording in wordings)
