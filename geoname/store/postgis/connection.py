"""Connections to PostgreSQL (连接): each answer one moment's state, one writer at a time, errors classed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event

from geoname.errors import InvalidInputError, NotReadyError
from geoname.store.dialect import WRITES
from geoname.store.postgis.address import check_address, shown_address
from geoname.store.postgis.errors import classed

_WRITER = 0x67656F6E  # "geon"
_CONNECT_SECONDS = 10


def make_engine(address: str, *, busy_seconds: float) -> Engine:
    """An engine over one database; nothing is connected before it is needed.

    Transactions read one moment's state and cannot write; with the option WRITES they wait, for at most
    `busy_seconds`, until no other writer is at work in the same schema. InvalidInputError for an address
    that cannot be read.
    """
    shown = shown_address(address)
    engine = create_engine(
        "postgresql+psycopg://",
        creator=_connector(address, shown),
        # A server that was restarted costs a new connection and not an error.
        pool_pre_ping=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        driver.read_only = not writes
        # A writer reads what was committed when it came to hold the lock, not when it began to wait.
        level = psycopg.IsolationLevel
        driver.isolation_level = level.READ_COMMITTED if writes else level.REPEATABLE_READ
        if writes:
            _take_write_lock(connection, busy_seconds)

    @event.listens_for(engine, "handle_error")
    def _class_error(context: ExceptionContext) -> None:
        if context.is_pre_ping:
            # A connection that was lost meanwhile: the pool makes another, unless an error stops it.
            return
        error = classed(context.original_exception, shown)
        if error is not None:
            raise error from context.original_exception

    return engine


@contextmanager
def sole_load(engine: Engine, source_id: str) -> Iterator[bool]:
    """Hold, on a connection of its own, the lock of loading a source into the schema; whether it was free."""
    lock = "(hashtextextended(current_schema() || ' load ' || %s, 0))"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = bool(
            connection.exec_driver_sql(f"SELECT pg_try_advisory_lock{lock}", (source_id,)).scalar_one()
        )
        try:
            yield held
        finally:
            # A connection that was lost meanwhile has let it go.
            with suppress(NotReadyError):
                if held:
                    connection.exec_driver_sql(f"SELECT pg_advisory_unlock{lock}", (source_id,))


def _connector(address: str, shown: str) -> Callable[[], psycopg.Connection[Any]]:
    check_address(address)
    try:
        known = conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        # The driver's own words repeat parts of the address, the password among them.
        raise InvalidInputError(
            f"{shown} cannot be read: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
            zh=f"无法识别 {shown}：请写作 postgresql://用户：密码@主机：端口/数据库",
            field="database",
        ) from None
    usual: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS, "fallback_application_name": "geoname"}
    own = {key: value for key, value in usual.items() if key not in known}
    return lambda: psycopg.connect(address, client_encoding="utf8", **own)


def _take_write_lock(connection: Connection, busy_seconds: float) -> None:
    """The lock is the schema's: two databases of geoname in one of PostgreSQL do not wait for each other."""
    patience = f"{max(1, round(busy_seconds * 1000))}ms"
    connection.exec_driver_sql("SELECT set_config('lock_timeout', %s, true)", (patience,))
    connection.exec_driver_sql(
        "SELECT pg_advisory_xact_lock(%s, oid::int) FROM pg_namespace WHERE nspname = current_schema()",
        (_WRITER,),
    )
