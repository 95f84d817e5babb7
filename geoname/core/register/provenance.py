"""Provenance: the source a record comes from, and the release with which it was loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.validity.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Source:
    """A source: what it is, whose, where from, under which licence, of which date.

    `sha256` is the digest of what was read; the same digest again means that nothing changed.
    """

    id: str
    title: str
    authority: str
    origin: str
    licence: str
    attribution: str
    as_of: PartialDate | None
    sha256: str


class ReleaseState(StrEnum):
    """Whether a loaded set of records is served."""

    STAGED = "staged"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Release:
    """One load of one source; its records are served once it is published. Times are ISO 8601 in UTC."""

    id: str
    source_id: str
    state: ReleaseState
    actor: str
    loaded_at: str
    published_at: str | None = None
