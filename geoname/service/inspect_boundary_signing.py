"""Signing (签字) what a case holds, by the digest of the content as it was shown; peace along the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from geoname.core.inspections.peace import PeaceKind, PeaceRecord
from geoname.core.inspections.signature import PLAN, REPORT, Signature
from geoname.core.inspections.stages import Stage
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError, InvalidInputError, NotFoundError, OutOfOrderError
from geoname.service.inspect_boundary import Asked, check_version, demand_open, seen_case
from geoname.service.inspection_acting import as_side
from geoname.service.inspection_answers import PeaceList, SignatureList, SubjectShown
from geoname.service.inspection_moment import new_id, now, today
from geoname.service.opened import Geoname

_SIGNED_AT = {PLAN: Stage.PLAN_DRAFTED, REPORT: Stage.REPORT_DRAFT}


@dataclass(frozen=True, slots=True)
class PeaceGiven:
    """What the sides agreed or did."""

    kind: PeaceKind
    title: str
    day: date | None = None
    place: str = ""
    people: str = ""
    content: str = ""
    valid_until: date | None = None
    files: tuple[str, ...] = ()


def list_signatures(geoname: Geoname, caller: Caller, inspection_id: str) -> SignatureList:
    """What can be signed with its digest, who has signed, and every signature there is."""
    file = seen_case(geoname, caller, inspection_id)
    subjects = []
    for subject in file.subjects():
        signed = file.signed_sides(subject)
        unsigned = tuple(side for side in file.inspection.sides if side not in signed)
        subjects.append(SubjectShown(subject, file.digest(subject), signed, unsigned))
    return SignatureList(tuple(subjects), file.signatures)


def sign(geoname: Geoname, asked: Asked, inspection_id: str, subject: str, digest: str) -> Signature:
    """Sign a subject for one side; `digest` is that of the content which the signer was shown.

    ConflictError when the content is another by now or the side has signed it already, ChangedSinceError for
    a version of the case that is not the present one, OutOfOrderError when the subject is not up for signing,
    ForbiddenError for whoever acts for no side or for more than one.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.OFFICER)
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        present = before.digest(subject)
        if not present:
            known = ", ".join(before.subjects()) or "nothing yet"
            raise NotFoundError(
                f"{subject!r} cannot be signed: what can be is {known}",
                zh=f"{subject!r} 不能签字：可签字的为 {known}",
                field="subject",
            )
        demand_open(before, _SIGNED_AT.get(subject, Stage.FIELD))
        if digest != present:
            raise ConflictError(
                f"{subject} is not as it was shown: its digest is {present} now; read it again, then sign",
                zh=f"{subject} 与所示内容不同：现摘要为 {present}；请重新阅读后再签字",
                field="digest",
            )
        record = next((one for one in before.records if one.subject == subject), None)
        if record is not None and not record.counts(before.inspection.sides):
            absent = ", ".join(record.absent(before.inspection.sides))
            raise OutOfOrderError(
                f"the record does not count: nobody of {absent} was present",
                zh=f"该记录无效：{absent} 一方未在场",
                field="subject",
            )
        made = Signature(new_id(), inspection_id, subject, who.side, who.actor, now(), present)
        after = replace(before, signatures=(*before.signatures, made))
        writer.save(before, after, f"{subject} signed by {who.side}")
    return made


def list_peace(geoname: Geoname, caller: Caller, inspection_id: str) -> PeaceList:
    """What was agreed or done for peace along the line of a case."""
    file = seen_case(geoname, caller, inspection_id)
    return PeaceList(tuple(geoname.store.peace_records(file.inspection.line_id)))


def add_peace(geoname: Geoname, asked: Asked, inspection_id: str, given: PeaceGiven) -> PeaceRecord:
    """Keep a peace record with the line, and with the case until its report is signed.

    InvalidInputError for a day to come, an end before it, or no title.
    """
    file = seen_case(geoname, asked.caller, inspection_id)
    who = as_side(asked.caller, file.inspection, asked.side, asked.name, Role.RECORDER)
    day = given.day or today()
    if not given.title.strip() or day > today() or (given.valid_until or day) < day:
        field = "title" if not given.title.strip() else "day" if day > today() else "valid_until"
        raise InvalidInputError(
            f"{field} cannot be right: a peace record has a title, a day until today, and ends after it",
            zh=f"{field} 有误：须有标题，日期不晚于今日，有效期止于其后",
            field=field,
        )
    with geoname.store.changing_inspections(who.actor, asked.reason) as writer:
        before = writer.case(inspection_id)
        check_version(before, asked.version)
        case = before.inspection
        # What comes after the report was signed is the line's alone: the signatures do not cover it.
        of_case = case.id if case.stage.position < Stage.SIGNED.position else None
        made = PeaceRecord(
            new_id(), case.line_id, given.kind, day, given.title, case.sides, who.side, who.actor,
            given.place, given.people, given.content, given.valid_until, given.files, of_case, case.generated,
        )  # fmt: skip
        if of_case is None:
            writer.add_peace(made)
        else:
            writer.save(before, replace(before, peace=(*before.peace, made)), f"peace record {made.kind}")
    return made
