"""Names with their places as columns (地名列): what a store gives to whoever works on the whole register."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoname.core.register.name_index.coded import Coded


@dataclass(frozen=True)
class ServedNames:
    """Columns of equal length, one row for each name, in no order; cells as the database keeps them.

    What is not there is "". `lon` and `lat` are degrees, WGS 84, NaN where not known; lengths are in
    characters.
    """

    id: NDArray[np.bytes_]
    text: Coded[str]
    specific_length: NDArray[np.int64]
    generic_length: NDArray[np.int64]
    romanization: Coded[str]
    kind: Coded[str]
    status: Coded[str]
    publication: Coded[str]
    reading_source: Coded[str]
    needs_review: NDArray[np.bool_]
    valid_from: Coded[str]
    valid_until: Coded[str]
    known_on: Coded[str]
    place_id: NDArray[np.bytes_]
    feature_class: Coded[str]
    division_id: Coded[str]
    exactness: Coded[str]
    basis: Coded[str]
    secrecy: Coded[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __len__(self) -> int:
        """How many names."""
        return len(self.id)
