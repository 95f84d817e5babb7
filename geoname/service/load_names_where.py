"""Records against the territories they say they lie in (坐标与政区核对): outside, or shifted all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geoname.core.boundaries.outline import Outline
from geoname.core.coordinates.crs import Crs
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.service.live_boundaries import Boundaries
from geoname.service.load_names_datum import DatumTold, DatumVotes, Witness, readings

Array = NDArray[np.float64]

OUTSIDE_M = 1_000.0
"""How far outside its division a record may lie, beside the edition's own accuracy: lines are simplified."""
_KEPT_OUTLINES = 200
# Of the places beyond so many, one in so many is read in every way: the rest decides nothing any more.
_ENOUGH, _EVERY = 20_000, 20


@dataclass(slots=True)
class DivisionCheck:
    """Compares points with the finest territory that is loaded of the division they name."""

    atlas: DivisionAtlas
    boundaries: Boundaries
    declared: Crs
    _territory: dict[str, int] = field(default_factory=dict)
    _holds: dict[tuple[int, int], bool] = field(default_factory=dict)
    _position_of: dict[str, int] = field(default_factory=dict)
    _outlines: dict[int, Outline] = field(default_factory=dict)
    _votes: DatumVotes = field(init=False)

    def __post_init__(self) -> None:
        """Note where each division's territory is."""
        self._votes = DatumVotes(Witness.DIVISIONS, self.declared)
        self._position_of = {id_: at for at, id_ in enumerate(self.boundaries.division_ids)}

    @property
    def tolerance_m(self) -> float:
        """How far outside is borne."""
        return OUTSIDE_M + self.boundaries.dated.accuracy_m

    def territory_of(self, division_id: str) -> int:
        """The position of a division's territory, or of the nearest above it that has one; -1 for none."""
        known = self._territory.get(division_id)
        if known is None:
            chain = reversed(self.atlas.chain(division_id))
            known = next((self._position_of[each.id] for each in chain if each.id in self._position_of), -1)
            self._territory[division_id] = known
        return known

    def located_in(self, lon: Array, lat: Array) -> list[str | None]:
        """The id of the finest division in which each point lies, None for a point in none."""
        chains = self.boundaries.chains
        found = self.boundaries.lookup.many(lon, lat).tolist()
        return [chains[at][-1].id if at >= 0 else None for at in found]

    def outside_m(self, divisions: Sequence[str | None], lon: Array, lat: Array) -> Array:
        """Metres from each point to the territory of its division; 0 inside it, and where there is none."""
        asked = self._asked(divisions, lon)
        metres = np.zeros(len(lon))
        self._vote(asked, lon, lat)
        outside = (asked >= 0) & ~self._are_inside(asked, lon, lat)
        for territory in np.unique(asked[outside]).tolist():
            which = np.flatnonzero(outside & (asked == territory))
            metres[which] = self._outline(territory).distances(lon[which], lat[which])
        return metres

    def finding(self) -> DatumTold | None:
        """What all points so far say of the datum; None when none could be compared."""
        return self._votes.told()

    def _asked(self, divisions: Sequence[str | None], lon: Array) -> NDArray[np.int64]:
        known = {id_: -1 if id_ is None else self.territory_of(id_) for id_ in set(divisions)}
        asked = np.fromiter(map(known.__getitem__, divisions), np.int64, len(divisions))
        return np.where(np.isnan(lon), -1, asked)

    def _are_inside(self, asked: NDArray[np.int64], lon: Array, lat: Array) -> NDArray[np.bool_]:
        at = self.boundaries.lookup.many(lon, lat).astype(np.int64)
        # Few pairs of a territory and a place's chain come up, each many times.
        pairs, which = np.unique(at * (1 << 32) + asked, return_inverse=True)
        holds = np.array(
            [self._chain_holds(pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.tolist()], dtype=bool
        )
        return holds[which]

    def _outline(self, territory: int) -> Outline:
        outline = self._outlines.get(territory)
        if outline is None:
            outline = Outline(self.boundaries.territories.polygons[territory])
            if len(self._outlines) < _KEPT_OUTLINES:
                self._outlines[territory] = outline
        return outline

    def _chain_holds(self, at: int, asked: int) -> bool:
        if at < 0 or asked >= len(self.boundaries.division_ids):
            return False
        held = self._holds.get((at, asked))
        if held is None:
            id_ = self.boundaries.division_ids[asked]
            held = self._holds[at, asked] = any(step.id == id_ for step in self.boundaries.chains[at])
        return held

    def _vote(self, asked: NDArray[np.int64], lon: Array, lat: Array) -> None:
        """Read a sample of the points in every way, and count which way puts them where they say they are."""
        there = np.flatnonzero(asked >= 0)
        if len(there) == 0:
            return
        there = there[:: 1 if self._votes.places < _ENOUGH else _EVERY]
        asked, lon, lat = asked[there], lon[there], lat[there]
        self._votes.add(
            {
                system: self._are_inside(asked, *place)
                for system, place in readings(lon, lat, self.declared).items()
            }
        )
