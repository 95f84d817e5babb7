"""Load a department's own names (载入地名数据): every record examined, compared, published by one switch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.register.record_batch import RecordBatch
from geoname.errors import InvalidInputError, TooLargeError
from geoname.formats.census_fields import known_headings
from geoname.formats.definition import Definition
from geoname.formats.register_fields import RegisterFields, map_register_fields
from geoname.formats.register_table import RegisterTable
from geoname.formats.shipped_readings import read_readings
from geoname.service.boundary_file import definition_of, edition_id_of, scope_polygons
from geoname.service.boundary_place import frame_of
from geoname.service.load_kinds import LoadRequest, Progress
from geoname.service.load_names_changes import CHANGE_COLUMNS, SHOWN, Comparison, change_row
from geoname.service.load_names_datum import require_datum, warned_of_datum
from geoname.service.load_names_divisions_told import DivisionComparison
from geoname.service.load_names_known_places import KnownPlaces
from geoname.service.load_names_places import PlaceReader
from geoname.service.load_names_records import RecordMaker
from geoname.service.load_names_rejects import REJECT_COLUMNS, Rejects
from geoname.service.load_names_report import DatumShown, Followed, LoadStatus, NamesLoadReport, PointShown
from geoname.service.load_names_rows import Checked, RecordChecker
from geoname.service.load_names_spool import CheckedRecords
from geoname.service.load_names_table import HandedBack
from geoname.service.opened import Geoname
from geoname.service.uncollected import uncollected

_POINTS = 500
_DIGITS = 7
_COMPARED, _NEW = 5_000, 130_000
"""How many records are held at once: when each is compared with what is kept, and when all are new."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file opened with its definition."""

    request: LoadRequest
    definition: Definition
    table: RegisterTable
    fields: RegisterFields
    source_id: str
    digest: str


def load_names(geoname: Geoname, request: LoadRequest, progress: Progress | None = None) -> NamesLoadReport:
    """Examine every record of a file, compare with the register, write and publish what is right.

    Nothing served changes before all is written; then one switch shows it. The same file with the same
    definition again is `unchanged`. Rows that fail are told in the report and written to the rejects file.
    InvalidInputError for provenance that is missing, fields that are not there, and a file whose coordinates
    are not what the definition says; DataFileError for a damaged file; ConflictError while another process
    loads this source.
    """
    began = time.monotonic()
    definition = definition_of(request.file, request.definition)
    source_id = f"own-{edition_id_of(request.file, definition)}"
    known = known_headings(definition.fields.values())
    table = RegisterTable(request.file, definition.layer, definition.encoding, known)
    try:
        file = _opened(request, definition, table, source_id)
        # A trial changes nothing, so that any number may go on at once.
        sole = geoname.store.loading(source_id, geoname.files.folder / "loads")
        with nullcontext() if request.dry_run else sole:
            report = _load(geoname, file, progress or _silent)
    finally:
        table.close()
    return replace(report, seconds=round(time.monotonic() - began, 2))


def _opened(request: LoadRequest, definition: Definition, table: RegisterTable, source_id: str) -> _File:
    if definition.complete and set(REJECT_COLUMNS) <= set(table.columns):
        # Rows that were handed back are but a part of the file that its definition calls complete.
        definition = replace(definition, complete=False)
    fields = map_register_fields(
        table.columns, definition.fields, table.has_geometry, cut=table.format == "Shapefile"
    )
    said = repr((table.sha256, definition, sorted(definition.fields.items())))
    more = (definition.scheme, definition.feature_class, str(definition.codes_on), definition.complete)
    digest = hashlib.sha256(f"{said}{more!r}".encode()).hexdigest()
    return _File(request, definition, table, fields, source_id, digest)


