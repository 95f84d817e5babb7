"""Suggest the definition of a list or a table of changes of divisions (数据说明初稿): fields, scheme, day."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geoname.core.divisions.change_rows import fill_merged_cells
from geoname.core.divisions.code import Scheme
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.formats import division_changes_table as changes_table
from geoname.formats import division_list
from geoname.formats.change_wording import shares_cells
from geoname.formats.definition import definition_beside
from geoname.formats.division_definition import (
    begun_definition,
    draft_division_definition,
    parse_division_definition,
)
from geoname.formats.division_table import Headings, read_division_table
from geoname.formats.tables.csv_source import CsvSource
from geoname.formats.tables.headings import among
from geoname.formats.tables.open_table import Reading, open_source
from geoname.formats.tables.table import Cell
from geoname.formats.tables.xlsx_source import XlsxSource
from geoname.service.boundary_rows import common_scope, plain_code
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.suggest_definition import SuggestedDefinition

_SAMPLE = 5_000
_AGREEING = 0.95
_LIKE = 0.8
_TOWNSHIP_DIGITS = 9
_DAY = re.compile(r"((?:19|20)\d\d)[-_.年]?(?:(\d\d?)[-_.月]?(\d\d?)日?)?(?!\d)")
_NAME = re.compile(r".+(?:省|市|州|盟|地区|县|区|旗|镇|乡|街道|苏木|村|社区|居委会|村委会)")
Row = Mapping[str, str]


def _is_code(text: str) -> bool:
    return plain_code(text) is not None and len(text) >= 6


_LOOKS: Mapping[str, Callable[[str], object]] = {
    "code": _is_code,
    "name": _NAME.fullmatch,
    "year": re.compile(r"(?:19|20)\d\d").fullmatch,
    "document": re.compile(r".+〔\d{4}〕.+").fullmatch,
}
"""How the cells of a column look, by the last word of the field that it is."""


@dataclass(frozen=True, slots=True)
class _Kind:
    headings: Headings
    required: Sequence[str]
    code: str
    name: str


_KINDS = {
    "divisions": _Kind(division_list.HEADINGS, division_list.REQUIRED, "code", "name"),
    "changes": _Kind(changes_table.HEADINGS, changes_table.REQUIRED, "new_code", "new_name"),
}


def suggest_divisions_definition(
    geoname: Geoname, kind: str, file: Path, definition_file: Path | None = None
) -> SuggestedDefinition:
    """What can be told of a table of `kind` divisions or changes, added to what its definition says already.

    Fields are told by their headings or by how their cells look, the scheme by whose codes mean these names
    in the register, the day by the file. Errors as of a load, provenance apart.
    """
    said = begun_definition(definition_file or definition_beside(file))
    how = Reading(said.get("encoding") or None, None, said.get("sheet") or None, said.get("layer") or None)
    wanted = _KINDS[kind]
    beginning, notes = _beginning(file, how, wanted, said.get("fields", {}))
    told = {"title": file.stem} | beginning | said | {"fields": beginning["fields"]}
    found = {field: column for field, column in told["fields"].items() if column}
    rows = [row for _, row in read_division_table(file, how, wanted.headings, (), found).rows]
    pairs = [(plain_code(row.get(wanted.code, "")), row.get(wanted.name, "")) for row in rows]
    codes = [(code, name) for code, name in pairs if code is not None]
    if not told.get("scheme"):
        told["scheme"], notes["scheme"] = _scheme(geoname.live(), codes)
    if not told.get("as_of"):
        told["as_of"], notes["as_of"] = _day(kind, file, rows)
    if "within" not in told and codes:
        told["within"] = common_scope({code for code, _ in codes})
    if kind == "changes" and "merged_cells" not in told and _has_merged_cells(file, told):
        told["merged_cells"] = True
        notes["merged_cells"] = "empty cells belong to the cell above them, it seems"
    text, missing = draft_division_definition(told, notes)
    return SuggestedDefinition(text, tuple(missing))


def _beginning(
    file: Path, how: Reading, wanted: _Kind, given: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Encoding, sheet and fields, as the file's beginning tells them; and how each field is known."""
    given = {field: column for field, column in given.items() if column}
    fields = dict(read_division_table(file, how, wanted.headings, (), given).columns)
    notes = {f"fields.{field}": "by its heading" for field in fields if field not in given}
    told: dict[str, Any] = {"fields": fields}
    with closing(open_source(file, how, among(wanted.headings, given.values()))) as source:
        if isinstance(source, CsvSource):
            told["encoding"] = source.encoding.codec.lower().removesuffix("-sig")
        if isinstance(source, XlsxSource):
            told["sheet"] = source.sheet.name
        chunk = next(iter(source.chunks(range(len(source.columns)))), None)
        cells = dict(zip(source.columns, () if chunk is None else chunk.cells, strict=False))
    lacking = [field for field in wanted.required if field not in fields]
    for last in dict.fromkeys(map(_last, lacking)):
        alike = [column for column, one in cells.items() if _looks(one, last)]
        free = [column for column in alike if column not in fields.values()]
        same = [field for field in lacking if _last(field) == last]
        if len(free) == len(same):
            fields |= zip(same, free, strict=True)
            notes |= {f"fields.{field}": "guessed by its cells; make sure" for field in same}
    for field in wanted.required:
        if fields.setdefault(field, "") == "":
            notes[f"fields.{field}"] = f"one of: {', '.join(cells)}"
    return told, notes


