"""Records what was done with a name (办理事项): approved, filed, announced, renamed, retired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from geoname.core.register.name import Name, NameStatus
from geoname.core.register.naming_lifecycle import (
    STEPS,
    NamingStep,
    announced,
    check_status,
    ended,
    filed,
    role_for,
)
from geoname.core.register.naming_proposal import NameSuccession
from geoname.core.register.token import Caller
from geoname.core.rules.approval_matrix import Clock
from geoname.core.rules.engine import check_case
from geoname.core.rules.kinds import kind_of_place
from geoname.core.rules.procedure_cases import AnnouncementItem, Approver, NameApproval
from geoname.core.rules.timers import announcement_items
from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.demand_version import demand_version
from geoname.service.live_index import LiveIndex
from geoname.service.name_procedures import (
    channel_for,
    entry_of,
    show_procedure,
)
from geoname.service.name_procedures_answers import ProcedureShown
from geoname.service.name_procedures_approve import approve, rename
from geoname.service.name_procedures_office import (
    code_of_place,
    demand_for,
    office_release,
    today_here,
)
from geoname.service.name_procedures_place import refuse_division
from geoname.service.name_procedures_taken import Act, StepTaken, event_of
from geoname.service.opened import Geoname
from geoname.service.rule_answers import TextShown
from geoname.service.rule_facts import shipped_facts
from geoname.store.protocols import NameEntry, Writer


def take_step(
    geoname: Geoname, name_id: str, taken: StepTaken, caller: Caller, today: date | None = None
) -> ProcedureShown:
    """Record a step and show where the name, or after a renaming the new name, stands then.

    OutOfOrderError for a step that does not follow; InvalidInputError for days out of order, the wrong organ
    or missing papers; AgainstRulesError when the rules block; ForbiddenError for who may not.
    """
    index, day = geoname.live(), today or today_here()
    entry = entry_of(geoname, name_id, caller)
    demand_for(caller, role_for(taken.kind, entry.name.status), code_of_place(index, entry.place))
    check_status(taken.kind, entry.name)
    act = _ACTS[taken.kind](geoname, index, entry, taken, caller, day)
    with geoname.store.writing(caller.actor, taken.reason.strip() or taken.document or taken.kind) as writer:
        # What was found right holds only for the record as it was read.
        for read in (entry, *act.read):
            now = geoname.store.name_entry(read.name.id)
            demand_version(read.name.version, now.name.version if now is not None else 0)
        act.write(writer, office_release(writer, geoname.store, caller.actor))
    geoname.refresh()
    return show_procedure(geoname, act.shown_id, caller, notes=act.notes, today=day)


def _file(
    geoname: Geoname, index: LiveIndex, entry: NameEntry, taken: StepTaken, caller: Caller, today: date
) -> Act:
    channel = channel_for(geoname, entry.name, entry.place)
    notes: tuple[TextShown, ...] = ()
    if channel is not None and channel.filed_with is None:
        notes = (TextShown("法律未规定此类地名须备案", "the law prescribes no filing for this kind of name"),)
    name = filed(entry.name, taken.on or today, today, taken.accepted_on)
    return Act(_with_event(entry, name, taken, today), entry.name.id, notes)


def _announce(
    geoname: Geoname, index: LiveIndex, entry: NameEntry, taken: StepTaken, caller: Caller, today: date
) -> Act:
    channel = channel_for(geoname, entry.name, entry.place)
    from_filing = channel is not None and channel.clock is Clock.FILING
    name = announced(entry.name, taken.on or today, today, from_filing=from_filing)
    _check_announcement(entry)
    return Act(_with_event(entry, name, taken, today), entry.name.id)


def _retire(
    geoname: Geoname, index: LiveIndex, entry: NameEntry, taken: StepTaken, caller: Caller, today: date
) -> Act:
    refuse_division(index, entry)
    if not taken.reason.strip():
        raise InvalidInputError("a retirement needs a reason: write why", zh="销名须写明理由", field="reason")
    successor = geoname.store.name_entry(taken.successor) if taken.successor else None
    if taken.successor and (
        successor is None
        or successor.name.id == entry.name.id
        or successor.name.status is not NameStatus.CURRENT
    ):
        raise NotFoundError(
            f"there is no other current name {taken.successor!r} to give way to: search for its id",
            zh=f"没有可承接的现行地名 {taken.successor!r}：请先查询其标识",
            field="successor",
        )
    name = ended(entry.name, taken.on or today, today, NamingStep.RETIRE)
    put = _with_event(entry, name, taken, today)

    def write(writer: Writer, release_id: str) -> None:
        event_id = put(writer, release_id)
        if successor is not None:
            writer.put_name_succession(NameSuccession(entry.name.id, successor.name.id, event_id))

    return Act(write, entry.name.id)


_Prepare = Callable[[Geoname, LiveIndex, NameEntry, StepTaken, Caller, date], Act]
_ACTS: dict[NamingStep, _Prepare] = {
    NamingStep.APPROVE: approve,
    NamingStep.FILE: _file,
    NamingStep.ANNOUNCE: _announce,
    NamingStep.RENAME: rename,
    NamingStep.RETIRE: _retire,
}


def _check_announcement(entry: NameEntry) -> None:
    """InvalidInputError for what the announcement would lack; the spelling must be confirmed by a person."""
    name, place = entry.name, entry.place
    there = {
        AnnouncementItem.NAME: True,
        AnnouncementItem.ROMANIZATION: bool(name.romanization) and not name.needs_review,
        AnnouncementItem.DIVISION: place.division_id is not None,
        AnnouncementItem.POSITION: place.location.lon is not None or bool(place.account.description),
        AnnouncementItem.APPROVER: bool(name.approval.approved_by),
        AnnouncementItem.APPROVED_ON: name.approval.approved_on is not None,
    }
    told = frozenset(item for item, known in there.items() if known)
    day = name.approval.approved_on.first if name.approval.approved_on is not None else date.min
    case = NameApproval(kind_of_place(place.feature_class), Approver.GOVERNMENT, day, day, announced=told)
    findings = check_case(case, shipped_facts(), (announcement_items.RULE,))
    if findings:
        raise InvalidInputError(
            "; ".join(one.words.en for one in findings)
            + ": correct the record first (a spelling that a person has confirmed, a position)",
            zh="；".join(one.words.zh for one in findings)
            + "：请先更正记录（拼写须经确认，位置须有坐标或描述）",
        )


def _with_event(entry: NameEntry, name: Name, taken: StepTaken, today: date) -> Callable[[Writer, str], str]:
    """Writes the name as it is then, with the event; the event's id."""

    def write(writer: Writer, release_id: str) -> str:
        writer.put_names([name], entry.release_id)
        event = event_of(name.id, STEPS[taken.kind].event, taken, taken.on or today)
        writer.put_name_events([event], release_id)
        return event.id

    return write
