"""Names with their places as columns (地名列): what a store gives to whoever works on the whole register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name_index.coded import Coded


class NameTraits(NamedTuple):
    """What a name has in common with many others; cells as the database keeps them, "" for none.

    Lengths are in characters.
    """

    kind: str
    status: str
    publication: str
    reading_source: str
    needs_review: str
    specific_length: str
    generic_length: str
    valid_from: str
    valid_until: str
    known_on: str


class PlaceTraits(NamedTuple):
    """What a place has in common with many others; cells as the database keeps them."""

    feature_class: str
    exactness: str
    secrecy: str
    basis: str


@dataclass(frozen=True)
class ServedNames:
    """Columns of equal length, one row for each name, in no order.

    `division_id` is "" and `lon` and `lat` (degrees, WGS 84) are NaN where not known.
    """

    id: NDArray[np.bytes_]
    text: Coded[str]
    romanization: Coded[str]
    traits: Coded[NameTraits]
    place_id: NDArray[np.bytes_]
    division_id: Coded[str]
    place_traits: Coded[PlaceTraits]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __len__(self) -> int:
        """How many names."""
        return len(self.id)
