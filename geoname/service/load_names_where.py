"""Records against the territories they say they lie in (坐标与政区核对): outside, or shifted all together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geoname.core.boundaries.outline import Outline
from geoname.core.coordinates.convert import from_wgs84, to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.errors import InvalidInputError
from geoname.service.live_boundaries import Boundaries

Array = NDArray[np.float64]

OUTSIDE_M = 1_000.0
"""How far outside its division a record may lie, beside the edition's own accuracy: lines are simplified."""
_NAMES = {Crs.WGS84: "WGS 84", Crs.CGCS2000: "CGCS2000", Crs.GCJ02: "GCJ-02", Crs.BD09: "BD-09"}
_READINGS = (Crs.WGS84, Crs.GCJ02, Crs.BD09)
_KEPT_OUTLINES = 200
# Of the places beyond so many, one in so many is read in every way: the rest decides nothing any more.
_ENOUGH, _EVERY = 20_000, 20
# Of places that only one of two readings puts into their division, so many are right under the true one.
_RIGHT = 0.8
_AT_LEAST = 8
CONFIDENT = 0.99


@dataclass(frozen=True, slots=True)
class DatumByDivisions:
    """How many of `places` lie in the division they name, read in each way; `likely` is the best of them.

    `confidence` (0 to 1) is that of `likely` against the declared one, told by the `deciding` places, which
    only one of the two puts into their division; independent, four of five being right under the true one.
    """

    declared: Crs
    likely: Crs
    confidence: float
    places: int
    deciding: int
    inside: dict[str, int]

    @property
    def is_wrong(self) -> bool:
        """Whether the file is plainly measured in something else than it declares."""
        return (
            self.likely is not _plain(self.declared)
            and self.deciding >= _AT_LEAST
            and self.confidence >= CONFIDENT
        )


@dataclass(slots=True)
class _Votes:
    only_declared: int = 0
    only_other: int = 0


@dataclass(slots=True)
class DivisionCheck:
    """Compares points with the finest territory that is loaded of the division they name."""

    atlas: DivisionAtlas
    boundaries: Boundaries
    declared: Crs
    _territory: dict[str, int] = field(default_factory=dict)
    _holds: dict[tuple[int, int], bool] = field(default_factory=dict)
    _votes: dict[Crs, _Votes] = field(default_factory=dict)
    _inside: dict[Crs, int] = field(default_factory=dict)
    _places: int = 0
    _position_of: dict[str, int] = field(default_factory=dict)
    _outlines: dict[int, Outline] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note where each division's territory is."""
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

    def finding(self) -> DatumByDivisions | None:
        """What all points so far say of the datum; None when none could be compared."""
        if not self._places:
            return None
        declared = _plain(self.declared)
        likely, best = declared, 0.0
        for system, votes in self._votes.items():
            # Independent places, each a witness with the same weight.
            weight = (votes.only_other - votes.only_declared) * math.log(_RIGHT / (1.0 - _RIGHT))
            if weight > best:
                likely, best = system, weight
        votes = self._votes[likely] if likely is not declared else _strongest(self._votes.values())
        against = (votes.only_other - votes.only_declared) * math.log(_RIGHT / (1.0 - _RIGHT))
        confidence = 1.0 / (1.0 + math.exp(-min(abs(against), 700.0)))
        return DatumByDivisions(
            self.declared,
            likely,
            round(confidence, 6),
            self._places,
            votes.only_other + votes.only_declared,
            {system.value: self._inside[system] for system in _READINGS},
        )

    def _asked(self, divisions: Sequence[str | None], lon: Array) -> NDArray[np.int64]:
        known = [-1 if id_ is None else self.territory_of(id_) for id_ in divisions]
        return np.where(np.isnan(lon), -1, np.array(known, dtype=np.int64))

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
        there = there[:: 1 if self._places < _ENOUGH else _EVERY]
        asked, lon, lat = asked[there], lon[there], lat[there]
        self._places += len(there)
        declared = _plain(self.declared)
        as_said = self._are_inside(asked, lon, lat)
        raw = from_wgs84(lon, lat, declared)
        for system in _READINGS:
            inside = as_said
            if system is not declared:
                inside = self._are_inside(asked, *to_wgs84(*raw, system))
                votes = self._votes.setdefault(system, _Votes())
                votes.only_declared += int((as_said & ~inside).sum())
                votes.only_other += int((inside & ~as_said).sum())
            self._inside[system] = self._inside.get(system, 0) + int(inside.sum())


def require_datum_by_divisions(found: DatumByDivisions | None) -> None:
    """InvalidInputError when the places are plainly measured in something else than is declared."""
    if found is None or not found.is_wrong:
        return
    declared, likely = _NAMES[found.declared], _NAMES[found.likely]
    as_said, as_likely = found.inside[_plain(found.declared).value], found.inside[found.likely.value]
    raise InvalidInputError(
        f"the coordinates are {likely}, not {declared}: of {found.places} places {as_said} lie in the "
        f"division they name when read as declared, {as_likely} when read as {likely} "
        f'({found.deciding} decide, confidence {found.confidence:.4f}): write crs = "{found.likely}"',
        zh=f"坐标是 {likely}，不是 {declared}：{found.places} 处中，按所写坐标系有 {as_said} 处在所写政区内，"
        f"按 {likely} 则有 {as_likely} 处（{found.deciding} 处可据以判断，置信度 {found.confidence:.4f}）："
        f'请写 crs = "{found.likely}"',
        field="crs",
    )


def _plain(system: Crs) -> Crs:
    return Crs.WGS84 if system is Crs.CGCS2000 else system


def _strongest(several: Iterable[_Votes]) -> _Votes:
    return max(several, key=lambda each: each.only_declared + each.only_other)
