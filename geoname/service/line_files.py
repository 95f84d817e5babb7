"""What loading lines and loading markers share (界线、界桩载入): provenance, cells read as values."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from geoname.core.boundaries.datum_check import DatumFinding
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.division import Level
from geoname.core.divisions.listing import Reject
from geoname.core.register.provenance import Source
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.formats.definition import Definition, definition_beside, read_definition, require_file
from geoname.service.boundary_rows import plain_code
from geoname.service.live_index import LiveIndex

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,59}")
_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?)?月?")
_YES = ("是", "有", "有争议", "y", "yes", "true", "1", "√")
_NO = ("", "否", "无", "无争议", "n", "no", "false", "0")
_REQUIRED = ("title", "authority", "source", "licence", "valid_from")


class CellError(InvalidInputError):
    """A cell that cannot be read; the row it stands in is rejected and the others load."""

    def __init__(self, message: str, *, zh: str, field: str, remedy: tuple[str, str]) -> None:
        super().__init__(message, zh=zh, field=field)
        self.remedy = remedy

    def reject(self, row: int, value: str) -> Reject:
        """The row as it is reported."""
        return Reject(row, self.field or "", value, self.message, self.zh, *self.remedy)


def provenance_of(file: Path, definition_file: Path | None) -> Definition:
    """The definition named, or the one beside the file; InvalidInputError listing what it does not say.

    DataFileError when the file is not there.
    """
    require_file(file)
    found = definition_file or definition_beside(file)
    definition = read_definition(found) if found is not None else Definition()
    missing = [key for key in _REQUIRED if not getattr(definition, key)]
    if missing:
        keys = ", ".join(missing)
        where = found.name if found is not None else f"{file.name}.toml"
        raise InvalidInputError(
            f"the provenance lacks {keys}: write them into {where} (--suggest-definition gives a beginning)",
            zh=f"来源说明缺少 {keys}：请写入 {where}（可用 --suggest-definition 生成初稿）",
            field="definition",
        )
    return definition


def source_of_file(kind: str, file: Path, definition: Definition, sha256: str) -> Source:
    """The source that a file and its definition are; InvalidInputError for an id that is none."""
    if definition.id and _ID.fullmatch(definition.id) is None:
        raise InvalidInputError(
            f"id {definition.id!r} must be Latin letters, digits, dots, dashes: such as lines-2024",
            zh=f"id {definition.id!r} 只能用拉丁字母、数字、点和短横，如 lines-2024",
            field="id",
        )
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", file.stem).strip("-.")[:40]
    stem = plain if plain and file.stem.isascii() else hashlib.sha256(file.stem.encode()).hexdigest()[:8]
    said = repr((sha256, definition, sorted(definition.fields.items())))
    return Source(
        f"{kind}-{definition.id or stem}",
        definition.title,
        definition.authority,
        definition.source,
        definition.licence,
        definition.attribution,
        definition.valid_from,
        hashlib.sha256(said.encode()).hexdigest(),
    )


class Sides:
    """The divisions that a file may name as sides, by code or by name."""

    def __init__(self, index: LiveIndex) -> None:
        """Collect the names of what stands today."""
        self._index = index
        self._by_name: dict[str, set[str]] = defaultdict(set)
        atlas: DivisionAtlas = index.atlas
        for id_ in atlas.all_ids():
            division = atlas.latest(id_)
            code = atlas.code_of(division)
            if division.period.end is None and code is not None and division.level is not Level.VILLAGE:
                self._by_name[division.name].add(code)

    def code(self, text: str, field: str) -> str:
        """The code that a cell means: a code that the register knows, or a name that one division bears."""
        code = plain_code(text)
        if code is not None:
            return self._known(code, text, field)
        codes = self._by_name.get(text.strip(), set())
        if len(codes) == 1:
            return next(iter(codes))
        if len(codes) > 1:
            shown = ", ".join(sorted(codes)[:4])
            raise CellError(
                f"{text} is the name of {len(codes)} divisions ({shown})",
                zh=f"“{text}”有 {len(codes)} 个（{shown}）",
                field=field,
                remedy=("write the division's code", "请写区划代码"),
            )
        raise CellError(
            f"{text!r} is no division of the register",
            zh=f"没有区划“{text}”",
            field=field,
            remedy=("write the code or the full name of today", "请写代码或现行全称"),
        )

    def _known(self, code: str, text: str, field: str) -> str:
        try:
            self._index.codebook.find(code)
        except AmbiguousCodeError:
            return code
        except NotFoundError:
            raise CellError(
                f"no division has the code {text}",
                zh=f"没有代码为 {text} 的区划",
                field=field,
                remedy=("check the digits", "请核对数字"),
            ) from None
        return code


def read_date(text: str, field: str) -> PartialDate | None:
    """A date as offices write it (2023-9-5, 2023.09, 2023年9月5日), None for an empty cell."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    if len(plain) == 8 and plain.isdigit():
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    read = _DATE.fullmatch(plain.removesuffix(" 00:00:00").removesuffix("年"))
    if read is not None:
        year, month, day = read.groups()
        joined = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
        try:
            return PartialDate.parse(joined, field=field)
        except InvalidInputError as error:
            raise CellError(
                error.message, zh=error.zh, field=field, remedy=("mend the date", "请改正日期")
            ) from None
    raise CellError(
        f"{text!r} is not a date",
        zh=f"“{text}”不是日期",
        field=field,
        remedy=("write 2023-09-05, 2023-09 or 2023", "请写 2023-09-05、2023-09 或 2023"),
    )


