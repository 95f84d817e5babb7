"""From the rows of a boundary file to territories: which field is the code, which the name (字段对应)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.code import parse_code
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.formats.boundary_reading import BoundaryTable

LEVELS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}
# What the fields are called in files of Chinese departments and map providers; matching values count more.
_CODE_FIELDS = (
    "xzqdm",
    "xzqhdm",
    "qhdm",
    "行政区划代码",
    "区划代码",
    "pac",
    "adcode",
    "dm",
    "代码",
    "code",
    "gb",
    "id",
)
_NAME_FIELDS = ("xzqmc", "xzqhmc", "qhmc", "行政区划名称", "区划名称", "mc", "名称", "地名", "name")
_WRITTEN = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
_CHINA = "156"
_AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Which field of a file is the code and which the name (empty: none, the register's names are taken).

    `how` says for each whether it was `declared` or `guessed`; a guess has the share of rows (0 to 1) whose
    value the register knows.
    """

    code: str
    name: str
    how: Mapping[str, str]
    shares: Mapping[str, float]


def plain_code(text: str | None) -> str | None:
    """A division's code as the register writes it, None for what is none.

    Full-width digits, the country's 156 before the code, and zeros after it to six, nine or twelve digits are
    understood.
    """
    digits = unicodedata.normalize("NFKC", text or "").replace(" ", "").removesuffix(".0")
    if _WRITTEN.fullmatch(digits) is None or not digits.isascii():
        return None
    if len(digits) == 9 and digits.startswith(_CHINA):
        digits = digits.removeprefix(_CHINA)
    while len(digits) > 6 and digits.endswith("000"):
        digits = digits.removesuffix("000")
    return parse_code(digits)


def map_fields(table: BoundaryTable, declared: Mapping[str, str], names: Mapping[str, str]) -> FieldMapping:
    """The fields that the definition names, or else the best guess by their values and what they are called.

    `names` are the register's names by code. InvalidInputError for a field that is not there, for a key of
    [fields] that is unknown, and when no field can be the code.
    """
    for wanted, column in declared.items():
        if wanted not in ("code", "name"):
            raise InvalidInputError(
                f"[fields] knows code and name, not {wanted!r}: leave it out",
                zh=f"[fields] 只有 code 和 name，没有 {wanted!r}：请去掉",
                field=f"fields.{wanted}",
            )
        if column not in table.fields:
            raise InvalidInputError(
                f"the file has no field {column!r}: it has {', '.join(table.fields) or 'none'}",
                zh=f"文件中没有字段 {column!r}：现有 {'、'.join(table.fields) or '无'}",
                field=f"fields.{wanted}",
            )
    how: dict[str, str] = dict.fromkeys(declared, "declared")
    shares: dict[str, float] = {}
    code = declared.get("code", "")
    if not code:
        code, shares["code"] = _guess_code(table, names)
        how["code"] = "guessed"
    name = declared.get("name", "")
    if not name:
        name, shares["name"] = _guess_name(table, code, names)
        how["name"] = "guessed" if name else "register"
    return FieldMapping(code, name, how, shares)


def territories_of_rows(table: BoundaryTable, mapping: FieldMapping, names: Mapping[str, str]) -> Territories:
    """The territories of a file in the file's own coordinates, in the order of the rows.

    InvalidInputError, naming row, field, value and remedy, for an empty layer, rows without a code or a
    polygon, points or lines, and codes that come twice.
    """
    if len(table) == 0:
        raise InvalidInputError(
            f"the layer {table.layer} is empty: give one with polygons",
            zh=f"图层 {table.layer} 是空的：请给出含有面的图层",
            field="layer",
        )
    _check_areal(table)
    written = table.fields[mapping.code]
    codes = [plain_code(text) for text in written]
    _check_rows(
        [row for row, code in enumerate(codes) if code is None],
        lambda row: f"{mapping.code}={written[row] or ''!s}",
        (
            "are no division codes: write 2, 4, 6, 9 or 12 digits",
            "不是区划代码：请写 2、4、6、9 或 12 位数字",
        ),
        "fields.code",
    )
    known = [code for code in codes if code is not None]
    first: dict[str, int] = {}
    twice = [row for row, code in enumerate(known) if first.setdefault(code, row) != row]
    _check_rows(
        twice,
        lambda row: f"{known[row]} ({first[known[row]] + 1}, {row + 1})",
        (
            "bear a code that another row has: unite the rows of one division",
            "的代码与别行重复：请把同一区划的各行合并",
        ),
        "fields.code",
    )
    said = table.fields[mapping.name] if mapping.name else (None,) * len(known)
    shown = tuple(
        unicodedata.normalize("NFC", text) if text else names.get(code, code)
        for text, code in zip(said, known, strict=True)
    )
    return Territories(tuple(known), shown, tuple(LEVELS[len(code)] for code in known), table.shapes)


