"""Who may see and do what with a case (办理权限): each side acts for itself, and nobody signs for two."""

from __future__ import annotations

from dataclasses import dataclass

from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.parties import party_of
from geoname.core.inspections.refusal import Refusal
from geoname.core.inspections.stages import Party
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError, GeonameError, InvalidInputError, NotFoundError, OutOfOrderError
from geoname.service.inspection_lines import touches
from geoname.service.keep_tokens import demand


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody acting on a case: for which side (empty for the organ above them), and by which name."""

    side: str
    party: Party
    actor: str


def acting(
    caller: Caller, case: Inspection, side: str | None, name: str | None, least: Role = Role.OFFICER
) -> Acting:
    """In which capacity somebody acts on a case.

    A token's divisions decide the side; `side` may only repeat it. Whoever keeps the database file says by
    `side` for whom the paper before him was made out. UnauthenticatedError or ForbiddenError for whoever may
    not act at all, InvalidInputError for a side that is none of the case.
    """
    demand(caller, least)
    signed = f"{name.strip()} ({caller.actor})" if name and name.strip() else caller.actor
    if side is not None and side not in case.sides:
        sides = ", ".join(case.sides)
        raise InvalidInputError(
            f"{side!r} is no side of this inspection: its sides are {sides}",
            zh=f"{side!r} 不是本次联检的一方：各方为 {sides.replace(', ', '、')}",
            field="side",
        )
    if caller.role is Role.ADMINISTRATOR and caller.token_id is None:
        own: tuple[str, ...] = (side,) if side is not None else case.sides
    else:
        own = tuple(code for code in case.sides if caller.acts_for(code))
        if side is not None and own != (side,):
            raise ForbiddenError(
                f"the token does not act for {side} alone: each side acts with its own token",
                zh=f"令牌并非只代表 {side}：各方须用自己的令牌办理",
                field="side",
            )
    party = party_of(case.sides, case.lead, own)
    if party is None:
        raise ForbiddenError(
            "the token acts for no side of this inspection, nor for all: use a token of one side",
            zh="令牌不代表本次联检的任何一方，也不代表全部各方：请使用其中一方的令牌",
        )
    return Acting(own[0] if party is not Party.ORGAN else "", party, signed)


def as_side(caller: Caller, case: Inspection, side: str | None, name: str | None, least: Role) -> Acting:
    """The same for what only a side can do; ForbiddenError for whoever is above all of them."""
    who = acting(caller, case, side, name, least)
    if who.party is Party.ORGAN:
        sides = ", ".join(case.sides)
        raise ForbiddenError(
            f"this is for one side to do: act as one of {sides} (on the command line: --side CODE)",
            zh=f"此事须由一方办理：请以 {sides.replace(', ', '、')} 之一办理（命令行用 --side 代码）",
            field="side",
        )
    return who


def sees(caller: Caller, case: Inspection) -> bool:
    """Whether a case is shown: to its sides, to those above or within them, and to administrators."""
    if not caller.has(Role.READER):
        return False
    if caller.role is Role.ADMINISTRATOR and not caller.divisions:
        return True
    return any(touches(case.sides, own) for own in caller.divisions)


def sees_positions(caller: Caller, case: Inspection) -> bool:
    """Whether coordinates measured at markers are shown: to recorders and above of a side or above it."""
    return caller.has(Role.RECORDER) and any(caller.acts_for(side) for side in case.sides)


def demand_seen(caller: Caller, case: Inspection | None, inspection_id: str) -> Inspection:
    """The case, when the caller may see it; else NotFoundError, which does not tell whether there is one."""
    demand(caller, Role.READER)
    if case is None or not sees(caller, case):
        raise NotFoundError(
            f"there is no inspection {inspection_id!r}: `geoname inspections list` shows those there are",
            zh=f"没有联检 {inspection_id!r}：可用 `geoname inspections list` 查看",
            field="id",
        )
    return case


def refused(refusal: Refusal, field: str) -> GeonameError:
    """The error that tells all reasons: ForbiddenError when the person may not, else OutOfOrderError."""
    kind = ForbiddenError if refusal.party else OutOfOrderError
    return kind(refusal.en, zh=refusal.zh, field=field)
