"""Anchors (外部锚点): the heads of all audit chains on a day, kept outside the database to prove it by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoname.core.audit.chain import ChainFault


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of one subject's chain: how long the chain was, and the digest of its last record."""

    subject: str
    position: int
    digest: str


def check_anchors(anchors: Iterable[Anchor], kept: Mapping[str, Mapping[int, str]]) -> tuple[ChainFault, ...]:
    """What the chains lack of the anchors; `kept` gives the digests by subject and position.

    A chain that grew since is whole. One that is shorter was restored to an older head; one with another
    digest at the place was written anew.
    """
    faults = []
    for anchor in anchors:
        chain = kept.get(anchor.subject, {})
        digest = chain.get(anchor.position)
        if digest is None:
            last = max(chain, default=0)
            text = f"ends at {last} and was at {anchor.position}: the database is of an older head"
            faults.append(ChainFault(anchor.subject, anchor.position, text))
        elif digest != anchor.digest:
            faults.append(ChainFault(anchor.subject, anchor.position, "is another record than was anchored"))
    return tuple(faults)
