"""Points where three or more territories meet (三交点), which carry the three-sided markers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geoname.core.boundaries.derive_lines import line_level
from geoname.core.boundaries.shared_edges import EdgeTable, edge_table
from geoname.core.boundaries.territory import Territories
from geoname.core.divisions.division import Level


@dataclass(frozen=True, slots=True)
class Tripoint:
    """A point at which the territories `codes` (three or more, in order) meet; degrees, WGS 84."""

    lon: float
    lat: float
    codes: tuple[str, ...]

    @property
    def level(self) -> Level:
        """The level of the highest line that ends or passes here."""
        return line_level(self.codes[0], self.codes[-1])


def find_tripoints(territories: Territories, table: EdgeTable | None = None) -> tuple[Tripoint, ...]:
    """Every point at which three or more territories meet, from west to east, then south to north.

    Where two territories and nothing else meet on the outer edge there is none: give the neighbours too.
    """
    table = edge_table(territories) if table is None else table
    count = len(territories)
    # A ring leaves each of its places once, so the starts of edges are all the places.
    place, owner = np.divmod(np.unique(table.start * count + table.owner), count)
    met, first, times = np.unique(place, return_index=True, return_counts=True)
    found = []
    for i in np.flatnonzero(times >= 3):
        lon, lat = table.places[met[i]].tolist()
        codes = sorted(territories.codes[j] for j in owner[first[i] : first[i] + times[i]])
        found.append(Tripoint(lon, lat, tuple(codes)))
    return tuple(sorted(found, key=lambda point: (point.lon, point.lat)))
