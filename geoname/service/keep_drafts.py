"""Draft editions (界线版本草稿): written beside what is served, published and activated at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from geoname.core.boundaries.edition import Edition
from geoname.core.boundaries.line import BoundaryLine
from geoname.core.boundaries.territory import Territories
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.service.opened import Geoname
from geoname.store.protocols import Store, Writer, Written


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition with its source, territories and lines, ready to be written."""

    source: Source
    edition: Edition
    territories: Territories
    lines: Sequence[BoundaryLine]


def source_id_of(edition_id: str) -> str:
    """The id of the source of an edition that was loaded from a file of the user's own."""
    return f"own-{edition_id}"


def loaded_release(store: Store, source_id: str, digest: str) -> Release | None:
    """The release in which exactly this was loaded and still stands, None when there is none."""
    wanted = _release_id(source_id, digest)
    known = (release for release in store.releases() if release.id == wanted)
    return next((one for one in known if one.state is not ReleaseState.WITHDRAWN), None)


def put_draft(geoname: Geoname, actor: str, draft: Draft, activate: bool) -> Written:
    """Write a draft in place of an earlier one of the same id; with `activate` publish it and answer from it.

    All in one transaction. ConflictError when an edition of this id was published already and differs.
    """
    store, edition = geoname.store, draft.edition
    with store.writing(actor, f"load boundaries {edition.id}") as writer:
        # Read while the write lock is held, so that two loads of one edition follow one another.
        standing = loaded_release(store, draft.source.id, draft.source.sha256)
        if standing is None:
            standing = _new_release(actor, draft.source)
            written = _stage(writer, store, draft, standing)
        else:
            written = Written(same=1 + len(draft.territories) + len(draft.lines))
        if activate:
            _publish(writer, standing)
            writer.activate_edition(edition.id)
    return written


def publish_draft(writer: Writer, store: Store, edition_id: str) -> None:
    """Publish the release of a draft edition, if the edition is one."""
    for release in store.releases():
        if release.source_id == source_id_of(edition_id):
            _publish(writer, release)


def _publish(writer: Writer, release: Release) -> None:
    if release.state is ReleaseState.STAGED:
        writer.put_release(replace(release, state=ReleaseState.PUBLISHED, published_at=_now()))


def _new_release(actor: str, source: Source) -> Release:
    return Release(_release_id(source.id, source.sha256), source.id, ReleaseState.STAGED, actor, _now())


def _stage(writer: Writer, store: Store, draft: Draft, release: Release) -> Written:
    writer.put_source(draft.source)
    writer.put_release(release)
    for earlier in store.releases():
        superseded = earlier.source_id == draft.source.id and earlier.id != release.id
        if superseded and earlier.state is ReleaseState.STAGED:
            writer.put_release(replace(earlier, state=ReleaseState.WITHDRAWN))
    return writer.put_edition(draft.edition, draft.territories, draft.lines, release.id)


def _release_id(source_id: str, digest: str) -> str:
    return f"{source_id}-{digest[:12]}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
