"""In which capacity somebody acts (办理身份): for one side, for the organ above all sides, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from geoname.core.inspections.stages import Party


def party_of(sides: Sequence[str], lead: str, own: Sequence[str]) -> Party | None:
    """The capacity of somebody who acts for the sides `own`; None for no party.

    Who acts for exactly one side acts as that side. Who is above all of them is the organ, and signs for
    none. Who acts for some of three sides and not for all is no party: nobody agrees with himself.
    """
    theirs = [side for side in sides if side in own]
    if len(theirs) == 1:
        return Party.LEAD if theirs[0] == lead else Party.SIDE
    return Party.ORGAN if theirs and len(theirs) == len(set(sides)) else None
