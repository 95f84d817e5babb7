"""What a table of changes does to the register (变更方案): events, edges, former divisions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from geoname.core.divisions.change_rows import ChangeRow, Decision, Unit
from geoname.core.divisions.changes import DivisionEvent, Operation, Succession
from geoname.core.divisions.code_merging import merged_codes
from geoname.core.divisions.division import Division, DivisionKind, Level, kind_of
from geoname.core.divisions.listing import Reject
from geoname.core.divisions.timeline import Turn, states_of
from geoname.core.law.citation import Known
from geoname.core.validity.partial_date import PartialDate, Precision
from geoname.formats.change_wording import authority_of, document_parts, joins_existing, operation_of
from geoname.service.load_changes_report import ChangeTied
from geoname.service.load_changes_ties import Ties
from geoname.service.load_divisions_origin import kept_id

REMEDY = (
    "load the missing change or list first, or mend the code and name",
    "请先载入缺少的变更或名录，或改正代码和名称",
)


@dataclass(slots=True)
class ChangesPlan:
    """What was gathered so far; `states` and `events_of` are by division id; `new_ids` are new here."""

    source_id: str
    known: Known
    inferred: frozenset[int]
    own_events: frozenset[str]
    events: list[DivisionEvent] = field(default_factory=list)
    edges: list[Succession] = field(default_factory=list)
    turns: dict[str, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    events_of: dict[str, list[DivisionEvent]] = field(default_factory=lambda: defaultdict(list))
    states: dict[str, tuple[Division, ...]] = field(default_factory=dict)
    new_ids: dict[str, Unit] = field(default_factory=dict)
    tied_by_code: list[ChangeTied] = field(default_factory=list)
    not_tied: list[Reject] = field(default_factory=list)
    already_known: int = 0


def plan_changes(
    decisions: Iterable[Decision], ties: Ties, source_id: str, known: Known, inferred: Iterable[int]
) -> ChangesPlan:
    """Go back from the newest decision to the oldest, so that each unit is met after what became of it."""
    ordered = sorted(decisions, key=_when, reverse=True)
    own = frozenset(_event_id(source_id, decision) for decision in ordered)
    plan = ChangesPlan(source_id, known, frozenset(inferred), own)
    for decision in ordered:
        _take(plan, decision, ties)
    for id_, turns in plan.turns.items():
        _state(plan, ties, id_, turns[::-1])
    plan.events.reverse()
    plan.not_tied.sort(key=lambda reject: reject.row)
    return plan


def took_effect(row: ChangeRow) -> PartialDate:
    """When a change took effect: as the table tells it, else in the year of the decision."""
    return row.effective_on or row.approved_on or _decided(row)


def _decided(row: ChangeRow) -> PartialDate:
    """The year in which a decision was made: its document's, or the list's where that has none."""
    parts = document_parts(row.document)
    year = parts[0] if parts and abs(parts[0] - row.year) <= 1 else row.year
    return PartialDate(date(year, 1, 1), Precision.YEAR)


def counted(plan: ChangesPlan) -> dict[str, int]:
    """How many events there are of each operation."""
    return dict(Counter(event.operation.value for event in plan.events))


def _when(decision: Decision) -> tuple[int, int, int, int]:
    row = decision.first
    number, on = document_parts(row.document), took_effect(row)
    day = on.first.toordinal() if on.precision is Precision.DAY else 0
    return row.year, day, number[1] if number else 0, row.row


def _take(plan: ChangesPlan, decision: Decision, ties: Ties) -> None:
    first, on = decision.first, took_effect(decision.first)
    operation = _operation(decision)
    after = {unit: _after(plan, decision, ties, unit) for unit in decision.after}
    before = {unit: _before(plan, decision, ties, unit, after, operation) for unit in decision.before}
    ends = [*filter(None, (*before.values(), *after.values()))]
    if not ends:
        return
    if _is_recorded(plan, ties, first.document, ends):
        plan.already_known += 1
        return
    inferred = any(row.row in plan.inferred for row in decision.rows)
    event = DivisionEvent(
        _event_id(plan.source_id, decision),
        operation,
        first.wording,
        first.document or None,
        first.authority or authority_of(first.document),
        first.approved_on or _decided(first),
        first.effective_on,
        first.announced_on,
        Known.COMPUTED if inferred else plan.known,
    )
    plan.events.append(event)
    edges = dict.fromkeys(
        Succession(
            event.id,
            before[step.old] if step.old is not None else None,
            after[step.new] if step.new is not None else None,
            step.extent,
        )
        for step in decision.steps
        if step.old is None or before[step.old] is not None
    )
    plan.edges += [edge for edge in edges if (edge.from_id, edge.to_id) != (None, None)]
    _turn(plan, decision, on, before, after, event)


def _turn(
    plan: ChangesPlan,
    decision: Decision,
    on: PartialDate,
    before: Mapping[Unit, str | None],
    after: Mapping[Unit, str | None],
    event: DivisionEvent,
) -> None:
    """Note for each division what it was and what it is; a later turn stands before an earlier one."""
    year = decision.first.year
    carried: set[str] = set()
    for old, id_ in before.items():
        if id_ is not None:
            new = next((unit for unit, other in after.items() if other == id_), None)
            plan.turns[id_].append(Turn(on, old, new, year))
            plan.events_of[id_].append(event)
            carried.add(id_)
    if joins_existing(decision.first.wording):
        return
    for new, id_ in after.items():
        if id_ is not None and id_ not in carried:
            plan.turns[id_].append(Turn(on, None, new, year))
            plan.events_of[id_].append(event)


def _after(plan: ChangesPlan, decision: Decision, ties: Ties, unit: Unit) -> str | None:
    row = next(row for row in decision.rows if row.new == unit)
    found = ties.find(unit, date(row.year, 12, 31))
    if found is None:
        plan.not_tied.append(
            _not_tied(
                row,
                "new_name",
                unit,
                "the register has no such division, and no later change tells what became of it",
                "本库没有这个区划，也没有后来的变更说明其去向",
            )
        )
        return None
    id_, by = found
    if by == "code":
        plan.tied_by_code.append(
            ChangeTied(row.row, unit.code, unit.name, ties.index.atlas.latest(id_).name, by)
        )
    return id_


def _before(
    plan: ChangesPlan,
    decision: Decision,
    ties: Ties,
    unit: Unit,
    after: Mapping[Unit, str | None],
    operation: Operation,
) -> str | None:
    row = next(row for row in decision.rows if row.old == unit)
    on = took_effect(row)
    same = decision.continues(unit)
    if same is None and operation is Operation.RENAME and len(after) == 1:
        same = decision.after[0]
    id_ = after.get(same) if same is not None else None
    if id_ is None:
        id_ = ties.bearer(unit)
        if id_ is None:
            if not ties.parents(unit, on.first - timedelta(days=1)):
                plan.not_tied.append(
                    _not_tied(
                        row,
                        "old_code",
                        unit,
                        f"the county code {unit.code[:6]} meant nothing before the change",
                        f"变更前没有代码为 {unit.code[:6]} 的县级区划",
                    )
                )
                return None
            id_ = kept_id(plan.source_id, f"division:{unit.code}:{unit.name}")
            plan.new_ids[id_] = unit
        elif id_ in ties.index.atlas and ties.index.atlas.latest(id_).period.end is None:
            plan.not_tied.append(
                _not_tied(
                    row,
                    "old_name",
                    unit,
                    "the register has it in force under this code",
                    "本库中该代码的区划仍然有效",
                )
            )
            return None
    ties.later[unit] = id_
    return id_


def _state(plan: ChangesPlan, ties: Ties, id_: str, turns: list[Turn]) -> None:
    atlas = ties.index.atlas
    latest = atlas.latest(id_) if id_ in atlas else None
    present = latest if latest is not None and latest.period.end is None else None
    turns = _once(turns)
    states = states_of(id_, turns, ties.scheme, ties.parents, _kind, present)
    if present is not None and (
        states[-1].parent_id != present.parent_id or _last_parent(ties, turns) != present.parent_id
    ):
        plan.not_tied.append(
            Reject(
                0,
                "old_code",
                present.name,
                "the register has it in another county than the table",
                "本库中它所在的县级区划与此表不同",
                *REMEDY,
            )
        )
        return
    known = atlas.states(id_) if id_ in atlas else ()
    plan.states[id_] = tuple(_known_better(state, known) for state in states)


def _last_parent(ties: Ties, turns: list[Turn]) -> str | None:
    last = turns[-1]
    held = ties.parents(last.after, last.on.last) if last.after is not None else ()
    return held[-1].parent_id if held else None


def _once(turns: list[Turn]) -> list[Turn]:
    """A unit that ends in two decisions of one document ends once."""
    kept: list[Turn] = []
    for turn in turns:
        if not (
            kept and (kept[-1].on, kept[-1].before, kept[-1].after) == (turn.on, turn.before, turn.after)
        ):
            kept.append(turn)
    return kept


def _known_better(state: Division, known: Iterable[Division]) -> Division:
    """The register's own state where it tells the same time more exactly, with the codes of both."""
    if state.period.end is None:
        return state
    first, last = state.period.end.first, state.period.end.last
    for other in known:
        same = (other.name, other.parent_id) == (state.name, state.parent_id)
        if same and other.period.end is not None and first <= other.period.end.first <= last:
            return replace(other, codes=merged_codes(other.codes, state.codes))
    return state


