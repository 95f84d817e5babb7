"""Each of PostgreSQL's errors comes as the one that tells the caller what to do."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from geoname.errors import ConflictError, DatabaseError, InvalidInputError, NotReadyError, StorageError
from geoname.store.postgis.errors import classed

SHOWN = "postgresql://u:***@h/geo"


@pytest.mark.parametrize(
    ("given", "kind", "remedy"),
    [
        (errors.SerializationFailure, ConflictError, "try again"),
        (errors.DeadlockDetected, ConflictError, "try again"),
        (errors.LockNotAvailable, ConflictError, "try again"),
        (errors.DiskFull, StorageError, "make room"),
        (errors.IoError, StorageError, "make room"),
        (errors.ReadOnlySqlTransaction, StorageError, "permissions"),
        (errors.InsufficientPrivilege, StorageError, "permissions"),
        (errors.DataCorrupted, DatabaseError, "restore a backup"),
        (errors.IndexCorrupted, DatabaseError, "restore a backup"),
        (errors.UndefinedTable, DatabaseError, "restore a backup"),
        (errors.UndefinedColumn, DatabaseError, "restore a backup"),
        (errors.ProgramLimitExceeded, InvalidInputError, "shorten"),
        (errors.AdminShutdown, NotReadyError, "server runs"),
        (errors.CannotConnectNow, NotReadyError, "server runs"),
        (errors.TooManyConnections, NotReadyError, "server runs"),
        (errors.ConnectionFailure, NotReadyError, "server runs"),
        (psycopg.OperationalError, NotReadyError, "server runs"),
    ],
)
def test_what_each_becomes(given, kind, remedy):
    error = classed(given("trouble\nDETAIL: more"), SHOWN)
    assert type(error) is kind
    assert remedy in error.message
    assert error.zh != error.message
    assert "DETAIL" not in error.message


@pytest.mark.parametrize("given", [errors.SyntaxError, errors.UniqueViolation, errors.DivisionByZero])
def test_a_fault_of_the_program_stays_what_it_is(given):
    assert classed(given("x"), SHOWN) is None


def test_other_errors_are_not_looked_at():
    assert classed(ValueError("x"), SHOWN) is None


def test_a_broken_reference_of_which_the_server_tells_nothing_more():
    error = classed(errors.ForeignKeyViolation("x"), SHOWN)
    assert type(error) is InvalidInputError
    assert "remove those first" in error.message
