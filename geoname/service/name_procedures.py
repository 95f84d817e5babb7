"""Where a name stands in its procedure (办理情况), and the matrix by which it goes on."""

from __future__ import annotations

from datetime import date

from geoname.core.names.feature_class import parse_class
from geoname.core.register.name import Name, NameStatus
from geoname.core.register.naming_lifecycle import steps_for
from geoname.core.register.naming_proposal import NameSuccession, NamingProposal
from geoname.core.register.place import Place
from geoname.core.register.token import Caller
from geoname.core.register.visibility import sees_name
from geoname.core.rules.approval_matrix import (
    MATRIX,
    Channel,
    Clock,
    MatrixRow,
    channel_of,
    row_of,
    rows_of,
)
from geoname.core.rules.catalogue import PROCEDURE_RULES
from geoname.core.rules.engine import check_case
from geoname.core.rules.finding import Finding
from geoname.core.rules.kinds import PlaceKind, kind_of_place
from geoname.core.rules.naming_deadlines import deadlines_after
from geoname.core.rules.procedure_cases import Approver, NamingApplication, Paper, RenamingCause
from geoname.errors import NotFoundError
from geoname.service.check_name import judge, stands
from geoname.service.live_index import LiveIndex
from geoname.service.local_naming_rules import local_rules_of
from geoname.service.name_procedures_answers import (
    DeadlineShown,
    MatrixShown,
    NameLink,
    ProcedureShown,
    deadline_shown,
    findings_shown,
    proposal_shown,
    row_shown,
)
from geoname.service.name_procedures_office import code_of_place, today_here
from geoname.service.opened import Geoname
from geoname.service.registered_case import registered_case
from geoname.service.rule_answers import TextShown
from geoname.service.rule_facts import facts_of, shipped_facts
from geoname.service.show_name import show_name
from geoname.store.protocols import NameEntry

_LEVELS = {"212": "county", "213": "county", "214": "county", "215": "township"}
_SUBDISTRICT = "街道"


def show_procedure(
    geoname: Geoname,
    name_id: str,
    caller: Caller,
    *,
    findings: tuple[Finding, ...] | None = None,
    notes: tuple[TextShown, ...] = (),
    today: date | None = None,
) -> ProcedureShown:
    """Where a name stands; NotFoundError for a name that the caller may not see.

    The rules are asked anew of a name that waits for approval, unless `findings` gives their answer.
    """
    index, day = geoname.live(), today or today_here()
    entry = entry_of(geoname, name_id, caller)
    name, place = entry.name, entry.place
    proposal = geoname.store.proposal(name_id)
    if findings is None and name.status is NameStatus.PROPOSED:
        case = registered_case(index, name, place)
        findings = judge(geoname, case, facts_of(geoname, caller.role))
    standing = tuple(finding for finding in findings or () if stands(finding))
    rows = rows_for(name, place)
    edges = geoname.store.name_successions(name_id)
    channel = channel_for(geoname, name, place)
    waits = name.status is NameStatus.PROPOSED and proposal is not None
    return ProcedureShown(
        name_id,
        name.version,
        show_name(geoname, name_id, caller.role),
        proposal_shown(proposal) if proposal is not None else None,
        steps_for(name, announced_from_filing=channel is not None and channel.clock is Clock.FILING),
        _deadlines(index, name, place, channel, day),
        tuple(row_shown(row, local_rules_of(geoname)) for row in rows),
        _links(geoname, [edge for edge in edges if edge.to_id == name_id], caller, "from_id"),
        _links(geoname, [edge for edge in edges if edge.from_id == name_id], caller, "to_id"),
        findings_shown(standing),
        findings_shown(application_findings(proposal, place)) if waits and proposal is not None else (),
        notes,
    )


def show_matrix(geoname: Geoname, feature_class: str | None) -> MatrixShown:
    """The matrix, or the rows for one class; InvalidInputError for a class that is none."""
    rows = MATRIX
    if feature_class is not None:
        rows = rows_of(kind_of_place(parse_class(feature_class, field="feature_class")))
    local = local_rules_of(geoname)
    return MatrixShown(tuple(row_shown(row, local) for row in rows))


def entry_of(geoname: Geoname, name_id: str, caller: Caller) -> NameEntry:
    """A name with its place, as long as the caller may see it; NotFoundError otherwise."""
    entry = geoname.store.name_entry(name_id)
    if entry is None or not sees_name(caller.role, entry.name.publication):
        raise NotFoundError(
            f"there is no name with the id {name_id!r}: search for it to get its id",
            zh=f"没有标识为 {name_id!r} 的地名：请先查询以取得标识",
            field="id",
        )
    return entry


def division_level(name: Name, place: Place) -> str:
    """For the name of a division: county, township or subdistrict; empty for other names."""
    level = _LEVELS.get(place.feature_class[:3], "")
    return "subdistrict" if level == "township" and name.text.endswith(_SUBDISTRICT) else level


def rows_for(name: Name, place: Place) -> tuple[MatrixRow, ...]:
    """The rows of the matrix for a name."""
    return rows_of(kind_of_place(place.feature_class), division_level(name, place))


def channel_for(geoname: Geoname, name: Name, place: Place) -> Channel | None:
    """What follows the approval of a name; None while it has none, or one by an organ not told."""
    try:
        approver = Approver(name.approval.approver_kind or "")
    except ValueError:
        return None
    kind: PlaceKind = kind_of_place(place.feature_class)
    row = row_of(kind, approver, division_level(name, place), local_rules_of(geoname))
    return None if row is None else channel_of(row, approver)


def application_findings(proposal: NamingProposal, place: Place) -> tuple[Finding, ...]:
    """What the rules over applications find: missing papers, a cause that the law does not name."""
    application = NamingApplication(
        kind_of_place(place.feature_class),
        frozenset(Paper(paper) for paper in proposal.papers),
        RenamingCause(proposal.cause) if proposal.cause else None,
        proposal.reason,
        is_renaming=proposal.is_renaming,
    )
    return check_case(application, shipped_facts(), PROCEDURE_RULES)


def name_deadlines(geoname: Geoname, index: LiveIndex, caller: Caller, day: date) -> list[DeadlineShown]:
    """What is due for the names whose procedure is kept here, as the caller may see them."""
    found: list[DeadlineShown] = []
    for proposal in geoname.store.proposals_under_way():
        entry = geoname.store.name_entry(proposal.name_id)
        if entry is None or not sees_name(caller.role, entry.name.publication):
            continue
        channel = channel_for(geoname, entry.name, entry.place)
        found += _deadlines(index, entry.name, entry.place, channel, day)
    return found


def _deadlines(
    index: LiveIndex, name: Name, place: Place, channel: Channel | None, day: date
) -> tuple[DeadlineShown, ...]:
    if channel is None or name.status is not NameStatus.CURRENT:
        return ()
    code = code_of_place(index, place)
    return tuple(
        deadline_shown(deadline, "name", name.id, name.text, code, day)
        for deadline in deadlines_after(name.approval, channel)
    )


def _links(geoname: Geoname, edges: list[NameSuccession], caller: Caller, end: str) -> tuple[NameLink, ...]:
    found = []
    for edge in edges:
        entry = geoname.store.name_entry(getattr(edge, end))
        if entry is not None and sees_name(caller.role, entry.name.publication):
            found.append(NameLink(entry.name.id, entry.name.text, edge.event_id))
    return tuple(found)
