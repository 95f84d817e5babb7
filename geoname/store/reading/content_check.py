"""Looks for faults in what is kept (内容校验): audit chains, and editions altered from outside."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import Connection, select

from geoname.core.audit.chain import ChainFault, verify_chain
from geoname.errors import DatabaseError
from geoname.store.dialect import Dialect
from geoname.store.protocols import StoreFault
from geoname.store.reading.case_check import case_faults
from geoname.store.reading.editions import edition_content
from geoname.store.rows.editions import as_multipolygons, content_digest
from geoname.store.rows.provenance import audit_of
from geoname.store.schema import audit, edition


def audit_faults(connection: Connection) -> list[ChainFault]:
    """Every break in any chain."""
    asked = select(audit).order_by(audit.c.subject, audit.c.position)
    records = (audit_of(dict(row)) for row in connection.execute(asked).mappings())
    return [
        fault
        for _, chain in groupby(records, key=lambda record: record.subject)
        for fault in verify_chain(chain)
    ]


def content_faults(connection: Connection, dialect: Dialect) -> list[StoreFault]:
    """Breaks in audit chains; inspections and editions that are not what was recorded or loaded."""
    faults = [
        StoreFault("audit", f"{fault.subject} {fault.position}", fault.trouble)
        for fault in audit_faults(connection)
    ]
    faults += case_faults(connection)
    for edition_id, digest in connection.execute(select(edition.c.id, edition.c.content_sha256)).all():
        try:
            below, polygons, between, courses = edition_content(connection, dialect, edition_id)
            same = content_digest(below, as_multipolygons(polygons), between, courses) == digest
        except DatabaseError as error:
            faults.append(StoreFault("edition", edition_id, error.message))
            continue
        if not same:
            faults.append(StoreFault("edition", edition_id, "its polygons or lines were altered afterwards"))
    return faults
