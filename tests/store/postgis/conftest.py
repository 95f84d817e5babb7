"""Tests of PostgreSQL alone: every store here lies in a schema of its own."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest


@pytest.fixture
def store_address(new_schema: Callable[[], str]) -> str:
    """Where to make an empty store."""
    return new_schema()


@pytest.fixture
def run_sql(store_address: str) -> Callable[..., list[tuple[object, ...]]]:
    """Run statements in the schema past geoname; what the last one gives."""

    def run(*statements: str) -> list[tuple[object, ...]]:
        with psycopg.connect(store_address, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    return run