def _is_recorded(plan: ChangesPlan, ties: Ties, document: str, ids: Iterable[str]) -> bool:
    """Whether another source has told of this decision on one of these divisions already."""
    return bool(document) and any(
        event.document == document and event.id not in plan.own_events
        for id_ in ids
        for event in ties.index.successions.events_of(id_)
    )


def _event_id(source_id: str, decision: Decision) -> str:
    first = decision.first
    sides = sorted({(unit.code, unit.name) for unit in (*decision.before, *decision.after)})
    return kept_id(source_id, f"event:{first.year}:{first.document}:{first.wording}:{sides}")


def _operation(decision: Decision) -> Operation:
    before, after = decision.before, decision.after
    moved = bool(before) and all(
        (new := decision.continues(old)) is not None and new.code[:6] != old.code[:6] for old in before
    )
    found = operation_of(decision.first.wording, len(before), len(after), moved=moved)
    assert found is not None, "the table's reader lets no unknown wording through"
    return found


def _kind(name: str) -> DivisionKind:
    return kind_of(name, Level.TOWNSHIP)


def _not_tied(row: ChangeRow, column: str, unit: Unit, trouble: str, zh: str) -> Reject:
    return Reject(row.row, column, f"{unit.code} {unit.name}", trouble, zh, *REMEDY)
