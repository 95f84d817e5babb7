"""Rows of provenance (来源): sources, releases, editions, audit records."""

from __future__ import annotations

from dataclasses import asdict, fields

from geoname.core.audit.chain import AuditRecord
from geoname.core.boundaries.edition import Edition
from geoname.core.register.provenance import Release, ReleaseState, Source
from geoname.errors import DatabaseError
from geoname.store.rows.cells import Row, choice, partial_date, written

_AUDIT_COLUMNS = [field.name for field in fields(AuditRecord)]


def source_row(source: Source) -> Row:
    """The row of a source."""
    return asdict(source) | {"as_of": written(source.as_of)}


def source_of(row: Row) -> Source:
    """The source of a row."""
    return Source(
        row["id"],
        row["title"],
        row["authority"],
        row["origin"],
        row["licence"],
        row["attribution"],
        partial_date(row["as_of"], "as_of"),
        row["sha256"],
    )


def release_row(release: Release) -> Row:
    """The row of a release."""
    return asdict(release) | {"state": release.state.value}


def release_of(row: Row) -> Release:
    """The release of a row."""
    return Release(
        row["id"],
        row["source_id"],
        choice(ReleaseState, row["state"], "state"),
        row["actor"],
        row["loaded_at"],
        row["published_at"],
    )


def edition_row(edition: Edition) -> Row:
    """The row of an edition."""
    return asdict(edition) | {"as_of": written(edition.as_of), "accuracy_m": float(edition.accuracy_m)}


def edition_of(row: Row) -> Edition:
    """The edition of a row; DatabaseError when it has no date."""
    as_of = partial_date(row["as_of"], "as_of")
    if as_of is None:
        raise DatabaseError(
            f"edition {row['id']} has no date: restore a backup or load the edition again",
            zh=f"界线版本 {row['id']} 没有日期：请恢复备份或重新载入",
            field="as_of",
        )
    return Edition(
        row["id"],
        row["title"],
        row["source_id"],
        as_of,
        row["accuracy_m"],
        row["accuracy_basis"],
        row["map_approval"],
    )


def audit_row(record: AuditRecord) -> Row:
    """The row of an audit record."""
    # A large release writes hundreds of thousands: `asdict` takes four times as long.
    return {column: getattr(record, column) for column in _AUDIT_COLUMNS}


def audit_of(row: Row) -> AuditRecord:
    """The audit record of a row."""
    return AuditRecord(
        row["subject"],
        row["position"],
        row["at"],
        row["actor"],
        row["action"],
        row["reason"],
        row["before"],
        row["after"],
        row["previous"],
        row["digest"],
    )
