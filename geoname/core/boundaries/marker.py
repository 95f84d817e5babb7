"""A boundary marker (界桩): its number, where it stands, what it is described by, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.boundaries.marker_number import MarkerType, Standing
from geoname.core.validity.partial_date import PartialDate

LEAST_REFERENCES = 3
"""How many reference objects describe where a marker stands, at the least."""


class MarkerState(StrEnum):
    """What an inspection finds of a marker (完好, 损坏, 丢失, 移位), and its beginning and end."""

    ERECTED = "erected"
    INTACT = "intact"
    DAMAGED = "damaged"
    LOST = "lost"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ReferenceObject:
    """An object by which a marker can be found again (方位物).

    `azimuth_deg` and `distance_m` lead from the marker to it: degrees clockwise from north, metres.
    """

    name: str
    azimuth_deg: float | None = None
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class StateChange:
    """From which day a marker was in a state, by which document; `on` None when the day is not known."""

    state: MarkerState
    on: PartialDate | None = None
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a marker stands: as it was handed over, and what that is in WGS 84.

    `given_x` and `given_y` are in the system `given_crs` (as a definition writes it), east or longitude
    first. `lon` and `lat` are degrees, WGS 84; None while the given datum cannot be converted, as Xi'an 1980
    and Beijing 1954 cannot without the department's own parameters. `height_m` is in `height_datum`.
    """

    given_x: float
    given_y: float
    given_crs: str
    lon: float | None = None
    lat: float | None = None
    height_m: float | None = None
    height_datum: str = ""
    error_m: float | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as it is registered, with every state it was in, oldest first.

    `id` is the line's id and the number at the first registration. `line_id` is the line it is numbered on,
    `also_on` the other lines that meet there. `sides` are the codes of the divisions at the marker, two or
    three. `faces` is 2 or 3, None when not said. `responsible_side` is the code of the side that keeps it,
    empty while no agreement says. `photographs` are the digests of files that are kept, or their names.
    `generated` tells a made-up marker for trials from a real one.
    """

    id: str
    line_id: str
    number: str
    line_code: str
    serial: int
    type: MarkerType
    sides: tuple[str, ...]
    faces: int | None = None
    material: str = ""
    position: Position | None = None
    location: str = ""
    references: tuple[ReferenceObject, ...] = ()
    responsible_side: str = ""
    custodian: str = ""
    photographs: tuple[str, ...] = ()
    states: tuple[StateChange, ...] = ()
    also_on: tuple[str, ...] = ()
    note: str = ""
    generated: bool = False
    source_id: str = ""
    version: int = 1

    @property
    def standing(self) -> Standing:
        """Whether it stands alone, or as one of two or three of the same number."""
        return self.type.standing

    @property
    def state(self) -> MarkerState | None:
        """The state it was last found in, None when none is on record."""
        return self.states[-1].state if self.states else None
