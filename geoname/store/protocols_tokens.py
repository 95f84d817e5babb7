"""What a store must do with access tokens (访问令牌)."""

from __future__ import annotations

from typing import Protocol

from geoname.core.register.token import Token


class TokenStore(Protocol):
    """Tokens are added and revoked, never removed; each change goes on the chain `token:ID`."""

    def add_token(self, token: Token) -> None:
        """Keep a new token; its maker is the actor of the record."""
        ...

    def token(self, token_id: str) -> Token | None:
        """The token of an id, revoked or not; None when there is none."""
        ...

    def tokens(self) -> list[Token]:
        """Every token, oldest first, revoked ones too."""
        ...

    def revoke_token(self, token_id: str, actor: str) -> Token:
        """Revoke a token from now on; one already revoked stays as it is. NotFoundError for an unknown id."""
        ...
