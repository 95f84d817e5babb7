"""Every boundary line that is known (界线总表): registered ones, and derived ones where none is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
import shapely

from geoname.core.boundaries.line_names import line_code, line_name
from geoname.core.boundaries.registered_line import RegisteredLine
from geoname.core.coordinates.geodesic import lengths
from geoname.core.divisions.division import Level
from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.formats.shipped_places import read_provincial_lines
from geoname.service.answers import DivisionRef
from geoname.service.browse_divisions import find_division
from geoname.service.live_boundaries import Boundaries, KnownLine
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.showing import division_ref


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A line as people know it.

    `name` and `code` are the register's, else composed; `named_by` says which: `registered`, `shipped` (the
    five provincial lines, from memory and not to be cited) or `composed`. `registered` and `derived` are what
    it is known from, one of them at least.
    """

    id: str
    name: str
    code: str
    named_by: str
    level: Level
    sides: tuple[DivisionRef, DivisionRef]
    registered: RegisteredLine | None
    derived: KnownLine | None

    @property
    def origin(self) -> str:
        """`registered` or `derived`."""
        return "registered" if self.registered is not None else "derived"

    @property
    def length_m(self) -> float | None:
        """The registered length, else that of the surveyed course, else the derived one; geodesic metres."""
        if self.registered is not None:
            if self.registered.length_m is not None:
                return self.registered.length_m
            if self.registered.course is not None:
                return float(lengths(np.array([self.registered.course], dtype=object))[0])
        return None if self.derived is None else self.derived.length_m

    @property
    def length_from(self) -> str:
        """What the length was taken from: `registered`, `surveyed`, `derived`, empty without any."""
        if self.registered is not None and self.registered.length_m is not None:
            return "registered"
        if self.registered is not None and self.registered.course is not None:
            return "surveyed"
        return "" if self.derived is None else "derived"

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of the sides as the line's id or register writes them."""
        if self.registered is not None:
            return self.registered.sides
        one, other = self.id.split("-")
        return one, other

    def open_course(self) -> shapely.MultiLineString | None:
        """The course that anyone may see: the derived one, never the surveyed one."""
        return None if self.derived is None else self.derived.course

    def best_course(self) -> shapely.MultiLineString | None:
        """The surveyed course where there is one, else the derived one."""
        if self.registered is not None and self.registered.course is not None:
            return self.registered.course
        return self.open_course()


_DERIVED: WeakKeyDictionary[Boundaries, tuple[str, Mapping[str, LineEntry]]] = WeakKeyDictionary()


