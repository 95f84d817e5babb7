"""Rows of access tokens (访问令牌)."""

from __future__ import annotations

from dataclasses import asdict

from geoname.core.register.token import Token
from geoname.core.register.visibility import Role
from geoname.store.rows.cells import Row, choice


def token_row(token: Token) -> Row:
    """The row of a token."""
    return asdict(token) | {"role": token.role.value, "divisions": " ".join(token.divisions)}


def token_of(row: Row) -> Token:
    """The token of a row."""
    return Token(
        row["id"],
        choice(Role, row["role"], "role"),
        tuple(row["divisions"].split()),
        row["note"],
        row["secret_sha256"],
        row["created_at"],
        row["created_by"],
        row["revoked_at"],
        row["revoked_by"],
    )
