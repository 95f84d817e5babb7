"""What a file's places say of their datum (坐标系核查): a shifted file is refused, a few places warn."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from geoname.core.coordinates.convert import from_wgs84, to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.errors import InvalidInputError

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

READINGS = (Crs.WGS84, Crs.GCJ02, Crs.BD09)
_NAMES = {Crs.WGS84: "WGS 84", Crs.CGCS2000: "CGCS2000", Crs.GCJ02: "GCJ-02", Crs.BD09: "BD-09"}
# Of places that only one of two readings puts where they should be, so many are right under the true one.
_RIGHT = 0.8
_AT_LEAST = 8
_CONFIDENT = 0.99


class Witness(StrEnum):
    """What a place is held against."""

    DIVISIONS = "divisions"
    KNOWN_PLACES = "known_places"


@dataclass(frozen=True, slots=True)
class DatumTold:
    """How many of `places` lie where they should, read in each way; `likely` is the best reading of them.

    `confidence` (0 to 1) is that of `likely` against the declared one, told by the `deciding` places, which
    only one of the two puts right; independent, four of five being right under the true one. `contrary` of
    these speak for the other reading.
    """

    witness: Witness
    declared: Crs
    likely: Crs
    confidence: float
    places: int
    deciding: int
    contrary: int
    inside: dict[str, int]

    @property
    def is_wrong(self) -> bool:
        """Whether the file is plainly measured in something else than it declares.

        The register's own places cannot say so: it may be these that were read wrongly.
        """
        return self._is_other and self._is_sure and self.witness is Witness.DIVISIONS

    @property
    def is_doubtful(self) -> bool:
        """Whether what decides speaks for another reading, and not enough to refuse the file."""
        return self._is_other and not self.is_wrong and (self._is_sure or not self.contrary)

    @property
    def _is_other(self) -> bool:
        return self.likely is not plain_system(self.declared)

    @property
    def _is_sure(self) -> bool:
        return self.deciding >= _AT_LEAST and self.confidence >= _CONFIDENT


@dataclass(frozen=True, slots=True)
class Warned:
    """What a person should look at before trusting what was loaded, in Chinese and English."""

    zh: str
    en: str


@dataclass(slots=True)
class _Votes:
    only_declared: int = 0
    only_other: int = 0

    @property
    def weight(self) -> float:
        """For the other reading, of independent places, each a witness with the same weight."""
        return (self.only_other - self.only_declared) * math.log(_RIGHT / (1.0 - _RIGHT))


@dataclass(slots=True)
class DatumVotes:
    """Counts which reading of the coordinates puts places where they should be."""

    witness: Witness
    declared: Crs
    _votes: dict[Crs, _Votes] = field(default_factory=dict)
    _inside: dict[Crs, int] = field(default_factory=dict)
    _places: int = 0

    @property
    def places(self) -> int:
        """How many were counted."""
        return self._places

    def add(self, fits: dict[Crs, Mask]) -> None:
        """Count places: for each reading, which of them it puts right."""
        as_said = fits[plain_system(self.declared)]
        self._places += len(as_said)
        for system, fit in fits.items():
            self._inside[system] = self._inside.get(system, 0) + int(fit.sum())
            if system is not plain_system(self.declared):
                votes = self._votes.setdefault(system, _Votes())
                votes.only_declared += int((as_said & ~fit).sum())
                votes.only_other += int((fit & ~as_said).sum())

    def told(self) -> DatumTold | None:
        """What all places so far say; None when none could be compared."""
        if not self._places:
            return None
        likely = max(self._votes, key=lambda system: self._votes[system].weight)
        votes = self._votes[likely]
        if votes.weight <= 0.0:
            likely = plain_system(self.declared)
            votes = max(self._votes.values(), key=lambda each: each.only_declared + each.only_other)
        confidence = 1.0 / (1.0 + math.exp(-min(abs(votes.weight), 700.0)))
        return DatumTold(
            self.witness,
            self.declared,
            likely,
            round(confidence, 6),
            self._places,
            votes.only_other + votes.only_declared,
            min(votes.only_other, votes.only_declared),
            {system.value: self._inside[system] for system in READINGS},
        )


def readings(lon: Array, lat: Array, declared: Crs) -> dict[Crs, tuple[Array, Array]]:
    """Places in WGS 84, read as declared, as they would lie read in each way."""
    raw = from_wgs84(lon, lat, plain_system(declared))
    return {
        system: (lon, lat) if system is plain_system(declared) else to_wgs84(*raw, system)
        for system in READINGS
    }


def require_datum(found: DatumTold | None) -> None:
    """InvalidInputError when the places are plainly measured in something else than is declared."""
    if found is None or not found.is_wrong:
        return
    declared, likely = _NAMES[found.declared], _NAMES[found.likely]
    as_said, as_likely = found.inside[plain_system(found.declared).value], found.inside[found.likely.value]
    raise InvalidInputError(
        f"the coordinates are {likely}, not {declared}: of {found.places} places {as_said} lie in the "
        f"division they name when read as declared, {as_likely} when read as {likely} "
        f'({found.deciding} decide, confidence {found.confidence:.4f}): write crs = "{found.likely}"',
        zh=f"坐标是 {likely}，不是 {declared}：{found.places} 处中，按所写坐标系有 {as_said} 处在所写政区内，"
        f"按 {likely} 则有 {as_likely} 处（{found.deciding} 处可据以判断，置信度 {found.confidence:.4f}）："
        f'请写 crs = "{found.likely}"',
        field="crs",
    )


def warned_of_datum(*several: DatumTold | None) -> tuple[Warned, ...]:
    """What is to be said where another datum is likely, and the file is not refused for it."""
    return tuple(_warned(found) for found in several if found is not None and found.is_doubtful)


def _warned(found: DatumTold) -> Warned:
    declared, likely = _NAMES[found.declared], _NAMES[found.likely]
    votes = f"{found.deciding - found.contrary} of the {found.deciding} places that can tell"
    votes_zh = f"能据以判断坐标系的 {found.deciding} 处中，有 {found.deciding - found.contrary} 处"
    if found.witness is Witness.DIVISIONS:
        return Warned(
            f"{votes_zh}只有按 {likely} 才在所写政区内，按所写的 {declared} 则不在；处数太少，不能断定："
            f'请查明坐标系，若是 {likely}，请在数据说明中写 crs = "{found.likely}"',
            f"{votes} lie in the division they name only if the coordinates are {likely}, not {declared}; "
            f"too few to be sure: find out, and if so write "
            f'crs = "{found.likely}" into the definition',
        )
    return Warned(
        f"{votes_zh}只有按 {likely} 才与库中同名地点相合，按所写的 {declared} 则相差数百米：请查明是本文件"
        f'还是库中有误；若是本文件，请在数据说明中写 crs = "{found.likely}"',
        f"{votes} lie at the registered place of the same name only if the coordinates are {likely}, and "
        f"hundreds of metres off as {declared}: find out whether the file or the register is wrong; if the "
        f'file, write crs = "{found.likely}" into the definition',
    )


def plain_system(system: Crs) -> Crs:
    """The reading that stands for a system: CGCS2000 and WGS 84 may be taken for each other."""
    return Crs.WGS84 if system is Crs.CGCS2000 else system
