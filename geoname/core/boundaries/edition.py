"""An edition: one dated set of polygons from one source, with what it says of its accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.validity.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Edition:
    """Where a set of territories comes from and how far it can be trusted.

    `accuracy_m` is the distance in metres within which a line's true place is taken to lie, and
    `accuracy_basis` says who stated it or how it was estimated. `map_approval` is the 审图号, None when
    the set was not reviewed. Geometry is in degrees, longitude first, WGS 84.
    """

    id: str
    title: str
    source_id: str
    as_of: PartialDate
    accuracy_m: float
    accuracy_basis: str
    map_approval: str | None = None

    def is_exact_on(self, day: date) -> bool:
        """True when the day asked about lies in what the edition's date covers."""
        return self.as_of.first <= day <= self.as_of.last