def read_number(text: str, field: str) -> float | None:
    """A number, None for an empty cell; units after it and blanks in it are passed over."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("米千公里mMkK度° ")
    if not plain:
        return None
    try:
        value = float(plain.replace(",", ""))
    except ValueError:
        value = float("nan")
    if value != value or value in (float("inf"), float("-inf")):
        raise CellError(
            f"{text!r} is not a number",
            zh=f"“{text}”不是数",
            field=field,
            remedy=("write a number", "请写数字"),
        )
    return value


def read_length(row: Mapping[str, str]) -> float | None:
    """A line's length in metres, None when it is not told; a unit in the cell stands over the heading's."""
    metres = read_number(cell(row, "length_m"), "length_m")
    if metres is not None:
        return metres
    text = unicodedata.normalize("NFKC", cell(row, "length_km")).strip().lower()
    said = read_number(text, "length_km")
    if said is None:
        return None
    in_metres = text.endswith(("米", "m")) and not text.endswith(("千米", "km"))
    return said if in_metres else said * 1000.0


def read_count(text: str, field: str) -> int | None:
    """A whole number of 0 or more, None for an empty cell."""
    value = read_number(text, field)
    if value is None:
        return None
    if value != int(value) or value < 0:
        raise CellError(
            f"{text!r} is no count",
            zh=f"“{text}”不是个数",
            field=field,
            remedy=("write a whole number", "请写整数"),
        )
    return int(value)


def read_yes(text: str, field: str) -> bool:
    """Yes or no as offices write it; an empty cell is no."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise CellError(
        f"{text!r} is neither yes nor no",
        zh=f"“{text}”既不是“是”也不是“否”",
        field=field,
        remedy=("write 是 or 否", "请写“是”或“否”"),
    )


def listed(text: str) -> tuple[str, ...]:
    """The items of a cell that holds several, divided by commas, semicolons, 、 or blanks."""
    return tuple(part for part in re.split(r"[\s,，;；、]+", text.strip()) if part)


def require_right_datum(found: DatumFinding | None, what: str, what_zh: str) -> None:
    """InvalidInputError when places plainly lie elsewhere than their file says (GCJ-02 and the like)."""
    if found is None or not found.is_wrong:
        return
    plain = "wgs84" if found.declared.value == "cgcs2000" else found.declared.value
    as_said = {system.value: metres for system, metres in found.median_m.items()}[plain]
    as_likely = found.median_m[found.likely]
    raise InvalidInputError(
        f"the {what} are measured in {found.likely.value}, not {found.declared.value}: read as declared they "
        f"lie {as_said:.0f} m (median) from their lines, read as {found.likely.value} {as_likely:.0f} m "
        f'({found.places} places, confidence {found.confidence:.4f}): write crs = "{found.likely.value}"',
        zh=f"{what_zh}的坐标是 {found.likely.value}，不是 {found.declared.value}：按所写坐标系，离所属界线 "
        f"{as_said:.0f} 米（中位数）；按 {found.likely.value} 则为 {as_likely:.0f} 米（{found.places} 处，"
        f'置信度 {found.confidence:.4f}）：请写 crs = "{found.likely.value}"',
        field="crs",
    )


def require_side(acts_for: Sequence[str] | None, sides: Sequence[str], field: str, what: str) -> None:
    """CellError when whoever loads acts for none of these divisions; None acts for all."""
    if acts_for is None or any(side.startswith(own) for side in sides for own in acts_for):
        return
    raise CellError(
        f"{what} is no line of a division that the token acts for",
        zh=f"{what} 不是令牌所代表区划的界线",
        field=field,
        remedy=("let an officer of one of its sides load it", "请由该界线一方的经办人载入"),
    )


def cell(row: Mapping[str, str], field: str) -> str:
    """A cell as text, empty where the file has no such column."""
    return row.get(field, "")


def first_given(row: Mapping[str, str], fields: Sequence[str]) -> tuple[str, str]:
    """The first of these fields that is not empty, and its text; both empty when none is."""
    return next(((field, row[field]) for field in fields if row.get(field)), ("", ""))
