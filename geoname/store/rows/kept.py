"""The kinds of records (记录种类) that releases bring: table, key, children, whose audit chain they go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Column, Table

from geoname.store import schema
from geoname.store.rows.cells import Row


@dataclass(frozen=True, slots=True)
class Children:
    """Rows below a record, kept in order under `field`; `inherits` maps child columns to the record's."""

    field: str
    table: Table
    parent: str
    inherits: Mapping[str, str]

    def own_columns(self) -> list[Column[object]]:
        """The columns that a child brings itself."""
        led = {"fid", "position", self.parent, *self.inherits}
        return [column for column in self.table.columns if column.name not in led]


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record. `located` records have `lon` and `lat`, which the table keeps as a point.

    Changes of served records wait in the table `staged` for a release; as JSON where there is none.
    """

    table: Table
    key: str
    subject: Callable[[Row], str]
    children: Children | None = None
    versioned: bool = False
    located: bool = False
    staged: Table | None = None

    def columns(self) -> list[Column[object]]:
        """The columns of the record itself, geometry first."""
        led = ("fid", "release_id", "awaited_release", "awaited_state")
        return [column for column in self.table.columns if column.name not in led]

    def aside(self) -> Kept:
        """The same kind of record in the table in which its changes wait."""
        assert self.staged is not None
        return replace(self, table=self.staged, staged=None)


PLACES = Kept(schema.place, "id", lambda row: f"place:{row['id']}", located=True, staged=schema.staged_place)
NAMES = Kept(schema.name, "id", lambda row: f"name:{row['id']}", versioned=True, staged=schema.staged_name)
NAME_EVENTS = Kept(schema.name_event, "id", lambda row: f"name:{row['name_id']}")
DIVISIONS = Kept(
    schema.division,
    "row_key",
    lambda row: f"division:{row['id']}",
    Children("codes", schema.code, "division_key", {"place_id": "id"}),
)
DIVISION_EVENTS = Kept(
    schema.division_event,
    "id",
    lambda row: f"division_event:{row['id']}",
    Children("edges", schema.succession, "event_id", {}),
)

ALL_KEPT = (PLACES, DIVISIONS, DIVISION_EVENTS, NAMES, NAME_EVENTS)
