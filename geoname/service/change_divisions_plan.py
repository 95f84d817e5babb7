"""What a change of divisions would do (区划变更预演): codes, villages, names, lines, deadlines, findings."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.adjusting import Adjusted, Adjustment, UnitAfter, adjust, parts_of
from geoname.core.divisions.changes import DivisionEvent, Operation
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.law.citation import Known
from geoname.core.rules.adjustment_case import TownshipAdjustment, TownshipUnit
from geoname.core.rules.catalogue import ADJUSTMENT_RULES
from geoname.core.rules.code_cases import CodeChange
from geoname.core.rules.codes import kept_or_retired, published_in_a_month
from geoname.core.rules.engine import check_case
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Finding, Words
from geoname.core.rules.procedure_cases import Approver, DivisionChange
from geoname.core.rules.timers import change_completed
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError
from geoname.service.change_divisions_answers import CodeBelow, CodeDecided
from geoname.service.change_divisions_below import CodesBelow, codes_below
from geoname.service.change_divisions_codes import Codes, retired_in
from geoname.service.change_divisions_county import county_reasons
from geoname.service.change_divisions_request import ChangeAsked
from geoname.service.change_divisions_units import Meant, UnitMeant, units_meant, village_named
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.rule_facts import facts_of

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_KEEPING = (Operation.RENAME, Operation.BOUNDARY, Operation.MOVE_SEAT)


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """All that is known before anything is written."""

    id: str
    asked: ChangeAsked
    meant: Meant
    adjustment: Adjustment
    adjusted: Adjusted
    codes: tuple[CodeDecided, ...]
    findings: tuple[Finding, ...]
    codes_below: tuple[CodeBelow, ...] = ()
    reasons: tuple[Words, ...] = ()
    """What stands against a change of counties beside the findings."""


def new_id() -> str:
    """An opaque permanent id."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def plan_change(geoname: Geoname, index: LiveIndex, asked: ChangeAsked, today: date) -> ChangePlan:
    """Work out a change over the register as it is; errors name what cannot be right."""
    on = asked.effective_on or asked.approved_on
    if on > today:
        raise InvalidInputError(
            f"the change takes effect on {on}, which is still to come: enter it on that day",
            zh=f"变更自 {on} 生效，尚未到期：请到期再办",
            field="effective_on",
        )
    meant = units_meant(index, asked)
    facts = facts_of(geoname)
    codes = Codes.of(index.atlas, meant.scheme, facts, meant.level)
    codes_above = _codes_above(index, meant)
    retired = retired_in(codes, codes_above.values())
    units, decided, against = _codes(index, asked, meant, codes)
    event = DivisionEvent(
        new_id(),
        meant.operation,
        asked.wording,
        asked.document or None,
        asked.authority or None,
        PartialDate(asked.approved_on),
        PartialDate(on),
        None if asked.announced_on is None else PartialDate(asked.announced_on),
        Known.FULL_TEXT,
    )
    of_counties = meant.level is Level.COUNTY
    below = (
        codes_below(index.atlas, meant.before, units, meant.scheme, facts) if of_counties else CodesBelow()
    )
    before = tuple(one.id for one in meant.before)
    adjustment = Adjustment(event, on, meant.scheme, before, units, meant.level, below.given)
    adjusted = adjust(index.atlas, adjustment)
    seat = _seat(index, asked, meant)
    reasons = (
        tuple(county_reasons(meant, adjustment, _approver(asked), seat, codes_above)) if of_counties else ()
    )
    findings = (
        *against,
        *_by_rules(index, asked, meant, adjustment, codes, facts, retired, seat),
        *_of_time(asked, decided, meant.operation, facts, today),
    )
    return ChangePlan(
        new_id(), asked, meant, adjustment, adjusted, decided, findings, tuple(below.changes), reasons
    )


def _codes_above(index: LiveIndex, meant: Meant) -> Mapping[str, str]:
    """The code of each division above that is touched: six digits of a county, four of a prefecture."""
    return {id_: index.atlas.code_of(index.atlas.latest(id_)) or "" for id_ in meant.above}


def _codes(
    index: LiveIndex, asked: ChangeAsked, meant: Meant, codes: Codes
) -> tuple[tuple[UnitAfter, ...], tuple[CodeDecided, ...], tuple[Finding, ...]]:
    """The divisions after with their codes, what becomes of every code, and what speaks against it."""
    above = _codes_above(index, meant)
    decided: list[CodeDecided] = []
    findings: list[Finding] = []
    units: list[UnitAfter] = []
    ended = [one for one in meant.before if all(one is not unit.division for unit in meant.after)]
    new = [unit for unit in meant.after if unit.division is None]
    paired = meant.operation is Operation.REPLACE and len(ended) == len(new) == 1
    for unit in meant.after:
        old = codes.current(unit.division) if unit.division is not None else None
        code, proposed = _code_of(unit, old, meant.operation, codes, above[unit.parent_id], asked)
        if code != old:
            findings += () if proposed else codes.findings(code, unit.kind)
            codes.in_use.add(code)
        id_ = unit.division.id if unit.division is not None else new_id()
        units.append(UnitAfter(id_, unit.name, unit.kind, unit.parent_id, code, unit.villages))
        before = codes.current(ended[0]) if paired and unit.division is None else old
        decided.append(CodeDecided(unit.name, before, code, _decision(before, code), proposed))
    if not paired:
        decided += [
            CodeDecided(one.name, codes.current(one), None, "retired", proposed=False) for one in ended
        ]
    for one in decided:
        operation = _operation_of(one, meant.operation)
        case = CodeChange(operation, one.old_code, one.new_code, asked.approved_on, asked.approved_on)
        findings += check_case(case, codes.facts, (kept_or_retired.RULE,))
    return tuple(units), tuple(decided), tuple(findings)


