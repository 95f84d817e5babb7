"""Deadlines of joint inspections (联检时限) as a list and as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from geoname.core.inspections.deadlines import Deadline, DueLine, Terms, Urgency, deadlines
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.formats.own_terms import read_own_terms
from geoname.formats.shipped_terms import read_terms
from geoname.service.inspection_acting import sees
from geoname.service.inspection_lines import inspected_lines, touches
from geoname.service.inspection_moment import today
from geoname.service.keep_tokens import demand
from geoname.service.opened import Geoname


@dataclass(frozen=True)
class DeadlineList:
    """What is due, the earliest first, and how many are late, soon and later."""

    on: date
    late: int
    soon: int
    later: int
    items: tuple[Deadline, ...]


def terms_of(geoname: Geoname) -> Terms:
    """The shipped table of terms, with the office's own in it; DataFileError for a file that is wrong."""
    return _terms(geoname.inspection_terms)


@lru_cache(maxsize=4)
def _terms(own: Path | None) -> Terms:
    return read_terms() if own is None else read_own_terms(own, read_terms())


def list_deadlines(
    geoname: Geoname,
    caller: Caller,
    within: str | None = None,
    urgency: Urgency | None = None,
    on: date | None = None,
    until: date | None = None,
) -> DeadlineList:
    """The deadlines of the lines and cases that the caller may see, up to a day if one is given."""
    demand(caller, Role.READER)
    day = on or today()
    lines = [
        DueLine(line.id, line.name, line.level, line.sides, line.last_filed)
        for line in inspected_lines(geoname, within)
        if _sees_line(caller, line.sides)
    ]
    cases = [
        case
        for case in geoname.store.inspections()
        if sees(caller, case) and (within is None or touches(case.sides, within))
    ]
    found = deadlines(lines, cases, terms_of(geoname), day)
    found = tuple(one for one in found if until is None or one.day <= until)
    late, soon, later = (sum(one.urgency is kind for one in found) for kind in Urgency)
    kept = tuple(one for one in found if urgency is None or one.urgency is urgency)
    return DeadlineList(day, late, soon, later, kept)


def deadline_calendar(geoname: Geoname, found: DeadlineList, language: str = "zh") -> bytes:
    """The same as an iCalendar: one whole-day event for each deadline, with the same UID every time."""
    # What writes calendars takes longer to import than most questions take to answer.
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//geoname//joint inspections//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "界线联检时限" if language == "zh" else "Joint inspections of boundaries")
    stamp = datetime.combine(found.on, datetime.min.time(), UTC)
    for one in found.items:
        event = Event()
        event.add("uid", f"{one.id}@geoname")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        what = one.zh if language == "zh" else one.en
        event.add("summary", f"{one.line_name} {what}".strip())
        event.add("description", f"{one.origin if language == 'zh' else one.origin_en} ({one.known})")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", what)
        alarm.add("trigger", -terms_of(geoname).days("soon_days"))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _sees_line(caller: Caller, sides: tuple[str, ...]) -> bool:
    if caller.role is Role.ADMINISTRATOR and not caller.divisions:
        return True
    return any(touches(sides, own) for own in caller.divisions)
