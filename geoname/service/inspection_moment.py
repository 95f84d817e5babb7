"""When something is recorded (办理时间), and the opaque ids of what is recorded."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))


def now() -> str:
    """The present time in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def today() -> date:
    """The present day in China, where what is recorded happens."""
    return datetime.now(_CHINA).date()


def new_id() -> str:
    """An opaque id."""
    return secrets.token_hex(6)
