"""Writes divisions (行政区划) with their codes, and events with their edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from geoname.core.divisions.changes import DivisionEvent, Succession
from geoname.core.divisions.division import Division
from geoname.errors import NotFoundError
from geoname.store.protocols import Written
from geoname.store.reading.records import Stored, chunks, stored_records
from geoname.store.rows.cells import Row, period_of
from geoname.store.rows.divisions import division_row, edge_row, event_row
from geoname.store.rows.kept import DIVISION_EVENTS, DIVISIONS
from geoname.store.writing.division_periods import assign_keys
from geoname.store.writing.upsert import Target, Transaction, put_records


def put_divisions(transaction: Transaction, divisions: Iterable[Division], target: Target) -> Written:
    """Write divisions; those of one id are its states, one after the other."""
    states: defaultdict[str, list[Division]] = defaultdict(list)
    for division in divisions:
        states[division.id].append(division)
    return put_records(transaction, DIVISIONS, _keyed(transaction, states), target)


def _keyed(transaction: Transaction, states: dict[str, list[Division]]) -> Iterator[Row]:
    for ids in chunks(states):
        stored = stored_records(transaction.connection, transaction.dialect, DIVISIONS, "id", ids)
        kept = defaultdict(list)
        for key, record in stored.items():
            row = record.row
            period = period_of(row["valid_from"], row["valid_until"], row["known_on"])
            kept[row["id"]].append((key, period))
        for id_ in ids:
            for key, division in assign_keys(states[id_], kept[id_]):
                yield {"row_key": key, **division_row(division)}


def put_division_changes(
    transaction: Transaction,
    events: Iterable[DivisionEvent],
    successions: Iterable[Succession],
    target: Target,
) -> Written:
    """Write events; the edges given for an event replace those it had, an event given without keeps them."""
    edges: defaultdict[str, list[Row]] = defaultdict(list)
    for succession in successions:
        edges[succession.event_id].append(edge_row(succession))
    rows = {event.id: event_row(event) for event in events}
    stored: dict[str, Stored] = {}
    for ids in chunks(dict.fromkeys([*rows, *edges])):
        stored |= stored_records(transaction.connection, transaction.dialect, DIVISION_EVENTS, "id", ids)
    for event_id in edges.keys() - rows.keys():
        if event_id not in stored:
            raise NotFoundError(
                f"an edge names event {event_id!r}, which is not there: give the event with it",
                zh=f"沿革关系引用的事件 {event_id!r} 不存在：请一并给出该事件",
                field="event_id",
            )
        rows[event_id] = {field: value for field, value in stored[event_id].row.items() if field != "edges"}
    complete = [
        {**row, "edges": edges[event_id] if event_id in edges else _kept_edges(stored.get(event_id))}
        for event_id, row in rows.items()
    ]
    return put_records(transaction, DIVISION_EVENTS, complete, target)


def _kept_edges(record: Stored | None) -> list[Row]:
    return [] if record is None else list(record.row["edges"])
