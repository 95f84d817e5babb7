"""What a change of divisions would do (区划变更预演): codes, villages, names, lines, deadlines, findings."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geoname.core.divisions.adjusting import Adjusted, Adjustment, UnitAfter, adjust
from geoname.core.divisions.changes import DivisionEvent, Operation
from geoname.core.divisions.division import Division, DivisionKind, Level
from geoname.core.law.citation import Known
from geoname.core.rules.adjustment_case import TownshipAdjustment, TownshipUnit
from geoname.core.rules.catalogue import ADJUSTMENT_RULES
from geoname.core.rules.code_cases import CodeChange
from geoname.core.rules.codes import kept_or_retired, published_in_a_month
from geoname.core.rules.engine import check_case
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Finding
from geoname.core.rules.procedure_cases import Approver, DivisionChange
from geoname.core.rules.timers import change_completed
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError
from geoname.service.change_divisions_answers import CodeDecided
from geoname.service.change_divisions_codes import Codes, retired_in
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
    codes = Codes.of(index.atlas, meant.scheme, facts)
    retired = retired_in(codes, _county_codes(index, meant).values())
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
    adjustment = Adjustment(event, on, meant.scheme, tuple(one.id for one in meant.before), units)
    adjusted = adjust(index.atlas, adjustment)
    findings = (
        *against,
        *_by_rules(index, asked, meant, adjustment, codes, facts, retired),
        *_of_time(asked, decided, meant.operation, facts, today),
    )
    return ChangePlan(new_id(), asked, meant, adjustment, adjusted, decided, findings)


def _county_codes(index: LiveIndex, meant: Meant) -> Mapping[str, str]:
    """The six digits of each county that is touched."""
    return {id_: index.atlas.code_of(index.atlas.latest(id_)) or "" for id_ in meant.counties}


def _codes(
    index: LiveIndex, asked: ChangeAsked, meant: Meant, codes: Codes
) -> tuple[tuple[UnitAfter, ...], tuple[CodeDecided, ...], tuple[Finding, ...]]:
    """The townships after with their codes, what becomes of every code, and what speaks against it."""
    counties = _county_codes(index, meant)
    decided: list[CodeDecided] = []
    findings: list[Finding] = []
    units: list[UnitAfter] = []
    ended = [one for one in meant.before if all(one is not unit.division for unit in meant.after)]
    new = [unit for unit in meant.after if unit.division is None]
    paired = meant.operation is Operation.REPLACE and len(ended) == len(new) == 1
    for unit in meant.after:
        old = codes.current(unit.division) if unit.division is not None else None
        code, proposed = _code_of(unit, old, meant.operation, codes, counties[unit.parent_id], asked)
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
    county_code: str,
    asked: ChangeAsked,
) -> tuple[str, bool]:
    """The code of a township after, and whether it was proposed here."""
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
    return codes.propose(county_code, unit.kind), True


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
) -> tuple[Finding, ...]:
    """What the rules over changes of townships find."""
    case = TownshipAdjustment(
        meant.operation,
        asked.wording or meant.operation,
        asked.document,
        _approver(asked),
        tuple(
            TownshipUnit(one.name, one.kind, codes.current(one) or "", frozenset(meant.held[one.id]))
            for one in meant.before
        ),
        tuple(
            TownshipUnit(unit.name, unit.kind, unit.code, frozenset(unit.villages or ()))
            for unit in adjustment.after
        ),
        asked.sentence,
        _result(index, meant, adjustment),
        asked.boundary.moved,
        frozenset(asked.boundary.papers),
        _seat(index, asked, meant),
        retired_codes=retired,
    )
    # A renamed township bears its old code by law, which the rule over codes of a change does not know.
    rules = [
        rule for rule in ADJUSTMENT_RULES if rule.code != "ADJ-5" or meant.operation is not Operation.RENAME
    ]
    return check_case(case, facts, rules)


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
    """How many townships of each kind the county has afterwards; nothing where two counties are touched."""
    if len(meant.counties) != 1:
        return {}
    touched = {one.id for one in meant.before}
    kinds = [
        child.kind
        for child in index.atlas.children(meant.counties[0])
        if _stays(child) and child.id not in touched
    ]
    kinds += [unit.kind for unit in adjustment.after]
    return {kind: kinds.count(kind) for kind in DivisionKind}


def _stays(child: Division) -> bool:
    return child.level is Level.TOWNSHIP and child.period.end is None
