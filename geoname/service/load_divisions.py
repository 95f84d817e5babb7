"""Load a list of divisions (载入区划名录): the ministry's codes beside the others, or a department's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from geoname.core.divisions.code import Code, Scheme
from geoname.core.divisions.code_merging import is_newer, merged_codes, other_code, succeeded_code
from geoname.core.divisions.division import Division, Level, kind_of
from geoname.core.divisions.list_matching import (
    ListMatching,
    Matched,
    MatchedBy,
    Unmatched,
    WhyNot,
    match_list,
)
from geoname.core.divisions.listing import ListedDivision, Reject, check_list
from geoname.core.names.readings import ReadingTable
from geoname.core.register.name import Name, NameKind
from geoname.core.register.provenance import Source
from geoname.core.validity.period import Period
from geoname.errors import AmbiguousCodeError, NotFoundError
from geoname.formats.division_definition import DivisionDefinition, definition_for
from geoname.formats.division_list import DivisionList, read_division_list
from geoname.formats.division_rejects import write_rejects
from geoname.formats.shipped_readings import read_readings
from geoname.formats.shipped_words import read_spelling_variants
from geoname.service.live_index import LiveIndex
from geoname.service.load_divisions_entitled import entitled_only
from geoname.service.load_divisions_origin import kept_id, put_origin, source_of
from geoname.service.load_divisions_records import NewDivision, standard_name
from geoname.service.load_divisions_report import (
    DivisionListReport,
    NotListedShown,
    Status,
    TiedShown,
    reject_shown,
)
from geoname.service.load_kinds import LoadRequest, Progress
from geoname.service.opened import Geoname
from geoname.store.protocols import Written

_STEPS = ("read", "match", "write", "index")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written: divisions with the list's codes added, and new ones."""

    divisions: tuple[Division, ...]
    aliases: tuple[Matched, ...]
    added: tuple[NewDivision, ...]
    rejects: tuple[Reject, ...]
    ended: int


def load_divisions(
    geoname: Geoname, request: LoadRequest, progress: Progress | None = None
) -> DivisionListReport:
    """Tie a list's rows to divisions and give each the list's code; the same again changes nothing.

    Rows that can be tied to none are rejected, or added where the definition says `add_missing`. All in one
    transaction. InvalidInputError for a definition or columns at fault, DataFileError for a damaged file,
    NotReadyError when no divisions are loaded.
    """
    step = announcer(progress, _STEPS)
    step("read")
    definition = definition_for(request.file, request.definition)
    read = read_division_list(request.file, definition)
    source = source_of("divisions", request.file, definition, read.sha256)
    index = geoname.live()
    step("match")
    outside = _outside(index, read.listed, definition)
    listed, inner = check_list(read.listed, outside)
    matching = match_list(listed, index.atlas, definition.as_of, other_spellings(), outside)
    matching, elsewhere = entitled_only(index, matching, request.acts_for)
    plan = _plan(index, matching, definition, source)
    rejects = sorted((*read.rejects, *inner, *elsewhere, *plan.rejects), key=lambda reject: reject.row)
    report = _report(index, request, definition, read, matching, plan, rejects, source)
    if request.rejects is not None and rejects:
        write_rejects(request.rejects, rejects)
    if request.dry_run:
        return report
    step("write")
    written = _write(geoname, request.actor, source, plan)
    step("index")
    geoname.refresh()
    status = Status.LOADED if written.added or written.changed else Status.UNCHANGED
    return replace(report, status=status, added=written.added, changed=written.changed, same=written.same)


def other_spellings() -> dict[str, list[str]]:
    """The other spellings of divisions in official lists, by division id."""
    spellings: dict[str, list[str]] = {}
    for variant in read_spelling_variants():
        spellings.setdefault(variant.division_id, []).append(variant.other_spelling)
    return spellings


def announcer(progress: Progress | None, steps: tuple[str, ...]) -> Any:  # noqa: ANN401 - a plain function
    """What to call with the name of each step."""

    def announce(step: str) -> None:
        if progress is not None:
            progress(step, steps.index(step), len(steps))

    return announce


def _outside(
    index: LiveIndex, listed: tuple[ListedDivision, ...], definition: DivisionDefinition
) -> dict[str, str]:
    """The divisions that are parents in the list without standing in it, by code."""
    inside = {one.code for one in listed}
    wanted = {one.parent_code for one in listed if one.parent_code and one.parent_code not in inside}
    found = {}
    for code in wanted:
        schemes: tuple[Scheme | None, ...] = (
            (definition.scheme, None) if len(code) <= 6 else (definition.scheme,)
        )
        for scheme in schemes:
            try:
                found[code] = index.codebook.find(code, scheme, definition.as_of).division.id
                break
            except (NotFoundError, AmbiguousCodeError):
                continue
    return found


def _plan(index: LiveIndex, matching: ListMatching, definition: DivisionDefinition, source: Source) -> _Plan:
    divisions, rejects, ended = [], [], 0
    aliases = tuple(one for one in matching.matched if one.by is MatchedBy.SPECIFIC)
    for one in matching.matched:
        code = _code(definition, one.listed.code)
        codes = one.division.codes
        before = other_code(codes, code)
        if before is not None:
            if not is_newer(code, before):
                rejects.append(_two_codes(one.listed, before))
                continue
            # Where nobody tells when the earlier code ended, it stays in the audit alone.
            over = succeeded_code(before, code)
            codes = tuple(each for each in (over if each == before else each for each in codes) if each)
            ended += 1
        divisions.append(replace(one.division, codes=merged_codes(codes, (code,))))
    if not definition.add_missing:
        rejects += [_not_tied(index, one) for one in matching.unmatched]
        return _Plan(tuple(divisions), aliases, (), tuple(rejects), ended)
    added, more = _additions(index, matching.unmatched, definition, source)
    return _Plan(tuple(divisions), aliases, added, (*rejects, *more), ended)


