"""Rows of jobs (后台任务)."""

from __future__ import annotations

from geoname.store.protocols_jobs import Job, JobState
from geoname.store.rows.cells import Row, choice


def job_of(row: Row) -> Job:
    """The job of a row."""
    return Job(
        row["id"],
        row["kind"],
        row["owner"],
        choice(JobState, row["state"], "state"),
        row["request"],
        row["progress"],
        row["checkpoint"],
        row["trouble"],
        row["chunks"],
        row["created"],
        row["started"],
        row["finished"],
        row["expires"],
        row["holder"],
        row["lease"],
        row["leased_until"],
    )
