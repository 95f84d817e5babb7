"""What a store must do with registered lines and markers (登记界线与界桩)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from geoname.core.boundaries.marker import Marker
from geoname.core.boundaries.registered_line import RegisteredLine
from geoname.core.register.provenance import Source

if TYPE_CHECKING:
    from geoname.store.protocols import Written


class LineStore(Protocol):
    """Lines and markers, each with its chain `line:ID` or `marker:ID`, written in one transaction with it.

    `put_*` add what is new, replace what differs (the version grows by one) and leave the rest alone, as a
    load does; `change_*` replace one record that the caller has read, and refuse a version that is stale.
    """

    def put_lines(
        self, lines: Sequence[RegisteredLine], source: Source, actor: str, reason: str = ""
    ) -> Written:
        """Add or replace lines under a source; all or none."""
        ...

    def put_markers(self, markers: Sequence[Marker], source: Source, actor: str, reason: str = "") -> Written:
        """Add or replace markers under a source; all or none."""
        ...

    def change_line(self, line: RegisteredLine, actor: str, reason: str) -> RegisteredLine:
        """Replace a line whose version is the one given; the line as it is kept now.

        NotFoundError for an unknown id, ConflictError when somebody else changed it meanwhile.
        """
        ...

    def change_marker(self, marker: Marker, actor: str, reason: str) -> Marker:
        """Replace a marker whose version is the one given; the marker as it is kept now.

        NotFoundError for an unknown id, ConflictError when somebody else changed it meanwhile.
        """
        ...

    def registered_lines(self) -> list[RegisteredLine]:
        """Every registered line, in the order of its id."""
        ...

    def registered_line(self, line_id: str) -> RegisteredLine | None:
        """One registered line, None when there is none of that id."""
        ...

    def markers(self, line_id: str | None = None) -> list[Marker]:
        """The markers on a line, those where it meets others too, or all; by line, serial, letter."""
        ...

    def marker(self, marker_id: str) -> Marker | None:
        """One marker, None when there is none of that id."""
        ...

    def log_coordinates_given(self, subjects: Collection[str], actor: str, what: str) -> None:
        """Record on each chain (`line:ID`) that coordinates were handed out, to whom and in which form."""
        ...
