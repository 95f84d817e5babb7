"""Who may act on a name (办理权限), and the release under which what is decided here is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from geoname.core.register.place import Place
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError
from geoname.service.keep_tokens import demand
from geoname.service.live_index import LiveIndex
from geoname.store.protocols import Store, Writer

_OFFICE = Source(
    "office",
    "本库办理的地名",
    "地名行政主管部门",
    "naming procedures recorded in this register",
    "as the registering office says",
    "",
    None,
    "",
)
_CHINA = timezone(timedelta(hours=8))


def today_here() -> date:
    """The day in China, by which the law's days are counted."""
    return datetime.now(_CHINA).date()


def office_release(writer: Writer, store: Store, actor: str) -> str:
    """The release of names that were given here; made, and published, with the first of them."""
    if not any(release.id == _OFFICE.id for release in store.releases()):
        now = datetime.now(UTC).isoformat(timespec="seconds")
        writer.put_source(_OFFICE)
        writer.put_release(Release(_OFFICE.id, _OFFICE.id, ReleaseState.PUBLISHED, actor, now, now))
    return _OFFICE.id


def code_of_place(index: LiveIndex, place: Place) -> str | None:
    """The code of the division that a place is, or that holds it; None when that is not known."""
    division_id = place.id if place.id in index.atlas else place.division_id
    return None if division_id is None else code_of_division(index, division_id)


def code_of_division(index: LiveIndex, division_id: str) -> str | None:
    """The code by which tokens name a division."""
    return index.atlas.code_of(index.atlas.latest(division_id)) if division_id in index.atlas else None


def demand_for(caller: Caller, least: Role, code: str | None) -> None:
    """Pass when the caller has the role and acts for the division; UnauthenticatedError, ForbiddenError.

    What lies in no known division is for an administrator of the whole register.
    """
    demand(caller, least)
    if caller.acts_for(code or ""):
        return
    own = ", ".join(caller.divisions) or "-"
    raise ForbiddenError(
        f"the token acts for {own}, and this belongs to {code or 'no known division'}: ask who acts for that",
        zh=f"令牌代表 {own}，此事属于 {code or '未知区划'}：请由代表该区划的人员办理",
    )
