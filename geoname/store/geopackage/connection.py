"""Connections to a GeoPackage (连接): transactions begun by hand, one writer at a time, errors classed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event

from geoname.store.dialect import WRITES
from geoname.store.geopackage.errors import classed
from geoname.store.geopackage.open_files import CountedConnection, counting
from geoname.store.geopackage.sql_functions import register_functions


def connect(file: Path, *, busy_seconds: float, read_only: bool = False) -> sqlite3.Connection:
    """A plain connection, transactions by hand; the file must exist; errors are those of geoname.

    With `read_only` the file stays as it is, byte for byte.
    """
    try:
        with counting(file) as made:
            connection = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}",
                uri=True,
                timeout=busy_seconds,
                isolation_level=None,
                check_same_thread=False,
                factory=CountedConnection,
            )
            made.append(connection)
    except sqlite3.Error as error:
        raise classed(error, file, None) or error from error
    try:
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a decision that was acknowledged outlives a power cut; in WAL mode it costs one sync a commit.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -16000")
    except sqlite3.Error as error:
        connection.close()
        raise classed(error, file, None) or error from error
    register_functions(connection)
    return connection


def make_engine(file: Path, *, busy_seconds: float) -> Engine:
    """An engine over one GeoPackage; transactions with the option WRITES wait for the write lock at once."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(file)),
        creator=lambda: connect(file, busy_seconds=busy_seconds),
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that writes after it read fails at once when another wrote in between.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def _class_error(context: ExceptionContext) -> None:
        raw = None
        if context.connection is not None and not context.connection.invalidated:
            driver = context.connection.connection.driver_connection
            raw = driver if isinstance(driver, sqlite3.Connection) else None
        error = classed(context.original_exception, file, raw)
        if error is not None:
            raise error from context.original_exception

    return engine
