"""Access tokens (访问令牌): made with a secret shown once, recognised by its digest, revoked."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from geoname.core.divisions.code import parse_code
from geoname.core.register.token import ANYONE, Caller, Token
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError, InvalidInputError, UnauthenticatedError
from geoname.service.browse_divisions import find_division
from geoname.service.opened import Geoname

_SECRET_BYTES = 32
_NOBODY = hashlib.sha256(b"").hexdigest()
_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A token as it is listed: nothing by which it could be used."""

    id: str
    role: str
    divisions: tuple[str, ...]
    note: str
    created_at: str
    created_by: str
    revoked_at: str | None
    revoked_by: str | None


@dataclass(frozen=True, slots=True)
class TokenList:
    """Every token, oldest first."""

    items: tuple[TokenShown, ...]


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A new token with what its bearer must send; this is the only time that it is shown."""

    token: str
    shown: TokenShown


def add_token(
    geoname: Geoname, role: str, divisions: tuple[str, ...] = (), note: str = "", actor: str = ""
) -> TokenMade:
    """Make a token; InvalidInputError for a role or code that is none, NotFoundError for an unknown code."""
    for code in divisions:
        parse_code(code, field="divisions")
        find_division(geoname.live(), code, None, None, field="divisions")
    if len(note) > _LONGEST_NOTE:
        raise InvalidInputError(
            f"note has {len(note)} characters: write {_LONGEST_NOTE} at most",
            zh=f"note 有 {len(note)} 个字符：最多 {_LONGEST_NOTE} 个",
            field="note",
        )
    id_, secret = secrets.token_hex(6), secrets.token_urlsafe(_SECRET_BYTES)
    made_at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    token = Token(id_, _role(role), tuple(divisions), note, _digest(secret), made_at, actor)
    geoname.store.add_token(token)
    return TokenMade(f"{id_}.{secret}", _shown(token))


def list_tokens(geoname: Geoname) -> TokenList:
    """Every token, revoked ones too."""
    return TokenList(tuple(_shown(token) for token in geoname.store.tokens()))


def revoke_token(geoname: Geoname, token_id: str, actor: str = "") -> TokenShown:
    """Revoke a token at once, for every process; NotFoundError for an unknown id."""
    return _shown(geoname.store.revoke_token(token_id, actor))


def caller_of(geoname: Geoname, written: str | None) -> Caller:
    """Who bears a token as it is written after `Bearer`; anyone when there is none.

    UnauthenticatedError for one that is wrong or revoked, without saying which.
    """
    if written is None:
        return ANYONE
    id_, _, secret = written.partition(".")
    plain = written.isascii() and len(written) <= 200
    token = geoname.store.token(id_) if plain and id_ else None
    # A digest is compared whether or not the id is known, in the same time for every digest.
    right = hmac.compare_digest(_digest(secret if plain else ""), token.secret_sha256 if token else _NOBODY)
    if token is None or not right or token.revoked_at is not None:
        raise UnauthenticatedError(
            "the token is wrong or was revoked: ask the keeper of the service for a new one",
            zh="令牌有误或已撤销：请向管理员索取新令牌",
        )
    return Caller(token.role, token.id, token.divisions)


def demand(caller: Caller, least: Role) -> None:
    """UnauthenticatedError for no token where one is needed, ForbiddenError for a role that is too weak."""
    if caller.has(least):
        return
    if caller.role is Role.PUBLIC:
        raise UnauthenticatedError(
            f"this needs a token with the role {least} or above: send Authorization: Bearer TOKEN",
            zh=f"此处需要 {least} 或更高角色的令牌：请发送 Authorization: Bearer 令牌",
            given=False,
        )
    raise ForbiddenError(
        f"the token's role is {caller.role}, and this needs {least} or above: ask somebody who has it",
        zh=f"令牌的角色是 {caller.role}，此处需要 {least} 或更高：请由具备该角色的人员办理",
    )


def _role(written: str) -> Role:
    roles = [role for role in Role if role is not Role.PUBLIC]
    if written not in roles:
        raise InvalidInputError(
            f"{written!r} is no role of a token: use one of {', '.join(roles)}",
            zh=f"令牌没有 {written!r} 这种角色：请用 {'、'.join(roles)} 之一",
            field="role",
        )
    return Role(written)


def _digest(secret: str) -> str:
    # A slow hash is for passwords; 256 random bits cannot be guessed from a fast one.
    return hashlib.sha256(secret.encode()).hexdigest()


def _shown(token: Token) -> TokenShown:
    return TokenShown(
        token.id,
        token.role,
        token.divisions,
        token.note,
        token.created_at,
        token.created_by,
        token.revoked_at,
        token.revoked_by,
    )
