"""Load a table of changes of divisions (载入区划变更): events, documents, and the divisions that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from geoname.core.divisions.change_rows import ChangeRow, decisions_of, fill_merged_cells
from geoname.core.divisions.changes import DivisionEvent, Operation
from geoname.core.divisions.division import Division
from geoname.core.divisions.heirs import day_of
from geoname.core.divisions.listing import Reject
from geoname.core.names.feature_class import class_of_division
from geoname.core.names.readings import ReadingTable
from geoname.core.register.name import NOT_RECORDED, Approval, Name, NameKind
from geoname.core.register.name_event import NameEvent, NameEventKind
from geoname.core.register.place import Place
from geoname.core.register.provenance import Source
from geoname.core.validity.period import Period
from geoname.formats.change_wording import shares_cells
from geoname.formats.division_changes_table import ChangesTable, read_changes_table
from geoname.formats.division_definition import DivisionDefinition, definition_for
from geoname.formats.division_rejects import write_rejects
from geoname.formats.shipped_readings import read_readings
from geoname.service.load_changes_plan import ChangesPlan, counted, plan_changes
from geoname.service.load_changes_report import ChangesReport
from geoname.service.load_changes_ties import Ties
from geoname.service.load_divisions import announcer, other_spellings
from geoname.service.load_divisions_entitled import acts_within, not_entitled
from geoname.service.load_divisions_origin import kept_id, put_origin, source_of
from geoname.service.load_divisions_outcome import with_outcome
from geoname.service.load_divisions_records import standard_name
from geoname.service.load_divisions_report import Status, reject_shown
from geoname.service.load_kinds import LoadRequest, Progress
from geoname.service.opened import Geoname
from geoname.store.protocols import Written

_STEPS = ("read", "tie", "write", "index")


def load_changes(geoname: Geoname, request: LoadRequest, progress: Progress | None = None) -> ChangesReport:
    """Load events, edges and former divisions of a table; the same again changes nothing.

    A division that cannot be tied is reported with its row, never guessed. All in one transaction.
    InvalidInputError for a definition or columns at fault, DataFileError for a damaged file, NotReadyError
    when no divisions are loaded.
    """
    step = announcer(progress, _STEPS)
    step("read")
    definition = definition_for(request.file, request.definition)
    read = read_changes_table(request.file, definition)
    source = source_of("changes", request.file, definition, read.sha256)
    index = geoname.refresh()
    step("tie")
    rows, inferred = (
        fill_merged_cells(read.rows, shares_cells) if definition.merged_cells else (read.rows, ())
    )
    ties = Ties(index, definition.scheme, other_spellings())
    rows, elsewhere = _entitled(ties, rows, request.acts_for)
    read = replace(read, rejects=(*read.rejects, *elsewhere))
    plan = plan_changes(decisions_of(rows), ties, source.id, definition.known, inferred)
    report = _report(geoname, request, definition, read, plan, inferred, source)
    if request.rejects is not None and (read.rejects or plan.not_tied):
        write_rejects(request.rejects, (*read.rejects, *plan.not_tied))
    if request.dry_run:
        return report
    step("write")
    release_id, written = _write(geoname, request.actor, source, plan, index.data_version)
    step("index")
    geoname.refresh()
    return with_outcome(report, release_id, written)


def _entitled(
    ties: Ties, rows: Sequence[ChangeRow], acts_for: Sequence[str] | None
) -> tuple[tuple[ChangeRow, ...], tuple[Reject, ...]]:
    """The rows all of whose units lie in what is acted for, by the county as it is now, and the others."""
    kept, rejects = [], []
    for row in rows:
        units = [unit for unit in (row.old, row.new) if unit is not None]
        held = [ties.parents(unit, date(row.year - 1, 12, 31)) for unit in units]
        if all(acts_within(ties.index, acts_for, each[-1].parent_id if each else None) for each in held):
            kept.append(row)
        else:
            rejects.append(not_entitled(row.row, "new_code", units[-1].code))
    return tuple(kept), tuple(rejects)


def _report(
    geoname: Geoname,
    request: LoadRequest,
    definition: DivisionDefinition,
    read: ChangesTable,
    plan: ChangesPlan,
    inferred: Sequence[int],
    source: Source,
) -> ChangesReport:
    atlas = geoname.live().atlas
    former = [id_ for id_, states in plan.states.items() if states[-1].period.end is not None]
    return ChangesReport(
        request.file.name,
        definition.title,
        definition.scheme,
        Status.DRY_RUN,
        read.count,
        read.columns,
        counted(plan),
        len(plan.edges),
        len(former),
        sum(id_ in atlas and id_ not in former for id_ in plan.states),
        plan.already_known,
        tuple(inferred),
        tuple(plan.tied_by_code),
        tuple(map(reject_shown, plan.not_tied)),
        tuple(map(reject_shown, read.rejects)),
        source.id,
        len(read.rejects) + len(plan.not_tied),
    )


def _write(
    geoname: Geoname, actor: str, source: Source, plan: ChangesPlan, data_version: int
) -> tuple[str, Written]:
    readings = read_readings()
    names: list[Name] = []
    events: list[NameEvent] = []
    for id_, states in plan.states.items():
        of_one = tuple(_names(geoname, plan, id_, states, readings))
        names += of_one
        events += _name_events(plan, id_, of_one)
    places = (_place(plan, id_, states) for id_, states in plan.states.items() if id_ in plan.new_ids)
    with geoname.store.writing(actor, f"load changes {source.id}") as writer:
        release_id, written = put_origin(writer, geoname.store, source, actor, data_version)
        watched = writer.watch_records(plan.states, [event.id for event in plan.events])
        written += writer.put_places(places, release_id)
        written += writer.put_names(names, release_id)
        every = (state for states in plan.states.values() for state in states)
        written += writer.put_divisions(every, release_id)
        written += writer.put_division_changes(plan.events, plan.edges, release_id)
        written += writer.put_name_events(events, release_id)
        if written.added or written.changed:
            writer.keep_load_undo(release_id, watched)
        return release_id, written


def _place(plan: ChangesPlan, id_: str, states: Sequence[Division]) -> Place:
    unit, latest = plan.new_ids[id_], states[-1]
    return Place(
        id_,
        class_of_division(latest.kind),
        latest.parent_id,
        f"{plan.source_id}:{unit.code}:{unit.name}",
    )


def _names(
    geoname: Geoname,
    plan: ChangesPlan,
    id_: str,
    states: Sequence[Division],
    readings: ReadingTable,
) -> Iterator[Name]:
    """A standard name for each name the division has borne; one that is there gets beginning and document."""
    kept = {
        name.text: name
        for name in ([] if id_ in plan.new_ids else geoname.store.names_of(id_))
        if name.kind is NameKind.STANDARD
    }
    for text in dict.fromkeys(state.name for state in states):
        bearing = [state for state in states if state.name == text]
        first, last = bearing[0].period, bearing[-1].period
        period = Period(first.start, last.end, None if first.start else first.known_on)
        approval = _approval(plan, id_, period)
        name = kept.get(text)
        if name is None:
            name_id = kept_id(plan.source_id, f"name:{id_}:{text}")
            yield standard_name(name_id, id_, text, bearing[-1].kind, period, readings, approval)
        else:
            approved = approval if name.approval == NOT_RECORDED else name.approval
            yield replace(name, period=period, approval=approved)


def _approval(plan: ChangesPlan, id_: str, period: Period) -> Approval:
    event = next((one for one in plan.events_of[id_] if day_of(one) == period.start), None)
    if event is None or event.document is None or period.start is None:
        return NOT_RECORDED
    return Approval(event.authority, "government", event.approved_on, event.document)


def _name_events(plan: ChangesPlan, id_: str, names: Sequence[Name]) -> Iterator[NameEvent]:
    """What the changes did to the names: named, renamed, retired."""
    for name in names:
        for event in plan.events_of[id_]:
            kind = _name_event_kind(event, name.period)
            if kind is not None:
                yield NameEvent(
                    kept_id(plan.source_id, f"name_event:{name.id}:{event.id}:{kind}"),
                    name.id,
                    kind,
                    day_of(event),
                    event.authority or "",
                    event.document or "",
                    event.wording,
                )


def _name_event_kind(event: DivisionEvent, period: Period) -> NameEventKind | None:
    if period.end is not None and period.end == day_of(event):
        return NameEventKind.RENAMED if event.operation is Operation.RENAME else NameEventKind.RETIRED
    if period.start is not None and period.start == day_of(event):
        return NameEventKind.NAMED
    return None
