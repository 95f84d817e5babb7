"""Points where three or more counties meet (三交点), by the edition in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from weakref import WeakKeyDictionary

from geoname.core.boundaries.tripoint import Tripoint, find_tripoints
from geoname.core.divisions.division import Level
from geoname.errors import InvalidInputError
from geoname.service.browse_divisions import find_division
from geoname.service.geojson import DECIMALS, collection
from geoname.service.line_register import LineEntry
from geoname.service.live_boundaries import Boundaries
from geoname.service.opened import Geoname


@dataclass(frozen=True, slots=True)
class TripointShown:
    """A point, degrees, at which divisions meet; `level` is that of the highest line that passes there.

    `lines` are the ids of the lines between each two of the divisions, where the two share a border.
    """

    lon: float
    lat: float
    codes: tuple[str, ...]
    names: tuple[str, ...]
    level: str
    lines: tuple[str, ...]


# Found in a twentieth of a second, and asked for with every line's card.
_FOUND: WeakKeyDictionary[Boundaries, tuple[Tripoint, ...]] = WeakKeyDictionary()


def tripoint_collection(
    geoname: Geoname, level: str | None = None, within: str | None = None, on: date | None = None
) -> bytes:
    """The tripoints as a FeatureCollection of points, from west to east; of `level`, within a division.

    `within` is a code of the day `on`; the points are the edition's in use, which says whether it is of then.
    InvalidInputError for an unknown level, errors as of any division's code.
    """
    index = geoname.live()
    if level is not None and level not in tuple(Level):
        raise InvalidInputError(
            f"{level!r} is no level: use one of {', '.join(Level)}",
            zh=f"level 不能是 {level!r}：请用 {', '.join(Level)} 之一",
            field="level",
        )
    points: Sequence[Tripoint] = _all(index.boundaries)
    if within:
        division = find_division(index, within, None, on, field="within").division
        span = range(*index.atlas.span(division.id))
        inside = {
            code
            for code, id_ in zip(
                index.boundaries.territories.codes, index.boundaries.division_ids, strict=True
            )
            if index.atlas.position(id_) in span
        }
        points = [one for one in points if not inside.isdisjoint(one.codes)]
    shown = [_shown(index.boundaries, one) for one in points if level is None or one.level == level]
    features = [
        {
            "type": "Feature",
            "properties": {key: value for key, value in asdict(one).items() if key not in ("lon", "lat")},
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
        }
        for one in shown
    ]
    return collection(features, index.boundaries.edition, exact=index.boundaries.is_exact_on(on))


def tripoints_of(geoname: Geoname, entry: LineEntry) -> tuple[TripointShown, ...]:
    """The tripoints at which a line ends, or passes where others meet it; from west to east.

    Of a line above the counties only points where three divisions of its own level meet.
    """
    boundaries = geoname.live().boundaries
    digits, sides = len(entry.codes[0]), set(entry.codes)
    found = []
    for one in _all(boundaries):
        parents = {code[:digits] for code in one.codes}
        if sides <= parents and len(parents) > 2:
            found.append(_shown(boundaries, one))
    return tuple(found)


def _all(boundaries: Boundaries) -> tuple[Tripoint, ...]:
    known = _FOUND.get(boundaries)
    if known is None:
        known = _FOUND[boundaries] = find_tripoints(boundaries.territories.only(Level.COUNTY))
    return known


def _shown(boundaries: Boundaries, one: Tripoint) -> TripointShown:
    names = dict(zip(boundaries.territories.codes, boundaries.territories.names, strict=True))
    pairs = ["-".join(pair) for pair in combinations(one.codes, 2)]
    if len({code[:2] for code in one.codes}) > 2:
        pairs = ["-".join(pair) for pair in combinations(sorted({code[:2] for code in one.codes}), 2)] + pairs
    return TripointShown(
        round(one.lon, DECIMALS),
        round(one.lat, DECIMALS),
        one.codes,
        tuple(names[code] for code in one.codes),
        one.level,
        tuple(pair for pair in pairs if boundaries.line(pair) is not None),
    )
