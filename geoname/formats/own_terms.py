"""An office's own days for joint inspections (自定联检时限), where practice and not law sets them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

from geoname.core.inspections.deadlines import Term, Terms
from geoname.core.law.citation import Known
from geoname.errors import DataFileError

_REQUIRED = ("code", "value", "origin")
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_NUMBER = re.compile(r"[1-9]\d{0,4}")
_SHORT_MONTHS = ("02-30", "02-31", "04-31", "06-31", "09-31", "11-31", "02-29")


def read_own_terms(path: Path, shipped: Terms) -> Terms:
    """The shipped terms with those of a UTF-8 CSV in their place: columns code, value, origin.

    DataFileError names the line and column that cannot be right: an unknown code, a value of another form,
    or a term that the law itself sets and nobody changes.
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
    missing = [column for column in _REQUIRED if column not in (reader.fieldnames or ())]
    if missing:
        listed = ", ".join(missing)
        raise _damage(path, 1, f"has no column {listed}: add it", f"缺少 {listed} 列：请补上")
    rows = dict(shipped.rows)
    try:
        for row in reader:
            term = _term(path, reader.line_num, row, shipped)
            rows[term.code] = term
    except csv.Error as error:
        raise _damage(path, reader.line_num, f"{error}: mend the line", f"{error}：请改正该行") from None
    return Terms(rows)


def _term(path: Path, line: int, row: dict[str, str | None], shipped: Terms) -> Term:
    code, value, origin = ((row.get(column) or "").strip() for column in _REQUIRED)
    known = shipped.rows.get(code)
    if known is None:
        codes = ", ".join(shipped.rows)
        raise _damage(
            path, line, f"code {code!r} is not known: use one of {codes}", f"没有 {code!r}：请用 {codes} 之一"
        )
    if known.known is Known.FULL_TEXT:
        raise _damage(path, line, f"{code} is set by law: leave it out", f"{code} 由法规规定：请删去此行")
    form = _DAY if known.unit == "day" else _NUMBER
    if form.fullmatch(value) is None or value in _SHORT_MONTHS:
        wanted = ("a day of the year such as 05-15", "如 05-15 的日期") if known.unit == "day" else (
            f"a whole number of {known.unit}", "整数",
        )  # fmt: skip
        raise _damage(path, line, f"value {value!r} is not {wanted[0]}", f"value {value!r} 不是{wanted[1]}")
    if not origin:
        raise _damage(path, line, "origin is empty: say where it is laid down", "origin 为空：请写明依据")
    return replace(known, value=value, origin=origin, origin_en=origin)


def _damage(path: Path, line: int, trouble: str, zh: str) -> DataFileError:
    at, at_zh = (f" line {line}", f" 第 {line} 行") if line else ("", "")
    return DataFileError(
        f"{path.name}{at}: {trouble}", zh=f"{path.name}{at_zh}：{zh}", field="inspection_terms"
    )
