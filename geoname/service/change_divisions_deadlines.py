"""The days that a change of divisions starts (变更期限): what is due, what was met, what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson

from geoname.core.divisions.change_record import ChangeRecord
from geoname.core.register.token import Caller
from geoname.core.rules.code_cases import CodeChange
from geoname.core.rules.codes import published_in_a_month
from geoname.core.rules.procedure_cases import DivisionChange, months_after
from geoname.core.rules.rule import Rule
from geoname.core.rules.timers import change_completed
from geoname.service.change_divisions_answers import Deadline
from geoname.service.live_index import LiveIndex
from geoname.service.name_procedures_answers import DeadlineShown
from geoname.service.opened import Geoname
from geoname.service.rule_answers import TextShown, citations_shown

_COMPLETE, _EXTENDED, _CODE, _SOON = 12, 18, 1, 2
_COMPLETION = TextShown(
    "完成变更（经批准可延长六个月，一次）", "complete the change (six months more with leave, once)"
)
_PUBLICATION = TextShown("确定并公布代码", "fix and publish the code")


def deadlines(
    approved_on: date,
    today: date,
    *,
    codes: bool,
    published_on: date | None = None,
    completed_on: date | None = None,
    extended: bool = False,
) -> tuple[Deadline, ...]:
    """The days that an approved change starts: to complete it, and where codes change to publish them."""
    last = months_after(approved_on, _EXTENDED)
    found = [
        _deadline(
            _COMPLETION,
            last if extended else months_after(approved_on, _COMPLETE),
            None if extended else last,
            (today, completed_on),
            change_completed.RULE,
        )
    ]
    if codes:
        due = months_after(approved_on, _CODE)
        found.append(_deadline(_PUBLICATION, due, None, (today, published_on), published_in_a_month.RULE))
    return tuple(found)


def deadlines_of(record: ChangeRecord, report: dict[str, Any], today: date) -> tuple[Deadline, ...]:
    """Those of a change that was done here, none once it is undone; doing it publishes its codes."""
    if not record.stands:
        return ()
    completed = record.completed_on
    return deadlines(
        date.fromisoformat(report["approved_on"]),
        today,
        codes=any(code["decision"] != "kept" for code in report["codes"]),
        published_on=date.fromisoformat(record.done_at[:10]),
        completed_on=None if completed is None else date.fromisoformat(completed),
        extended=record.extended_by is not None,
    )


def change_deadlines(
    geoname: Geoname, index: LiveIndex, _caller: Caller, day: date
) -> Iterator[DeadlineShown]:
    """What is due for the changes that were done here and are not completed."""
    for record in geoname.store.division_changes():
        report = orjson.loads(record.report)
        above = index.atlas.latest(report["county"]["id"])
        codes = tuple(code.code for code in above.codes)
        for one in deadlines_of(record, report, day):
            if one.met_on is None:
                yield DeadlineShown(
                    "division_change",
                    record.id,
                    f"{report['wording'] or report['operation']} {report['document']}",
                    codes,
                    "completion",
                    one.what,
                    one.state,
                    report["approved_on"],
                    one.due,
                    one.days_left,
                    None,
                    citations_shown(change_completed.RULE.basis),
                )


def _deadline(
    what: TextShown,
    due: date,
    extended: date | None,
    days: tuple[date, date | None],
    rule: Rule[DivisionChange] | Rule[CodeChange],
) -> Deadline:
    """One deadline as of a day, and when it was met; late for good when that was afterwards."""
    today, met_on = days
    state = "late" if (met_on or today) > due else "met" if met_on is not None else "open"
    if state == "open" and months_after(today, _SOON) >= due:
        state = "soon"
    return Deadline(
        what,
        due.isoformat(),
        None if extended is None else extended.isoformat(),
        (due - today).days,
        rule.code,
        tuple(map(str, rule.basis)),
        state,
        None if met_on is None else met_on.isoformat(),
    )
