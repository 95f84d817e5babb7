"""From a code to the division it means, by scheme and day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.division import Division
from geoname.core.validity.period import Held
from geoname.errors import AmbiguousCodeError, NotFoundError


@dataclass(frozen=True, slots=True)
class Found:
    """The division a code means on a day, and how far it is known that it did."""

    division: Division
    code: Code
    held: Held


class CodeBook:
    """Every code of every division."""

    def __init__(self, atlas: DivisionAtlas) -> None:
        """Collect the codes of all states."""
        self._atlas = atlas
        self._meanings: dict[str, dict[tuple[str, Code], None]] = defaultdict(dict)
        for id_ in atlas.all_ids():
            for state in atlas.states(id_):
                for code in state.codes:
                    self._meanings[code.code][(id_, code)] = None

    def find(
        self, code: str, scheme: Scheme | None = None, day: date | None = None, *, field: str = "code"
    ) -> Found:
        """The division that a code means on a day (None: today, or else what it meant last).

        NotFoundError when the code never meant anything, or not on that day (saying what it means when);
        AmbiguousCodeError when schemes disagree and none is given.
        """
        known = [
            (id_, meaning)
            for id_, meaning in self._meanings.get(code, ())
            if scheme in (None, meaning.scheme)
        ]
        if not known:
            raise _unknown(code, scheme, field)
        likely = self._most_likely(known, day)
        if not likely:
            raise self._not_on_that_day(code, known, day, field)
        places = dict.fromkeys(id_ for id_, _ in likely)
        if len(places) > 1:
            raise self._ambiguous(code, likely, field)
        id_, meaning = likely[0]
        state, held = self._atlas.state_on(id_, day)
        if day is None:
            return Found(self._atlas.latest(id_), meaning, held)
        return Found(state, meaning, min(held, meaning.period.held_on(day), key=_CERTAINTY.index))

    def bearer(self, code: str, name: str) -> str:
        """The id of the division that bears this code under this name, or alone; errors as `find`.

        The name may be one that it has borne: polygons keep the name that they were drawn under. Where no
        name tells, the code is taken for one of the primary scheme.
        """
        known = {id_ for id_, _ in self._meanings.get(code, ())}
        bearers = {id_ for id_ in known if self._atlas.latest(id_).name == name}
        if not bearers:
            bearers = {id_ for id_ in known if any(one.name == name for one in self._atlas.states(id_))}
        if not bearers:
            meanings = self._meanings.get(code, ())
            bearers = {id_ for id_, meaning in meanings if meaning.scheme is self._atlas.primary}
        return bearers.pop() if len(bearers) == 1 else self.find(code).division.id

    def _most_likely(self, known: list[tuple[str, Code]], day: date | None) -> list[tuple[str, Code]]:
        if day is None:
            current = [(id_, code) for id_, code in known if code.period.end is None]
            if current:
                return current
            last = max(code.period.end.last for _, code in known if code.period.end)
            return [(id_, code) for id_, code in known if code.period.end and code.period.end.last == last]
        graded: dict[Held, list[tuple[str, Code]]] = defaultdict(list)
        for id_, code in known:
            _, held = self._atlas.state_on(id_, day)
            graded[min(held, code.period.held_on(day), key=_CERTAINTY.index)].append((id_, code))
        for held in (Held.YES, Held.UNCERTAIN, Held.UNKNOWN_BEFORE):
            if graded[held]:
                return graded[held]
        return []

    def _ambiguous(self, code: str, likely: list[tuple[str, Code]], field: str) -> AmbiguousCodeError:
        meanings = tuple((str(c.scheme), c.code, self._atlas.latest(id_).name) for id_, c in likely)
        said = "; ".join(f"{scheme}: {name}" for scheme, _, name in meanings)
        several = len({scheme for scheme, _, _ in meanings}) > 1
        remedy = "scheme=" if several else "on="
        return AmbiguousCodeError(
            f"{code} means different places ({said}): add {remedy}, or search by name",
            zh=f"{code} 所指不止一处（{said}）：请加 {remedy}，或按名称查询",
            field=field,
            meanings=meanings,
        )

    def _not_on_that_day(
        self, code: str, known: list[tuple[str, Code]], day: date | None, field: str
    ) -> NotFoundError:
        said = "; ".join(
            f"{self._atlas.latest(id_).name} {c.period.start or '?'} – {c.period.end or ''}".rstrip(" –")
            for id_, c in known
        )
        return NotFoundError(
            f"code {code} meant nothing on {day}; it is known for: {said}. Ask with another on=",
            zh=f"代码 {code} 在 {day} 无所指；已知：{said}。请换 on=",
            field=field,
        )


_CERTAINTY = [Held.NO, Held.UNKNOWN_BEFORE, Held.UNCERTAIN, Held.YES]


def _unknown(code: str, scheme: Scheme | None, field: str) -> NotFoundError:
    among = f" in scheme {scheme}" if scheme else ""
    among_zh = f"({scheme} 体系)" if scheme else ""
    return NotFoundError(
        f"no division has the code {code}{among}: check the digits, or search by name",
        zh=f"没有代码为 {code} 的区划{among_zh}：请核对数字，或按名称查询",
        field=field,
    )
