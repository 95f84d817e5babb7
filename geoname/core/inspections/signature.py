"""Signatures (签字) under content by its digest, and corrections of what was signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from typing import Any

import orjson

PLAN = "plan"
REPORT = "report"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed for which side, when, and what: `digest` is that of the content as it was shown.

    `subject` is `plan`, `report`, `record:ID` or `finding:ID` of one case. `at` is ISO 8601 in UTC.
    """

    id: str
    inspection_id: str
    subject: str
    side: str
    actor: str
    at: str
    digest: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody says is wrong in a signed record: it is added, and the record stays as it was signed."""

    author: str
    side: str
    at: str
    reason: str
    field: str
    before: str
    after: str


def canonical_json(value: Any) -> str:  # noqa: ANN401 - any JSON value or dataclass
    """JSON of one form only: keys sorted, no spaces, characters as they are, dates as YYYY-MM-DD."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError:
        # Half a character is no UTF-8; it is written down for whoever refuses the text by its name.
        plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written)


def content_digest(value: Any) -> str:  # noqa: ANN401 - any JSON value or dataclass
    """SHA-256 of the canonical JSON, in hexadecimal: what a signature is under."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def unsigned_sides(
    sides: Iterable[str], signatures: Iterable[Signature], subject: str, digest: str
) -> tuple[str, ...]:
    """The sides that have not signed the content of this digest."""
    signed = {one.side for one in signatures if one.subject == subject and one.digest == digest}
    return tuple(side for side in sides if side not in signed)


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")
