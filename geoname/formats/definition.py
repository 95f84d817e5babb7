"""The definition (数据说明) beside a file: where it comes from, and which field means what."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geoname.core.validity.partial_date import PartialDate
from geoname.errors import DataFileError, InvalidInputError

REQUIRED = ("title", "authority", "source", "licence", "valid_from", "crs")
_TEXTS = (*(key for key in REQUIRED if key != "valid_from"), "encoding", "layer", "id", "attribution")
_MORE_TEXTS = ("accuracy_basis", "map_approval", "axis_order", "rest_from", "scheme", "feature_class")
_DATES = ("valid_from", "codes_on")
_SWITCHES = ("complete",)
KNOWN = (*_TEXTS, *_MORE_TEXTS, *_DATES, "accuracy_m", "within", *_SWITCHES, "fields")
AXIS_ORDERS = ("lon,lat", "lat,lon")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a definition file says; a text that is not there is empty, and `missing` lists what must be.

    `fields` maps what is wanted (`code`, `name`) to the field of the file. `within` are the codes of the
    divisions that the file covers, `rest_from` the edition from which everything else comes, `axis_order`
    whether longitude (east) comes first. `scheme` and `codes_on` say whose division codes of which day the
    file holds, `feature_class` the class of records that name none, `complete` that what the file lacks is
    there no more.
    """

    title: str = ""
    authority: str = ""
    source: str = ""
    licence: str = ""
    valid_from: PartialDate | None = None
    crs: str = ""
    encoding: str = ""
    layer: str = ""
    id: str = ""
    attribution: str = ""
    accuracy_m: float | None = None
    accuracy_basis: str = ""
    map_approval: str = ""
    axis_order: str = AXIS_ORDERS[0]
    within: tuple[str, ...] = ()
    rest_from: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    # Not part of the representation, from which editions of polygons take their digest.
    scheme: str = field(default="", repr=False)
    feature_class: str = field(default="", repr=False)
    codes_on: PartialDate | None = field(default=None, repr=False)
    complete: bool = field(default=False, repr=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of the provenance that are not given."""
        return tuple(key for key in REQUIRED if not getattr(self, key))


def definition_beside(file: Path) -> Path | None:
    """`counties.shp.toml` or `counties.toml` beside `counties.shp`; None when neither is there."""
    beside = (file.with_name(f"{file.name}.toml"), file.with_suffix(".toml"))
    return next((each for each in beside if each.is_file()), None)


def require_file(file: Path) -> None:
    """DataFileError when there is no such file; asked before anybody is sent to write its definition."""
    if not file.is_file():
        raise DataFileError(
            f"{file.name} is not there: check the path", zh=f"没有 {file.name}：请检查路径", field="file"
        )


def read_definition(file: Path) -> Definition:
    """Read a definition; DataFileError when it is no TOML, InvalidInputError for a key or value at fault."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        told = tomllib.loads(text)
    except OSError as error:
        raise DataFileError(
            f"{file.name} cannot be read ({error.strerror}): name the definition with --definition",
            zh=f"无法读取 {file.name}（{error.strerror}）：请用 --definition 指明数据说明文件",
            field="definition",
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFileError(
            f"{file.name} is not TOML in UTF-8 ({error}): mend it or write it anew with --suggest-definition",
            zh=f"{file.name} 不是 UTF-8 的 TOML 文件（{error}）：请改正，或用 --suggest-definition 重新生成",
            field="definition",
        ) from error
    return parse_definition(told)


def parse_definition_text(text: str) -> Definition:
    """The definition in a text of TOML; InvalidInputError when it is none, or for a key or value at fault."""
    return parse_definition(definition_table(text))


def definition_table(text: str) -> dict[str, Any]:
    """The keys and values in a text of TOML; InvalidInputError when it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInputError(
            f"the definition is not TOML ({error}): mend it",
            zh=f"数据说明不是 TOML（{error}）：请改正",
            field="definition",
        ) from error


def parse_definition(told: Mapping[str, Any]) -> Definition:
    """The definition that a table of TOML says; InvalidInputError names the key at fault."""
    for key in told:
        if key not in KNOWN:
            raise InvalidInputError(
                f"{key!r} is no key of a definition: use {', '.join(KNOWN)}",
                zh=f"数据说明中没有 {key!r} 这一项：可用 {'、'.join(KNOWN)}",
                field=key,
            )
    texts = {key: _text(told, key) for key in (*_TEXTS, *_MORE_TEXTS) if key in told}
    axis_order = texts.pop("axis_order", AXIS_ORDERS[0]).replace(" ", "")
    if axis_order not in AXIS_ORDERS:
        raise InvalidInputError(
            f"axis_order {axis_order!r} is unknown: write {' or '.join(AXIS_ORDERS)}",
            zh=f"axis_order 不能是 {axis_order!r}：请写 {' 或 '.join(AXIS_ORDERS)}",
            field="axis_order",
        )
    return Definition(
        **texts,
        axis_order=axis_order,
        valid_from=_day(told, "valid_from"),
        codes_on=_day(told, "codes_on"),
        complete=_switch(told, "complete"),
        accuracy_m=_accuracy(told.get("accuracy_m")),
        within=_within(told.get("within", [])),
        fields=_fields(told.get("fields", {})),
    )


def write_definition(definition: Definition, notes: Mapping[str, str] | None = None) -> str:
    """The TOML text of a definition; what must be filled in is empty; `notes` are comments by key."""
    values: dict[str, object] = {}
    for key in (*REQUIRED, *(key for key in KNOWN if key not in REQUIRED)):
        value = getattr(definition, key)
        default = key == "axis_order" and value == AXIS_ORDERS[0]
        if key != "fields" and not default and (key in REQUIRED or value not in ("", None, (), False)):
            values[key] = value
    return write_toml(values, definition.fields, notes or {})


def write_toml(values: Mapping[str, object], fields: Mapping[str, str], notes: Mapping[str, str]) -> str:
    """A definition's text: its keys in order, below them `[fields]`; `notes` are comments by key."""
    lines = [_line(key, value, notes.get(key, "")) for key, value in values.items()]
    named = [_line(key, column, notes.get(f"fields.{key}", "")) for key, column in fields.items()]
    return "\n".join([*lines, "", "[fields]", *named]) + "\n"


def _line(key: str, value: object, note: str) -> str:
    plain = " ".join(note.split())
    return f"{key} = {_written(value)}" + (f"  # {plain}" if plain else "")


def _written(value: object) -> str:
    if isinstance(value, PartialDate):
        text = str(value)
        return text if len(text) == len("2024-01-01") else json.dumps(text)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(json.dumps(str(each), ensure_ascii=False) for each in value) + "]"
    # TOML's basic strings are JSON's, apart from the delete character, which JSON leaves as it is.
    return json.dumps("" if value is None else str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told[key]
    if not isinstance(value, str):
        raise InvalidInputError(
            f"{key} must be text: put it in quotes", zh=f"{key} 须是文字：请加引号", field=key
        )
    return value.strip()


def _day(told: Mapping[str, Any], key: str) -> PartialDate | None:
    value = told.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return PartialDate(value)
    if isinstance(value, str):
        return PartialDate.parse(value.strip(), field=key)
    if isinstance(value, int) and not isinstance(value, bool):
        return PartialDate.parse(str(value), field=key)
    raise InvalidInputError(
        f'{key} is no date: write 2024-01-01, or "2024-01" or "2024" in quotes',
        zh=f'{key} 不是日期：请写 2024-01-01，或加引号写 "2024-01"、"2024"',
        field=key,
    )


def _switch(told: Mapping[str, Any], key: str) -> bool:
    value = told.get(key, False)
    if isinstance(value, bool):
        return value
    raise InvalidInputError(
        f"{key} must be true or false, without quotes",
        zh=f"{key} 须写 true 或 false，不加引号",
        field=key,
    )


def _accuracy(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0.0 < value < 100_000.0:
        return float(value)
    raise InvalidInputError(
        "accuracy_m must be a number of metres above 0: such as accuracy_m = 10",
        zh="accuracy_m 须是大于 0 的米数，如 accuracy_m = 10",
        field="accuracy_m",
    )


def _within(value: object) -> tuple[str, ...]:
    codes = [value] if isinstance(value, str) else value
    if isinstance(codes, list) and all(isinstance(each, str) for each in codes):
        return tuple(each.strip() for each in codes)
    raise InvalidInputError(
        'within must be a list of codes in quotes: such as within = ["5201"]',
        zh='within 须是加引号的代码列表，如 within = ["5201"]',
        field="within",
    )


def _fields(value: object) -> dict[str, str]:
    if isinstance(value, dict) and all(isinstance(each, str) and each for each in value.values()):
        return {str(wanted): column for wanted, column in value.items()}
    raise InvalidInputError(
        '[fields] must name fields of the file: such as code = "XZQDM"',
        zh='[fields] 须写文件中的字段名，如 code = "XZQDM"',
        field="fields",
    )
