"""The form taken to the field (外业表): the fields of markers and segments, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.inspections.field_record import Condition, MarkerState
from geoname.core.inspections.finding_rules import FINDING_RULES
from geoname.core.inspections.inspection import ItemKind
from geoname.errors import InvalidInputError

Value = str | float | bool | None
"""What one field of a form holds; None where nothing is written."""


class FieldKind(StrEnum):
    """What is written into a field."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: its name in the file, how people read it, and for a choice the values with their meaning."""

    name: str
    zh: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormItem:
    """One marker or segment as it was given out: the version of its record (0: none yet) and its values."""

    key: str
    kind: ItemKind
    base_version: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A form as it was given out to one side; kept, so that what comes back is held against it.

    `sides` are in the order of `present_a`, `present_b`, `present_c`. `issued_at` is ISO 8601 in UTC.
    """

    id: str
    inspection_id: str
    side: str
    actor: str
    issued_at: str
    sides: tuple[str, ...]
    with_coordinates: bool
    items: tuple[FormItem, ...]
    generated: bool = False


_CONDITIONS = (
    (Condition.GOOD.value, "良好"),
    (Condition.POOR.value, "不良"),
    (Condition.NOT_SEEN.value, "未查"),
)
_STATES = (
    (MarkerState.INTACT.value, "完好"),
    (MarkerState.DAMAGED.value, "损坏"),
    (MarkerState.LOST.value, "丢失"),
    (MarkerState.MOVED.value, "移位"),
)
_PROBLEMS = tuple((rule.kind.value, f"{rule.kind.value} {rule.zh}") for rule in FINDING_RULES)
_DATUMS = (("cgcs2000", "CGCS2000"), ("wgs84", "WGS 84"), ("gcj02", "GCJ-02"), ("bd09", "BD-09"))
_T, _N, _B, _D, _C = FieldKind.TEXT, FieldKind.NUMBER, FieldKind.TRUTH, FieldKind.DAY, FieldKind.CHOICE

PRESENT = ("present_a", "present_b", "present_c")
_SHARED_FIRST = (
    FormField("day", "日期", _D),
    *(FormField(name, f"{letter}方在场人员") for name, letter in zip(PRESENT, "甲乙丙", strict=True)),
    FormField("weather", "天气"),
)
_SHARED_LAST = (
    FormField("problem", "问题", _C, _PROBLEMS),
    FormField("handling", "处理意见"),
    FormField("not_reached", "未到达的原因"),
)
REFERENCES = 3
MARKER_FIELDS: tuple[FormField, ...] = (
    *_SHARED_FIRST,
    FormField("state", "界桩状况", _C, _STATES),
    FormField("paint", "描红", _C, _CONDITIONS),
    FormField("inscription", "注记", _C, _CONDITIONS),
    FormField("base", "基座", _C, _CONDITIONS),
    FormField("weeds_cleared", "已清除杂草", _B),
    *(
        field
        for i in range(1, REFERENCES + 1)
        for field in (
            FormField(f"reference_{i}", f"方位物{i}"),
            FormField(f"azimuth_{i}", f"方位物{i}方位角（度）", _N),
            FormField(f"distance_{i}", f"方位物{i}距离（米）", _N),
            FormField(f"changed_{i}", f"方位物{i}有变化", _B),
        )
    ),
    FormField("lon", "实测经度（度）", _N),
    FormField("lat", "实测纬度（度）", _N),
    FormField("datum", "实测坐标系", _C, _DATUMS),
    *_SHARED_LAST,
)
SEGMENT_FIELDS: tuple[FormField, ...] = (
    *_SHARED_FIRST,
    FormField("course", "走向说明"),
    FormField("linear_features", "线状地物变化"),
    FormField("ground_changes", "地物地貌变化"),
    FormField("clear", "界线清楚", _B),
    FormField("unilateral_marks", "单方标志"),
    FormField("cross_border_works", "跨界生产建设"),
    *_SHARED_LAST,
)
FIELDS_OF: Mapping[ItemKind, tuple[FormField, ...]] = {
    ItemKind.MARKER: MARKER_FIELDS,
    ItemKind.SEGMENT: SEGMENT_FIELDS,
}

_YES = frozenset({"1", "true", "t", "yes", "y", "是", "√", "1.0"})
_NO = frozenset({"0", "false", "f", "no", "n", "否", "×", "0.0"})
_LONGEST = 2000
# Spreadsheet programs write 2026/4/2, people 2026年4月2日; a time of day after it says nothing more.
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|[ T].*)?$", re.ASCII)


def read_value(field: FormField, written: object, where: str) -> Value:
    """The value of a cell as a file gives it; InvalidInputError naming place and field for what cannot be."""
    text = "" if written is None else str(written).strip()
    if text == "" or text.lower() == "nan":
        return None
    if field.kind is FieldKind.TRUTH:
        if isinstance(written, bool):
            return written
        if text.lower() in _YES | _NO:
            return text.lower() in _YES
        raise _wrong(field, text, where, "yes or no", "是或否")
    if field.kind is FieldKind.NUMBER:
        return _number(field, text, where)
    if field.kind is FieldKind.DAY:
        return _day(field, text, where)
    if field.kind is FieldKind.CHOICE:
        # People write what they read; the file keeps the value.
        for value, shown in field.choices:
            if text in (value, shown):
                return value
        allowed = [value for value, _ in field.choices]
        raise _wrong(field, text, where, f"one of {', '.join(allowed)}", f"{'、'.join(allowed)} 之一")
    if len(text) > _LONGEST:
        raise _wrong(field, text[:20] + "…", where, f"at most {_LONGEST} characters", f"不超过 {_LONGEST} 字")
    return text


def _number(field: FormField, text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e9:
        raise _wrong(field, text, where, "a number", "数")
    return value


def _day(field: FormField, text: str, where: str) -> str:
    parts = _DAY.match(text)
    if parts is not None:
        year, month, day = (int(part) for part in parts.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass
    raise _wrong(field, text, where, "a day as 2026-04-02", "日期，如 2026-04-02")


def _wrong(field: FormField, text: str, where: str, en: str, zh: str) -> InvalidInputError:
    return InvalidInputError(
        f"{where}: {field.name} is {text!r}, and must be {en}",
        zh=f"{where}：{field.zh}（{field.name}）为 {text!r}，应为{zh}",
        field=field.name,
    )
