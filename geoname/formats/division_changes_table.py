"""Reads a table of changes of divisions (区划变更表): old and new code and name, wording, document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from geoname.core.divisions.change_rows import ChangeRow, Unit
from geoname.core.divisions.division import DivisionKind, Level, kind_of
from geoname.core.divisions.listing import Reject, parse_list_code
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError
from geoname.formats.change_wording import operation_of
from geoname.formats.division_definition import DivisionDefinition
from geoname.formats.division_table import Headings, read_division_table
from geoname.formats.tables.open_table import Reading

HEADINGS: Headings = {
    "year": ("year", "年份", "年度"),
    "old_code": ("old_code", "原代码", "变更前代码"),
    "old_name": ("old_name", "原名称", "变更前名称"),
    "new_code": ("new_code", "现代码", "新代码", "变更后代码"),
    "new_name": ("new_name", "现名称", "新名称", "变更后名称"),
    "wording": ("wording", "reason", "变更原因", "变更情况", "变更类型"),
    "document": ("document", "approval_doc", "批准文号", "批复文号", "文号"),
    "authority": ("authority", "批准机关"),
    "approved_on": ("approved_on", "批准日期", "批复日期"),
    "effective_on": ("effective_on", "生效日期"),
    "announced_on": ("announced_on", "公告日期"),
}
REQUIRED = ("year", "old_code", "old_name", "new_code", "new_name", "wording", "document")
_YEAR = re.compile(r"(19|20)\d{2}")
_OFFICE = "办事处"


@dataclass(frozen=True, slots=True)
class ChangesTable:
    """The rows that could be read, and those that could not."""

    rows: tuple[ChangeRow, ...]
    rejects: tuple[Reject, ...]
    columns: dict[str, str]
    sha256: str
    count: int


def read_changes_table(file: Path, definition: DivisionDefinition) -> ChangesTable:
    """Read a table as its definition says; errors as `read_division_table`."""
    how = Reading(definition.encoding or None, None, definition.sheet or None, definition.layer or None)
    table = read_division_table(file, how, HEADINGS, REQUIRED, definition.fields)
    rows, rejects = [], list(table.rejects)
    for number, cells in table.rows:
        try:
            rows.append(_row(number, cells))
        except InvalidInputError as error:
            field = error.field or "wording"
            rejects.append(
                Reject(
                    number,
                    field,
                    cells.get(field, ""),
                    error.message,
                    error.zh,
                    "mend the cell",
                    "请改正此格",
                )
            )
    count = len(table.rows) + len(table.rejects)
    return ChangesTable(tuple(rows), tuple(rejects), table.columns, table.sha256, count)


def _row(number: int, cells: dict[str, str]) -> ChangeRow:
    if _YEAR.fullmatch(cells["year"]) is None:
        raise InvalidInputError(
            f"{cells['year']!r} is not a year", zh=f"{cells['year']!r} 不是年份", field="year"
        )
    old, new = _unit(cells, "old"), _unit(cells, "new")
    if old is None and new is None:
        raise InvalidInputError(
            "neither an old nor a new division is given", zh="变更前后的区划都没有", field="new_code"
        )
    if operation_of(cells["wording"], old is not None, new is not None, moved=False) is None:
        raise InvalidInputError(
            f"{cells['wording']!r} is no operation that division law knows",
            zh=f"“{cells['wording']}”不是法定的变更种类",
            field="wording",
        )
    return ChangeRow(
        number,
        int(cells["year"]),
        old,
        new,
        cells["wording"],
        cells["document"],
        cells.get("authority", ""),
        _day(cells, "approved_on"),
        _day(cells, "effective_on"),
        _day(cells, "announced_on"),
    )


def _day(cells: dict[str, str], field: str) -> PartialDate | None:
    text = cells.get(field, "")
    return PartialDate.parse(text, field=field) if text else None


def _unit(cells: dict[str, str], which: str) -> Unit | None:
    code, name = cells[f"{which}_code"], cells[f"{which}_name"]
    if not code and not name:
        return None
    if not code or not name:
        lacking = f"{which}_{'name' if code else 'code'}"
        raise InvalidInputError(f"{lacking} is empty", zh=f"{lacking} 为空", field=lacking)
    plain = parse_list_code(code, field=f"{which}_code")
    if len(plain) != 9:
        raise InvalidInputError(
            f"{code} is not a township's code of nine digits",
            zh=f"{code} 不是九位的乡级代码",
            field=f"{which}_code",
        )
    name = name.removesuffix(_OFFICE) if name.endswith(f"街道{_OFFICE}") else name
    if kind_of(name, Level.TOWNSHIP) is DivisionKind.OTHER_TOWNSHIP:
        raise InvalidInputError(
            f"{name!r} ends in no generic of townships: the name is cut off",
            zh=f"“{name}”没有乡级通名：名称不完整",
            field=f"{which}_name",
        )
    return Unit(plain, name)
