"""Rows of divisions (行政区划) with their codes, and of events with their edges."""

from __future__ import annotations

from geoname.core.divisions.changes import DivisionEvent, Extent, Operation, Succession
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.law.citation import Known
from geoname.store.rows.cells import Row, choice, full_date, partial_date, period_cells, period_of, written


def division_row(division: Division) -> Row:
    """The row of a division, its codes under `codes`; it has no `row_key` yet."""
    return {
        "id": division.id,
        "name": division.name,
        "level": division.level.value,
        "kind": division.kind.value,
        "parent_id": division.parent_id,
        **period_cells(division.period),
        "codes": [_code_row(code) for code in division.codes],
    }


def division_of(row: Row) -> Division:
    """The division of a row."""
    return Division(
        row["id"],
        row["name"],
        choice(Level, row["level"], "level"),
        choice(DivisionKind, row["kind"], "kind"),
        row["parent_id"],
        tuple(_code_of(code) for code in row["codes"]),
        period_of(row["valid_from"], row["valid_until"], row["known_on"]),
    )


def event_row(event: DivisionEvent) -> Row:
    """The row of an event, without its edges."""
    return {
        "id": event.id,
        "operation": event.operation.value,
        "wording": event.wording,
        "document": event.document,
        "authority": event.authority,
        "approved_on": written(event.approved_on),
        "effective_on": written(event.effective_on),
        "announced_on": written(event.announced_on),
        "known": event.known.value,
    }


def event_of(row: Row) -> DivisionEvent:
    """The event of a row."""
    return DivisionEvent(
        row["id"],
        choice(Operation, row["operation"], "operation"),
        row["wording"],
        row["document"],
        row["authority"],
        partial_date(row["approved_on"], "approved_on"),
        partial_date(row["effective_on"], "effective_on"),
        partial_date(row["announced_on"], "announced_on"),
        choice(Known, row["known"], "known"),
    )


def edge_row(edge: Succession) -> Row:
    """The row of an edge below its event."""
    return {"from_id": edge.from_id, "to_id": edge.to_id, "extent": edge.extent.value}


def edge_of(event_id: str, row: Row) -> Succession:
    """The edge of a row below its event."""
    return Succession(event_id, row["from_id"], row["to_id"], choice(Extent, row["extent"], "extent"))


def _code_row(code: Code) -> Row:
    return {
        "scheme": code.scheme.value,
        "code": code.code,
        "as_of": written(code.as_of),
        **period_cells(code.period),
    }


def _code_of(row: Row) -> Code:
    return Code(
        choice(Scheme, row["scheme"], "scheme"),
        row["code"],
        full_date(row["as_of"], "as_of"),
        period_of(row["valid_from"], row["valid_until"], row["known_on"]),
    )
