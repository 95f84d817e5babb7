"""Access tokens (访问令牌) over any of the databases; each change is audited in its transaction."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, insert, select, update

from geoname.core.register.token import Token
from geoname.errors import NotFoundError
from geoname.store.dialect import Dialect
from geoname.store.rows.cells import check_cells
from geoname.store.rows.tokens import token_of, token_row
from geoname.store.schema import token as table
from geoname.store.writing.audit_log import AuditLog, Entry


class SqlTokens(ABC):
    """What `TokenStore` says."""

    _dialect: Dialect
    _clock: Callable[[], str]

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A connection with a writing transaction, over a current schema."""

    def add_token(self, token: Token) -> None:
        """Keep a new token; its maker is the actor of the record."""
        row = token_row(token)
        check_cells(row, table.name)
        shown = {"role": row["role"], "divisions": row["divisions"], "note": token.note}
        with self._changing() as connection:
            connection.execute(insert(table), [row])
            entry = Entry(f"token:{token.id}", "added", after=json.dumps(shown, ensure_ascii=False))
            AuditLog(connection, token.created_by, "", self._clock).extend([entry])
            self._dialect.note_changes(connection, {table.name})

    def token(self, token_id: str) -> Token | None:
        """The token of an id, revoked or not; None when there is none."""
        with self._reading() as connection:
            return _found(connection, token_id)

    def tokens(self) -> list[Token]:
        """Every token, oldest first, revoked ones too."""
        with self._reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.fid)).mappings()
            return [token_of(dict(row)) for row in rows]

    def revoke_token(self, token_id: str, actor: str) -> Token:
        """Revoke a token from now on; one already revoked stays as it is. NotFoundError for an unknown id."""
        with self._changing() as connection:
            known = _found(connection, token_id)
            if known is None:
                raise NotFoundError(
                    f"there is no token {token_id!r}: `geoname tokens list` shows those there are",
                    zh=f"没有令牌 {token_id!r}：可用 `geoname tokens list` 查看",
                    field="id",
                )
            if known.revoked_at is None:
                revoked = {"revoked_at": self._clock(), "revoked_by": actor}
                connection.execute(update(table).where(table.c.id == token_id).values(revoked))
                AuditLog(connection, actor, "", self._clock).extend([Entry(f"token:{token_id}", "revoked")])
                self._dialect.note_changes(connection, {table.name})
                known = _found(connection, token_id) or known
            return known


def _found(connection: Connection, token_id: str) -> Token | None:
    row = connection.execute(select(table).where(table.c.id == token_id)).mappings().one_or_none()
    return None if row is None else token_of(dict(row))
