"""Cells of a marker file as values (界桩字段): reference objects, states, standing, faces."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from geoname.core.boundaries.marker import MarkerState, ReferenceObject, StateChange
from geoname.core.boundaries.marker_number import MarkerType, Standing
from geoname.service.line_files import CellError, cell, read_date, read_number

_STATES = {
    "完好": MarkerState.INTACT,
    "正常": MarkerState.INTACT,
    "损坏": MarkerState.DAMAGED,
    "损毁": MarkerState.DAMAGED,
    "丢失": MarkerState.LOST,
    "灭失": MarkerState.LOST,
    "移位": MarkerState.MOVED,
    "移动": MarkerState.MOVED,
    "拆除": MarkerState.REMOVED,
    "撤销": MarkerState.REMOVED,
    **{state.value: state for state in MarkerState},
}
_STANDINGS = {
    **{standing.zh: standing for standing in Standing},
    **{standing.value: standing for standing in Standing},
    "同号双立": Standing.DOUBLE,
    "同号三立": Standing.TRIPLE,
}
_FACES = {"双面型": 2, "双面": 2, "两面": 2, "三面型": 3, "三面": 3, "2": 2, "3": 3}
_REFERENCES = (1, 2, 3, 4)


def references_of(row: Mapping[str, str]) -> tuple[ReferenceObject, ...]:
    """The reference objects that have a name; CellError for an angle or distance that cannot be."""
    found = []
    for i in _REFERENCES:
        name = cell(row, f"reference{i}")
        azimuth = read_number(cell(row, f"azimuth{i}"), f"azimuth{i}")
        distance = read_number(cell(row, f"distance{i}"), f"distance{i}")
        if azimuth is not None and not 0.0 <= azimuth <= 360.0:
            raise _wrong(f"azimuth{i}", f"an azimuth of {azimuth}°", f"方位角 {azimuth}°", "0–360")
        if distance is not None and not 0.0 <= distance <= 100_000.0:
            raise _wrong(f"distance{i}", f"a distance of {distance} m", f"距离 {distance} 米", "0–100000")
        if name:
            found.append(ReferenceObject(name, azimuth, distance))
    return tuple(found)


def states_of(row: Mapping[str, str]) -> tuple[StateChange, ...]:
    """What the row tells of the marker's states, oldest first."""
    found = []
    erected = read_date(cell(row, "erected_on"), "erected_on")
    if erected is not None:
        found.append(StateChange(MarkerState.ERECTED, erected))
    written = unicodedata.normalize("NFKC", cell(row, "state")).strip().lower()
    if written:
        state = _STATES.get(written)
        if state is None:
            raise _wrong(
                "state",
                f"{cell(row, 'state')!r} is no state of a marker",
                f"“{cell(row, 'state')}”不是界桩状态",
                "完好、损坏、丢失、移位",
            )
        found.append(StateChange(state, read_date(cell(row, "state_on"), "state_on")))
    return tuple(found)


def merged_states(known: Sequence[StateChange], told: Sequence[StateChange]) -> tuple[StateChange, ...]:
    """What is on record, and what a file tells that is not: those of a day in their order, others last.

    A state without a day is news only when the last state on record is another.
    """
    merged = list(known)
    for one in told:
        if one.on is None:
            if not merged or merged[-1].state is not one.state:
                merged.append(one)
        elif all((each.state, each.on) != (one.state, one.on) for each in merged):
            after = [
                i for i, each in enumerate(merged) if each.on is not None and each.on.first > one.on.first
            ]
            merged.insert(after[0] if after else len(merged), one)
    return tuple(merged)


def standing_agrees(text: str, kind: MarkerType) -> None:
    """CellError when a file says another standing than the letter of the number does; empty passes."""
    said = _STANDINGS.get(text.strip().lower())
    if text.strip() and said is not None and said is not kind.standing:
        raise _wrong(
            "standing",
            f"a number that ends in {kind} stands {kind.standing}, the file says {text}",
            f"编号以 {kind} 结尾应为{kind.standing.zh}，文件写的是“{text}”",
            "Q、I 单立，A、B 双立，C、D、E 三立",
        )


def faces_of(text: str) -> int | None:
    """How many faces, None for an empty cell."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    if not plain:
        return None
    if plain not in _FACES:
        raise _wrong("faces", f"{text!r} is no number of faces", f"面数不能是“{text}”", "2、3")
    return _FACES[plain]


def _wrong(field: str, message: str, zh: str, allowed: str) -> CellError:
    return CellError(message, zh=zh, field=field, remedy=(f"write {allowed}", f"请写 {allowed}"))
