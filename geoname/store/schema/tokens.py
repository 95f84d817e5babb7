"""The table of access tokens (访问令牌): digests of secrets, never a secret."""

from __future__ import annotations

from sqlalchemy import Table

from geoname.store.schema.base import METADATA, fid, text

token = Table(
    "token",
    METADATA,
    fid(),
    text("id", unique=True),
    text("role"),
    text("divisions"),
    text("note"),
    text("secret_sha256"),
    text("created_at"),
    text("created_by"),
    text("revoked_at", nullable=True),
    text("revoked_by", nullable=True),
    sqlite_autoincrement=True,
)
