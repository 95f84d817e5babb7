"""Hold one proposed name against the naming rules (地名审查), or a registered one as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.names.characters import normal_form
from geoname.core.names.feature_class import parse_class
from geoname.core.names.keys import name_key
from geoname.core.names.romanization import romanize
from geoname.core.register.name import NameKind, NameStatus
from geoname.core.register.name_index.filtering import NameFilter
from geoname.core.register.name_index.records import IndexedName
from geoname.core.register.visibility import Role
from geoname.core.rules.case import (
    NEW,
    Circumstances,
    Claim,
    ExceptionKind,
    Extent,
    ProposedName,
    Standing,
    propose,
)
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import check_name, not_judged
from geoname.core.rules.facts import Facts
from geoname.core.rules.finding import Finding, Outcome, Severity
from geoname.core.rules.kept_finding import decisions_of
from geoname.core.validity.partial_date import PartialDate
from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.answers import RomanizationShown
from geoname.service.browse_divisions import find_division
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.rule_answers import CheckShown, NotJudged, finding_shown, text_shown
from geoname.service.rule_facts import facts_of


@dataclass(frozen=True, slots=True)
class CheckQuery:
    """A name and what its proposer tells.

    `registered`: not a proposal, but the name of this text and class that stands in `within` already.
    `approved_on` is the day of an approval that the register does not know. Areas are square metres, the
    length is metres.
    """

    name: str
    feature_class: str
    within: str | None = None
    scheme: str | None = None
    romanization: str = ""
    registered: bool = False
    approved_on: date | None = None
    exception: str | None = None
    exception_reason: str = ""
    area_m2: float | None = None
    floor_area_m2: float | None = None
    length_m: float | None = None
    buildings: int | None = None
    publishing: bool = False


def check(geoname: Geoname, query: CheckQuery, role: Role = Role.PUBLIC) -> CheckShown:
    """The findings of all rules on one name.

    InvalidInputError for an empty name, a wrong class or exception; NotFoundError for an unknown division or
    a registered name that is not there; AmbiguousCodeError as the code book says.
    """
    index = geoname.live()
    facts = facts_of(geoname, role)
    case = _case(geoname, index, query, role)
    findings = judge(geoname, case, facts)
    standing = {finding.severity for finding in findings if stands(finding)}
    verdict = next((severity.value for severity in Severity if severity in standing), "clear")
    return CheckShown(
        case.name.text,
        index.class_shown(case.feature_class),
        case.kind,
        case.name.specific,
        case.name.generic,
        _spelling(case, facts),
        index.chain(case.division_id) if case.division_id else (),
        verdict,
        tuple(map(finding_shown, findings)),
        tuple(
            NotJudged(rule.code, text_shown(rule.title), need)
            for rule, need in not_judged(case, facts, NAME_RULES)
            if need != "spelling"
        ),
    )


def judge(geoname: Geoname, case: ProposedName, facts: Facts) -> tuple[Finding, ...]:
    """The findings of all rules on a case, each with the decision that is on record."""
    kept = geoname.store.decided_findings(case.name.text)
    return check_name(case, facts, NAME_RULES, decisions_of(kept))


def stands(finding: Finding) -> bool:
    """Whether a finding counts: nobody has decided on it, or it was upheld."""
    return finding.decision is None or finding.decision.outcome is Outcome.UPHELD


def _case(geoname: Geoname, index: LiveIndex, query: CheckQuery, role: Role) -> ProposedName:
    text = query.name.strip()
    if not text:
        raise InvalidInputError(
            "the name is empty: write the name to be checked", zh="地名为空：请写出要审查的地名", field="name"
        )
    feature_class = parse_class(query.feature_class, field="feature_class")
    division_id = None
    if query.within:
        division_id = find_division(index, query.within, query.scheme, None, field="within").division.id
    standing = NEW if query.approved_on is None else Standing(PartialDate(query.approved_on))
    place_id = None
    if query.registered:
        name = _registered(index, text, feature_class, division_id, role)
        place_id = name.place_id
        standing = _standing(geoname, index, name, standing)
        division_id = index.atlas.at(name.division).id if name.division >= 0 else None
    told = Circumstances(_extent(query), publishing=query.publishing)
    return propose(
        text,
        feature_class,
        division_id,
        romanization=query.romanization.strip(),
        standing=standing,
        claim=_claim(query),
        told=told,
        place_id=place_id,
    )


def _registered(
    index: LiveIndex, text: str, feature_class: str, division_id: str | None, role: Role
) -> IndexedName:
    """The one registered name that is meant; NotFoundError when there is none, or more than one."""
    span = index.atlas.span(division_id) if division_id else None
    wanted = NameFilter(feature_class, span, None, frozenset({NameStatus.CURRENT}), None, role)
    page = index.names.exact(name_key(text), wanted, -1, 50)
    rows = [index.names.row(row) for row in page.rows]
    found = [name for name in rows if name.kind is NameKind.STANDARD and name.text == text]
    if len(found) == 1:
        return found[0]
    few = "no" if not found else f"{len(found)}"
    few_zh = "没有" if not found else f"有 {len(found)} 个"
    raise NotFoundError(
        f"{few} registered names {text!r} of class {feature_class} here: narrow it by within, or ask as new",
        zh=f"此处{few_zh}类别 {feature_class} 的登记地名“{text}”：请用 within 指明所在区划，或按新名审查",
        field="name",
    )


def _standing(geoname: Geoname, index: LiveIndex, name: IndexedName, told: Standing) -> Standing:
    entry = geoname.store.name_entry(name.name_id)
    approved = entry.name.approval.approved_on if entry else None
    return Standing(approved or told.approved_on, in_division_list=name.place_id in index.atlas)


def _claim(query: CheckQuery) -> Claim | None:
    if query.exception is None:
        return None
    try:
        return Claim(ExceptionKind(query.exception), query.exception_reason)
    except ValueError:
        known = ", ".join(ExceptionKind)
        raise InvalidInputError(
            f"{query.exception!r} is no exception: use one of {known}",
            zh=f"没有 {query.exception!r} 这种例外：可用 {known}",
            field="exception",
        ) from None


def _extent(query: CheckQuery) -> Extent | None:
    extent = Extent(query.area_m2, query.floor_area_m2, query.length_m, query.buildings)
    return None if extent == Extent() else extent


def _spelling(case: ProposedName, facts: Facts) -> RomanizationShown:
    if normal_form(case.name.text).isascii():
        return RomanizationShown("", "auto", needs_review=True)
    spelt = romanize(case.name, case.feature_class, facts.readings)
    return RomanizationShown(spelt.text, spelt.source, spelt.needs_review)
