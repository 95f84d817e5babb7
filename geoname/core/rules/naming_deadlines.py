"""The days that run after an approval (备案公告期限): filing and announcement, each by its own clock."""

from __future__ import annotations

from datetime import date, timedelta

from geoname.core.law.citation import Citation
from geoname.core.law.deadline import Deadline
from geoname.core.register.name import Approval
from geoname.core.rules.approval_matrix import Channel, Clock
from geoname.core.rules.deadlines import LIMIT_DAYS, WARN_DAYS
from geoname.core.rules.finding import Words

FILING, ANNOUNCEMENT = "filing", "announcement"
_APPROVER = Words("批准机关", "the approving organ")


def deadlines_after(approval: Approval, channel: Channel) -> tuple[Deadline, ...]:
    """What is still to be done after an approval; a date known to the month counts from its first day."""
    if approval.approved_on is None:
        return ()
    found = []
    if channel.filed_with is not None and approval.filed_on is None:
        found.append(_within(FILING, approval.approved_on.first, channel.filing_basis, _APPROVER))
    since = approval.filed_on if channel.clock is Clock.FILING else approval.approved_on
    if channel.clock is not None and approval.announced_on is None and since is not None:
        found.append(_within(ANNOUNCEMENT, since.first, channel.announcement_basis, channel.announced_by))
    return tuple(found)


def _within(kind: str, since: date, basis: tuple[Citation, ...], duty: Words) -> Deadline:
    due, warn = since + timedelta(days=LIMIT_DAYS), since + timedelta(days=WARN_DAYS)
    return Deadline(kind, since, due, warn, basis, duty.zh, duty.en)
