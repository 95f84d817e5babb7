"""What a store must tell of its audit chains (审计链), so that they can be proved from outside."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from geoname.core.audit.anchors import Anchor


class AnchorStore(Protocol):
    """Heads and digests of the audit chains."""

    def audit_heads(self) -> list[Anchor]:
        """The head of every chain, by subject."""
        ...

    def audit_digests(self, subjects: Collection[str]) -> dict[str, dict[int, str]]:
        """The digests of these chains, by subject and position."""
        ...
