"""Load a department's own polygons (载入界线数据) as a draft edition, checked and compared first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geoname.core.boundaries.comparison import EditionComparison, compare_editions
from geoname.core.boundaries.composition import Composition, compose
from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.repair import Repair
from geoname.core.boundaries.territory import Territories
from geoname.core.register.provenance import Source
from geoname.errors import ConflictError, InvalidInputError
from geoname.formats.definition import Definition
from geoname.service.boundary_checks import check_edges, check_file, mend
from geoname.service.boundary_codes import Register, check_codes
from geoname.service.boundary_file import (
    BoundaryFile,
    content_digest,
    definition_of,
    edition_id_of,
    read_own_file,
)
from geoname.service.boundary_report import (
    BoundaryLoadReport,
    ComparisonShown,
    DifferenceShown,
    RepairShown,
    Status,
    show_datum,
)
from geoname.service.keep_drafts import Draft, loaded_release, put_draft, source_id_of
from geoname.service.live_boundaries import boundary_indexes
from geoname.service.opened import Geoname

Progress = Callable[[str, int, int], None]
_STEPS = ("read", "check", "compare", "write", "index")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller wants: a report only, the edition made active, slivers mended up to so many metres."""

    dry_run: bool = False
    activate: bool = False
    repair_m: float | None = None


@dataclass(frozen=True, slots=True)
class _Rest:
    """The edition from which an own one takes what its file lacks."""

    edition: Edition
    source: Source
    territories: Territories
    lines: Sequence[BoundaryLine]


def load_boundaries(
    geoname: Geoname,
    file: Path,
    actor: str,
    wish: Wish,
    definition_file: Path | None = None,
    progress: Progress | None = None,
) -> BoundaryLoadReport:
    """Read, check, compare and write a file of polygons; nothing served changes unless it is made active.

    The report has the status `refused`, and nothing is written, when rings are invalid, polygons overlap, or
    codes mean nothing. The same file with the same definition again is `unchanged`. InvalidInputError for
    provenance that is missing, fields, codes, shapes or coordinates at fault, and a repair beyond its
    tolerance; DataFileError for a damaged file; ConflictError when an edition of this id was published
    already and differs; NotReadyError when no divisions are loaded.
    """
    step = _announcer(progress)
    step("read")
    definition = definition_of(file, definition_file)
    edition_id = edition_id_of(file, definition)
    index = geoname.live()
    active = index.boundaries.territories
    day = definition.valid_from.first if definition.valid_from is not None else None
    register = Register(index.atlas, day)
    read = read_own_file(file, definition, register.names(), active)
    digest = content_digest(read.table, definition, wish.repair_m)
    loaded = _loaded(geoname, edition_id, digest)
    own, repairs = (
        mend(read.territories, wish.repair_m) if wish.repair_m is not None else (read.territories, ())
    )
    step("check")
    rest = _rest(geoname, definition, edition_id)
    composition = compose(own, rest.territories, rest.lines, read.within)
    codes = check_codes(own, register, index.codebook, read.within)
    defects = check_file(own, composition, register)
    step("compare")
    found = compare_editions(own, active)
    report = replace(
        _begun_report(read, edition_id, rest, composition),
        codes=codes,
        defects=defects,
        repair=tuple(map(_shown_repair, repairs)),
        comparison=_shown_comparison(found, index.boundaries.edition.id, own, read.within),
        active_edition=index.boundaries.edition.id,
    )
    if report.blocks:
        return replace(report, status=Status.REFUSED)
    report = replace(report, seam=check_edges(own, rest.territories, composition, read.within))
    if wish.dry_run:
        return report
    step("write")
    draft = _draft(edition_id, definition, digest, rest, composition)
    if not loaded:
        # Before anything is written: what cannot be looked up must not become an edition.
        parts = (draft.edition, draft.source, draft.territories, draft.lines)
        boundary_indexes(geoname.files, *parts, anew=True)
    written = put_draft(geoname, actor, draft, wish.activate)
    step("index")
    status = Status.UNCHANGED if loaded else Status.DRAFT
    if wish.activate:
        status = Status.ACTIVE if report.active_edition != edition_id or not loaded else Status.UNCHANGED
        geoname.refresh()
    return replace(
        report,
        status=status,
        added=written.added,
        changed=written.changed,
        same=written.same,
        active_edition=geoname.live().boundaries.edition.id,
    )