def _load(geoname: Geoname, file: _File, progress: Progress) -> NamesLoadReport:
    standing = _standing(geoname, file.source_id)
    published = [one for one in standing if one.state is ReleaseState.PUBLISHED]
    latest = max(published, key=lambda one: one.published_at or "", default=None)
    places = PlaceReader(file.definition, frame_of(file.definition.crs, file.table.crs))
    checker = RecordChecker(
        geoname, file.definition, file.fields, file.table.columns, places, file.request.acts_for
    )
    day = file.definition.valid_from
    atlas = geoname.live().atlas
    with (
        HandedBack(file.request.rejects, "rejects") as failed,
        HandedBack(file.request.changes, "changes") as changes,
        CheckedRecords(geoname.files.folder / "loads") as checked,
        CheckedRecords(geoname.files.folder / "loads") as divisions,
    ):
        rejects = Rejects(failed, file.table.columns)
        comparison = Comparison(
            geoname.store,
            _reasons(file.source_id),
            _told(file),
            str(day),
            latest is not None,
            lambda id_: atlas.latest(id_).name if id_ in atlas else "",
            lambda change: changes.add(CHANGE_COLUMNS, [change_row(change)]),
        )
        known = KnownPlaces(geoname.live(), places.frame.degrees)
        points = _examine(geoname, file, checker, known, rejects, (checked, divisions), progress)
        datum = checker.where.finding()
        require_datum(datum)
        report = _begun_report(file, checker, rejects, checked.count, points)
        report = replace(report, warnings=warned_of_datum(datum, known.told()))
        if datum is not None:
            shown = DatumShown(
                datum.declared, datum.likely, datum.confidence, datum.places, datum.deciding, datum.inside
            )
            report = replace(report, datum=shown)
        same = latest is not None and _is_of(latest, file.digest)
        if same and not file.request.dry_run:
            assert latest is not None
            return replace(report, status=LoadStatus.UNCHANGED, release=latest.id)
        maker = RecordMaker(file.source_id, file.definition, read_readings())
        release = None if file.request.dry_run else _begin(geoname, file, standing)
        _write(geoname, file, comparison, maker, checked, release, progress)
        _tell_divisions(geoname, file, DivisionComparison(comparison, maker), divisions, release)
        _settle_absent(geoname, file, comparison, checker, release)
    if release is not None:
        progress("publish", 0, 1)
        _publish(geoname, file, release)
        progress("index", 0, 1)
        geoname.refresh()
    return replace(
        report,
        status=LoadStatus.DRY_RUN if release is None else LoadStatus.LOADED,
        release="" if release is None else release.id,
        names=comparison.names,
        counts={kind.value: count for kind, count in comparison.counts.items()},
        changes=tuple(comparison.changes),
        changes_file=changes.written,
    )


def _examine(
    geoname: Geoname,
    file: _File,
    checker: RecordChecker,
    known: KnownPlaces,
    rejects: Rejects,
    kept: tuple[CheckedRecords, CheckedRecords],
    progress: Progress,
) -> tuple[PointShown, ...]:
    checked, divisions = kept
    around = scope_polygons(file.definition.within, geoname.live().boundaries.territories)
    points: list[PointShown] = []
    for batch in file.table.batches():
        if file.request.most_rows is not None and batch.first_row + batch.rows - 1 > file.request.most_rows:
            raise TooLargeError(
                f"the file has more than {file.request.most_rows} rows: send it in parts",
                zh=f"文件超过 {file.request.most_rows} 行：请分成几份",
                field="file",
            )
        found = checker.check(batch, around)
        rejects.add(batch, found.troubles)
        checked.add(found)
        if found.of_divisions is not None:
            divisions.add(found.of_divisions)
        known.add(found.columns["name"], found.lon, found.lat)
        points = _spread(points, found)
        progress("read", batch.done, file.table.size)
    checked.seal()
    divisions.seal()
    if checker.tally.read == checker.tally.blank:
        raise InvalidInputError(
            f"{file.request.file.name} holds no records: give a table with rows below its headings",
            zh=f"{file.request.file.name} 中没有记录：请给出标题行下有数据的表",
            field="file",
        )
    return tuple(points)


def _write(
    geoname: Geoname,
    file: _File,
    comparison: Comparison,
    maker: RecordMaker,
    checked: CheckedRecords,
    release: Release | None,
    progress: Progress,
) -> None:
    done = 0
    # Many new records at once are written in the order of their ids, which a database takes in fastest.
    for told in checked.batches(_COMPARED if comparison.loaded_before else _NEW):
        with uncollected():
            batch = comparison.compare(maker.make(told))
        _put(geoname, file, batch, release)
        done += len(told["row"])
        progress("write" if release is not None else "compare", done, checked.count)


def _tell_divisions(
    geoname: Geoname,
    file: _File,
    comparison: DivisionComparison,
    divisions: CheckedRecords,
    release: Release | None,
) -> None:
    for told in divisions.batches(_COMPARED):
        batch = comparison.compare(told)
        _put(geoname, file, batch, release)


def _put(geoname: Geoname, file: _File, batch: RecordBatch, release: Release | None) -> None:
    """Write a batch; nothing in a trial."""
    if release is not None and (len(batch.places) or len(batch.names)):
        reason = _reason(file.source_id)
        geoname.store.load_batch(batch, release.id, actor=file.request.actor, reason=reason)


def _settle_absent(
    geoname: Geoname, file: _File, comparison: Comparison, checker: RecordChecker, release: Release | None
) -> None:
    """What the file lacks is told; it ends when the definition says that the file is complete."""
    if not comparison.loaded_before:
        return
    for several in geoname.store.places_of_source(file.source_id):
        lacking = checker.lacking([own for _, own in several])
        absent = [pair for pair, lacks in zip(several, lacking, strict=True) if lacks]
        if absent:
            batch = comparison.absent(absent, file.definition.complete)
            _put(geoname, file, batch, release)


