"""Approves a name (批准命名、更名): by the organ the law names, on its papers, past the rules once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import Name
from geoname.core.register.name_event import NameEventKind
from geoname.core.register.naming_lifecycle import NamingStep, approved, check_day, check_status, ended
from geoname.core.register.naming_proposal import NameSuccession, NamingProposal
from geoname.core.register.token import Caller
from geoname.core.rules.approval_matrix import MatrixRow, approvers_of, row_of
from geoname.core.rules.case import Claim, ExceptionKind
from geoname.core.rules.finding import Severity
from geoname.core.rules.kinds import kind_of_place
from geoname.core.rules.procedure_cases import Approver
from geoname.core.rules.timers.right_approver import APPROVER_NAMES
from geoname.errors import InvalidInputError, OutOfOrderError
from geoname.service.check_name import judge
from geoname.service.live_index import LiveIndex
from geoname.service.local_naming_rules import local_rules_of
from geoname.service.name_procedures import application_findings, division_level, rows_for
from geoname.service.name_procedures_draft import (
    OTHER_NAMES_OF_THE_PLACE,
    Draft,
    draft_of,
    refuse_blocked,
    write_draft,
)
from geoname.service.name_procedures_taken import Act, StepTaken, event_of
from geoname.service.opened import Geoname
from geoname.service.registered_case import registered_case
from geoname.service.rule_answers import TextShown
from geoname.service.rule_facts import facts_of
from geoname.store.protocols import NameEntry, Writer


def approve(
    geoname: Geoname, index: LiveIndex, entry: NameEntry, taken: StepTaken, caller: Caller, today: date
) -> Act:
    """What an approval will write; the name that it takes the place of becomes historical with it."""
    proposal = geoname.store.proposal(entry.name.id)
    if proposal is None:
        raise OutOfOrderError(
            f"no proposal of {entry.name.text} is on record: propose it first",
            zh=f"“{entry.name.text}”没有申请记录：请先申请",
        )
    replaced = geoname.store.name_entry(proposal.replaces) if proposal.replaces else None
    if replaced is not None:
        check_status(NamingStep.RENAME, replaced.name)
    claim = _claim(proposal)
    case = replace(registered_case(index, entry.name, entry.place), claim=claim)
    findings = judge(geoname, case, facts_of(geoname, caller.role))
    # The name that is given up by this approval does not speak against it.
    refuse_blocked(
        entry.name.text,
        tuple(one for one in findings if replaced is None or one.rule != OTHER_NAMES_OF_THE_PLACE),
    )
    name, papers, notes = _approved(geoname, entry, proposal, taken, today)

    def write(writer: Writer, release_id: str) -> None:
        _write_approval(writer, entry.release_id, name, replace(proposal, papers=papers), taken, replaced)

    return Act(write, entry.name.id, notes, () if replaced is None else (replaced,))


def rename(
    geoname: Geoname, index: LiveIndex, entry: NameEntry, taken: StepTaken, caller: Caller, today: date
) -> Act:
    """What an approved renaming will write: the new name with its proposal, the old one historical."""
    if taken.renaming is None or not taken.renaming.name.strip():
        raise InvalidInputError(
            "a renaming needs the new name: give name", zh="更名须给出新名：请写 name", field="name"
        )
    asked = replace(taken.renaming, replaces=entry.name.id, reason=taken.reason, on=taken.on)
    draft: Draft = draft_of(geoname, asked, caller, today)
    coming = NameEntry(draft.name, entry.place, entry.release_id)
    name, papers, notes = _approved(geoname, coming, draft.proposal, taken, today)

    def write(writer: Writer, release_id: str) -> None:
        write_draft(writer, draft, release_id, today)
        proposal = replace(draft.proposal, papers=papers)
        _write_approval(writer, release_id, name, proposal, taken, entry)

    return Act(write, draft.name.id, notes)


def _approved(
    geoname: Geoname, entry: NameEntry, proposal: NamingProposal, taken: StepTaken, today: date
) -> tuple[Name, tuple[str, ...], tuple[TextShown, ...]]:
    """The name in force, the papers it was approved on, and what was taken for granted."""
    if taken.approver is None or not taken.authority.strip():
        lacks = "approver" if taken.approver is None else "authority"
        raise InvalidInputError(
            "an approval needs the organ's name and its kind: give authority and approver",
            zh="批准须写明批准机关及其种类：请给出 authority 和 approver",
            field=lacks,
        )
    row = _row(geoname, entry, taken.approver)
    day = taken.on or today
    check_day(day, today, not_before=proposal.proposed_on, after_zh="申请日期", after="proposal")
    papers = tuple(dict.fromkeys((*proposal.papers, *(paper.value for paper in taken.papers))))
    missing = [
        finding
        for finding in application_findings(replace(proposal, papers=papers), entry.place)
        if finding.severity is Severity.BLOCKS
    ]
    if missing:
        raise InvalidInputError(
            "; ".join(f"{one.rule} {one.words.en}" for one in missing) + ": hand them in, then approve",
            zh="；".join(f"{one.rule} {one.words.zh}" for one in missing) + "：请补齐后再批准",
            field="papers",
        )
    name = approved(entry.name, day, taken.authority.strip(), taken.approver, taken.document.strip())
    if taken.romanization.strip():
        name = replace(
            name,
            romanization=taken.romanization.strip(),
            reading_source=ReadingSource.APPROVED,
            needs_review=False,
        )
    local = row.is_local and row.id not in local_rules_of(geoname)
    return name, papers, (_LOCAL,) if local else ()


_LOCAL = TextShown(
    "此类地名由省里规定批准机关，本库尚未录入该规定，批准机关未作判断",
    "the province's own rules say who approves this kind of name, and they are not entered here: the "
    "approving organ was not judged",
)


def _row(geoname: Geoname, entry: NameEntry, approver: Approver) -> MatrixRow:
    local = local_rules_of(geoname)
    kind, level = kind_of_place(entry.place.feature_class), division_level(entry.name, entry.place)
    row = row_of(kind, approver, level, local)
    if row is not None:
        return row
    rows = rows_for(entry.name, entry.place)
    wanted = tuple(dict.fromkeys(each for one in rows for each in approvers_of(one, local)))
    cited = "、".join(str(basis) for one in rows for basis in one.basis)
    raise InvalidInputError(
        f"a name of this kind is approved by {' or '.join(wanted)} ({cited}), not by {approver}",
        zh=f"此类地名由{'或'.join(APPROVER_NAMES[each] for each in wanted)}批准（{cited}），"
        f"不由{APPROVER_NAMES[approver]}批准",
        field="approver",
    )


def _claim(proposal: NamingProposal) -> Claim | None:
    if proposal.exception is None:
        return None
    return Claim(ExceptionKind(proposal.exception), proposal.exception_reason)


def _write_approval(
    writer: Writer,
    release_id: str,
    name: Name,
    proposal: NamingProposal,
    taken: StepTaken,
    replaced: NameEntry | None,
) -> None:
    approved_on = name.approval.approved_on
    assert approved_on is not None
    day = approved_on.first
    writer.put_names([name], release_id)
    writer.put_proposal(proposal)
    writer.put_name_events([event_of(name.id, NameEventKind.APPROVED, taken, day)], release_id)
    if replaced is not None:
        writer.put_names([ended(replaced.name, day, day, NamingStep.RENAME)], replaced.release_id)
        event = event_of(replaced.name.id, NameEventKind.RENAMED, taken, day)
        writer.put_name_events([event], replaced.release_id)
        writer.put_name_succession(NameSuccession(replaced.name.id, name.id, event.id))