def _code_of(
    unit: UnitMeant,
    old: str | None,
    operation: Operation,
    codes: Codes,
    code_above: str,
    asked: ChangeAsked,
) -> tuple[str, bool]:
    """The code of a division after, and whether it was proposed here."""
    if unit.wanted_code is not None:
        return unit.wanted_code, False
    goes_on = (
        Operation.BOUNDARY
        if operation not in (*_KEEPING, Operation.TRANSFER, Operation.RECODE)
        else operation
    )
    if (
        unit.division is not None
        and old is not None
        and operation is not Operation.RECODE
        and codes.may_keep(goes_on, old, asked.approved_on)
    ):
        return old, False
    return codes.propose(code_above, unit.kind), True


def _decision(old: str | None, new: str | None) -> str:
    if old == new:
        return "kept"
    if old is None:
        return "given"
    return "retired" if new is None else "replaced"


def _operation_of(decided: CodeDecided, operation: Operation) -> Operation:
    """The operation as CD-3 knows it for one code of a change that touches several."""
    return {
        "kept": operation if operation in _KEEPING else Operation.BOUNDARY,
        "given": Operation.ESTABLISH,
        "retired": Operation.ABOLISH,
        "replaced": operation if operation in (Operation.TRANSFER, Operation.RECODE) else Operation.REPLACE,
    }[decided.decision]


def _by_rules(
    index: LiveIndex,
    asked: ChangeAsked,
    meant: Meant,
    adjustment: Adjustment,
    codes: Codes,
    facts: Facts,
    retired: frozenset[str],
    seat: tuple[str, str] | None,
) -> tuple[Finding, ...]:
    """What the rules over changes of townships find; of counties they are told the villages."""
    of_counties = meant.level is Level.COUNTY

    def villages(ids: Iterable[str]) -> frozenset[str]:
        if not of_counties:
            return frozenset(ids)
        return frozenset(village for id_ in ids for village in parts_of(index.atlas, id_))

    case = TownshipAdjustment(
        meant.operation,
        asked.wording or meant.operation,
        asked.document,
        _approver(asked),
        tuple(
            TownshipUnit(one.name, one.kind, codes.current(one) or "", villages(meant.held[one.id]))
            for one in meant.before
        ),
        tuple(
            TownshipUnit(unit.name, unit.kind, unit.code, villages(unit.villages or ()))
            for unit in adjustment.after
        ),
        asked.sentence,
        _result(index, meant, adjustment),
        asked.boundary.moved,
        frozenset(asked.boundary.papers),
        seat,
        retired_codes=retired,
    )
    # A renamed division bears its old code by law, which the rule over codes of a change does not know; the
    # one over seats speaks of villages.
    left_out = {"ADJ-5"} if meant.operation is Operation.RENAME else set()
    left_out |= {"ADJ-8"} if of_counties else set()
    return check_case(case, facts, [rule for rule in ADJUSTMENT_RULES if rule.code not in left_out])


def _of_time(
    asked: ChangeAsked,
    decided: Iterable[CodeDecided],
    operation: Operation,
    facts: Facts,
    today: date,
) -> tuple[Finding, ...]:
    taken_effect = asked.effective_on or asked.approved_on
    change = DivisionChange(frozenset(), asked.approved_on, today, completed_on=taken_effect)
    found = list(check_case(change, facts, (change_completed.RULE,)))
    changed = [one for one in decided if one.decision != "kept"]
    if changed:
        first = changed[0]
        case = CodeChange(operation, first.old_code, first.new_code, asked.approved_on, today)
        found += check_case(case, facts, (published_in_a_month.RULE,))
    return tuple(found)


def _approver(asked: ChangeAsked) -> Approver:
    if asked.approver is not None:
        try:
            return Approver(asked.approver)
        except ValueError:
            known = ", ".join(Approver)
            raise InvalidInputError(
                f"{asked.approver!r} is no approver: use one of {known}",
                zh=f"没有 {asked.approver!r} 这种批准机关：可用 {known}",
                field="approver",
            ) from None
    if asked.authority in ("国务院", "民政部"):
        return Approver.STATE_COUNCIL
    provincial = asked.authority.endswith(("省人民政府", "自治区人民政府"))
    return Approver.PROVINCE if provincial else Approver.GOVERNMENT


def _seat(index: LiveIndex, asked: ChangeAsked, meant: Meant) -> tuple[str, str] | None:
    if asked.seat is None:
        return None
    pool = [village for villages in meant.held.values() for village in villages]
    return (
        village_named(index, asked.seat.from_village, pool, "seat"),
        village_named(index, asked.seat.to_village, pool, "seat"),
    )


def _result(index: LiveIndex, meant: Meant, adjustment: Adjustment) -> Mapping[DivisionKind, int]:
    """How many townships of each kind the county has afterwards; nothing where there are two."""
    if meant.level is Level.COUNTY:
        held = [index.atlas.latest(id_).kind for unit in adjustment.after for id_ in unit.villages or ()]
        return {kind: held.count(kind) for kind in DivisionKind} if len(adjustment.after) == 1 else {}
    if len(meant.above) != 1:
        return {}
    touched = {one.id for one in meant.before}
    kinds = [
        child.kind
        for child in index.atlas.children(meant.above[0])
        if _stays(child) and child.id not in touched
    ]
    kinds += [unit.kind for unit in adjustment.after]
    return {kind: kinds.count(kind) for kind in DivisionKind}


def _stays(child: Division) -> bool:
    return child.level is Level.TOWNSHIP and child.period.end is None
