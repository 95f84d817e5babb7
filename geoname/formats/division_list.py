"""Reads a list of divisions (区划名录), the ministry's or a department's own, down to villages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geoname.core.divisions.listing import ListedDivision, Reject, listed_division
from geoname.errors import InvalidInputError
from geoname.formats.division_definition import DivisionDefinition
from geoname.formats.division_table import Headings, lost_digits, read_division_table
from geoname.formats.tables.open_table import Reading

HEADINGS: Headings = {
    "code": ("code", "代码", "区划代码", "行政区划代码", "统计用区划代码", "xzqdm", "qhdm"),
    "name": ("name", "名称", "区划名称", "行政区划名称", "单位名称", "xzqmc", "qhmc"),
    "parent": ("parent_code", "parent", "上级代码", "上级区划代码", "sjdm"),
    "level": ("level", "层级", "级别"),
}
REQUIRED = ("code", "name")


@dataclass(frozen=True, slots=True)
class DivisionList:
    """The rows of a list that could be read, and those that could not; `columns` by wanted field."""

    listed: tuple[ListedDivision, ...]
    rejects: tuple[Reject, ...]
    columns: dict[str, str]
    sha256: str
    decimals: int
    rows: int


def read_division_list(file: Path, definition: DivisionDefinition) -> DivisionList:
    """Read a list as its definition says; errors as `read_division_table`."""
    how = Reading(definition.encoding or None, None, definition.sheet or None, definition.layer or None)
    table = read_division_table(file, how, HEADINGS, REQUIRED, definition.fields)
    listed, rejects = [], list(table.rejects)
    for row, cells in table.rows:
        try:
            listed.append(
                listed_division(
                    row, cells["code"], cells["name"], cells.get("parent"), cells.get("level", "")
                )
            )
        except InvalidInputError as error:
            rejects.append(_reject(row, cells, error))
    return DivisionList(
        tuple(listed),
        tuple(rejects),
        table.columns,
        table.sha256,
        table.decimals,
        len(table.rows) + len(table.rejects),
    )


def _reject(row: int, cells: dict[str, str], error: InvalidInputError) -> Reject:
    field = error.field or "code"
    value = cells.get(field, "")
    if lost_digits(value):
        return Reject(
            row,
            field,
            value,
            "a spreadsheet wrote the code as a power of ten and lost its digits",
            "电子表格把代码写成了科学计数法，位数已丢失",
            "format the column as text and fill in the codes again",
            "请把该列设为文本格式，重新填写代码",
        )
    return Reject(row, field, value, error.message, error.zh, "mend the cell", "请改正此格")
