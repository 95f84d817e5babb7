"""A place (地理实体): what it is, where it lies and how exactly that is known, what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Exactness(StrEnum):
    """How exact a location is, from the best to none."""

    SURVEYED = "surveyed"
    POPULATED_PLACE = "populated_place"
    REPRESENTATIVE_POINT = "representative_point"
    NONE = "none"


class Secrecy(StrEnum):
    """Who may see a place's coordinates."""

    OPEN = "open"
    RESTRICTED = "restricted"
    SECRET = "secret"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Location:
    """Degrees, WGS 84, both None when the exactness is none; `basis` says where the point comes from."""

    lon: float | None = None
    lat: float | None = None
    exactness: Exactness = Exactness.NONE
    basis: str = ""


NO_LOCATION = Location()


@dataclass(frozen=True, slots=True)
class Account:
    """What is told of a place: 来历, 含义, 历史沿革, 典故, 实体概况."""

    origin: str = ""
    meaning: str = ""
    history: str = ""
    story: str = ""
    description: str = ""


NOTHING_TOLD = Account()


@dataclass(frozen=True, slots=True)
class Place:
    """One place; its id is opaque and permanent.

    `feature_class` is a GB/T 18521 class code. `division_id` is the division that holds it (a division's own
    parent), None when not known. `place_code` is the 20-digit code, kept when a source gives it, never made
    up. `source_record` is the source's own id, by which the record is recognised when it is loaded again.
    """

    id: str
    feature_class: str
    division_id: str | None
    source_record: str
    location: Location = NO_LOCATION
    account: Account = NOTHING_TOLD
    place_code: str | None = None
    secrecy: Secrecy = Secrecy.OPEN
