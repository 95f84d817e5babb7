"""What a change touches beside the divisions (变更影响): names to review, lines, deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from geoname.core.divisions.atlas import DivisionAtlas
from geoname.core.names.feature_class import class_of_division
from geoname.core.names.keys import name_key
from geoname.core.names.place_name import split_name
from geoname.core.register.name import NameStatus
from geoname.core.register.name_index.filtering import NameFilter
from geoname.core.register.visibility import Role
from geoname.core.rules.finding import Severity
from geoname.service.answers import DivisionRef
from geoname.service.change_divisions_answers import (
    CodesBelowShown,
    DivisionChangeShown,
    LineTouched,
    NameChecked,
    NameToReview,
    UnitShown,
    VillagesShared,
)
from geoname.service.change_divisions_deadlines import deadlines
from geoname.service.change_divisions_plan import ChangePlan
from geoname.service.live_index import LiveIndex
from geoname.service.rule_answers import TextShown, finding_shown
from geoname.service.showing import division_ref

_MOST_NAMES = 500


def change_shown(
    index: LiveIndex,
    plan: ChangePlan,
    today: date,
    role: Role,
    checked: tuple[NameChecked, ...],
    places: tuple[int, int],
) -> DivisionChangeShown:
    """A plan as answers show it; `places` are how many others move along and how many must be assigned."""
    asked, meant = plan.asked, plan.meant
    findings = plan.findings
    severities = {finding.severity for finding in findings}
    verdict = next((severity.value for severity in Severity if severity in severities), "clear")
    return DivisionChangeShown(
        plan.id,
        "dry_run",
        meant.operation,
        plan.adjustment.event.wording,
        asked.document,
        asked.authority,
        asked.approved_on.isoformat(),
        plan.adjustment.on.isoformat(),
        None if asked.announced_on is None else asked.announced_on.isoformat(),
        meant.scheme,
        _county(index.atlas, meant.above[0]),
        _before(plan),
        _after(plan),
        plan.codes,
        VillagesShared(len(plan.adjusted.moved_villages), meant.missing, meant.twice),
        names_to_review(index, plan, role),
        checked,
        *places,
        lines_touched(index, plan),
        deadlines(asked.approved_on, today, codes=any(one.decision != "kept" for one in plan.codes)),
        tuple(map(finding_shown, findings)),
        "blocks" if meant.missing or meant.twice or plan.reasons else verdict,
        asked.boundary.note,
        meant.level,
        CodesBelowShown(len(plan.codes_below), plan.codes_below),
        tuple(TextShown(words.zh, words.en) for words in plan.reasons),
    )


def names_to_review(index: LiveIndex, plan: ChangePlan, role: Role) -> tuple[NameToReview, ...]:
    """Names in force that carry the name of a township that ends or is renamed, within it or its county."""
    after = {unit.id: unit for unit in plan.adjustment.after}
    touched = {one.id for one in plan.meant.before}
    found: dict[str, NameToReview] = {}
    for one in plan.meant.before:
        if one.id in after and after[one.id].name == one.name:
            continue
        specific = split_name(one.name, class_of_division(one.kind)).specific
        county = one.parent_id or one.id
        for text, within in ((specific, one.id), (one.name, county)):
            if len(text) < 2:
                continue
            wanted = NameFilter(
                "", index.atlas.span(within), None, frozenset({NameStatus.CURRENT}), None, role
            )
            page = index.names.contains(name_key(text), wanted, -1, _MOST_NAMES)
            for name in map(index.names.row, page.rows):
                if name.place_id not in touched:
                    where = "".join(index.names_above(name.division))
                    found[name.name_id] = NameToReview(name.name_id, name.text, where)
    return tuple(found.values())


def lines_touched(index: LiveIndex, plan: ChangePlan) -> tuple[LineTouched, ...]:
    """The lines of the active edition along the townships, and along counties where a township leaves one."""
    holders = _holders(plan)
    touched: dict[str, LineTouched] = {}
    ids: Iterable[str] = [one.id for one in plan.meant.before]
    if len(plan.meant.above) > 1:
        ids = [*ids, *plan.meant.above]
    counties = set(plan.meant.above)
    for id_ in ids:
        for line in index.boundaries.lines_of(id_):
            sides = {side.id for side in line.sides}
            if id_ in counties and not sides <= counties:
                continue
            after = [holders.get(side.id, (side.id,)) for side in line.sides]
            names = (line.sides[0].name, line.sides[1].name)
            touched[line.id] = LineTouched(
                line.id, names, _effect(plan, sides, after), round(line.length_m, 1)
            )
    return tuple(touched.values())


def _holders(plan: ChangePlan) -> dict[str, tuple[str, ...]]:
    """Who holds the territory of each township before."""
    holders: dict[str, list[str]] = {one.id: [] for one in plan.meant.before}
    goes_on = {unit.id for unit in plan.adjustment.after}
    for edge in plan.adjusted.edges:
        if edge.from_id is not None and edge.to_id is not None:
            holders[edge.from_id].append(edge.to_id)
    return {
        id_: tuple(dict.fromkeys(([id_] if id_ in goes_on else []) + found)) for id_, found in holders.items()
    }


def _effect(plan: ChangePlan, sides: set[str], after: list[tuple[str, ...]]) -> str:
    one, other = after
    if plan.asked.boundary.moved or sides <= set(plan.meant.above):
        return "moves"
    if len(one) == len(other) == 1:
        return "falls_away" if one == other else "passes_on"
    return "to_be_surveyed"


def _before(plan: ChangePlan) -> tuple[UnitShown, ...]:
    goes_on = {unit.id for unit in plan.adjustment.after}
    old = {
        one.id: next(
            (c.code for c in one.codes if c.scheme is plan.meant.scheme and c.period.end is None), None
        )
        for one in plan.meant.before
    }
    return tuple(
        UnitShown(one.id, one.name, one.kind, old[one.id], len(plan.meant.held[one.id]), one.id in goes_on)
        for one in plan.meant.before
    )


def _after(plan: ChangePlan) -> tuple[UnitShown, ...]:
    before = {one.id for one in plan.meant.before}
    return tuple(
        UnitShown(unit.id, unit.name, unit.kind, unit.code, len(unit.villages or ()), unit.id in before)
        for unit in plan.adjustment.after
    )


def _county(atlas: DivisionAtlas, id_: str) -> DivisionRef:
    return division_ref(atlas, atlas.latest(id_))
