"""Files handed in to be validated (批量核对): kept, queued, shown and removed; private to one token."""

from __future__ import annotations

import json
import secrets
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from geoname.core.register.token import KEEPER, Caller
from geoname.errors import NotFoundError, TooLargeError
from geoname.service.handing_in import Upload, kind_of, plain_filename
from geoname.service.kept_uploads import still_wanted
from geoname.service.opened import Geoname
from geoname.service.validation_answers import (
    PreviewShown,
    TroubleShown,
    ValidationList,
    ValidationOptions,
    ValidationShown,
)
from geoname.service.validation_tables import (
    completed,
    first_rows,
    guessed_column,
    known_rows,
    opened,
)
from geoname.store.protocols_jobs import OPEN_STATES, Job, JobState

KIND = "validation"
_DAY_S = 86_400.0
_PREVIEWED = 5


@dataclass(frozen=True, slots=True)
class ValidationRequest:
    """What a job of validation has to do, as the job keeps it."""

    sha256: str
    size: int
    filename: str
    kind: str
    rows: int | None
    most_rows: int
    options: ValidationOptions


def preview_file(geoname: Geoname, upload: Upload) -> PreviewShown:
    """Look into a file that is not kept; InvalidInputError for what is no table."""
    received_as = geoname.attachments.receiving(upload.stream, upload.quota.file_bytes, kind_of)
    with received_as as received, opened(received.file) as source:
        return PreviewShown(
            plain_filename(upload.filename),
            received.ending,
            source.columns,
            first_rows(source, _PREVIEWED),
            guessed_column(source),
        )


def begin_validation(
    geoname: Geoname, upload: Upload, options: ValidationOptions, caller: Caller
) -> ValidationShown:
    """Keep a file and queue it.

    InvalidInputError for what is no table or a column that is not there, TooLargeError beyond the quota.
    """
    owner = caller.token_id or ""
    _check_open(geoname, owner, upload.quota.open_jobs)
    received_as = geoname.attachments.receiving(upload.stream, upload.quota.file_bytes, kind_of)
    with received_as as received:
        with opened(received.file, options) as source:
            options = completed(options, source)
            rows = known_rows(source, upload.quota.rows)
        if rows is not None and rows > upload.quota.rows:
            raise too_many_rows(upload.quota.rows)
        request = ValidationRequest(
            received.sha256,
            received.size,
            plain_filename(upload.filename),
            received.ending,
            rows,
            upload.quota.rows,
            options,
        )
        with geoname.attachments.guarded():
            geoname.attachments.place(received)
            job = geoname.store.add_job(
                secrets.token_hex(16),
                KIND,
                owner,
                json.dumps(asdict(request), ensure_ascii=False),
                time.time() + upload.quota.kept_days * _DAY_S,
            )
    return shown(geoname, job)


def list_validations(geoname: Geoname, caller: Caller) -> ValidationList:
    """The caller's files; those of all tokens for whoever works on the database itself."""
    owner = None if caller == KEEPER else caller.token_id or ""
    jobs = [job for job in geoname.store.jobs(owner) if job.kind == KIND]
    return ValidationList(tuple(shown(geoname, job) for job in jobs))


def show_validation(geoname: Geoname, id_: str, caller: Caller) -> ValidationShown:
    """One file of the caller's; NotFoundError for another's as for none."""
    return shown(geoname, own_job(geoname, id_, caller))


def remove_validation(geoname: Geoname, id_: str, caller: Caller) -> None:
    """Stop the work on a file and forget it with its result; NotFoundError for another's as for none."""
    job = own_job(geoname, id_, caller)
    _forget(geoname, job, caller.token_id or "keeper")


def remove_expired(geoname: Geoname) -> None:
    """Forget the files whose time is over, and what a killed process left half received."""
    for job in geoname.store.expired_jobs(time.time()):
        if job.kind == KIND:
            _forget(geoname, job, "expiry")
    geoname.attachments.sweep(_DAY_S)


def own_job(geoname: Geoname, id_: str, caller: Caller) -> Job:
    """The job of an id, for its owner and whoever works on the database itself."""
    job = geoname.store.job(id_)
    if job is None or job.kind != KIND or not (caller == KEEPER or job.owner == (caller.token_id or "")):
        raise NotFoundError(
            f"there is no file {id_!r} of yours: it may have been removed or its time is over",
            zh=f"没有您的文件 {id_!r}：可能已删除或已过期",
            field="id",
        )
    return job


def request_of(job: Job) -> ValidationRequest:
    """What a job has to do."""
    read = json.loads(job.request)
    return ValidationRequest(**{**read, "options": ValidationOptions(**read["options"])})


def shown(geoname: Geoname, job: Job) -> ValidationShown:
    """A job as its owner sees it."""
    request = request_of(job)
    progress: dict[str, Any] = json.loads(job.progress) if job.progress else {}
    done, spent, part = progress.get("rows", 0), progress.get("seconds", 0.0), progress.get("fraction", 0.0)
    choices = [json.loads(content) for content in geoname.store.choices(job.id).values()]
    counts = Counter(progress.get("counts", {}))
    counts.subtract(choice["status"] for choice in choices)
    at_work = job.state is JobState.RUNNING and spent > 0
    return ValidationShown(
        job.id,
        request.filename,
        request.kind,
        job.state,
        request.options,
        _time(job.created) or "",
        _time(job.started),
        _time(job.finished),
        _time(job.expires) or "",
        done if job.state is JobState.DONE else request.rows,
        done,
        1.0 if job.state is JobState.DONE else part,
        round(done / spent, 1) if at_work else None,
        round(spent / part - spent, 1) if at_work and part else None,
        dict(counts),
        len(choices),
        TroubleShown(**json.loads(job.trouble)) if job.trouble else None,
    )


def too_many_rows(most: int) -> TooLargeError:
    """The error of a file with more rows than are allowed."""
    return TooLargeError(
        f"the file has more than {most} rows: send it in parts",
        zh=f"文件超过 {most} 行：请分成几份",
        field="file",
    )


def _check_open(geoname: Geoname, owner: str, most: int) -> None:
    open_ = sum(job.state in OPEN_STATES for job in geoname.store.jobs(owner) if job.kind == KIND)
    if open_ >= most:
        raise TooLargeError(
            f"{open_} files of yours wait or are at work, as many as are allowed: wait, or remove one",
            zh=f"您已有 {open_} 份文件在排队或核对中，已达上限：请等候或删除一份",
            field="file",
        )


def _forget(geoname: Geoname, job: Job, actor: str) -> None:
    request = request_of(job)
    with geoname.attachments.guarded():
        geoname.store.remove_job(job.id, actor)
        if not still_wanted(geoname, request.sha256, request.kind):
            geoname.attachments.remove(request.sha256, request.kind)


def _time(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
