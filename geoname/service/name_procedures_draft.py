"""A proposal looked over and ready to be written (申请稿): all that can be wrong is found here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from geoname.core.names.characters import normal_form
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import ReadingSource
from geoname.core.names.romanization import romanize
from geoname.core.register.name import Name, NameStatus, Publication
from geoname.core.register.naming_lifecycle import NamingStep, check_day, role_for
from geoname.core.register.naming_proposal import NamingProposal
from geoname.core.register.place import Place
from geoname.core.register.token import Caller
from geoname.core.rules.case import Circumstances, Claim, propose
from geoname.core.rules.finding import Finding, Severity
from geoname.core.rules.kept_finding import KeptFinding, finding_id
from geoname.errors import AgainstRulesError, InvalidInputError
from geoname.service.check_name import judge, stands
from geoname.service.name_procedures import application_findings, entry_of
from geoname.service.name_procedures_office import (
    code_of_division,
    code_of_place,
    demand_for,
)
from geoname.service.name_procedures_place import (
    Proposing,
    new_place,
    notes_on,
    place_of_proposal,
    same_place,
)
from geoname.service.opened import Geoname
from geoname.service.rule_answers import TextShown
from geoname.service.rule_facts import facts_of
from geoname.store.protocols import NameEntry, Writer

RENAMING_CAUSE = "A10-1"
OTHER_NAMES_OF_THE_PLACE = "Q-1"
_LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal ready to be written. `place` None: the name is for a place that is registered.

    `replaced` is the name that is to be given up, as it was read.
    """

    name: Name
    place: Place | None
    proposal: NamingProposal
    findings: tuple[Finding, ...]
    replaced: NameEntry | None
    notes: tuple[TextShown, ...]


def draft_of(geoname: Geoname, asked: Proposing, caller: Caller, today: date) -> Draft:
    """Everything that can be wrong is found here, before anything is written."""
    index = geoname.live()
    replaced = entry_of(geoname, asked.replaces, caller) if asked.replaces else None
    division_id: str | None
    if replaced is None:
        feature_class, division_id = new_place(index, asked)
        code = code_of_division(index, division_id or "")
    else:
        feature_class, division_id = same_place(index, asked, replaced)
        code = code_of_place(index, replaced.place)
    demand_for(caller, role_for(NamingStep.PROPOSE, None), code)
    day = asked.on or today
    check_day(day, today, not_before=None, after_zh="", after="")
    reason, text = reason_of(asked.reason), asked.name.strip()
    findings = _findings(geoname, asked, text, feature_class, division_id, replaced, caller)
    place = None if replaced is not None else place_of_proposal(asked, feature_class, division_id)
    place_id = replaced.place.id if replaced is not None else place.id if place is not None else ""
    name = _name(geoname, asked, text, feature_class, place_id, caller)
    proposal = NamingProposal(
        secrets.token_hex(6),
        name.id,
        reason,
        day,
        caller.actor,
        asked.replaces,
        asked.cause.value if asked.cause is not None else None,
        tuple(paper.value for paper in dict.fromkeys(asked.papers)),
        asked.exception.value if asked.exception is not None else None,
        asked.exception_reason.strip(),
    )
    asked_about = place or (replaced.place if replaced is not None else None)
    if asked_about is not None:
        refuse_blocked(
            text,
            tuple(one for one in application_findings(proposal, asked_about) if one.rule == RENAMING_CAUSE),
        )
    return Draft(name, place, proposal, findings, replaced, notes_on(index, place))


def write_draft(writer: Writer, draft: Draft, release_id: str, today: date) -> None:
    """Write a draft inside a transaction; the findings that somebody must look at are kept with it."""
    if draft.place is not None:
        writer.put_places([draft.place], release_id)
    writer.put_names([draft.name], release_id)
    writer.put_proposal(draft.proposal)
    writer.keep_findings(
        KeptFinding(finding_id(finding.key), finding.key, draft.name.id, today)
        for finding in draft.findings
        if finding.is_open and finding.severity is not Severity.INFORMATION and finding.key is not None
    )


def refuse_blocked(text: str, findings: tuple[Finding, ...]) -> None:
    """AgainstRulesError naming every finding that blocks and was not overruled."""
    blocking = [one for one in findings if one.severity is Severity.BLOCKS and stands(one)]
    if blocking:
        raise AgainstRulesError(
            f"{len(blocking)} findings block {text}: "
            + "; ".join(f"{one.rule} {one.words.en}" for one in blocking)
            + ": change the name, claim an exception with its reason, or have an officer decide",
            zh=f"“{text}”有 {len(blocking)} 条意见阻止："
            + "；".join(f"{one.rule} {one.words.zh}" for one in blocking)
            + "：请修改地名，或主张例外并说明理由，或由审查人裁定",
            field="name",
            findings=tuple(
                (finding_id(one.key) if one.key else "", one.rule, one.words.en, one.words.zh)
                for one in blocking
            ),
        )


def reason_of(written: str) -> str:
    """A reason without the blanks around it; InvalidInputError for none, or one that is too long."""
    reason = written.strip()
    if not reason or len(reason) > _LONGEST_REASON:
        raise InvalidInputError(
            f"a reason of 1 to {_LONGEST_REASON} characters is needed: write why",
            zh=f"须写明理由，1 至 {_LONGEST_REASON} 字",
            field="reason",
        )
    return reason


def _findings(
    geoname: Geoname,
    asked: Proposing,
    text: str,
    feature_class: str,
    division_id: str | None,
    replaced: NameEntry | None,
    caller: Caller,
) -> tuple[Finding, ...]:
    if not text:
        raise InvalidInputError("the name is empty: write it", zh="地名为空：请写出地名", field="name")
    if replaced is not None and text == replaced.name.text:
        raise InvalidInputError(
            f"{text} is the name that is to be given up: propose another",
            zh=f"“{text}”就是要更改的名称：请给出新名",
            field="name",
        )
    claim = Claim(asked.exception, asked.exception_reason) if asked.exception is not None else None
    case = propose(
        text,
        feature_class,
        division_id,
        romanization=asked.romanization.strip(),
        claim=claim,
        told=Circumstances(located=None),
        place_id=replaced.place.id if replaced is not None else None,
    )
    found = judge(geoname, case, facts_of(geoname, caller.role))
    # The name that is to be given up does not speak against its successor.
    findings = tuple(one for one in found if replaced is None or one.rule != OTHER_NAMES_OF_THE_PLACE)
    refuse_blocked(text, findings)
    return findings


def _name(
    geoname: Geoname, asked: Proposing, text: str, feature_class: str, place_id: str, caller: Caller
) -> Name:
    parts = split_name(text, feature_class)
    given = asked.romanization.strip()
    spelt, source, review = given, ReadingSource.LOCAL_SURVEY, False
    if not given:
        source, review = ReadingSource.AUTO, True
        if not normal_form(text).isascii():
            made = romanize(parts, feature_class, facts_of(geoname, caller.role).readings)
            spelt, source, review = made.text, made.source, made.needs_review
    return Name(
        secrets.token_hex(6),
        place_id,
        text,
        parts.specific,
        parts.generic,
        status=NameStatus.PROPOSED,
        publication=Publication.INTERNAL,
        romanization=spelt,
        reading_source=source,
        needs_review=review,
    )
