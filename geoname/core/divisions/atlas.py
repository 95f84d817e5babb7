"""All divisions of all periods together: chains, children, positions in the tree, states on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from operator import itemgetter

from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division
from geoname.core.validity.period import Held
from geoname.errors import DataFileError

_LIKELIHOOD = {Held.YES: 0, Held.UNCERTAIN: 1, Held.UNKNOWN_BEFORE: 2, Held.NO: 3}
_CODE_ORDER = (Scheme.GB2260, Scheme.NBS, Scheme.MCA)


class DivisionAtlas:
    """Every division with every state it has had.

    A division's latest state gives its place in the tree. `position(id)` numbers that tree in preorder, so
    that all that lies within a division is one range of positions; former divisions have positions too.
    """

    def __init__(self, divisions: Iterable[Division], primary: Scheme = Scheme.NBS) -> None:
        """Take divisions in any order; DataFileError for a parent that is missing or of no higher level."""
        self.primary = primary
        self._states: dict[str, list[Division]] = {}
        for division in divisions:
            self._states.setdefault(division.id, []).append(division)
        for states in self._states.values():
            states.sort(key=_when)
        self._latest = {id_: states[-1] for id_, states in self._states.items()}
        for states in self._states.values():
            for state in states:
                self._check_parent(state)
        self._children_ever: dict[str | None, set[str]] = defaultdict(set)
        for states in self._states.values():
            for state in states:
                self._children_ever[state.parent_id].add(state.id)
        self._order, self._ends = self._number()
        self._positions = {id_: position for position, id_ in enumerate(self._order)}

    def __len__(self) -> int:
        """How many divisions."""
        return len(self._states)

    def __contains__(self, id_: object) -> bool:
        """Whether there is a division of this id."""
        return id_ in self._states

    def all_ids(self) -> tuple[str, ...]:
        """The ids in preorder."""
        return tuple(self._order)

    def latest(self, id_: str) -> Division:
        """The state of a division that holds today, or the last it had."""
        return self._latest[id_]

    def states(self, id_: str) -> tuple[Division, ...]:
        """Every state of a division, oldest first."""
        return tuple(self._states[id_])

    def state_on(self, id_: str, day: date | None) -> tuple[Division, Held]:
        """The state most likely to have held on a day (None: today's), and how far that is known."""
        if day is None:
            latest = self._latest[id_]
            return latest, Held.YES if latest.period.end is None else Held.NO
        states = self._states[id_]
        best = min(states, key=lambda state: _LIKELIHOOD[state.period.held_on(day)])
        return best, best.period.held_on(day)

    def chain(self, id_: str, day: date | None = None) -> tuple[Division, ...]:
        """The divisions from the top down to this one, as they were on a day."""
        upwards: list[Division] = []
        at: str | None = id_
        while at is not None:
            state, _ = self.state_on(at, day)
            upwards.append(state)
            at = state.parent_id
        return tuple(reversed(upwards))

    def children(self, id_: str | None, day: date | None = None) -> tuple[Division, ...]:
        """The divisions right below one (None: the provinces) on a day, ordered by code."""
        found = []
        for child in self._children_ever.get(id_, ()):
            state, held = self.state_on(child, day)
            if held is not Held.NO and state.parent_id == id_:
                found.append(state)
        return tuple(sorted(found, key=lambda division: (self.code_of(division) or "", division.name)))

    def within(self, id_: str, day: date) -> frozenset[str]:
        """The ids of a division and of all that may have lain within it on a day, however it lies now."""
        found = {id_}
        todo = [id_]
        while todo:
            at = todo.pop()
            for child in self._children_ever.get(at, ()):
                state, held = self.state_on(child, day)
                if child not in found and held is not Held.NO and state.parent_id == at:
                    found.add(child)
                    todo.append(child)
        return frozenset(found)

    def children_ever(self, id_: str) -> tuple[str, ...]:
        """The ids of all that has ever been right below a division."""
        return tuple(sorted(self._children_ever.get(id_, ())))

    def position(self, id_: str) -> int:
        """The preorder number of a division."""
        return self._positions[id_]

    def at(self, position: int) -> Division:
        """The latest state of the division with this preorder number."""
        return self._latest[self._order[position]]

    def span(self, id_: str) -> tuple[int, int]:
        """The half-open range of positions that a division and all below it take up."""
        position = self._positions[id_]
        return position, self._ends[position]

    def code_of(self, division: Division, day: date | None = None) -> str | None:
        """The code to show: of the primary scheme if it has one, else of another; the one held on the day."""
        shown = self.shown_code(division, day)
        return shown.code if shown else None

    def shown_code(self, division: Division, day: date | None = None) -> Code | None:
        """The code that `code_of` takes, with its scheme."""
        if len(division.codes) < 2:
            return division.codes[0] if division.codes else None
        order = (self.primary, *_CODE_ORDER)

        def rank(code: Code) -> tuple[int, int, int]:
            held = Held.YES if code.period.end is None else Held.NO
            if day is not None:
                held = code.period.held_on(day)
            ends = code.period.end.last if code.period.end else date.max
            return _LIKELIHOOD[held], order.index(code.scheme), -ends.toordinal()

        return min(division.codes, key=rank)

    def _check_parent(self, state: Division) -> None:
        """A parent must be there and of a higher level; levels that fall leave no way for a circle."""
        if state.parent_id is None:
            return
        parent = self._latest.get(state.parent_id)
        if parent is None:
            raise DataFileError(
                f"{state.name} ({state.id}) has a parent {state.parent_id} that is not there: load it first",
                zh=f"{state.name}（{state.id}）的上级 {state.parent_id} 不存在：请先载入上级",
                field="parent_id",
            )
        if parent.level.depth >= state.level.depth:
            raise DataFileError(
                f"{state.name} ({state.level}) cannot be part of {parent.name} ({parent.level})",
                zh=f"{state.name}（{state.level}）不能隶属于 {parent.name}（{parent.level}）：请改正上级",
                field="parent_id",
            )

    def _number(self) -> tuple[list[str], list[int]]:
        """Preorder over the latest states: the ids in order, and where each one's span ends."""
        below: dict[str | None, list[Division]] = defaultdict(list)
        coded = [
            (self.code_of(division) or "", division.name, division) for division in self._latest.values()
        ]
        coded.sort(key=itemgetter(0, 1), reverse=True)
        for _, _, division in coded:
            below[division.parent_id].append(division)
        order: list[str] = []
        ends: list[int] = []
        todo: list[Division | int] = list(below[None])
        while todo:
            step = todo.pop()
            if isinstance(step, int):
                ends[step] = len(order)
                continue
            todo.append(len(order))
            todo.extend(below[step.id])
            order.append(step.id)
            ends.append(0)
        return order, ends


def _when(division: Division) -> tuple[date, date]:
    period = division.period
    ends = period.end.last if period.end else date.max
    starts = period.start.first if period.start else date.min
    return ends, starts
