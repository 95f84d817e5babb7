"""What became of a code between two days (代码沿革): one, or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.changes import Extent
from geoname.core.divisions.heirs import Inheritance, Passed, day_of, heirs_between
from geoname.errors import AmbiguousCodeError, InvalidInputError, NotFoundError
from geoname.service.answers import CodeShown, DivisionRef
from geoname.service.browse_divisions import find_division
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.showing import code_shown, division_ref, written


@dataclass(frozen=True)
class HeirShown:
    """A division as it was on the later day; `extent`: whether it holds all of the one asked, or a part."""

    division: DivisionRef
    codes: tuple[CodeShown, ...]
    extent: str
    certain: bool


@dataclass(frozen=True)
class PassedShown:
    """One step on the way, its event and document; `to_division` None: gone, or not recorded."""

    from_division: DivisionRef
    to_division: DivisionRef | None
    extent: str
    operation: str
    wording: str
    document: str | None
    on: str | None
    event_id: str
    certain: bool


@dataclass(frozen=True)
class SuccessorsShown:
    """`outcome`: same (it goes on alone), one, several, or gone (nothing recorded goes on).

    `certain` False: a date on the way is known to the year or month only, and the days asked about lie in it.
    `lost`: a part of it went where no record leads.
    """

    code: str
    division: DivisionRef
    from_day: str
    to_day: str
    outcome: str
    certain: bool
    lost: bool
    heirs: tuple[HeirShown, ...]
    steps: tuple[PassedShown, ...]


@dataclass(frozen=True)
class Unanswered:
    """Why one of many codes has no answer."""

    code: str
    reason: str
    reason_en: str


@dataclass(frozen=True)
class SuccessorsOfMany:
    """The answers in the order of the questions."""

    items: tuple[SuccessorsShown | Unanswered, ...]


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """A code, its scheme, and the days between which its way is asked for."""

    code: str
    from_day: date
    to_day: date
    scheme: str | None = None


def successors(geoname: Geoname, asked: CodeAsked) -> SuccessorsShown:
    """What the division that a code meant on one day had become on the other, forwards or backwards in time.

    NotFoundError when the code meant nothing on the first day, AmbiguousCodeError as the code book says.
    """
    index = geoname.live()
    division = find_division(index, asked.code, asked.scheme, asked.from_day).division
    found = heirs_between(index.atlas, index.successions, division.id, asked.from_day, asked.to_day)
    certain = all(step.certain for step in found.passed)
    return SuccessorsShown(
        asked.code,
        division_ref(index.atlas, division, asked.from_day),
        asked.from_day.isoformat(),
        asked.to_day.isoformat(),
        _outcome(found, division.id),
        certain,
        found.ended,
        tuple(
            HeirShown(
                _ref(index, heir.id, asked.to_day),
                tuple(map(code_shown, index.atlas.state_on(heir.id, asked.to_day)[0].codes)),
                heir.extent,
                heir.certain,
            )
            for heir in found.heirs
        ),
        tuple(_step(index, step, asked.to_day) for step in found.passed),
    )


def successors_of_many(geoname: Geoname, asked: Sequence[CodeAsked]) -> SuccessorsOfMany:
    """Each code's way, in order; one without an answer says why and spoils no other."""
    answers: list[SuccessorsShown | Unanswered] = []
    for one in asked:
        try:
            answers.append(successors(geoname, one))
        except (NotFoundError, AmbiguousCodeError, InvalidInputError) as error:
            answers.append(Unanswered(one.code, error.zh, error.message))
    return SuccessorsOfMany(tuple(answers))


def _outcome(found: Inheritance, id_: str) -> str:
    ids = [heir.id for heir in found.heirs]
    if not ids:
        return "gone"
    if ids == [id_]:
        return "same"
    whole = [heir for heir in found.heirs if heir.extent is Extent.WHOLE]
    return "one" if len(ids) == 1 or len(whole) == 1 else "several"


def _step(index: LiveIndex, step: Passed, day: date) -> PassedShown:
    event = step.event
    return PassedShown(
        _ref(index, step.from_id, None),
        None if step.to_id is None else _ref(index, step.to_id, day),
        step.extent,
        event.operation,
        event.wording,
        event.document,
        written(day_of(event)),
        event.id,
        step.certain,
    )


def _ref(index: LiveIndex, id_: str, day: date | None) -> DivisionRef:
    state, _ = index.atlas.state_on(id_, day)
    return division_ref(index.atlas, state, day)
