"""Turns field records into the flat values of a form, and such values into records (外业表转换)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geoname.core.coordinates.convert import check_coordinates
from geoname.core.inspections.field_form import PRESENT, REFERENCES, Value
from geoname.core.inspections.field_record import (
    Condition,
    FieldRecord,
    MarkerDetails,
    MarkerState,
    Presence,
    ReferenceCheck,
    SegmentDetails,
)
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import FieldItem, ItemKind
from geoname.errors import InvalidInputError

_NAMES = re.compile(r"[、,，;；\n]+")
_CONDITIONS = ("paint", "inscription", "base")
_SEGMENT_TEXTS = ("course", "linear_features", "ground_changes", "unilateral_marks", "cross_border_works")


@dataclass(frozen=True, slots=True)
class Written:
    """By whom a form was filled in: the case, the sides in order, the side and person that hand it in."""

    inspection_id: str
    sides: tuple[str, ...]
    side: str
    actor: str
    generated: bool = False


def values_of(record: FieldRecord | None, item: FieldItem, sides: Sequence[str]) -> dict[str, Value]:
    """What a form shows of an item: every field of its kind, None where nothing is on record yet."""
    values: dict[str, Value] = {
        "day": record.day.isoformat() if record else None,
        "weather": _text(record.weather) if record else None,
        "problem": record.problem.value if record and record.problem else None,
        "handling": _text(record.handling) if record else None,
        "not_reached": _text(record.not_reached) if record else None,
    }
    for name, side in zip(PRESENT, [*sides, None, None], strict=False):
        there = [one.name for one in record.present if one.side == side] if record else []
        values[name] = "、".join(there) or None
    if item.kind is ItemKind.MARKER:
        return values | _marker_values(record.marker if record else None)
    return values | _segment_values(record.segment if record else None)


def record_of(
    values: Mapping[str, Value], known: FieldRecord | None, item: FieldItem, written: Written, record_id: str
) -> FieldRecord:
    """The record that the values make, on top of what is on record already.

    InvalidInputError names the item and the field for a day that is missing, half a position or a place that
    is none.
    """
    day = values.get("day")
    if not isinstance(day, str):
        raise _wrong(item, "day", "say on which day it was inspected", "请填写检查日期")
    present = tuple(
        Presence(side, name.strip())
        for side, field in zip(written.sides, PRESENT, strict=False)
        for name in _NAMES.split(_said(values, field))
        if name.strip()
    )
    problem = _said(values, "problem")
    base = known or FieldRecord(
        record_id, written.inspection_id, item.key, date.min, (), written.side, written.actor, version=0,
        generated=written.generated,
    )  # fmt: skip
    is_marker = item.kind is ItemKind.MARKER
    return replace(
        base,
        day=date.fromisoformat(day),
        present=present,
        side=written.side,
        actor=written.actor,
        weather=_said(values, "weather"),
        problem=FindingKind(problem) if problem else None,
        handling=_said(values, "handling"),
        not_reached=_said(values, "not_reached"),
        marker=_marker(values, base.marker or MarkerDetails(item.from_marker), item) if is_marker else None,
        segment=None
        if is_marker
        else _segment(values, base.segment or SegmentDetails(item.from_marker, item.to_marker)),
        version=base.version + 1,
    )


def _marker_values(marker: MarkerDetails | None) -> dict[str, Value]:
    values: dict[str, Value] = {
        "state": marker.state.value if marker else None,
        **{name: getattr(marker, name).value if marker else None for name in _CONDITIONS},
        "weeds_cleared": marker.weeds_cleared if marker else None,
        "lon": marker.lon if marker else None,
        "lat": marker.lat if marker else None,
        "datum": _text(marker.datum) if marker else None,
    }
    for i in range(REFERENCES):
        one = marker.references[i] if marker and i < len(marker.references) else None
        values |= {
            f"reference_{i + 1}": one.name if one else None,
            f"azimuth_{i + 1}": one.azimuth if one else None,
            f"distance_{i + 1}": one.distance_m if one else None,
            f"changed_{i + 1}": one.changed if one else None,
        }
    return values


def _segment_values(segment: SegmentDetails | None) -> dict[str, Value]:
    values: dict[str, Value] = {
        name: _text(getattr(segment, name)) if segment else None for name in _SEGMENT_TEXTS
    }
    return values | {"clear": segment.clear if segment else None}


def _marker(values: Mapping[str, Value], known: MarkerDetails, item: FieldItem) -> MarkerDetails:
    lon, lat = _number(values, "lon"), _number(values, "lat")
    if (lon is None) is not (lat is None):
        raise _wrong(item, "lat", "give longitude and latitude, or neither", "经纬度须同时填写")
    if lon is not None and lat is not None:
        check_coordinates(lon, lat)
    moved = (lon, lat, _said(values, "datum")) != (known.lon, known.lat, known.datum)
    references = tuple(
        ReferenceCheck(
            _said(values, f"reference_{i}"),
            _number(values, f"azimuth_{i}"),
            _number(values, f"distance_{i}"),
            values.get(f"changed_{i}") is True,
        )
        for i in range(1, REFERENCES + 1)
        if _said(values, f"reference_{i}")
    )
    return replace(
        known,
        state=MarkerState(_said(values, "state") or MarkerState.INTACT),
        **{name: Condition(_said(values, name) or Condition.NOT_SEEN) for name in _CONDITIONS},
        weeds_cleared=values.get("weeds_cleared") is True,
        references=references + known.references[REFERENCES:],
        lon=lon,
        lat=lat,
        datum=(_said(values, "datum") or "cgcs2000") if lon is not None else "",
        # A new position has not been held against the register yet.
        deviation_m=None if moved else known.deviation_m,
    )


def _segment(values: Mapping[str, Value], known: SegmentDetails) -> SegmentDetails:
    return replace(
        known,
        **{name: _said(values, name) for name in _SEGMENT_TEXTS},
        clear=values.get("clear") is not False,
    )


def _text(written: str) -> str | None:
    return written.strip() or None


def _said(values: Mapping[str, Value], field: str) -> str:
    value = values.get(field)
    return "" if value is None else str(value)


def _number(values: Mapping[str, Value], field: str) -> float | None:
    value = values.get(field)
    return None if value is None or isinstance(value, str) else float(value)


def _wrong(item: FieldItem, field: str, en: str, zh: str) -> InvalidInputError:
    return InvalidInputError(f"{item.key}: {en}", zh=f"{item.key}：{zh}", field=field)
