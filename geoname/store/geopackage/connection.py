"""Connections to a GeoPackage (连接): transactions begun by hand, one writer at a time, errors classed."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event

from geoname.store.dialect import WRITES
from geoname.store.geopackage.errors import classed
from geoname.store.geopackage.open_files import CountedConnection, counting
from geoname.store.geopackage.sql_functions import register_functions

_LOOK_S = 0.005
"""So often a waiting writer looks whether it is its turn."""


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
        if connection.get_execution_options().get(WRITES, False):
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            try:
                _begin_writing(driver, busy_seconds)
            except sqlite3.Error as error:
                raise classed(error, file, None) or error from error
        else:
            connection.exec_driver_sql("BEGIN")

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


def _begin_writing(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Begin to write, as soon as the other writer has ended; sqlite3.OperationalError after `busy_seconds`.

    SQLite itself comes to look ten times a second only: a load that writes in short transactions would be
    back at work each time before the one that waits looked.
    """
    end = time.monotonic() + busy_seconds
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                    raise
                time.sleep(_LOOK_S)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(busy_seconds * 1000)}")
