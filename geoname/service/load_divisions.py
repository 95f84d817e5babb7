"""Load a list of divisions (载入区划名录): the ministry's codes beside the others, or a department's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from geoname.core.divisions.code import Scheme
from geoname.core.divisions.division import Division
from geoname.core.divisions.list_matching import (
    ListMatching,
    Matched,
    MatchedBy,
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
from geoname.service.load_divisions_outcome import with_outcome
from geoname.service.load_divisions_plan import ListPlan, plan_list
from geoname.service.load_divisions_records import standard_name
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
    index = geoname.refresh()
    step("match")
    outside = _outside(index, read.listed, definition)
    listed, inner = check_list(read.listed, outside)
    matching = match_list(listed, index.atlas, definition.as_of, other_spellings(), outside)
    matching, elsewhere = entitled_only(index, matching, request.acts_for)
    plan = plan_list(index, matching, definition, source)
    rejects = sorted((*read.rejects, *inner, *elsewhere, *plan.rejects), key=lambda reject: reject.row)
    report = _report(index, request, definition, read, matching, plan, rejects, source)
    if request.rejects is not None and rejects:
        write_rejects(request.rejects, rejects)
    if request.dry_run:
        return report
    step("write")
    release_id, written = _write(geoname, request.actor, source, plan, index.data_version)
    step("index")
    geoname.refresh()
    return with_outcome(report, release_id, written)


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


def _write(
    geoname: Geoname, actor: str, source: Source, plan: ListPlan, data_version: int
) -> tuple[str, Written]:
    touched = {one.id for one in plan.divisions} | {one.id for one in plan.added}
    touched |= {one.division.id for one in plan.aliases}
    readings = read_readings() if plan.added or plan.aliases else None
    with geoname.store.writing(actor, f"load divisions {source.id}") as writer:
        release_id, written = put_origin(writer, geoname.store, source, actor, data_version)
        watched = writer.watch_records(touched, ())
        if readings is not None:
            written += writer.put_places((one.place() for one in plan.added), release_id)
            written += writer.put_names((one.standard_name(readings) for one in plan.added), release_id)
            aliases = (_alias(source, one, readings) for one in plan.aliases)
            written += writer.put_names(aliases, release_id)
        new = (one.division() for one in plan.added)
        written += writer.put_divisions((*plan.divisions, *new), release_id)
        if written.added or written.changed:
            writer.keep_load_undo(release_id, watched)
        return release_id, written


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
    plan: ListPlan,
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
        request.file.name,
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