def _last(field: str) -> str:
    return field.rsplit("_", 1)[-1]


def _looks(cells: Sequence[Cell], last: str) -> bool:
    """Whether nearly all cells look as those of a field do whose name ends so."""
    like = _LOOKS.get(last)
    texts = [f"{cell:.0f}" if isinstance(cell, float) else cell.strip() for cell in cells[:_SAMPLE] if cell]
    return like is not None and bool(texts) and sum(map(bool, map(like, texts))) >= _LIKE * len(texts)


def _scheme(index: LiveIndex, codes: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Whose codes these are, and how that is known; empty when the register knows none of them."""
    below = [pair for pair in codes if len(pair[0]) >= _TOWNSHIP_DIGITS][:_SAMPLE]
    if not below and any(_means(index, code, name, None) for code, name in codes[:_SAMPLE]):
        return Scheme.GB2260.value, "codes of counties and above are the same in every scheme"
    if not below:
        return "", "no code is known to the register: nbs, mca or gb2260"
    shares = {
        scheme: sum(_means(index, code, name, scheme) for code, name in below) / len(below)
        for scheme in (Scheme.NBS, Scheme.MCA)
    }
    best = max(shares, key=lambda scheme: shares[scheme])
    said = ", ".join(f"{share:.0%} in {scheme}" for scheme, share in shares.items())
    if not shares[best]:
        return "", "no code of a township is known to the register: nbs or mca"
    note = f"codes that mean these names in the register: {said}; make sure"
    # Only one of both may be loaded; where many of its codes mean others, they are the other's.
    if shares[best] < _AGREEING and best is Scheme.NBS:
        best = Scheme.MCA
    return best.value, note


def _means(index: LiveIndex, code: str, name: str, scheme: Scheme | None) -> bool:
    try:
        id_ = index.codebook.find(code, scheme).division.id
    except (NotFoundError, AmbiguousCodeError):
        return False
    return any(state.name == name for state in index.atlas.states(id_))


def _day(kind: str, file: Path, rows: Sequence[Row]) -> tuple[date | str, str]:
    """The day of a list by the name of its file, that of a table of changes by its last year."""
    if kind == "changes":
        years = [int(row["year"]) for row in rows if _LOOKS["year"](row.get("year", ""))]
        if years:
            return date(max(years), 12, 31), "the end of the last year in the table"
        return "", ""
    found = _DAY.search(file.stem)
    if found is None:
        return "", "the day of the list"
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        return date(year, month or 12, day or 31), "by the name of the file; make sure"
    except ValueError:
        return "", "the day of the list"


def _has_merged_cells(file: Path, told: Mapping[str, Any]) -> bool:
    """Whether halves of rows are empty that belong to the row above; False where the table cannot be read."""
    filled = {key: told.get(key) or "?" for key in ("title", "authority", "source", "licence")}
    day = told["as_of"] or date.max
    try:
        definition = parse_division_definition(
            {**told, **filled, "scheme": told["scheme"] or "nbs", "as_of": day, "within": []}, file
        )
        return bool(
            fill_merged_cells(changes_table.read_changes_table(file, definition).rows, shares_cells)[1]
        )
    except InvalidInputError:
        return False
