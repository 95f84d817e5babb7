"""Loads generated names, labelled as such, into a database that holds the shipped data; for measuring."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from generate_names import LABEL, generate

from geoname.core.divisions.code import Scheme
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.core.register.record_batch import NameBatch, Parts, PlaceBatch, RecordBatch
from geoname.service.opened import Geoname

DAY = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class Generated:
    """A batch that can be parted."""

    batch: RecordBatch

    def split(self, size: int) -> list[RecordBatch]:
        """Parts of so many places."""
        parts, taking = [], Parts(self.batch)
        while (part := taking.take(size)) is not None:
            parts.append(part)
        return parts


def generated_batch(geoname: Geoname, count: int, seed: int) -> Generated:
    """So many generated places with a name each, within the townships of the shipped data."""
    atlas = geoname.live().atlas
    known = {
        code.code[:9]: id_
        for id_ in atlas.all_ids()
        for code in atlas.latest(id_).codes
        if code.scheme is Scheme.NBS and len(code.code.rstrip("0")) > 6 and len(code.code) in (9, 12)
    }
    made = generate(count, seed)
    generics = [text[len(own) :] for text, own in zip(made.text, made.specific, strict=True)]
    return Generated(
        RecordBatch(
            PlaceBatch(
                id=made.place_id,
                feature_class=made.feature_class,
                source_record=[f"{LABEL}:{id_}" for id_ in made.place_id],
                division_id=[known.get(code) for code in made.division],
                lon=made.lon,
                lat=made.lat,
                exactness="surveyed",
                basis=LABEL,
            ),
            NameBatch(
                id=made.name_id,
                place_id=made.place_id,
                text=made.text,
                specific=made.specific,
                generic=generics,
                romanization=made.romanization,
            ),
        )
    )


def open_release(geoname: Geoname, title: str, *, published: bool) -> str:
    """A release of generated names; its id."""
    release_id = f"{LABEL}-{title.replace(' ', '-')}"
    state = ReleaseState.PUBLISHED if published else ReleaseState.STAGED
    with geoname.store.writing("bench", title) as writer:
        writer.put_source(
            Source(LABEL, "Generated names: none is real", "", LABEL, "CC0-1.0", "", None, LABEL)
        )
        writer.put_release(Release(release_id, LABEL, state, "bench", DAY, DAY if published else None))
    return release_id


def load_generated(
    geoname: Geoname, made: Generated, title: str, progress: Callable[[int], None] | None = None
) -> dict[str, float]:
    """Load, publish and make the index ready; the seconds of each."""
    begun = time.perf_counter()
    release = open_release(geoname, title, published=False)
    geoname.store.load_batch(made.batch, release, actor="bench", reason=title, progress=progress)
    loaded = time.perf_counter()
    open_release(geoname, title, published=True)
    published = time.perf_counter()
    geoname.refresh()
    return {
        "load": loaded - begun,
        "publish": published - loaded,
        "index": time.perf_counter() - published,
    }
