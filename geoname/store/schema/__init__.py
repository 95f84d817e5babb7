"""The tables (库表), the same for every database; a subject to a file."""

from geoname.store.schema.audit import audit, setting, staged_change
from geoname.store.schema.base import METADATA
from geoname.store.schema.boundaries import boundary_line, edition, territory
from geoname.store.schema.changes import live_change
from geoname.store.schema.division_changes import division_change, load_undo
from geoname.store.schema.divisions import code, division, division_event, succession
from geoname.store.schema.inspections import (
    inspection,
    inspection_finding,
    inspection_paper,
    inspection_plan,
    inspection_record,
    inspection_signature,
    peace_record,
)
from geoname.store.schema.jobs import job, job_choice, job_chunk
from geoname.store.schema.lines import boundary_marker, registered_line
from geoname.store.schema.materials import attachment, field_form, track
from geoname.store.schema.naming import finding, name_succession, naming_proposal
from geoname.store.schema.provenance import release, source
from geoname.store.schema.register import name, name_event, place, staged_name, staged_place
from geoname.store.schema.tokens import token

__all__ = [
    "METADATA",
    "REVISIONS",
    "VERSION_TABLE",
    "attachment",
    "audit",
    "boundary_line",
    "boundary_marker",
    "code",
    "division",
    "division_change",
    "division_event",
    "edition",
    "field_form",
    "finding",
    "inspection",
    "inspection_finding",
    "inspection_paper",
    "inspection_plan",
    "inspection_record",
    "inspection_signature",
    "job",
    "job_choice",
    "job_chunk",
    "live_change",
    "load_undo",
    "name",
    "name_event",
    "name_succession",
    "naming_proposal",
    "peace_record",
    "place",
    "registered_line",
    "release",
    "setting",
    "source",
    "staged_change",
    "staged_name",
    "staged_place",
    "succession",
    "territory",
    "token",
    "track",
]  # fmt: skip

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""Every schema version there has been, oldest first; the last is the one this package works with."""

VERSION_TABLE = "schema_version"
