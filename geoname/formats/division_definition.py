"""The definition (数据说明) beside a list or a table of changes of divisions: origin, scheme, day, fields."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geoname.core.divisions.code import Scheme, parse_code, parse_scheme
from geoname.core.law.citation import Known
from geoname.core.validity.partial_date import parse_day
from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.definition import definition_beside, definition_table, require_file, write_toml

_TEXTS = ("title", "authority", "source", "licence", "id", "attribution", "encoding", "sheet", "layer")
_FLAGS = ("add_missing", "merged_cells")
_OTHERS = ("scheme", "as_of", "known", "within", "fields")
KEYS = (*_TEXTS, *_OTHERS, *_FLAGS)
REQUIRED = ("title", "authority", "source", "licence", "scheme", "as_of")


@dataclass(frozen=True, slots=True)
class DivisionDefinition:
    """What a definition says; a text that is not there is empty.

    `scheme` is that of the codes, `as_of` the day of the list, or of the last year of the changes.
    `add_missing`: a listed division that the register lacks is added. `merged_cells`: in a table of changes
    an empty cell belongs to the cell above it, where wording and document are the same. `known` is how well
    the table's own text is known. `within` are the codes of the divisions that the file covers; a file that
    is handed in over HTTP must name them, unless by an administrator.
    """

    scheme: Scheme
    as_of: date
    title: str
    authority: str
    source: str
    licence: str
    id: str = ""
    attribution: str = ""
    encoding: str = ""
    sheet: str = ""
    layer: str = ""
    known: Known = Known.SECONDARY
    add_missing: bool = False
    merged_cells: bool = False
    within: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


def definition_for(file: Path, definition_file: Path | None) -> DivisionDefinition:
    """The definition named, or the one beside the file; InvalidInputError for what it lacks or gets wrong.

    DataFileError when the file is not there.
    """
    require_file(file)
    found = definition_file or definition_beside(file)
    return parse_division_definition({} if found is None else _read(found), file)


def parse_division_definition(told: Mapping[str, Any], file: Path) -> DivisionDefinition:
    """The definition that a table of TOML says; InvalidInputError names the key at fault."""
    missing = [key for key in REQUIRED if not told.get(key)]
    if missing:
        keys = ", ".join(missing)
        raise InvalidInputError(
            f"the definition lacks {keys}: write them into {file.name}.toml "
            "(--suggest-definition gives a beginning)",
            zh=f"数据说明缺少 {keys}：请写入 {file.name}.toml（可用 --suggest-definition 生成初稿）",
            field="definition",
        )
    _check_kinds(told)
    return DivisionDefinition(
        scheme=parse_scheme(str(told["scheme"])),
        as_of=_day(told["as_of"]),
        known=_known(told.get("known", Known.SECONDARY)),
        add_missing=bool(told.get("add_missing", False)),
        merged_cells=bool(told.get("merged_cells", False)),
        within=_within(told.get("within", [])),
        fields=told.get("fields", {}),
        **{key: told[key] for key in _TEXTS if key in told},
    )


def begun_definition(definition_file: Path | None) -> dict[str, Any]:
    """What a definition says so far, which need not be all; errors as `definition_for`."""
    told = {} if definition_file is None else _read(definition_file)
    _check_kinds(told)
    return told


def draft_division_definition(told: Mapping[str, Any], notes: Mapping[str, str]) -> tuple[str, list[str]]:
    """The TOML text of what is known, and the required keys that a person must fill in.

    `notes` are comments by key. A field of the file that is needed and was not found is an empty text.
    """
    others = [key for key in KEYS if key not in REQUIRED and key != "fields" and key in told]
    values = {key: told.get(key, "") for key in (*REQUIRED, *others)}
    fields = told.get("fields", {})
    missing = [key for key in REQUIRED if not told.get(key)]
    missing += [f"fields.{key}" for key, column in fields.items() if not column]
    return write_toml(values, fields, notes), missing


def parse_division_definition_text(text: str) -> DivisionDefinition:
    """The definition in a text of TOML; InvalidInputError when it is none, or for a key or value at fault."""
    return parse_division_definition(definition_table(text), Path("definition"))


def _check_kinds(told: Mapping[str, Any]) -> None:
    unknown = [key for key in told if key not in KEYS]
    if unknown:
        raise _wrong(
            unknown[0], f"is no key here: use {', '.join(KEYS)}", f"不是可用的项：可用 {'、'.join(KEYS)}"
        )
    for key in _TEXTS:
        if key in told and not isinstance(told[key], str):
            raise _wrong(key, "must be a text in quotes", "应为引号内的文字")
    for key in _FLAGS:
        if not isinstance(told.get(key, False), bool):
            raise _wrong(key, "must be true or false", "应为 true 或 false")
    fields = told.get("fields", {})
    if not isinstance(fields, dict) or not all(isinstance(each, str) for each in fields.values()):
        raise _wrong(
            "fields", "must map what is wanted to headings of the file", "应把所需的项对应到文件的列名"
        )


def _within(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _wrong("within", "must be a list of codes in quotes", "应为代码的列表，代码写在引号内")
    return tuple(parse_code(each, field="within") for each in value)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise DataFileError(
            f"{file.name} cannot be read ({error.strerror}): name the definition with --definition",
            zh=f"无法读取 {file.name}（{error.strerror}）：请用 --definition 指明数据说明文件",
            field="definition",
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFileError(
            f"{file.name} is not TOML in UTF-8 ({error}): mend it",
            zh=f"{file.name} 不是 UTF-8 的 TOML 文件（{error}）：请改正",
            field="definition",
        ) from error


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return parse_day(str(value), field="as_of")


def _known(value: object) -> Known:
    try:
        return Known(str(value))
    except ValueError:
        known = ", ".join(Known)
        raise _wrong(
            "known", f"{value!r} is unknown: use one of {known}", f"不能是 {value!r}：请用 {known} 之一"
        ) from None


def _wrong(key: str, trouble: str, zh: str) -> InvalidInputError:
    return InvalidInputError(f"{key} {trouble}", zh=f"{key} {zh}", field=key)
