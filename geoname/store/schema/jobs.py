"""Tables of jobs (后台任务): who holds which, how far it is, what its chunks gave, what a person chose."""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Integer, LargeBinary, Table

from geoname.store.schema.base import METADATA, fid, reference, text

# Times of leases and expiry are seconds since 1970, which compare the same in every database.
job = Table(
    "job",
    METADATA,
    fid(),
    text("id", unique=True),
    text("kind"),
    text("owner"),
    text("state"),
    text("request"),
    text("progress"),
    text("checkpoint"),
    text("trouble"),
    Column("chunks", Integer, nullable=False),
    Column("created", Double, nullable=False),
    Column("started", Double, nullable=True),
    Column("finished", Double, nullable=True),
    Column("expires", Double, nullable=False),
    text("holder", nullable=True),
    # Grows with every lease, so that a holder from before is told from the present one.
    Column("lease", Integer, nullable=False),
    Column("leased_until", Double, nullable=True),
    sqlite_autoincrement=True,
)
Index("job_state", job.c.state)
Index("job_owner", job.c.owner)

job_chunk = Table(
    "job_chunk",
    METADATA,
    fid(),
    reference("job_id", "job.id"),
    Column("position", Integer, nullable=False),
    Column("first_row", Integer, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
Index("job_chunk_job_id_position", job_chunk.c.job_id, job_chunk.c.position, unique=True)

job_choice = Table(
    "job_choice",
    METADATA,
    fid(),
    reference("job_id", "job.id"),
    Column("row_number", Integer, nullable=False),
    text("content"),
    sqlite_autoincrement=True,
)
Index("job_choice_job_id_row_number", job_choice.c.job_id, job_choice.c.row_number, unique=True)
