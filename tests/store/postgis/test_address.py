"""A password is never shown, whatever it looks like and wherever it stands."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoname.errors import InvalidInputError
from geoname.store.postgis.address import check_address, is_postgres, shown_address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://u:geheim@db.example/geo", "postgresql://u:***@db.example/geo"),
        ("postgres://u:geheim@[::1]:5433/geo?sslmode=require", "postgres://u:***@[::1]:5433/geo?sslmode=require"),
        ("postgresql://u@h/geo?password=geheim&sslmode=require", "postgresql://u@h/geo?password=***&sslmode=require"),
        ("postgresql://h/geo?user=u&PASSWORD=geheim", "postgresql://h/geo?user=u&PASSWORD=***"),
        ("postgresql://h/geo?sslpassword=geheim", "postgresql://h/geo?sslpassword=***"),
        ("postgresql://u:ge/he@im@h/geo", "postgresql://u:***@h/geo"),
        ("postgresql://u:@h/geo", "postgresql://u:***@h/geo"),
        ("mysql://u:geheim@h/geo", "mysql://u:***@h/geo"),
        ("postgresql:///geo", "postgresql:///geo"),
        ("var/geoname.gpkg", "var/geoname.gpkg"),
        ("odd:name@folder/a.gpkg", "odd:name@folder/a.gpkg"),
    ],
)  # fmt: skip
def test_what_is_shown(address, shown):
    assert shown_address(address) == shown


@given(st.text("abcdefghij@/:?&=%# 密", min_size=3), st.sampled_from(["", "?sslmode=require", "?password="]))
def test_no_password_is_shown_escaped_or_not(password, query):
    password = f"§{password}§"
    more = query + (quote(password) if query.endswith("=") else "")
    for written in (password, quote(password, safe="")):
        shown = shown_address(f"postgresql://u:{written}@h/geo{more}")
        assert "§" not in shown
        assert quote("§") not in shown
        assert shown.startswith("postgresql://u:***@h/geo")


@pytest.mark.parametrize("password", ["a@b", "a/b", "a?b", "a#b", "a b"])
def test_a_password_that_must_be_escaped_is_told_without_showing_it(password):
    with pytest.raises(InvalidInputError, match="%40") as raised:
        check_address(f"postgresql://u:{password}@h/geo")
    assert raised.value.field == "database"
    assert password not in raised.value.message + raised.value.zh
    check_address(f"postgresql://u:{quote(password, safe='')}@h/geo")


@pytest.mark.parametrize(
    ("address", "postgres"),
    [
        ("postgresql://h/d", True), ("postgres://h/d", True), ("PostgreSQL://h/d", True),
        ("postgresql", False), ("var/postgresql.gpkg", False), ("mysql://h/d", False), ("", False),
    ],
)  # fmt: skip
def test_which_addresses_name_postgresql(address, postgres):
    assert is_postgres(address) is postgres
