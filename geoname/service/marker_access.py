"""Who may see where markers stand (界桩坐标权限), and the record of each time they were shown."""

from __future__ import annotations

from collections.abc import Sequence

from geoname.core.boundaries.marker import Marker
from geoname.core.register.token import Caller
from geoname.core.register.visibility import sees_marker_locations
from geoname.service.line_register import LineEntry
from geoname.service.opened import Geoname


def may_see_line(caller: Caller, entry: LineEntry) -> bool:
    """Whether a line's surveyed course and all its markers are open to a caller, who acts for a side."""
    return sees_marker_locations(caller.role, any(caller.acts_for(code) for code in entry.codes))


def may_see_marker(caller: Caller, entry: LineEntry, marker: Marker) -> bool:
    """Whether a marker's place is open to a caller, who acts for the line, the place or its keeper."""
    sides = {*entry.codes, *marker.sides, marker.responsible_side} - {""}
    return sees_marker_locations(caller.role, any(caller.acts_for(code) for code in sides))


def log_shown(geoname: Geoname, caller: Caller, lines: Sequence[str], what: str) -> None:
    """Put on the chain of each line that coordinates were given out, and to whom."""
    actor = f"token:{caller.token_id}" if caller.token_id else f"role:{caller.role}"
    geoname.store.log_coordinates_given([f"line:{line}" for line in lines], actor, what)
