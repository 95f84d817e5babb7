"""A finding that is kept (留存的审查意见) because somebody must decide, or has decided, on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geoname.core.rules.finding import Decision, FindingKey

_DIGEST_BYTES = 10


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """What a decision is, or will be, about. `name_id` is the registered name it was seen on, if any.

    `version` grows with each decision.
    """

    id: str
    key: FindingKey
    name_id: str | None
    seen_on: date
    decision: Decision | None = None
    version: int = 1


def finding_id(key: FindingKey) -> str:
    """Twenty hexadecimal digits that stand for a key: the same finding has the same id everywhere."""
    parts = [key.rule, key.text, key.feature_class, key.division_id, *key.against]
    written = json.dumps(parts, ensure_ascii=False).encode()
    return hashlib.blake2b(written, digest_size=_DIGEST_BYTES).hexdigest()


def decisions_of(kept: Mapping[FindingKey, KeptFinding]) -> dict[FindingKey, Decision]:
    """The decisions among kept findings, as the engine takes them."""
    return {key: one.decision for key, one in kept.items() if one.decision is not None}
