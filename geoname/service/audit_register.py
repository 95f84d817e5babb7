"""The whole register against the naming rules (地名库审查), as a stream of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from geoname.core.names.readings import ReadingSource
from geoname.core.register.name import NameStatus
from geoname.core.register.name_index.records import IndexedName
from geoname.core.register.visibility import Role, sees_name
from geoname.core.rules.case import LISTED, NEW, Circumstances, ProposedName, propose
from geoname.core.rules.catalogue import NAME_RULES
from geoname.core.rules.engine import Decisions, check_name
from geoname.core.rules.facts import Facts
from geoname.core.rules.grouped_names import GroupedNames
from geoname.core.rules.kept_finding import decisions_of
from geoname.service.answers import ClassShown
from geoname.service.browse_divisions import find_division
from geoname.service.live_index import LiveIndex
from geoname.service.opened import Geoname
from geoname.service.registered_names import is_own_name, registered_names, where_of
from geoname.service.rule_answers import FindingShown, finding_shown
from geoname.service.rule_facts import shipped_facts

Progress = Callable[[str, int, int], None]
_TELL_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class AuditedName:
    """One finding on one registered name; `where` is its chain of divisions. A place without a standard
    name stands under another of its names."""

    name_id: str
    place_id: str
    name: str
    feature_class: ClassShown
    code: str | None
    where: str
    finding: FindingShown


def audit_register(
    geoname: Geoname,
    progress: Progress | None = None,
    *,
    within: str | None = None,
    scheme: str | None = None,
    role: Role = Role.PUBLIC,
    decided: bool = False,
) -> Iterator[AuditedName]:
    """Every open finding on the standard names in force, in the order of the index.

    Names are compared over the whole register; `within` only narrows which are reported. A finding that a
    reviewer has decided is not asked for again: with `decided` it is given too, with its decision. Errors
    are those of `find_division`.
    """
    index = geoname.live()
    span = None
    if within:
        span = index.atlas.span(find_division(index, within, scheme, None, field="within").division.id)
    review = _Review(decisions_of(geoname.store.decided_findings()), decided)
    return _audit(index, shipped_facts(geoname.word_lists), progress, span, role, review)


@dataclass(frozen=True, slots=True)
class _Review:
    """What reviewers have decided, and whether that is told too."""

    decisions: Decisions
    told: bool


def _audit(
    index: LiveIndex,
    listed: Facts,
    progress: Progress | None,
    span: tuple[int, int] | None,
    role: Role,
    review: _Review,
) -> Iterator[AuditedName]:
    names = list(registered_names(index, role))
    facts = replace(listed, register=GroupedNames((each for _, each in names), index.atlas.chain))
    for done, (name, each) in enumerate(names):
        if progress is not None and done % _TELL_EVERY == 0:
            progress("audit", done, len(names))
        if span is None or _is_in(index, name, span):
            case = _case_of(index, name, each.division_id)
            yield from _findings(index, name, case, facts, review)
    yield from _without_name(index, facts, review, {name.place_id for name, _ in names}, span, role)
    if progress is not None:
        progress("audit", len(names), len(names))


def _case_of(index: LiveIndex, name: IndexedName, division_id: str | None) -> ProposedName:
    # A spelling that a program made is not judged by the program that made it.
    confirmed = name.reading_source in (ReadingSource.LOCAL_SURVEY, ReadingSource.APPROVED)
    return propose(
        name.text,
        name.feature_class,
        division_id,
        romanization=name.romanization if confirmed else "",
        standing=LISTED if name.place_id in index.atlas else NEW,
        told=Circumstances(located=name.lon is not None, reading_source=name.reading_source),
        place_id=name.place_id,
    )


def _findings(
    index: LiveIndex, name: IndexedName, case: ProposedName, facts: Facts, review: _Review
) -> Iterator[AuditedName]:
    for finding in check_name(case, facts, NAME_RULES, review.decisions):
        if finding.is_open or review.told:
            yield AuditedName(
                name.name_id,
                name.place_id,
                name.text,
                index.class_shown(name.feature_class),
                name.code or None,
                where_of(index, name),
                finding_shown(finding),
            )


def _without_name(
    index: LiveIndex,
    facts: Facts,
    review: _Review,
    named: set[str],
    span: tuple[int, int] | None,
    role: Role,
) -> Iterator[AuditedName]:
    """Places that have other names in force, aliases among them, and no standard one."""
    seen: set[str] = set()
    for row in index.names.rows():
        name = index.names.row(row)
        if name.status is not NameStatus.CURRENT or name.place_id in named or name.place_id in seen:
            continue
        if not (sees_name(role, name.publication) and is_own_name(index, name)):
            continue
        if span is not None and not _is_in(index, name, span):
            continue
        seen.add(name.place_id)
        case = propose("", name.feature_class, place_id=name.place_id)
        yield from _findings(index, name, case, facts, review)


def _is_in(index: LiveIndex, name: IndexedName, span: tuple[int, int]) -> bool:
    """Whether a place lies within a division, or is it."""
    if span[0] <= name.division < span[1]:
        return True
    return name.place_id in index.atlas and index.atlas.position(name.place_id) == span[0]
