"""Heads of audit chains (审计链首尾) read from any of the databases, to be anchored outside."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from geoname.core.audit.anchors import Anchor
from geoname.store.schema import audit


class SqlAnchors(ABC):
    """What `AnchorStore` says."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection with a reading transaction."""

    def audit_heads(self) -> list[Anchor]:
        """The head of every chain, by subject."""
        asked = select(audit.c.subject, audit.c.position, audit.c.digest).order_by(
            audit.c.subject, audit.c.position
        )
        heads: dict[str, Anchor] = {}
        with self._reading() as connection:
            for subject, position, digest in connection.execute(asked):
                heads[subject] = Anchor(subject, position, digest)
        return list(heads.values())

    def audit_digests(self, subjects: Collection[str]) -> dict[str, dict[int, str]]:
        """The digests of these chains, by subject and position."""
        wanted, kept = frozenset(subjects), dict[str, dict[int, str]]()
        with self._reading() as connection:
            for subject, position, digest in connection.execute(
                select(audit.c.subject, audit.c.position, audit.c.digest)
            ):
                if subject in wanted:
                    kept.setdefault(subject, {})[position] = digest
        return kept
