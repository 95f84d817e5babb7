"""Proposes a name (命名申请): checked against the rules, kept with its reasons, shown to tokens alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from geoname.core.coordinates.convert import check_coordinates, to_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.core.names.characters import normal_form
from geoname.core.names.feature_class import parse_class
from geoname.core.names.place_name import split_name
from geoname.core.names.readings import ReadingSource
from geoname.core.names.romanization import romanize
from geoname.core.register.name import Name, NameStatus, Publication
from geoname.core.register.naming_lifecycle import NamingStep, check_day, check_status, role_for
from geoname.core.register.naming_proposal import NamingProposal
from geoname.core.register.place import Account, Exactness, Location, Place
from geoname.core.register.token import Caller
from geoname.core.rules.case import Circumstances, Claim, ExceptionKind, propose
from geoname.core.rules.finding import Finding, Severity
from geoname.core.rules.kept_finding import KeptFinding, finding_id
from geoname.core.rules.kinds import PlaceKind, kind_of_place
from geoname.core.rules.procedure_cases import Paper, RenamingCause
from geoname.errors import AgainstRulesError, InvalidInputError, OutOfOrderError
from geoname.service.browse_divisions import find_division
from geoname.service.check_name import judge, stands
from geoname.service.live_index import LiveIndex
from geoname.service.name_procedures import application_findings, entry_of, show_procedure
from geoname.service.name_procedures_answers import ProcedureShown
from geoname.service.name_procedures_office import (
    code_of_division,
    code_of_place,
    demand_for,
    office_release,
    today_here,
)
from geoname.service.opened import Geoname
from geoname.service.rule_answers import TextShown
from geoname.service.rule_facts import facts_of
from geoname.store.protocols import NameEntry, Writer

RENAMING_CAUSE = "A10-1"
OTHER_NAMES_OF_THE_PLACE = "Q-1"
_LONGEST_REASON = 2_000
_OWN = "register"


@dataclass(frozen=True, slots=True)
class Proposing:
    """What is proposed. With `replaces`, the id of the name to be given up, class and division are its own.

    Coordinates are degrees in `crs`; `position` is the description that an announcement needs.
    """

    name: str
    reason: str
    feature_class: str | None = None
    within: str | None = None
    scheme: str | None = None
    lon: float | None = None
    lat: float | None = None
    crs: Crs = Crs.WGS84
    exactness: Exactness = Exactness.REPRESENTATIVE_POINT
    position: str = ""
    romanization: str = ""
    origin: str = ""
    meaning: str = ""
    papers: tuple[Paper, ...] = ()
    replaces: str | None = None
    cause: RenamingCause | None = None
    exception: ExceptionKind | None = None
    exception_reason: str = ""
    on: date | None = None


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


def propose_name(
    geoname: Geoname, asked: Proposing, caller: Caller, today: date | None = None
) -> ProcedureShown:
    """Keep a proposal and show where it stands.

    AgainstRulesError when findings block it; ForbiddenError when the caller does not act for the division;
    InvalidInputError, NotFoundError and AmbiguousCodeError for what cannot be right.
    """
    day = today or today_here()
    draft = draft_of(geoname, asked, caller, day)
    with geoname.store.writing(caller.actor, draft.proposal.reason) as writer:
        write_draft(writer, draft, office_release(writer, geoname.store, caller.actor), day)
    geoname.refresh()
    return show_procedure(
        geoname, draft.name.id, caller, findings=draft.findings, notes=draft.notes, today=day
    )


def draft_of(geoname: Geoname, asked: Proposing, caller: Caller, today: date) -> Draft:
    """Everything that can be wrong is found here, before anything is written."""
    index = geoname.live()
    replaced = entry_of(geoname, asked.replaces, caller) if asked.replaces else None
    division_id: str | None
    if replaced is None:
        feature_class, division_id = _new_place(index, asked)
        code = code_of_division(index, division_id or "")
    else:
        feature_class, division_id = _same_place(index, asked, replaced)
        code = code_of_place(index, replaced.place)
    demand_for(caller, role_for(NamingStep.PROPOSE, None), code)
    day = asked.on or today
    check_day(day, today, not_before=None, after_zh="", after="")
    reason, text = reason_of(asked.reason), asked.name.strip()
    findings = _findings(geoname, asked, text, feature_class, division_id, replaced, caller)
    place = None if replaced is not None else _place(asked, feature_class, division_id)
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
    return Draft(name, place, proposal, findings, replaced, _notes(index, place))


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


def _new_place(index: LiveIndex, asked: Proposing) -> tuple[str, str]:
    if asked.feature_class is None or asked.within is None:
        lacks = "feature_class" if asked.feature_class is None else "within"
        raise InvalidInputError(
            "a new name needs a class and the division that holds it: give both",
            zh="新地名须给出类别和所在区划：请补上",
            field=lacks,
        )
    feature_class = parse_class(asked.feature_class, field="feature_class")
    if kind_of_place(feature_class) is PlaceKind.DIVISION:
        raise InvalidInputError(
            f"{feature_class} is a class of divisions: they are named by a division change",
            zh=f"{feature_class} 是行政区划的类别：区划名称请按区划变更办理",
            field="feature_class",
        )
    return feature_class, find_division(index, asked.within, asked.scheme, None, field="within").division.id


def _same_place(index: LiveIndex, asked: Proposing, replaced: NameEntry) -> tuple[str, str | None]:
    check_status(NamingStep.RENAME, replaced.name)
    refuse_division(index, replaced)
    place = replaced.place
    for field, given in (
        ("feature_class", asked.feature_class), ("within", asked.within), ("lon", asked.lon),
        ("lat", asked.lat),
    ):  # fmt: skip
        if given is not None:
            raise InvalidInputError(
                f"a new name for {replaced.name.text} is for the same place: leave {field} out",
                zh=f"“{replaced.name.text}”更名后仍是同一地：请不要再给 {field}",
                field=field,
            )
    return place.feature_class, place.division_id


def refuse_division(index: LiveIndex, entry: NameEntry) -> None:
    """OutOfOrderError for the name of a division, which changes with the division alone."""
    if entry.place.id in index.atlas:
        raise OutOfOrderError(
            f"{entry.name.text} is the name of a division: rename or dissolve it by a division change",
            zh=f"“{entry.name.text}”是区划名称：更名、撤销请按区划变更办理",
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


def _place(asked: Proposing, feature_class: str, division_id: str | None) -> Place:
    id_ = secrets.token_hex(6)
    account = Account(asked.origin.strip(), asked.meaning.strip(), description=asked.position.strip())
    return Place(id_, feature_class, division_id, f"{_OWN}:{id_}", location_of(asked), account)


def location_of(asked: Proposing) -> Location:
    """The point in WGS 84, or none; InvalidInputError for half a point or one that is nowhere."""
    if asked.lon is None and asked.lat is None:
        return Location()
    if asked.lon is None or asked.lat is None:
        missing = "lon" if asked.lon is None else "lat"
        raise InvalidInputError(
            f"{missing} is missing: give both lon and lat, or neither",
            zh=f"缺少 {missing}：经度、纬度须同时给出或都不给",
            field=missing,
        )
    check_coordinates(asked.lon, asked.lat)
    lon, lat = to_wgs84(asked.lon, asked.lat, asked.crs)
    basis = f"given in {asked.crs} with the proposal"
    return Location(round(lon, 8), round(lat, 8), asked.exactness, basis)


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


def _notes(index: LiveIndex, place: Place | None) -> tuple[TextShown, ...]:
    """That a point lies outside its stated division, by the edition in use."""
    if place is None or place.location.lon is None or place.location.lat is None or not place.division_id:
        return ()
    position = index.boundaries.lookup.one(place.location.lon, place.location.lat)
    chain = index.boundaries.chains[position] if position >= 0 else ()
    stated = [step.id for step in index.chain(place.division_id)]
    if chain and (chain[-1].id in stated or place.division_id in [step.id for step in chain]):
        return ()
    where_zh = "".join(step.name for step in chain) or "界线版本之外"
    where = "".join(step.name for step in chain) or "no division of the edition"
    return (
        TextShown(
            f"坐标落在{where_zh}，不在所称区划之内：请核对",
            f"the point lies in {where}, not in the stated division: look at it again",
        ),
    )
