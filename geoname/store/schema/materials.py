"""Tables of field materials (外业资料): photographs and scans, tracks, forms taken to the field.

They name their inspection without a reference: what was handed in stays when a demonstration is removed, and
is removed by its own. `content` is the whole record as JSON.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from geoname.store.schema.base import METADATA, fid, text

attachment = Table(
    "attachment",
    METADATA,
    fid(),
    text("id", unique=True),
    text("inspection_id"),
    text("subject"),
    text("sha256"),
    text("content"),
    sqlite_autoincrement=True,
)
Index("attachment_inspection_id", attachment.c.inspection_id)
Index("attachment_sha256", attachment.c.sha256)

track = Table(
    "track",
    METADATA,
    fid(),
    text("id", unique=True),
    text("inspection_id"),
    text("sha256"),
    text("content"),
    sqlite_autoincrement=True,
)
Index("track_inspection_id", track.c.inspection_id)
Index("track_sha256", track.c.sha256)

field_form = Table(
    "field_form",
    METADATA,
    fid(),
    text("id", unique=True),
    text("inspection_id"),
    text("content"),
    sqlite_autoincrement=True,
)
Index("field_form_inspection_id", field_form.c.inspection_id)
