"""Places and names as they stand (现行记录): what a switch made valid counts before it is written down.

A release may change more records than one transaction can write while others wait. Its switch makes the rows
of `staged_place` and `staged_name` valid at once; until they are written into `place` and `name`, readers
take them from there.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    Subquery,
    Table,
    TextClause,
    and_,
    cast,
    exists,
    select,
    text,
    type_coerce,
    union_all,
)
from sqlalchemy.sql import visitors

from geoname.store.schema import name, place, release, staged_name, staged_place

_STAGED = {place: staged_place, name: staged_name}
Asked = TypeVar("Asked")


def is_valid(staged: Table) -> ColumnElement[bool]:
    """Whether the release that a staged row awaits is in the state that it awaits; joins `release`."""
    return and_(staged.c.awaited_release == release.c.id, staged.c.awaited_state == release.c.state)


# What is awaited is few things, each by very many rows: from one to the next there is one step in the index.
_AWAITED = """
SELECT (SELECT fid FROM {staged} ORDER BY awaited_release, awaited_state LIMIT 1)
UNION ALL
SELECT (
    SELECT later.fid FROM {staged} AS later
    WHERE (later.awaited_release, later.awaited_state) > (this.awaited_release, this.awaited_state)
    ORDER BY later.awaited_release, later.awaited_state LIMIT 1
) FROM awaited_{staged} AS one JOIN {staged} AS this ON this.fid = one.fid
"""
_VALID = """
SELECT 1 FROM awaited_{staged} AS one JOIN {staged} AS this ON this.fid = one.fid
JOIN release ON release.id = this.awaited_release AND release.state = this.awaited_state
"""


def _some_wait() -> TextClause:
    names = [staged.name for staged in _STAGED.values()]
    steps = ", ".join(f"awaited_{name}(fid) AS ({_AWAITED.format(staged=name)})" for name in names)
    return text(f"WITH RECURSIVE {steps} {' UNION ALL '.join(_VALID.format(staged=name) for name in names)}")


_SOME_WAIT = _some_wait()


def changes_wait(connection: Connection) -> bool:
    """Whether some change is valid and not yet written down."""
    return connection.execute(_SOME_WAIT).first() is not None


def as_it_stands(connection: Connection, asked: Asked) -> Asked:
    """The question, put to places and names as they stand at this moment."""
    if not changes_wait(connection):
        return asked
    standing: dict[Table, Subquery] = {
        table: _standing(table, staged, connection.dialect.name) for table, staged in _STAGED.items()
    }

    def replaced(element: Any, **_: Any) -> Any:  # noqa: ANN401 - any part of a statement
        if isinstance(element, Table):
            return standing.get(element)
        found = standing.get(getattr(element, "table", None))  # type: ignore[arg-type]
        return None if found is None else found.c[element.key]

    statement: Any = asked
    changed: Asked = visitors.replacement_traverse(statement, {}, replaced)
    return changed


def _standing(table: Table, staged: Table, dialect: str) -> Subquery:
    # SQLite looks rows of such a union up by its indexes only when both halves are of one affinity.
    blob = dialect == "sqlite"
    kept: list[ColumnElement[Any]] = [
        type_coerce(cast(column, LargeBinary), column.type) if blob and column.name == "geom" else column
        for column in table.c
    ]
    changed: list[ColumnElement[Any]] = [
        # A change counts the version up when it is written down.
        cast(table.c.version + 1, Integer) if column.name == "version" else staged.c[column.name]
        for column in table.c
        if column.name != "fid"
    ]
    waits = exists().where(staged.c.id == table.c.id, is_valid(staged)).correlate(table)
    both = union_all(
        select(*kept).where(~waits),
        select(table.c.fid, *changed)
        .join_from(staged, release, is_valid(staged))
        .join(table, table.c.id == staged.c.id),
    )
    return both.subquery(f"standing_{table.name}")
