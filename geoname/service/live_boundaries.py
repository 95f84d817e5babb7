"""The active edition made ready for answers: which territory a point lies in, which line is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import MultiLineString

from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.nearest_line import NearestLine
from geoname.core.boundaries.point_lookup import PointLookup, build_point_lookup
from geoname.core.boundaries.territory import Territories
from geoname.core.boundaries.territory_boxes import TerritoryBoxes
from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.codebook import CodeBook
from geoname.core.divisions.division import Level
from geoname.core.register.provenance import Source
from geoname.errors import InvalidInputError
from geoname.service.answers import DivisionRef, EditionShown
from geoname.service.showing import chain_refs, division_ref, edition_shown
from geoname.store.index_files import IndexFiles
from geoname.store.protocols import Store

Arrays = Mapping[str, NDArray[np.generic]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A boundary line as answers name it; the id is the two sides' codes, the smaller first."""

    id: str
    sides: tuple[DivisionRef, DivisionRef]
    level: Level
    length_m: float
    origin: str
    course: MultiLineString


class Boundaries:
    """Territories and lines of one edition, tied to the divisions of the register.

    `chains[i]` leads down to the territory at the look-up's position i, the finest that there is in each
    place; `near_lines[i]` is the line at the nearest line's position i. `levels` are those with territories.
    """

    def __init__(
        self,
        atlas: DivisionAtlas,
        edition: Edition,
        shown: EditionShown,
        territories: Territories,
        ids: Sequence[str],
        lines: Sequence[KnownLine],
        arrays: tuple[Arrays, Arrays],
    ) -> None:
        """Take the edition's records and the arrays of its two indexes."""
        self.dated = edition
        self.edition = shown
        self.territories = territories
        self.division_ids = tuple(ids)
        self.lines = tuple(lines)
        self.levels = tuple(level for level in Level if level in territories.levels)
        self.chains = tuple(chain_refs(atlas, ids[position]) for position in finest_first(territories))
        self.near_lines = tuple(lines[position] for position in near_first([line.id for line in lines]))
        self.lookup = PointLookup.from_arrays(arrays[0])
        self.nearest = NearestLine.from_arrays(arrays[1])
        self._boxes = TerritoryBoxes(territories.polygons)
        self._lines_of: dict[str, list[KnownLine]] = defaultdict(list)
        for line in self.lines:
            for side in line.sides:
                self._lines_of[side.id].append(line)
        self._by_id = {line.id: line for line in self.lines}

    def is_exact_on(self, day: date | None) -> bool:
        """Whether the edition is of a day asked about; None asks about none in particular."""
        return day is None or self.dated.is_exact_on(day)

    def lines_of(self, division_id: str) -> Sequence[KnownLine]:
        """The lines along a division, in order of their ids."""
        return self._lines_of.get(division_id, ())

    def line(self, line_id: str) -> KnownLine | None:
        """One line by its id."""
        return self._by_id.get(line_id)

    def codes_at(self, level: Level) -> NDArray[np.object_]:
        """The code of each chain's step at a level; one None more at the end, for position -1."""
        steps = (next((step.code for step in chain if step.level == level), None) for chain in self.chains)
        return np.array([*steps, None], dtype=object)

    def divisions_in_box(self, bounds: Box) -> frozenset[str]:
        """The divisions whose territory meets a box: west, south, east, north in degrees."""
        return frozenset(self.division_ids[i] for i in self._boxes.intersecting(bounds))


def open_boundaries(
    store: Store, files: IndexFiles, edition: Edition, atlas: DivisionAtlas, codebook: CodeBook
) -> Boundaries:
    """Open an edition's indexes, building those that are not there."""
    source = next(source for source in store.sources() if source.id == edition.source_id)
    territories = store.territories(edition.id)
    drawn = store.boundary_lines(edition.id)
    arrays = boundary_indexes(files, edition, source, territories, drawn)
    # A merged district may bear a code that means another one elsewhere: the name tells them apart.
    ids = {
        code: codebook.bearer(code, name)
        for code, name in zip(territories.codes, territories.names, strict=True)
    }
    return Boundaries(
        atlas,
        edition,
        edition_shown(edition, source),
        territories,
        [ids[code] for code in territories.codes],
        [_known(line, atlas, ids) for line in drawn],
        arrays,
    )


def boundary_indexes(
    files: IndexFiles,
    edition: Edition,
    source: Source,
    territories: Territories,
    lines: Sequence[BoundaryLine],
    *,
    anew: bool = False,
) -> tuple[Arrays, Arrays]:
    """The arrays of the point look-up and of the nearest line, built when they are not there, or `anew`.

    InvalidInputError when no look-up can be built over the territories.
    """
    generation = f"{edition.id}-{source.sha256[:16]}"
    with files.building("boundaries", generation):
        lookup = None if anew else files.open("locate", generation)
        if lookup is None:
            polygons = territories.polygons[finest_first(territories)]
            lookup = files.save("locate", generation, build_point_lookup(polygons).to_arrays())
        nearest = None if anew else files.open("nearest-line", generation)
        if nearest is None:
            order = near_first(["-".join(line.sides) for line in lines])
            courses = [lines[position].course for position in order]
            nearest = files.save("nearest-line", generation, NearestLine.build(courses).to_arrays())
    return lookup, nearest


def finest_first(territories: Territories) -> list[int]:
    """The positions of the territories that a point is looked for in; where several hold it, the first.

    Villages come before townships, townships before counties, so a chain is as long as there are territories
    in a place. Higher ones count only where they have none below them.
    """
    codes = set(territories.codes)
    has_below = {code[:digits] for code in codes for digits in _DIGITS if digits < len(code)}
    positions = [
        i
        for i, (code, level) in enumerate(zip(territories.codes, territories.levels, strict=True))
        if level.depth >= Level.COUNTY.depth or code not in has_below
    ]
    return sorted(positions, key=lambda i: -territories.levels[i].depth)


def near_first(ids: Sequence[str]) -> list[int]:
    """The positions, by their ids, of the lines that nearness is measured to; of equally near ones the first.

    Lines of counties come first, then those that only townships or villages have; higher lines run along
    lines of counties.
    """
    sides = [len(each.split("-")[0]) for each in ids]
    return sorted((i for i, digits in enumerate(sides) if digits >= _COUNTY_DIGITS), key=lambda i: sides[i])


_COUNTY_DIGITS = 6
_DIGITS = (2, 4, 6, 9)


def level_of(boundaries: Boundaries, text: str, *, field: str = "level") -> Level:
    """Read a level's name; InvalidInputError lists the levels that the active edition has territories of."""
    if text in boundaries.levels:
        return Level(text)
    known = [level.value for level in boundaries.levels]
    raise InvalidInputError(
        f"no territories of level {str(text)!r} are loaded: use {', '.join(known[:-1])} or {known[-1]}",
        zh=f"没有载入 {str(text)!r} 一级的范围：请用 {'、'.join(known)} 之一",
        field=field,
    )


def _known(line: BoundaryLine, atlas: DivisionAtlas, ids: Mapping[str, str]) -> KnownLine:
    one, other = (division_ref(atlas, atlas.latest(ids[code])) for code in line.sides)
    return KnownLine("-".join(line.sides), (one, other), line.level, line.length_m, line.origin, line.course)