class LineRegister:
    """All lines of one moment, by id; two ways of writing one line's sides find it too."""

    def __init__(self, geoname: Geoname) -> None:
        """Read the registered lines and tie them to the derived ones of the edition in use."""
        self._index = geoname.live()
        self._practice = geoname.practice
        entries = dict(self._derived_entries())
        for line in geoname.store.registered_lines():
            known = entries.pop("-".join(line.sides), None)
            entries[line.id] = self._registered(line, None if known is None else known.derived)
        self.entries = dict(sorted(entries.items()))
        self._aliases = {"-".join(one.codes): one.id for one in self.entries.values()}
        self._by_code = {
            one.code: one.id for one in self.entries.values() if one.registered is not None and one.code
        }

    def __iter__(self) -> Iterator[LineEntry]:
        """Every line, in the order of its id."""
        return iter(self.entries.values())

    def get(self, text: str) -> LineEntry | None:
        """The line of an id such as 520102-520103 (the sides in either order) or of a registered code."""
        written = text.strip()
        key = "-".join(sorted(written.split("-")))
        for id_ in (written, self._aliases.get(key, ""), self._by_code.get(written, "")):
            if id_ in self.entries:
                return self.entries[id_]
        return None

    def find(self, text: str) -> LineEntry:
        """As `get`; NotFoundError for what is no line."""
        found = self.get(text)
        if found is None:
            raise NotFoundError(
                f"there is no boundary line {text[:60]!r}: write two neighbours' codes, such as "
                "520102-520103",
                zh=f"没有界线 {text[:60]!r}：请写相邻两方的代码，如 520102-520103",
                field="id",
            )
        return found

    def coded(self, text: str) -> list[LineEntry]:
        """The lines that bear this code, registered or composed."""
        return [one for one in self if one.code == text]

    def named(self, text: str) -> list[LineEntry]:
        """The lines that bear this name."""
        return [one for one in self if one.name == text]

    def select(
        self,
        level: Level | None = None,
        within: str | None = None,
        *,
        both_sides: bool = False,
        on: date | None = None,
    ) -> list[LineEntry]:
        """The lines between divisions of a level (None: all), of those within a division.

        With `both_sides` both sides lie within; else one does. `within` is a code of the day `on`. Errors as
        of any division's code.
        """
        found: Iterable[LineEntry] = self
        if level is not None:
            found = [one for one in found if one.sides[0].level == level]
        if within:
            division = find_division(self._index, within, None, on, field="within").division
            span = range(*self._index.atlas.span(division.id))
            position = self._index.atlas.position
            needed = all if both_sides else any
            found = [one for one in found if needed(position(side.id) in span for side in one.sides)]
        return list(found)

    def inspected(self, within: str) -> list[LineEntry]:
        """The lines that a province inspects jointly: its provincial ones, and those between its counties.

        Derived county lines shorter than practice counts are left out; registered ones never are.
        """
        provincial = self.select(Level.PROVINCE, within)
        county = self.select(Level.COUNTY, within, both_sides=True)
        shortest = self._practice.shortest_m
        return [
            *provincial,
            *(one for one in county if one.registered is not None or (one.length_m or 0.0) >= shortest),
        ]

    def _registered(self, line: RegisteredLine, drawn: KnownLine | None) -> LineEntry:
        sides = drawn.sides if drawn is not None else (self._side(line.sides[0]), self._side(line.sides[1]))
        return LineEntry(line.id, line.name, line.code, "registered", line.level, sides, line, drawn)

    def _derived_entries(self) -> Mapping[str, LineEntry]:
        """The entries of all derived lines, composed once for an edition in use."""
        boundaries, county_code = self._index.boundaries, self._practice.county_code
        kept = _DERIVED.get(boundaries)
        if kept is None or kept[0] != county_code:
            made = {drawn.id: self._derived(drawn) for drawn in boundaries.lines}
            kept = _DERIVED[boundaries] = (county_code, made)
        return kept[1]

    def _derived(self, drawn: KnownLine) -> LineEntry:
        one, other = drawn.id.split("-")
        name, basis = usual_name((one, other), [side.name for side in drawn.sides])
        code = line_code((one, other), self._practice.county_code)
        return LineEntry(drawn.id, name, code, basis, drawn.level, drawn.sides, None, drawn)

    def _side(self, code: str) -> DivisionRef:
        """The division of a code; one that the register does not know is shown by its code alone."""
        try:
            division = self._index.codebook.find(code).division
        except (NotFoundError, AmbiguousCodeError):
            return DivisionRef("", code, _LEVELS[len(code)], code)
        return division_ref(self._index.atlas, division)


_LEVELS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}


def usual_name(sides: tuple[str, str], names: Sequence[str]) -> tuple[str, str]:
    """What a line that nobody registered is called, and whether that is `shipped` or `composed`."""
    shipped = _shipped_names().get(sides)
    return (shipped, "shipped") if shipped else (line_name(sides, names), "composed")


@lru_cache(maxsize=1)
def _shipped_names() -> dict[tuple[str, str], str]:
    sides = ((min(line.sides), max(line.sides), line.name) for line in read_provincial_lines())
    return {(one, other): name for one, other, name in sides}


def line_at(geoname: Geoname, line_id: str) -> tuple[LiveIndex, LineEntry]:
    """The index in use and one line; NotFoundError when there is none of that id."""
    return geoname.live(), LineRegister(geoname).find(line_id)
