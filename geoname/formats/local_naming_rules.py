"""An office's own table of who approves what the law leaves to the province (地方批准规则): a CSV file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from geoname.core.rules.approval_matrix import MATRIX, LocalRule
from geoname.core.rules.procedure_cases import Approver
from geoname.errors import DataFileError

_COLUMNS = ("row", "approvers", "origin")
_LOCAL = {row.id for row in MATRIX if row.is_local}


def read_local_rules(path: Path) -> dict[str, LocalRule]:
    """The rules of a UTF-8 file with the columns row, approvers (separated by spaces) and origin.

    DataFileError names the line and column that cannot be right.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _damage(
            path, 0, f"cannot be read ({error.strerror})", f"无法读取（{error.strerror}）"
        ) from error
    except UnicodeDecodeError:
        raise _damage(path, 0, "is not UTF-8: save it as UTF-8", "不是 UTF-8：请另存为 UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        listed = ", ".join(missing)
        raise _damage(path, 1, f"has no column {listed}: add it", f"缺少 {listed} 列：请补上")
    rules: dict[str, LocalRule] = {}
    try:
        for row in reader:
            _add(rules, path, reader.line_num, row)
    except csv.Error as error:
        raise _damage(path, reader.line_num, f"{error}: mend the line", f"{error}：请改正该行") from None
    return rules


def _add(rules: dict[str, LocalRule], path: Path, line: int, row: dict[str, str | None]) -> None:
    cells = {column: (row.get(column) or "").strip() for column in _COLUMNS}
    if cells["row"] not in _LOCAL or cells["row"] in rules:
        known = ", ".join(sorted(_LOCAL))
        raise _damage(
            path,
            line,
            f"row {cells['row']!r} is given twice or not left to local rules: use {known}",
            f"row {cells['row']!r} 重复，或不由地方规定：可用 {known}",
        )
    organs = {approver.value: approver for approver in Approver}
    named = cells["approvers"].split()
    if not named or any(name not in organs for name in named):
        raise _damage(
            path,
            line,
            f"approvers {cells['approvers']!r}: name one or more of {', '.join(organs)}",
            f"approvers {cells['approvers']!r} 有误：请写 {'、'.join(organs)} 中的一个或多个",
        )
    if not cells["origin"]:
        raise _damage(
            path,
            line,
            "origin is empty: name the document that says so",
            "origin 列为空：请写明依据的文件",
        )
    rules[cells["row"]] = LocalRule(tuple(organs[name] for name in named), cells["origin"])


def _damage(path: Path, line: int, trouble: str, zh: str) -> DataFileError:
    at, at_zh = (f" line {line}", f" 第 {line} 行") if line else ("", "")
    return DataFileError(f"{path.name}{at}: {trouble}", zh=f"{path.name}{at_zh}：{zh}", field="naming_rules")
