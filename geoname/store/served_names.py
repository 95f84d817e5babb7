"""Names with their places as columns (地名列): what a store gives to whoever works on the whole register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ServedNames:
    """Columns of equal length, one row for each name, in no order; cells as the database keeps them.

    `lon` and `lat` are degrees, WGS 84, NaN where not known.
    """

    id: Sequence[str]
    text: Sequence[str]
    specific: Sequence[str]
    generic: Sequence[str]
    romanization: Sequence[str]
    kind: Sequence[str]
    status: Sequence[str]
    publication: Sequence[str]
    reading_source: Sequence[str]
    needs_review: Sequence[bool]
    valid_from: Sequence[str | None]
    valid_until: Sequence[str | None]
    known_on: Sequence[str | None]
    place_id: Sequence[str]
    feature_class: Sequence[str]
    division_id: Sequence[str | None]
    exactness: Sequence[str]
    basis: Sequence[str]
    secrecy: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __len__(self) -> int:
        """How many names."""
        return len(self.id)
