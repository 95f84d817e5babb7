"""An access token (访问令牌) and its bearer: a role, and the divisions that it acts for."""

from __future__ import annotations

from dataclasses import dataclass, field

from geoname.core.register.visibility import Role

_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: never its secret, only the SHA-256 of it in hexadecimal.

    `divisions` are codes; a token that names none acts for no division, an administrator's for all.
    Times are ISO 8601 in UTC.
    """

    id: str
    role: Role
    divisions: tuple[str, ...]
    note: str
    secret_sha256: str
    created_at: str
    created_by: str
    revoked_at: str | None = None
    revoked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: anyone, or the bearer of a token.

    `account` is who works on the database file itself; it says nothing of what they may do.
    """

    role: Role = Role.PUBLIC
    token_id: str | None = None
    divisions: tuple[str, ...] = ()
    account: str = field(default="", compare=False)

    @property
    def actor(self) -> str:
        """Who it is, for the record of changes: the token's id, or the account."""
        return self.token_id or self.account or "keeper"

    def has(self, least: Role) -> bool:
        """Whether the role is this one or one that may do more."""
        return _RANK[self.role] >= _RANK[least]

    def acts_for(self, code: str) -> bool:
        """Whether the caller acts for the division of a code: its own, or one that lies within its own."""
        if self.role is Role.ADMINISTRATOR and not self.divisions:
            return True
        return any(code.startswith(own) for own in self.divisions)


ANYONE = Caller()
"""A caller without a token."""

KEEPER = Caller(Role.ADMINISTRATOR)
"""Whoever works on the database file itself, as the command line does: nothing in it is closed to them."""