def common_scope(codes: Collection[str]) -> tuple[str, ...]:
    """The smallest division that all codes lie in, told by their first digits; else their provinces."""
    for digits in (9, 6, 4, 2):
        firsts = {code[:digits] for code in codes}
        if len(firsts) == 1 and all(len(code) >= digits for code in codes):
            return (firsts.pop(),)
    return tuple(sorted({code[:2] for code in codes}))


def _check_areal(table: BoundaryTable) -> None:
    kinds = shapely.get_type_id(table.shapes)
    none = (kinds == -1) | shapely.is_empty(table.shapes)
    _check_rows(
        np.flatnonzero(none).tolist(),
        lambda row: str(row + 1),
        ("have no shape that can be read: draw it or take the row out", "没有可读的图形：请补画或删去"),
        "file",
    )
    wrong = np.flatnonzero(~np.isin(kinds, _AREAL))
    if len(wrong):
        kind = shapely.GeometryType(int(kinds[wrong[0]])).name.lower()
        raise InvalidInputError(
            f"{len(wrong)} of {len(table)} shapes are no polygons (row {wrong[0] + 1}: {kind}): give those",
            zh=f"{len(table)} 个图形中有 {len(wrong)} 个不是面（第 {wrong[0] + 1} 行是 {kind}）：请给出面",
            field="file",
        )


def _check_rows(rows: Sequence[int], show: Callable[[int], str], words: tuple[str, str], field: str) -> None:
    if not rows:
        return
    shown = [show(row) for row in rows[:_SHOWN]]
    more = "" if len(rows) <= _SHOWN else " …"
    numbers = ", ".join(str(row + 1) for row in rows[:_SHOWN])
    raise InvalidInputError(
        f"{len(rows)} rows ({numbers}{more}: {'; '.join(shown)}{more}) {words[0]}",
        zh=f"有 {len(rows)} 行（第 {numbers}{more} 行：{'；'.join(shown)}{more}）{words[1]}",
        field=field,
    )


def _guess_code(table: BoundaryTable, names: Mapping[str, str]) -> tuple[str, float]:
    best, most = "", (0.0, 0.0, -len(_CODE_FIELDS))
    for column, values in table.fields.items():
        codes = [plain_code(value) for value in values]
        parsed = sum(code is not None for code in codes) / max(len(codes), 1)
        known = sum(code in names for code in codes if code) / max(len(codes), 1)
        rank = (
            known,
            parsed if known or _named(column, _CODE_FIELDS) else 0.0,
            -_order(column, _CODE_FIELDS),
        )
        if rank[:2] > (0.0, 0.5) and rank > most:
            best, most = column, rank
    if not best:
        raise InvalidInputError(
            f"no field holds division codes ({', '.join(table.fields) or 'there are none'}): "
            "say fields.code in the definition",
            zh=f"没有字段像是区划代码（{'、'.join(table.fields) or '无字段'}）：请写明 fields.code",
            field="fields.code",
        )
    return best, round(most[0], 4)


def _guess_name(table: BoundaryTable, code: str, names: Mapping[str, str]) -> tuple[str, float]:
    codes = [plain_code(value) for value in table.fields[code]]
    best, most = "", (0.0, -len(_NAME_FIELDS))
    for column, values in table.fields.items():
        if column == code:
            continue
        same = sum(
            value is not None and each is not None and names.get(each) == value
            for value, each in zip(values, codes, strict=True)
        )
        rank = (same / max(len(values), 1), -_order(column, _NAME_FIELDS))
        if (rank[0] > 0.2 or _named(column, _NAME_FIELDS)) and (not best or rank > most):
            best, most = column, rank
    return best, round(most[0], 4)


def _named(column: str, known: Sequence[str]) -> bool:
    return column.strip().lower() in known


def _order(column: str, known: Sequence[str]) -> int:
    return known.index(column.strip().lower()) if _named(column, known) else len(known)