def _loaded(geoname: Geoname, edition_id: str, digest: str) -> bool:
    """Whether exactly this is loaded; ConflictError when something else is published under the id."""
    if loaded_release(geoname.store, source_id_of(edition_id), digest) is not None:
        return True
    if edition_id in [one.id for one in geoname.store.editions()]:
        raise ConflictError(
            f"edition {edition_id} is published and differs from this file: give the new one another id",
            zh=f"界线版本 {edition_id} 已发布且与此文件不同：请用 id 为新版本另起编号",
            field="id",
        )
    return False


def _rest(geoname: Geoname, definition: Definition, edition_id: str) -> _Rest:
    """The edition named, or the active one; an edition that is loaded again keeps what it was made with."""
    editions = {one.id: one for one in geoname.store.editions()}
    wanted = definition.rest_from or geoname.live().boundaries.dated.id
    edition = editions.get(wanted)
    if edition is None or (wanted == edition_id and definition.rest_from):
        known = ", ".join(one for one in editions if one != edition_id)
        raise InvalidInputError(
            f"rest_from {wanted!r} is no other edition: use one of {known}",
            zh=f"rest_from 不能是 {wanted!r}：请用 {known} 之一",
            field="rest_from",
        )
    source = next(one for one in geoname.store.sources() if one.id == edition.source_id)
    return _Rest(edition, source, geoname.store.territories(wanted), geoname.store.boundary_lines(wanted))


def _draft(
    edition_id: str, definition: Definition, digest: str, rest: _Rest, composition: Composition
) -> Draft:
    own = definition.valid_from
    assert own is not None
    note = f"; the rest: {rest.edition.title}"
    source = Source(
        source_id_of(edition_id),
        definition.title,
        definition.authority,
        definition.source,
        f"{definition.licence}{note}, {rest.source.licence}",
        definition.attribution,
        own,
        digest,
    )
    basis = definition.accuracy_basis or ("stated by the source" if definition.accuracy_m else "")
    edition = Edition(
        edition_id,
        definition.title,
        source.id,
        own,
        definition.accuracy_m or rest.edition.accuracy_m,
        (basis or f"not stated; that of {rest.edition.id} is taken") + note,
        definition.map_approval or None,
    )
    return Draft(source, edition, composition.territories, composition.lines)


def _begun_report(
    read: BoundaryFile, edition_id: str, rest: _Rest, composition: Composition
) -> BoundaryLoadReport:
    table, encoding = read.table, read.table.encoding
    counts = Counter(level.value for level in read.territories.levels)
    return BoundaryLoadReport(
        file=read.file.name,
        format=table.format,
        layer=table.layer,
        encoding=None if encoding is None else encoding.name,
        encoding_known_by=None if encoding is None else encoding.how,
        crs=read.frame.title,
        crs_in_file=table.crs,
        fields={"code": read.mapping.code, "name": read.mapping.name},
        fields_known_by=dict(read.mapping.how),
        notes=table.notes,
        edition=edition_id,
        title=read.definition.title,
        status=Status.DRY_RUN,
        levels=dict(counts),
        within=read.within,
        datum=show_datum(read.datum),
        codes=(),
        defects=(),
        repair=(),
        comparison=None,
        rest_from=rest.edition.id,
        dissolved=composition.dissolved,
        kept_lines=composition.kept,
        seam=(),
        added=0,
        changed=0,
        same=0,
        active_edition=None,
    )


def _shown_repair(done: Repair) -> RepairShown:
    return RepairShown(done.tolerance_m, done.defects_before, done.defects_after, done.greatest_m, done.moved)


def _shown_comparison(
    found: EditionComparison, edition_id: str, own: Territories, within: tuple[str, ...]
) -> ComparisonShown:
    """Of the active edition only what the file could hold, by level and place, counts as lacking in it."""
    levels = {len(code) for code in own.codes}
    return ComparisonShown(
        edition_id,
        len(found.territories),
        found.mean_m,
        found.greatest_m,
        found.area_between_m2,
        found.only_in_new,
        tuple(code for code in found.only_in_old if len(code) in levels and code.startswith(within)),
        tuple(
            DifferenceShown(
                one.code,
                one.name,
                one.former_name,
                one.mean_m,
                one.greatest_m,
                None if one.place is None else round(one.place[0], 7),
                None if one.place is None else round(one.place[1], 7),
                one.area_between_m2,
                one.share,
            )
            for one in found.territories
            if one.greatest_m > 0.0 or one.name != one.former_name
        ),
    )


def _announcer(progress: Progress | None) -> Callable[[str], None]:
    def announce(step: str) -> None:
        if progress is not None:
            progress(step, _STEPS.index(step), len(_STEPS))

    return announce
