"""When something is recorded (办理时间), and the opaque ids of what is recorded."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta, timezone

from geoname.errors import InvalidInputError

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


def happened_on(day: date | None, earliest: date | None = None) -> date:
    """The day that was given, or today; InvalidInputError for one to come, or before the earliest."""
    on = today() if day is None else day
    if on > today():
        raise InvalidInputError(f"{on} is still to come", zh=f"{on} 尚未到来", field="on")
    if earliest is not None and on < earliest:
        raise InvalidInputError(
            f"{on} is before {earliest}, when that which it follows was done",
            zh=f"{on} 早于此前一步的日期 {earliest}",
            field="on",
        )
    return on
