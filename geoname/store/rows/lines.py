"""Rows of registered lines and of markers (登记界线与界桩)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import shapely

from geoname.core.boundaries.marker import Marker, MarkerState, Position, ReferenceObject, StateChange
from geoname.core.boundaries.marker_number import MarkerType
from geoname.core.boundaries.registered_line import MarkerCounts, RegisteredLine
from geoname.core.divisions.division import Level
from geoname.store.rows.cells import Row, choice, partial_date, written


def line_row(line: RegisteredLine) -> Row:
    """The row of a line, its course under `geom` as a geometry."""
    return {
        "geom": line.course,
        "id": line.id,
        "name": line.name,
        "level": line.level.value,
        "side_a": line.sides[0],
        "side_b": line.sides[1],
        "code": line.code,
        "starts_at": line.start,
        "ends_at": line.end,
        "approval": line.approval,
        "approved_on": written(line.approved_on),
        "agreement": line.agreement,
        "length_m": None if line.length_m is None else float(line.length_m),
        "single_markers": line.counts.single,
        "double_markers": line.counts.double,
        "triple_markers": line.counts.triple,
        "tripoints": _listed(line.tripoints),
        "disputed": line.disputed,
        "last_inspected": written(line.last_inspected),
        "note": line.note,
        "generated": line.generated,
        "source_id": line.source_id,
        "version": line.version,
    }


def registered_line_of(row: Row) -> RegisteredLine:
    """The line of a row whose `geom` is a geometry."""
    return RegisteredLine(
        row["id"],
        row["name"],
        choice(Level, row["level"], "level"),
        (row["side_a"], row["side_b"]),
        row["code"],
        row["starts_at"],
        row["ends_at"],
        row["approval"],
        partial_date(row["approved_on"], "approved_on"),
        row["agreement"],
        row["length_m"],
        MarkerCounts(row["single_markers"], row["double_markers"], row["triple_markers"]),
        tuple(json.loads(row["tripoints"])),
        bool(row["disputed"]),
        partial_date(row["last_inspected"], "last_inspected"),
        row["note"],
        row["geom"],
        bool(row["generated"]),
        row["source_id"],
        row["version"],
    )


def marker_row(marker: Marker) -> Row:
    """The row of a marker, its place in WGS 84 under `geom` as a geometry."""
    at = marker.position
    return {
        "geom": None if at is None or at.lon is None or at.lat is None else shapely.Point(at.lon, at.lat),
        "id": marker.id,
        "line_id": marker.line_id,
        "number": marker.number,
        "line_code": marker.line_code,
        "serial": marker.serial,
        "type": marker.type.value,
        "sides": _listed(marker.sides),
        "faces": marker.faces,
        "material": marker.material,
        "given_x": None if at is None else float(at.given_x),
        "given_y": None if at is None else float(at.given_y),
        "given_crs": "" if at is None else at.given_crs,
        "height_m": None if at is None or at.height_m is None else float(at.height_m),
        "height_datum": "" if at is None else at.height_datum,
        "error_m": None if at is None or at.error_m is None else float(at.error_m),
        "method": "" if at is None else at.method,
        "location": marker.location,
        "reference_objects": _as_json(
            [[one.name, one.azimuth_deg, one.distance_m] for one in marker.references]
        ),
        "responsible_side": marker.responsible_side,
        "custodian": marker.custodian,
        "photographs": _listed(marker.photographs),
        "states": _as_json(
            [[one.state.value, written(one.on), one.document, one.note] for one in marker.states]
        ),
        "state": marker.state.value if marker.state is not None else "",
        "also_on": _listed(marker.also_on),
        "note": marker.note,
        "generated": marker.generated,
        "source_id": marker.source_id,
        "version": marker.version,
    }


def marker_of(row: Row) -> Marker:
    """The marker of a row whose `geom` is a geometry."""
    return Marker(
        row["id"],
        row["line_id"],
        row["number"],
        row["line_code"],
        row["serial"],
        choice(MarkerType, row["type"], "type"),
        tuple(json.loads(row["sides"])),
        row["faces"],
        row["material"],
        _position(row),
        row["location"],
        tuple(ReferenceObject(*one) for one in json.loads(row["reference_objects"])),
        row["responsible_side"],
        row["custodian"],
        tuple(json.loads(row["photographs"])),
        tuple(
            StateChange(choice(MarkerState, state, "states"), partial_date(on, "states"), document, note)
            for state, on, document, note in json.loads(row["states"])
        ),
        tuple(json.loads(row["also_on"])),
        row["note"],
        bool(row["generated"]),
        row["source_id"],
        row["version"],
    )


def _position(row: Row) -> Position | None:
    if row["given_x"] is None:
        return None
    point = row["geom"]
    return Position(
        row["given_x"],
        row["given_y"],
        row["given_crs"],
        None if point is None else float(shapely.get_x(point)),
        None if point is None else float(shapely.get_y(point)),
        row["height_m"],
        row["height_datum"],
        row["error_m"],
        row["method"],
    )


def _listed(texts: Sequence[str]) -> str:
    return _as_json(list(texts))


def _as_json(value: list[Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