def _standing(geoname: Geoname, source_id: str) -> list[Release]:
    return [release for release in geoname.store.releases() if release.source_id == source_id]


def _begin(geoname: Geoname, file: _File, standing: Sequence[Release]) -> Release:
    """The staged release to write under: one of the same file that was broken off, or a new one."""
    staged = [one for one in standing if one.state is ReleaseState.STAGED]
    release = next((one for one in staged if _is_of(one, file.digest)), None)
    known = {one.id for one in standing}
    with geoname.store.writing(file.request.actor, _reason(file.source_id)) as writer:
        for other in staged:
            if other is not release:
                writer.put_release(replace(other, state=ReleaseState.WITHDRAWN))
        if release is None:
            id_ = f"{file.source_id}-{file.digest[:12]}"
            number = sum(one.startswith(id_) for one in known)
            id_ = id_ if not number else f"{id_}.{number + 1}"
            release = Release(id_, file.source_id, ReleaseState.STAGED, file.request.actor, _now())
            if not standing:
                writer.put_source(_source(file))
            writer.put_release(release)
    return release


def _publish(geoname: Geoname, file: _File, release: Release) -> None:
    with geoname.store.writing(file.request.actor, _reason(file.source_id)) as writer:
        writer.put_source(_source(file))
        writer.put_release(replace(release, state=ReleaseState.PUBLISHED, published_at=_now()))


def _source(file: _File) -> Source:
    told = file.definition
    return Source(
        file.source_id,
        told.title,
        told.authority,
        told.source,
        told.licence,
        told.attribution,
        told.valid_from,
        file.digest,
    )


def _is_of(release: Release, digest: str) -> bool:
    return release.id.removeprefix(f"{release.source_id}-").split(".")[0] == digest[:12]


def _reason(source_id: str) -> str:
    return f"load names {source_id}"


def _reasons(source_id: str) -> tuple[str, ...]:
    """How the reasons begin for which loads change their own records: loading, and taking a load back."""
    return _reason(source_id), f"undo {source_id}-"


def _told(file: _File) -> frozenset[str]:
    places = {"geometry"} if file.table.has_geometry else set()
    return frozenset(file.fields.columns) | places


def _spread(points: list[PointShown], found: Checked) -> list[PointShown]:
    """Some of the places so far, thinned out when they are too many."""
    there = np.flatnonzero(~np.isnan(found.lon))
    there = there[:: max(len(there) // (_POINTS // 2), 1)].tolist()
    names = found.columns["name"]
    points = points + [
        PointShown(round(float(found.lon[i]), _DIGITS), round(float(found.lat[i]), _DIGITS), names[i] or "")
        for i in there
    ]
    return points[:: -(-len(points) // _POINTS)] if len(points) > _POINTS else points


def _begun_report(
    file: _File, checker: RecordChecker, rejects: Rejects, records: int, points: tuple[PointShown, ...]
) -> NamesLoadReport:
    table, tally = file.table, checker.tally
    remarks = {
        "without_place": tally.without_place,
        "without_division": tally.without_division,
        "division_by_code": tally.division_by_code,
        "division_by_place": tally.division_by_place,
        "dates_in_words": tally.dates_in_words,
        "known_divisions": tally.known_divisions,
        "unlisted_class": sum(tally.unlisted_classes.values()),
        "followed_divisions": tally.followed.total(),
    }
    atlas = checker.where.atlas
    return NamesLoadReport(
        kind="names",
        file=file.request.file.name,
        format=table.format,
        layer=table.layer,
        encoding=table.encoding,
        crs=checker.places.frame.title,
        crs_in_file=table.crs,
        fields=dict(file.fields.columns),
        fields_known_by=dict(file.fields.how),
        unused=file.fields.unused,
        source=file.source_id,
        title=file.definition.title,
        release="",
        status=LoadStatus.DRY_RUN,
        rows=tally.read,
        blank=tally.blank,
        records=records,
        rejected=rejects.rows,
        names=0,
        counts={},
        changes=(),
        troubles=rejects.shown(),
        remarks={key: count for key, count in remarks.items() if count},
        datum=None,
        warnings=(),
        followed=tuple(
            Followed(was, "".join(step.name for step in atlas.chain(now)), count)
            for (was, now), count in tally.followed.most_common(SHOWN)
        ),
        points=points,
        rejects_file=rejects.written,
        changes_file=None,
        seconds=0.0,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _silent(_step: str, _done: int, _of: int) -> None:
    return
