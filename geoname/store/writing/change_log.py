"""Notes for the indexes what a transaction changed of what is served (变更日志)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from geoname.store.dialect import Dialect
from geoname.store.protocols_changes import What
from geoname.store.schema import live_change

MOST = 20_000
"""With more names or places than this an index is better made anew than changed."""


@dataclass(slots=True)
class ChangeNotes:
    """What one transaction changed; a record counts once however often it is written."""

    keys: dict[What, dict[str, None]] = field(default_factory=dict)

    def note(self, what: What, keys: Sequence[str] = ("",)) -> None:
        """These changed."""
        noted = self.keys.setdefault(what, {})
        if len(noted) <= MOST:
            noted.update(dict.fromkeys(keys))

    def write(self, connection: Connection, dialect: Dialect, data_version: int) -> None:
        """Put the notes into the log, under the data version that this transaction makes."""
        rows: list[tuple[str, str]] = []
        for what, keys in self.keys.items():
            if len(keys) > MOST:
                rows.append((What.MANY.value, ""))
            else:
                rows += [(what.value, key) for key in keys]
        if rows:
            dialect.insert_rows(
                connection,
                live_change,
                [{"data_version": data_version, "what": what, "key": key} for what, key in rows],
            )
