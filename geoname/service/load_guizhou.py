"""Load the shipped data set of Guizhou: divisions, names, populated places, changes, two editions."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geoname.core.register.place import Location
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.errors import InvalidInputError
from geoname.formats.shipped_changes import read_division_events, read_successions
from geoname.formats.shipped_divisions import (
    ShippedDivision,
    read_divisions,
    read_former_divisions,
    read_neighbours,
)
from geoname.formats.shipped_places import read_populated_places
from geoname.formats.shipped_readings import read_readings
from geoname.formats.shipped_sources import read_sources
from geoname.service.opened import Geoname, open_geoname
from geoname.service.shipped_editions import EDITIONS, ShippedEdition, read_edition, representative_points
from geoname.service.shipped_records import (
    GEONAMES,
    Records,
    division_records,
    populated_place_records,
    seat_locations,
)
from geoname.store.protocols import Writer, Written

Progress = Callable[[str, int, int], None]
CHANGES = "county-changes"
_STEPS = ("read", "polygons", "romanize", "write", "index")


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: rows added, changed and left alone, and the edition that answers come from now."""

    added: int
    changed: int
    same: int
    seconds: float
    active_edition: str
    notes: tuple[str, ...]


def load_guizhou(
    address: str,
    cache: Path,
    actor: str,
    progress: Progress | None = None,
    edition: str | None = None,
) -> LoadReport:
    """Load all of it in one transaction, then build the indexes; loading the same again changes nothing.

    `edition` is made the active one; without it, the shipped default is, unless one is active already.
    InvalidInputError for an edition that is not shipped.
    """
    began = time.monotonic()
    step = _announcer(progress)
    step("read")
    sources = {source.id: source for source in read_sources()}
    shipped = (*read_former_divisions(), *read_divisions(), *read_neighbours())
    step("polygons")
    known = [one.id for one in EDITIONS]
    if edition is not None and edition not in known:
        raise InvalidInputError(
            f"{edition!r} is not a shipped edition: use one of {', '.join(known)}",
            zh=f"没有随附的界线版本 {edition!r}：请用 {', '.join(known)} 之一",
            field="edition",
        )
    editions = [read_edition(one) for one in EDITIONS]
    step("romanize")
    records = _records(shipped, editions[0])
    step("write")
    geoname = open_geoname(address, cache, create=True)
    try:
        written = _write(geoname, actor, sources, records, editions)
        active = _activate(geoname, actor, edition, default=known[0])
        step("index")
        geoname.live()
    finally:
        geoname.close()
    seconds = time.monotonic() - began
    notes = tuple(f"{len(one.lines)} lines derived in edition {one.edition.id}" for one in editions)
    return LoadReport(written.added, written.changed, written.same, round(seconds, 2), active, notes)


def _records(shipped: tuple[ShippedDivision, ...], default: ShippedEdition) -> dict[str, Records]:
    """Every source's records; a division's point is its seat's where proved, else one in its territory."""
    readings = read_readings()
    places = read_populated_places()
    ids = {one.code: one.division.id for one in shipped if one.division.period.end is None}
    locations = _locations(ids, default) | seat_locations(places, ids)
    records = division_records(shipped, readings, locations)
    records[GEONAMES] = populated_place_records(places, ids, readings)
    return records


def _locations(ids: Mapping[str, str], default: ShippedEdition) -> dict[str, Location]:
    points = representative_points(default.edition, default.territories)
    return {ids[code]: point for code, point in points.items()}


def _write(
    geoname: Geoname,
    actor: str,
    sources: Mapping[str, Source],
    records: Mapping[str, Records],
    editions: list[ShippedEdition],
) -> Written:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kept = {release.source_id: release for release in geoname.store.releases()}
    written = Written()
    with geoname.store.writing(actor, "load guizhou") as writer:
        release_of = {}
        there: set[str] = set()
        for source in sources.values():
            written += writer.put_source(source)
            release = Release(
                f"{source.id}-{source.sha256[:12]}", source.id, ReleaseState.PUBLISHED, actor, now, now
            )
            before = kept.get(source.id)
            if before is not None and before.id == release.id:
                release = before
                if before.state is ReleaseState.PUBLISHED:
                    there.add(source.id)
            elif before is not None:
                written += writer.put_release(replace(before, state=ReleaseState.WITHDRAWN))
            written += writer.put_release(release)
            release_of[source.id] = release.id
        written += _write_register(writer, records, release_of, there)
        for one in editions:
            written += writer.put_edition(
                one.edition, one.territories, one.lines, release_of[one.edition.source_id]
            )
    return written


def _write_register(
    writer: Writer, records: Mapping[str, Records], release_of: Mapping[str, str], there: AbstractSet[str]
) -> Written:
    """Places of all sources first, since divisions and names point at each other's across sources.

    What is `there` from this very source stays as it is: lists, changes and naming may have gone on from it.
    """
    written = Written()
    fresh = {source: of_source for source, of_source in records.items() if source not in there}
    for source in records.keys() - fresh.keys():
        kept = records[source]
        written += Written(same=len(kept.places) + len(kept.divisions) + len(kept.names))
    for source, of_source in fresh.items():
        written += writer.put_places(of_source.places, release_of[source])
    for source, of_source in fresh.items():
        written += writer.put_divisions(of_source.divisions, release_of[source])
        written += writer.put_names(of_source.names, release_of[source])
    return written + writer.put_division_changes(
        read_division_events(), read_successions(), release_of[CHANGES]
    )


def _activate(geoname: Geoname, actor: str, wanted: str | None, default: str) -> str:
    active = geoname.store.active_edition()
    chosen = wanted or (active.id if active else default)
    if active is None or active.id != chosen:
        with geoname.store.writing(actor, f"activate {chosen}") as writer:
            writer.activate_edition(chosen)
    return chosen


def _announcer(progress: Progress | None) -> Callable[[str], None]:
    def announce(step: str) -> None:
        if progress is not None:
            progress(step, _STEPS.index(step), len(_STEPS))

    return announce
