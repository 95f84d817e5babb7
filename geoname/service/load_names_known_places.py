"""A file's records against the register's places of the same name (同名地点核对), where no line is near."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geoname.core.coordinates.crs import Crs
from geoname.core.register.visibility import Role
from geoname.service.live_index import LiveIndex
from geoname.service.load_names_datum import DatumTold, DatumVotes, Witness, readings

Array = NDArray[np.float64]

_ASKED = 200
"""So many records of a file are looked up: more tell nothing that these do not."""
_SAME_PLACE_M = 150.0
"""Two surveys of one place lie no further apart; the shifts to be told are of 400 metres and more."""
_LOOKED_AT = 20


class KnownPlaces:
    """Counts which reading of the coordinates puts records where the register has a place of their name."""

    def __init__(self, index: LiveIndex, declared: Crs) -> None:
        """Take the register as it is before the load."""
        self._index = index
        self._keeps = index.names.keeping_located(None, Role.ADMINISTRATOR)
        self._left = _ASKED
        self._votes = DatumVotes(Witness.KNOWN_PLACES, declared)

    def add(self, names: Sequence[str | None], lon: Array, lat: Array) -> None:
        """Look up records: their names, and their places in degrees, WGS 84, NaN for none."""
        there = np.flatnonzero(~np.isnan(lon)) if self._left else np.empty(0, np.int64)
        # Spread over the rows, since neighbours come from one hand.
        there = there[:: max(len(there) // max(self._left, 1), 1)][: self._left]
        self._left -= len(there)
        if len(there) == 0:
            return
        asked = [names[i] for i in there.tolist()]
        fits = {
            system: np.array(list(map(self._is_known, asked, x.tolist(), y.tolist())), dtype=np.bool_)
            for system, (x, y) in readings(lon[there], lat[there], self._votes.declared).items()
        }
        known = np.logical_or.reduce(list(fits.values()))
        if known.any():
            self._votes.add({system: fit[known] for system, fit in fits.items()})

    def told(self) -> DatumTold | None:
        """What all records so far say of the datum; None when the register knows none of them."""
        return self._votes.told()

    def _is_known(self, name: str | None, lon: float, lat: float) -> bool:
        near = self._index.points.nearest(
            lon, lat, _LOOKED_AT, _SAME_PLACE_M, keeps=self._keeps, order=self._index.names.order
        )
        return any(self._index.names.row(row).text == name for row, _ in near)