def _additions(
    index: LiveIndex, unmatched: tuple[Unmatched, ...], definition: DivisionDefinition, source: Source
) -> tuple[tuple[NewDivision, ...], list[Reject]]:
    """New divisions below those that are known; what several could be is still rejected."""
    known = Period(known_on=definition.as_of)
    ids: dict[str, str] = {}
    added, rejects = [], []
    for one in unmatched:
        listed = one.listed
        parent_id = one.parent_id or ids.get(listed.parent_code or "")
        if one.why is WhyNot.SEVERAL or (parent_id is None and listed.level is not Level.PROVINCE):
            rejects.append(_not_tied(index, one))
            continue
        ids[listed.code] = kept_id(source.id, f"division:{listed.code}:{listed.name}")
        added.append(
            NewDivision(
                ids[listed.code],
                kept_id(source.id, f"name:{listed.code}:{listed.name}"),
                listed.name,
                listed.level,
                kind_of(listed.name, listed.level),
                parent_id,
                (_code(definition, listed.code),),
                known,
                f"{source.id}:{listed.code}",
            )
        )
    return tuple(added), rejects


def _code(definition: DivisionDefinition, code: str) -> Code:
    return Code(definition.scheme, code, definition.as_of, Period(known_on=definition.as_of))


def _two_codes(listed: ListedDivision, before: Code) -> Reject:
    return Reject(
        listed.row,
        "code",
        listed.code,
        f"{listed.name} has the {before.scheme} code {before.code} of {before.as_of} already",
        f"“{listed.name}”已有 {before.as_of} 的 {before.scheme} 代码 {before.code}",
        "load the lists in the order of their years, oldest first",
        "请按年份先后载入名录，最早的在前",
    )


def _not_tied(index: LiveIndex, one: Unmatched) -> Reject:
    parent = index.atlas.latest(one.parent_id).name if one.parent_id else one.listed.parent_code or ""
    said = {
        WhyNot.NOT_THERE: (f"no division of this name lies in {parent}", f"“{parent}”内没有这个名称的区划"),
        WhyNot.SEVERAL: (
            f"several divisions of this name lie in {parent}",
            f"“{parent}”内有几个同名的区划",
        ),
        WhyNot.PARENT_NOT_MATCHED: (
            f"the division above, {parent}, is tied to none",
            f"上级 {parent} 未能对应",
        ),
    }[one.why]
    return Reject(
        one.listed.row,
        "name",
        one.listed.name,
        *said,
        "mend the name, load the change that made it, or set add_missing = true in the definition",
        "请改正名称、先载入设立它的变更，或在数据说明中写 add_missing = true",
    )


def _write(geoname: Geoname, actor: str, source: Source, plan: _Plan) -> Written:
    readings = read_readings() if plan.added or plan.aliases else None
    with geoname.store.writing(actor, f"load divisions {source.id}") as writer:
        release_id, written = put_origin(writer, geoname.store, source, actor)
        if readings is not None:
            written += writer.put_places((one.place() for one in plan.added), release_id)
            written += writer.put_names((one.standard_name(readings) for one in plan.added), release_id)
            aliases = (_alias(source, one, readings) for one in plan.aliases)
            written += writer.put_names(aliases, release_id)
        new = (one.division() for one in plan.added)
        return written + writer.put_divisions((*plan.divisions, *new), release_id)


def _alias(source: Source, tied: Matched, readings: ReadingTable) -> Name:
    """The list's own writing of a name that neither the register nor the table of spellings has."""
    division, text = tied.division, tied.listed.name
    id_ = kept_id(source.id, f"alias:{division.id}:{text}")
    known = Period(known_on=None if source.as_of is None else source.as_of.first)
    name = standard_name(id_, division.id, text, division.kind, known, readings)
    return replace(name, kind=NameKind.ALIAS, needs_review=True)


def _report(
    index: LiveIndex,
    request: LoadRequest,
    definition: DivisionDefinition,
    read: DivisionList,
    matching: ListMatching,
    plan: _Plan,
    rejects: list[Reject],
    source: Source,
) -> DivisionListReport:
    atlas = index.atlas
    primary = {one.listed.row: _primary(one.division, atlas.primary) for one in matching.matched}
    bearers = {
        code.code: id_
        for id_ in atlas.all_ids()
        for code in atlas.latest(id_).codes
        if code.scheme is atlas.primary and code.period.end is None
    }
    spelt = [one for one in matching.matched if one.by in (MatchedBy.SPELLING, MatchedBy.SPECIFIC)]
    return DivisionListReport(
        str(request.file),
        definition.title,
        definition.scheme,
        definition.as_of.isoformat(),
        Status.DRY_RUN,
        read.rows,
        read.columns,
        read.decimals,
        dict(Counter(one.by.value for one in matching.matched)),
        dict(Counter(one.listed.level.value for one in matching.matched)),
        len(plan.added),
        sum(primary[one.listed.row] not in (None, one.listed.code) for one in matching.matched),
        sum(bearers.get(one.listed.code, one.division.id) != one.division.id for one in matching.matched),
        plan.ended,
        tuple(
            TiedShown(
                one.listed.row,
                one.listed.code,
                one.listed.name,
                one.division.name,
                primary[one.listed.row],
                one.by,
            )
            for one in spelt
        ),
        tuple(NotListedShown(each.name, atlas.code_of(each)) for each in matching.not_listed),
        tuple(map(reject_shown, rejects)),
        source.id,
        len(rejects),
    )


def _primary(division: Division, scheme: Scheme) -> str | None:
    return next((code.code for code in division.codes if code.scheme is scheme), None)
