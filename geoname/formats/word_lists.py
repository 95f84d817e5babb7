"""An office's own word lists (自备词表) for the naming rules: a CSV file, each row with its rule."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from geoname.core.law.citation import Known
from geoname.core.rules.lexicon import MatchMode, Term
from geoname.errors import DataFileError

OFFICE = "office"
_REQUIRED = ("term", "rule")
_COLUMNS = (*_REQUIRED, "tier", "match_mode", "exception")
_MODES = {mode.value: mode for mode in MatchMode}


def read_own_terms(path: Path) -> tuple[Term, ...]:
    """The terms of a UTF-8 file with the columns term and rule, and where given tier, match_mode, exception.

    A term of A9-4 with the tier office-leaders is a state leader's name. DataFileError names the line and
    column that cannot be right.
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
    columns = reader.fieldnames or ()
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        listed = ", ".join(missing)
        raise _damage(path, 1, f"has no column {listed}: add it", f"缺少 {listed} 列：请补上")
    terms = []
    try:
        for row in reader:
            terms.append(_term(path, reader.line_num, row))
    except csv.Error as error:
        raise _damage(path, reader.line_num, f"{error}: mend the line", f"{error}：请改正该行") from None
    return tuple(terms)


def _term(path: Path, line: int, row: dict[str, str | None]) -> Term:
    cells = {column: (row.get(column) or "").strip() for column in _COLUMNS}
    for column in _REQUIRED:
        if not cells[column]:
            raise _damage(path, line, f"column {column} is empty: fill it", f"{column} 列为空：请填写")
    written = cells["match_mode"] or MatchMode.SPECIFIC.value
    mode = _MODES.get(written)
    if mode is None:
        known = ", ".join(_MODES)
        raise _damage(
            path,
            line,
            f"match_mode {written!r} is not known: use one of {known}",
            f"match_mode {written!r} 不可用：请用 {known} 之一",
        )
    return Term(
        cells["term"],
        cells["rule"],
        cells["tier"] or OFFICE,
        mode,
        path.name,
        Known.FULL_TEXT,
        cells["exception"],
    )


def _damage(path: Path, line: int, trouble: str, zh: str) -> DataFileError:
    at, at_zh = (f" line {line}", f" 第 {line} 行") if line else ("", "")
    return DataFileError(f"{path.name}{at}: {trouble}", zh=f"{path.name}{at_zh}：{zh}", field="word_lists")
