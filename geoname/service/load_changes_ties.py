"""Ties the divisions of a table of changes to the register (变更挂接), newest change first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from geoname.core.divisions.change_rows import Unit
from geoname.core.divisions.changes import Extent
from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Division, Level
from geoname.core.divisions.timeline import Held
from geoname.core.names.keys import name_key
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.service.live_index import LiveIndex


@dataclass(slots=True)
class Ties:
    """What is known of the register while a table is read backwards in time.

    `later` are the units that a later change of the table ends or alters, with the ids they have.
    """

    index: LiveIndex
    scheme: Scheme
    spellings: Mapping[str, Sequence[str]]
    later: dict[Unit, str] = field(default_factory=dict)
    _bearers: dict[tuple[str, str], str] = field(default_factory=dict)
    _by_code: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _children: dict[str, dict[str, list[Division]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect who has borne which code of the scheme under which name."""
        atlas = self.index.atlas
        for id_ in atlas.all_ids():
            for state in atlas.states(id_):
                for code in state.codes:
                    if code.scheme is self.scheme:
                        self._bearers[code.code, state.name] = id_
                        self._by_code[code.code].add(id_)

    def county(self, code: str, day: date) -> str | None:
        """The id of the county that a township's code names on a day, None when there was none."""
        for scheme in (Scheme.GB2260, None):
            try:
                return self.index.codebook.find(code[:6], scheme, day).division.id
            except (NotFoundError, AmbiguousCodeError):
                continue
        return None

    def parents(self, unit: Unit, day: date) -> tuple[Held, ...]:
        """The county above a unit from a day on, and what became of that county, one after the other.

        A county whose code came to be within a year after the day is taken too: a table of a year writes the
        codes of that year.
        """
        found: list[Held] = []
        at, since = self.county(unit.code, day), None
        if at is None:
            at = self.county(unit.code, date(day.year + 1, 12, 31))
            since = self._began(at)
        while at is not None and all(held.parent_id != at for held in found):
            end = self._end(at, day)
            found.append(Held(at, end, since if not found else None))
            at = None if end is None else self._heir(at)
        return tuple(found)

    def find(self, unit: Unit, day: date) -> tuple[str, str] | None:
        """The id of a unit as it is after a change, and what told it; None when the register has none."""
        if unit in self.later:
            return self.later[unit], "later_change"
        known = self._bearers.get((unit.code, unit.name))
        if known is not None:
            return known, "code_and_name"
        held = self.parents(unit, day)
        if not held:
            return None
        siblings = self._present(held[-1].parent_id)
        by_name = siblings.get(name_key(unit.name), [])
        if len(by_name) == 1:
            return by_name[0].id, "name"
        bearers = self._by_code.get(unit.code, set())
        if not by_name and len(bearers) == 1:
            return next(iter(bearers)), "code"
        return None

    def bearer(self, unit: Unit) -> str | None:
        """The id of a division that the register knows under this code and name."""
        return self._bearers.get((unit.code, unit.name))

    def still_there(self, unit: Unit, day: date) -> Division | None:
        """A present division of this name where the unit lay."""
        held = self.parents(unit, day)
        found = self._present(held[-1].parent_id).get(name_key(unit.name), []) if held else []
        return found[0] if found else None

    def _present(self, parent_id: str) -> dict[str, list[Division]]:
        if parent_id not in self._children:
            known: dict[str, list[Division]] = defaultdict(list)
            for child in self.index.atlas.children(parent_id):
                if child.period.end is None and child.level is Level.TOWNSHIP:
                    for text in (child.name, *self.spellings.get(child.id, ())):
                        known[name_key(text)].append(child)
            self._children[parent_id] = known
        return self._children[parent_id]

    def _began(self, id_: str | None) -> date | None:
        start = self.index.atlas.latest(id_).period.start if id_ is not None else None
        return None if start is None else start.first

    def _end(self, id_: str, day: date) -> PartialDate | None:
        """When a county ended, or came under another code than it had on the day."""
        state, _ = self.index.atlas.state_on(id_, day)
        latest = self.index.atlas.latest(id_)
        return state.period.end if state == latest else latest.period.end

    def _heir(self, id_: str) -> str | None:
        atlas = self.index.atlas
        heirs = (
            edge.to_id
            for edge in self.index.successions.successors(id_)
            if edge.to_id not in (None, id_) and edge.extent is Extent.WHOLE
        )
        level = atlas.latest(id_).level
        return next((heir for heir in heirs if heir and atlas.latest(heir).level is level), None)
