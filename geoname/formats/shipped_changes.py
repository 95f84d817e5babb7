"""The shipped changes of Guizhou's divisions (区划变更) since 2000: events and who succeeded whom."""

from __future__ import annotations

from pathlib import Path

from geoname.core.divisions.changes import DivisionEvent, Extent, Operation, Succession
from geoname.core.law.citation import Known
from geoname.formats.shipped_files import read_rows


def read_division_events(folder: Path | None = None) -> tuple[DivisionEvent, ...]:
    """The changes of county level and above since 2000, oldest first, each with how well it is known.

    `wording` is the compilation's. A date or document that the compilation does not give is None.
    """
    columns = (
        *("id", "key", "operation", "wording", "document", "authority"),
        *("approved_on", "effective_on", "announced_on", "known"),
    )
    return tuple(
        DivisionEvent(
            row.text("id"),
            row.one_of("operation", Operation),
            row.text("wording"),
            row.optional("document"),
            row.optional("authority"),
            row.partial_date("approved_on"),
            row.partial_date("effective_on"),
            row.partial_date("announced_on"),
            row.one_of("known", Known),
        )
        for row in read_rows("guizhou/division_events.csv", columns, folder)
    )


def read_successions(folder: Path | None = None) -> tuple[Succession, ...]:
    """The edges of the events.

    `whole`: the successor carries the division on (遵义县 → 播州区), even where `part` edges of the same
    event say that some of its territory went elsewhere. An edge from a division to itself: it stayed, under
    another parent, code or extent.
    """
    columns = ("event_id", "from_id", "to_id", "extent", "from_name", "to_name")
    return tuple(
        Succession(
            row.text("event_id"), row.optional("from_id"), row.optional("to_id"), row.one_of("extent", Extent)
        )
        for row in read_rows("guizhou/division_successions.csv", columns, folder)
    )
