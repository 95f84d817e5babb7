"""A reviewer decides on a finding (审查决定): overruled or upheld, with a reason, and not asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from geoname.core.names.feature_class import parse_class
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role, sees_name
from geoname.core.rules.case import ProposedName, propose
from geoname.core.rules.finding import Decision, Finding, Outcome
from geoname.core.rules.kept_finding import KeptFinding, finding_id
from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.browse_divisions import find_division
from geoname.service.check_name import judge
from geoname.service.finding_answers import KeptFindingList, KeptFindingShown, kept_shown
from geoname.service.live_index import LiveIndex
from geoname.service.name_procedures_office import code_of_division, demand_for, today_here
from geoname.service.opened import Geoname
from geoname.service.registered_case import registered_case
from geoname.service.rule_answers import finding_shown
from geoname.service.rule_facts import facts_of

_LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Where:
    """On which name a finding was seen: a registered one by its id, or one as it was proposed.

    With both, the text is a new name proposed for the place of the registered one. Nothing is needed for a
    finding that is kept already.
    """

    name_id: str | None = None
    name: str | None = None
    feature_class: str | None = None
    within: str | None = None
    scheme: str | None = None


def show_finding(geoname: Geoname, id_: str, where: Where, caller: Caller) -> KeptFindingShown:
    """A finding with its decision; NotFoundError when it is neither kept nor found on that name."""
    index = geoname.live()
    kept, finding = _found(geoname, index, id_, where, caller)
    return kept_shown(index, kept, finding_shown(finding) if finding is not None else None)


def list_findings(
    geoname: Geoname, decided: bool | None, within: str | None, scheme: str | None, caller: Caller
) -> KeptFindingList:
    """The kept findings, those that wait or those that are decided, within a division where one is given."""
    index = geoname.live()
    span = None
    if within:
        span = index.atlas.span(find_division(index, within, scheme, None, field="within").division.id)
    return KeptFindingList(
        tuple(
            kept_shown(index, kept)
            for kept in geoname.store.findings(decided=decided)
            if _is_within(index, kept, span) and _may_see(geoname, kept, caller.role)
        )
    )


def decide_finding(
    geoname: Geoname,
    id_: str,
    outcome: str,
    reason: str,
    where: Where,
    caller: Caller,
    version: int | None = None,
    today: date | None = None,
) -> KeptFindingShown:
    """Keep an officer's decision; `version` is that of the earlier decision that it takes the place of.

    InvalidInputError without a reason; NotFoundError for a finding that is not there; ForbiddenError for a
    caller who does not act for the division; ConflictError when it was decided already.
    """
    index = geoname.live()
    written = reason.strip()
    if not written or len(written) > _LONGEST_REASON:
        raise InvalidInputError(
            f"a decision needs a reason of 1 to {_LONGEST_REASON} characters: write why",
            zh=f"决定须写明理由，1 至 {_LONGEST_REASON} 字：请写出依据",
            field="reason",
        )
    kept, finding = _found(geoname, index, id_, where, caller)
    division_id = kept.key.division_id
    demand_for(caller, Role.OFFICER, code_of_division(index, division_id) if division_id else None)
    decision = Decision(kept.key, Outcome(outcome), written, caller.actor, today or today_here())
    made = geoname.store.decide_finding(replace(kept, decision=decision), caller.actor, version)
    shown = None if finding is None else finding_shown(replace(finding, decision=decision))
    return kept_shown(index, made, shown)


def _found(
    geoname: Geoname, index: LiveIndex, id_: str, where: Where, caller: Caller
) -> tuple[KeptFinding, Finding | None]:
    """The finding as it is kept, or as it would be, and as the rules give it now."""
    kept = geoname.store.finding(id_)
    if kept is not None and not _may_see(geoname, kept, caller.role):
        kept = None
    facts = facts_of(geoname, caller.role)
    cases, name_id = _cases(geoname, index, kept, where, caller.role)
    findings = (one for case in cases for one in judge(geoname, case, facts))
    finding = next((one for one in findings if one.key is not None and finding_id(one.key) == id_), None)
    if kept is None and finding is not None and finding.key is not None:
        kept = KeptFinding(id_, finding.key, name_id, today_here())
    if kept is None:
        told = where.name_id or where.name
        raise NotFoundError(
            f"there is no finding {id_!r}"
            + (": it is not found on that name" if told else ": say on which name it was found"),
            zh=f"没有审查意见 {id_!r}：" + ("该地名上没有这条意见" if told else "请指明是哪个地名上的意见"),
            field="id",
        )
    return kept, finding


def _cases(
    geoname: Geoname, index: LiveIndex, kept: KeptFinding | None, where: Where, role: Role
) -> tuple[tuple[ProposedName, ...], str | None]:
    """The name before the rules again, its place as one without a name, and the name's id."""
    name_id = where.name_id or (kept.name_id if kept is not None else None)
    if name_id is not None:
        entry = geoname.store.name_entry(name_id)
        if entry is None or not sees_name(role, entry.name.publication):
            raise NotFoundError(
                f"there is no name with the id {name_id!r}: search for it to get its id",
                zh=f"没有标识为 {name_id!r} 的地名：请先查询以取得标识",
                field="name_id",
            )
        case = registered_case(index, entry.name, entry.place, where.name)
        nameless = propose("", entry.place.feature_class, place_id=entry.place.id)
        return (case, nameless), name_id
    if kept is not None:
        return (propose(kept.key.text, kept.key.feature_class, kept.key.division_id),), None
    if where.name is None:
        return (), None
    if where.feature_class is None or where.within is None:
        lacks = "class" if where.feature_class is None else "within"
        raise InvalidInputError(
            f"{lacks} is missing: give name, class and within as the name was checked",
            zh=f"缺少 {lacks}：请按审查时的写法给出 name、class 和 within",
            field="feature_class" if lacks == "class" else "within",
        )
    division = find_division(index, where.within, where.scheme, None, field="within").division
    text, feature_class = where.name.strip(), parse_class(where.feature_class, field="feature_class")
    return (propose(text, feature_class, division.id),), None


def _is_within(index: LiveIndex, kept: KeptFinding, span: tuple[int, int] | None) -> bool:
    if span is None:
        return True
    division_id = kept.key.division_id
    if division_id is None or division_id not in index.atlas:
        return False
    return span[0] <= index.atlas.position(division_id) < span[1]


def _may_see(geoname: Geoname, kept: KeptFinding, role: Role) -> bool:
    """A finding on a name that is hidden from the caller is hidden too."""
    if kept.name_id is None:
        return role is not Role.PUBLIC
    entry = geoname.store.name_entry(kept.name_id)
    return entry is None or sees_name(role, entry.name.publication)
