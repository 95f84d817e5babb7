"""Change divisions (区划变更): shown first, then done in one transaction, listed, undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

import orjson

from geoname.core.divisions.change_record import ChangeRecord
from geoname.core.divisions.division import Level
from geoname.core.names.feature_class import class_of_division
from geoname.core.register.place import Place
from geoname.core.register.token import Caller
from geoname.core.rules.finding import Severity
from geoname.errors import ForbiddenError, InvalidInputError, NotFoundError
from geoname.service.change_divisions_answers import (
    ChangeList,
    ChangeSummary,
    DivisionChangeShown,
    NameChecked,
)
from geoname.service.change_divisions_deadlines import deadlines_of
from geoname.service.change_divisions_effects import change_shown
from geoname.service.change_divisions_plan import ChangePlan, plan_change
from geoname.service.change_divisions_request import ChangeAsked
from geoname.service.change_divisions_writing import now, write_change
from geoname.service.check_name import CheckQuery, check
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname


def change_divisions(
    geoname: Geoname, asked: ChangeAsked, caller: Caller, actor: str, *, dry_run: bool
) -> DivisionChangeShown:
    """Show what a change does, or do it.

    InvalidInputError with all reasons when rules or villages stand against it, ForbiddenError when the caller
    does not act for the county, or for counties the prefecture, that is touched, ConflictError when the
    register changed in the meantime.
    """
    index = geoname.refresh()
    today = datetime.now(UTC).date()
    plan = plan_change(geoname, index, asked, today)
    _demand(index, plan.meant.above, caller)
    moving, left = _other_places(geoname, plan)
    checked = tuple(_new_names(geoname, index, plan, caller))
    shown = change_shown(index, plan, today, caller.role, checked, (len(moving), left))
    if dry_run:
        return shown
    _refuse(shown, plan)
    at = now()
    shown = replace(shown, state="done", event_id=plan.adjustment.event.id, done_at=at, done_by=actor)
    record = ChangeRecord(
        plan.id,
        plan.adjustment.event.id,
        orjson.dumps(asdict(asked)).decode(),
        orjson.dumps(shown).decode(),
        at,
        actor,
    )
    write_change(geoname, index, plan, moving, record, actor)
    geoname.refresh()
    return replace(shown, deadlines=deadlines_of(record, orjson.loads(record.report), today))


def undo_change(geoname: Geoname, change_id: str, caller: Caller, actor: str) -> dict[str, Any]:
    """Put everything back as it was before a change; the change as it is then.

    NotFoundError for an unknown id, ForbiddenError as for doing it, ConflictError when it is not the newest
    that stands or something was built on it.
    """
    report = _demanded(geoname, change_id, caller)
    with geoname.store.writing(actor, f"undo division change {change_id}") as writer:
        undone = writer.undo_division_change(change_id, now(), actor)
    geoname.refresh()
    return _told(undone, report)


def complete_change(geoname: Geoname, change_id: str, on: date, caller: Caller, actor: str) -> dict[str, Any]:
    """Note that all a change asks for was done by a day; the change as it is then.

    InvalidInputError for a day before the approval or to come; otherwise errors as `undo_change`.
    """
    report = _demanded(geoname, change_id, caller)
    if not report["approved_on"] <= on.isoformat() <= datetime.now(UTC).date().isoformat():
        raise InvalidInputError(
            f"{on} is before the approval ({report['approved_on']}) or to come: give the true day",
            zh=f"{on} 早于批准日期（{report['approved_on']}）或尚未到来：请写实际完成的日期",
            field="on",
        )
    with geoname.store.writing(actor, f"complete division change {change_id}") as writer:
        return _told(writer.note_completed(change_id, on), report)


def extend_change(
    geoname: Geoname, change_id: str, document: str, caller: Caller, actor: str
) -> dict[str, Any]:
    """Note the document that gives a change six months more, once; errors as `undo_change`."""
    report = _demanded(geoname, change_id, caller)
    with geoname.store.writing(actor, f"extend division change {change_id}") as writer:
        return _told(writer.note_extended(change_id, document), report)


def show_change(geoname: Geoname, change_id: str) -> dict[str, Any]:
    """One change with its deadlines as of today; NotFoundError for an unknown id."""
    record = _record(geoname, change_id)
    return _told(record, orjson.loads(record.report))


def list_changes(geoname: Geoname) -> ChangeList:
    """The changes that were done here, newest first, with their deadlines as of today."""
    items = []
    for record in reversed(geoname.store.division_changes()):
        told = _told(record, orjson.loads(record.report))
        items.append(
            ChangeSummary(
                record.id,
                told["state"],
                told["operation"],
                told["document"],
                told["effective_on"],
                told["county"]["name"],
                tuple(unit["name"] for unit in told["before"]),
                tuple(unit["name"] for unit in told["after"]),
                told["deadlines"],
                record.done_at,
                record.done_by,
                record.undone_at,
                record.undone_by,
            )
        )
    return ChangeList(tuple(items))


def _told(record: ChangeRecord, report: dict[str, Any]) -> dict[str, Any]:
    """The report as it was given when the change was done, with what has become of it since."""
    today = datetime.now(UTC).date()
    # A change that was done before counties could be changed tells neither.
    older = {"level": Level.TOWNSHIP, "codes_below": {"count": 0, "items": []}, "reasons": []}
    return (
        older
        | report
        | {
            "state": "done" if record.stands else "undone",
            "deadlines": deadlines_of(record, report, today),
            "undone_at": record.undone_at,
            "undone_by": record.undone_by,
            "completed_on": record.completed_on,
            "extended_by": record.extended_by,
        }
    )


def _record(geoname: Geoname, change_id: str) -> ChangeRecord:
    found = next((one for one in geoname.store.division_changes() if one.id == change_id), None)
    if found is None:
        raise NotFoundError(
            f"there is no change {change_id!r}: `geoname divisions changes` lists those there are",
            zh=f"没有变更 {change_id!r}：可用 `geoname divisions changes` 查看",
            field="id",
        )
    return found


def _demanded(geoname: Geoname, change_id: str, caller: Caller) -> dict[str, Any]:
    """The report of a change that the caller may act on."""
    report: dict[str, Any] = orjson.loads(_record(geoname, change_id).report)
    _demand(geoname.live(), [report["county"]["id"]], caller)
    return report


def _demand(index: LiveIndex, above: Sequence[str], caller: Caller) -> None:
    for id_ in above:
        division = index.atlas.latest(id_)
        if not caller.acts_for(index.atlas.code_of(division) or ""):
            raise ForbiddenError(
                f"this token does not act for {division.name}: use one that does",
                zh=f"此令牌不能代表{division.name}：请用有权的令牌",
                field="from",
            )


def _refuse(shown: DivisionChangeShown, plan: ChangePlan) -> None:
    """Refuse with all reasons at once."""
    blocking = [finding for finding in plan.findings if finding.severity is Severity.BLOCKS]
    zh = [f"{one.rule} {one.words.zh}" for one in blocking]
    en = [f"{one.rule} {one.words.en}" for one in blocking]
    zh += [words.zh for words in plan.reasons]
    en += [words.en for words in plan.reasons]
    of_counties = plan.meant.level is Level.COUNTY
    parts_zh, parts = ("乡级区划", "townships") if of_counties else ("村（居）", "villages")
    unit = "county" if of_counties else "township"
    units = "counties" if of_counties else "townships"
    for names, said_zh, said_en in (
        (shown.villages.missing, f"未归属的{parts_zh}", f"{parts} named for no {unit}"),
        (shown.villages.named_twice, f"重复归属的{parts_zh}", f"{parts} named for several {units}"),
    ):
        if names:
            zh.append(f"{said_zh}：{'、'.join(names)}")
            en.append(f"{said_en}: {', '.join(names)}")
    if zh:
        raise InvalidInputError(
            f"the change is refused: {'; '.join(en)}",
            zh=f"变更不能办理：{'；'.join(zh)}",
            field="to",
        )


def _new_names(geoname: Geoname, index: LiveIndex, plan: ChangePlan, caller: Caller) -> Iterator[NameChecked]:
    """What the naming rules say of each name that is new, within its county."""
    present = {one.id: one.name for one in plan.meant.before}
    own = {name.id for id_ in present for name in geoname.store.names_of(id_)}
    for unit in plan.adjustment.after:
        if present.get(unit.id) != unit.name:
            county = index.atlas.code_of(index.atlas.latest(unit.parent_id))
            found = check(geoname, CheckQuery(unit.name, class_of_division(unit.kind), county), caller.role)
            findings = tuple(
                one
                for one in found.findings
                # What gives way to the new name is no namesake of it.
                if not one.against or any(other.id not in own for other in one.against)
            )
            severities = {one.severity for one in findings if one.decision is None}
            verdict = next((each.value for each in Severity if each in severities), "clear")
            yield NameChecked(unit.name, verdict, findings)


def _other_places(geoname: Geoname, plan: ChangePlan) -> tuple[list[Place], int]:
    """The places that go along with a township to its one successor, and how many must be assigned."""
    heirs: dict[str, list[str]] = {}
    for edge in plan.adjusted.edges:
        if edge.from_id is not None and edge.to_id is not None and edge.from_id in plan.adjusted.ended:
            heirs.setdefault(edge.from_id, []).append(edge.to_id)
    villages = {village for held in plan.meant.held.values() for village in held}
    moving: list[Place] = []
    left = 0
    for id_ in plan.adjusted.ended:
        others = [place for place in geoname.store.places_in(id_) if place.id not in villages]
        to = heirs.get(id_, [])
        if len(to) == 1:
            moving += [replace(place, division_id=to[0]) for place in others]
        else:
            left += len(others)
    return moving, left
