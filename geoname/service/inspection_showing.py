"""Writes a case (联检案件) as answers show it."""

from __future__ import annotations

from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.inspection import Inspection
from geoname.core.inspections.parties import party_of
from geoname.core.inspections.stages import Transition, steps_from
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.service.inspection_answers import InspectionShown, StepShown


def shown(file: CaseFile, caller: Caller) -> InspectionShown:
    """A case with the steps that lead on from where it stands."""
    case = file.inspection
    counted = {record.item for record in file.records if record.counts(case.sides)}
    return InspectionShown(
        case.id, case.line_id, case.line_name, case.kind, case.round, case.year, case.sides, case.lead,
        case.stage, case.since, case.version, case.generated, case.parent, case.stretch, case.trigger,
        case.cause, case.items, case.disputes, case.plan_filed_on, case.filed_on, case.next_due,
        tuple(_step(file, row, caller) for row in steps_from(case.stage)),
        len(file.records),
        sum(item.key in counted for item in case.items),
        len(file.findings),
        sum(not finding.state.ended for finding in file.findings),
        file.papers,
    )  # fmt: skip


def _step(file: CaseFile, row: Transition, caller: Caller) -> StepShown:
    there = file.documents()
    return StepShown(
        row.step,
        row.target,
        row.back,
        tuple(party.value for party in row.parties),
        tuple(paper.value for paper in row.documents),
        tuple(paper.value for paper in row.documents if paper not in there),
        tuple(guard.value for guard in row.guards),
        str(row.basis),
        row.basis.known,
        _may(file.inspection, row, caller),
    )


def _may(case: Inspection, row: Transition, caller: Caller) -> bool:
    if caller.role is Role.ADMINISTRATOR and caller.token_id is None:
        return True  # by saying for which side
    own = tuple(side for side in case.sides if caller.acts_for(side))
    return caller.has(Role.OFFICER) and party_of(case.sides, case.lead, own) in row.parties
