"""Files handed in to be loaded (载入任务): queued, shown, published, taken back; private to one token."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, TooLargeError
from geoname.service.handing_in import Upload, kind_of, plain_filename
from geoname.service.kept_uploads import still_wanted
from geoname.service.load_kinds import kind_named
from geoname.service.opened import Geoname
from geoname.store.protocols_jobs import OPEN_STATES, Job, JobState

KIND = "load"
NAMES = "names"
_DAY_S = 86_400.0
_UNDONE = -3
"""Where what taking back did is kept among the choices of a job, which are by row."""


@dataclass(frozen=True, slots=True)
class LoadTask:
    """What a job of loading has to do, as the job keeps it; `ending` is that of the file kept.

    `acts_for` are the divisions that whoever handed it in acts for, None for all.
    """

    sha256: str
    size: int
    filename: str
    ending: str
    load_kind: str
    definition: str
    dry_run: bool
    actor: str
    acts_for: Sequence[str] | None
    most_rows: int | None


@dataclass(frozen=True, slots=True)
class TroubleTold:
    """Why nothing was loaded, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class LoadShown:
    """A load as it stands: `state` is queued, running, done, failed or cancelled.

    `step` and `fraction` tell how far it is, `report` what it found and did, as its kind tells it; `rejected`
    rows are to be had as a table. `undone` tells what taking it back did.
    """

    id: str
    kind: str
    filename: str
    dry_run: bool
    state: str
    definition: str
    created_at: str
    started_at: str | None
    finished_at: str | None
    expires_at: str
    step: str
    fraction: float
    rejected: int
    report: dict[str, Any] | None
    undone: dict[str, Any] | None
    trouble: TroubleTold | None


@dataclass(frozen=True, slots=True)
class LoadList:
    """The loads of one token, oldest first, without their reports."""

    items: tuple[LoadShown, ...]


def begin_load(
    geoname: Geoname, upload: Upload, kind: str, definition: str, dry_run: bool, caller: Caller
) -> LoadShown:
    """Keep a file and queue its load.

    InvalidInputError for an unknown kind, a definition that is none, or what is no file of data;
    TooLargeError beyond the quota; ForbiddenError when the token does not act for the divisions that the
    definition names. Of names, only the rows that lie elsewhere are refused.
    """
    within = kind_named(kind).within(definition)
    acts_for = None if caller.has(Role.ADMINISTRATOR) and not caller.divisions else caller.divisions
    if kind != NAMES and acts_for is not None:
        _check_entitled(within, caller)
    owner = caller.token_id or ""
    open_ = sum(job.state in OPEN_STATES for job in geoname.store.jobs(owner) if job.kind == KIND)
    if open_ >= upload.quota.open_jobs:
        raise TooLargeError(
            f"{open_} loads of yours wait or are at work, as many as are allowed: wait for one",
            zh=f"您已有 {open_} 份载入在排队或进行中，已达上限：请等候",
            field="file",
        )
    received_as = geoname.attachments.receiving(upload.stream, upload.quota.file_bytes, load_ending)
    with received_as as received:
        filename = named_as(plain_filename(upload.filename), received.ending)
        task = LoadTask(
            received.sha256,
            received.size,
            filename,
            received.ending,
            kind,
            definition,
            dry_run,
            f"token {owner}" if owner else "keeper",
            acts_for,
            upload.quota.rows,
        )
        with geoname.attachments.guarded():
            geoname.attachments.place(received)
            job = _queue(geoname, task, owner, upload.quota.kept_days)
    return show(geoname, job)


def publish_load(geoname: Geoname, id_: str, caller: Caller, kept_days: int = 7) -> LoadShown:
    """Do in earnest what was tried (a new load, which is given back), or publish the draft that was loaded.

    ConflictError for a load that is not done, or that is published by itself.
    """
    job = own_load(geoname, id_, caller)
    task = task_of(job)
    if job.state is not JobState.DONE:
        raise ConflictError(
            f"the load is {job.state}, not done: wait for its end, or hand the file in again",
            zh="载入尚未完成：请等它结束，或重新上传",
            field="id",
        )
    if task.dry_run:
        again = LoadTask(**{**asdict(task), "dry_run": False})
        return show(geoname, _queue(geoname, again, job.owner, kept_days))
    publish = kind_named(task.load_kind).publish
    if publish is None:
        raise ConflictError(
            f"a load of {task.load_kind} is published when it ends well: there is nothing to publish",
            zh="这种载入成功后即已发布：无需再发布",
            field="id",
        )
    publish(geoname, report_of(geoname, job) or {}, task.actor)
    return show(geoname, job)


def undo_loaded(geoname: Geoname, id_: str, caller: Caller) -> LoadShown:
    """Take a load back; ConflictError for one that did nothing, cannot be taken back, or was already."""
    job = own_load(geoname, id_, caller)
    task = task_of(job)
    undo = kind_named(task.load_kind).undo
    report = report_of(geoname, job)
    unchanged = report is not None and report.get("status") == "unchanged"
    if job.state is not JobState.DONE or task.dry_run or report is None or unchanged:
        raise ConflictError(
            "this load has changed nothing: there is nothing to take back",
            zh="这次载入没有改动数据：没有可撤销的内容",
            field="id",
        )
    if undo is None:
        raise ConflictError(
            f"a load of {task.load_kind} cannot be taken back as a whole: correct it by another load",
            zh="这种载入不能整体撤销：请再载入一份改正后的文件",
            field="id",
        )
    told = undo(geoname, report, f"token {caller.token_id}" if caller.token_id else "keeper")
    geoname.store.put_choice(job.id, _UNDONE, json.dumps(asdict(told), ensure_ascii=False), task.actor)
    return show(geoname, job)


def list_loads(geoname: Geoname, caller: Caller) -> LoadList:
    """The caller's loads; those of all tokens for whoever works on the database itself."""
    owner = None if caller == KEEPER else caller.token_id or ""
    jobs = [job for job in geoname.store.jobs(owner) if job.kind == KIND]
    return LoadList(tuple(show(geoname, job, reports=False) for job in jobs))


def show_load(geoname: Geoname, id_: str, caller: Caller) -> LoadShown:
    """One load with its report; NotFoundError for another's as for none."""
    return show(geoname, own_load(geoname, id_, caller))


def rejects_of(geoname: Geoname, id_: str, caller: Caller) -> tuple[str, bytes]:
    """The name and content of the table of rows that failed; NotFoundError when none did."""
    nothing = NotFoundError(
        "no row failed, or the load has not ended yet: there is no table of rejects",
        zh="没有退回的行，或载入尚未结束：没有退回表",
        field="id",
    )
    return _table(geoname, own_load(geoname, id_, caller), REJECTS, nothing)


def changes_of(geoname: Geoname, id_: str, caller: Caller) -> tuple[str, bytes]:
    """The name and content of the table of what was there and is changed; NotFoundError when nothing is."""
    nothing = NotFoundError(
        "nothing that was there is changed, or the load has not ended yet: there is no table of changes",
        zh="没有改动已有的记录，或载入尚未结束：没有变更清单",
        field="id",
    )
    return _table(geoname, own_load(geoname, id_, caller), CHANGES, nothing)


def _table(geoname: Geoname, job: Job, which: int, nothing: NotFoundError) -> tuple[str, bytes]:
    """The name and content of a table that the load wrote, the last one if it was begun again."""
    kept = [chunk.content for chunk in geoname.store.job_chunks(job.id, which) if chunk.first_row == which]
    if not (kept and kept[-1]):
        raise nothing
    return table_name(task_of(job), TABLES[which]), kept[-1]


def table_name(task: LoadTask, which: str) -> str:
    """Under which name a table of rejects or of changes is handed out."""
    return f"{Path(task.filename).stem}.{which}.csv"


def own_load(geoname: Geoname, id_: str, caller: Caller) -> Job:
    """The job of an id, for its owner and whoever works on the database itself."""
    job = geoname.store.job(id_)
    if job is None or job.kind != KIND or not (caller == KEEPER or job.owner == (caller.token_id or "")):
        raise NotFoundError(
            f"there is no load {id_!r} of yours: it may have expired",
            zh=f"没有您的载入 {id_!r}：可能已过期",
            field="id",
        )
    return job


def task_of(job: Job) -> LoadTask:
    """What a job has to do."""
    return LoadTask(**json.loads(job.request))


PROGRESS, REPORT, REJECTS, CHANGES = 0, 1, 2, 3
"""What the chunks of a job hold, by their first row."""
TABLES = {REJECTS: "rejects", CHANGES: "changes"}
"""The tables among them, and how files of them end."""


def report_of(geoname: Geoname, job: Job) -> dict[str, Any] | None:
    """The report of a load that has ended well, as JSON."""
    kept = [chunk.content for chunk in geoname.store.job_chunks(job.id, REPORT) if chunk.first_row == REPORT]
    found: dict[str, Any] | None = json.loads(kept[-1]) if kept else None
    return found


def remove_expired_loads(geoname: Geoname) -> None:
    """Forget the loads whose time is over; what they loaded stays."""
    for job in geoname.store.expired_jobs(time.time()):
        if job.kind == KIND:
            task = task_of(job)
            with geoname.attachments.guarded():
                geoname.store.remove_job(job.id, "expiry")
                if not still_wanted(geoname, task.sha256, task.ending):
                    geoname.attachments.remove(task.sha256, task.ending)


def show(geoname: Geoname, job: Job, *, reports: bool = True) -> LoadShown:
    """A load as its owner sees it."""
    task = task_of(job)
    progress: dict[str, Any] = json.loads(job.progress) if job.progress else {}
    undone = geoname.store.choices(job.id).get(_UNDONE)
    trouble = json.loads(job.trouble) if job.trouble else None
    return LoadShown(
        job.id,
        task.load_kind,
        task.filename,
        task.dry_run,
        job.state,
        task.definition if reports else "",
        _time(job.created) or "",
        _time(job.started),
        _time(job.finished),
        _time(job.expires) or "",
        progress.get("step", ""),
        1.0 if job.state is JobState.DONE else progress.get("fraction", 0.0),
        progress.get("rejected", 0),
        report_of(geoname, job) if reports and job.state is JobState.DONE else None,
        json.loads(undone) if undone else None,
        TroubleTold(trouble["zh"], trouble["en"]) if trouble else None,
    )


def load_ending(file: Path) -> str:
    """What a file of data ends with, by its content: a zip holds a Shapefile, JSON is GeoJSON."""
    with file.open("rb") as opened:
        head = opened.read(64)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "geojson"
    try:
        return kind_of(file).value
    except InvalidInputError:
        if head.startswith(b"PK\x03\x04"):
            return "zip"
        raise


def _check_entitled(within: Sequence[str], caller: Caller) -> None:
    beyond = [code for code in within if not caller.acts_for(code)]
    if within and not beyond:
        return
    said = ", ".join(beyond) or "(none)"
    raise ForbiddenError(
        f"the token does not act for {said}: name its own divisions in within, or ask an administrator",
        zh=f"令牌不代表 {said}：请在数据说明中用 within 写明所代表的区划，或请管理员载入",
        field="definition",
    )


def _queue(geoname: Geoname, task: LoadTask, owner: str, kept_days: int) -> Job:
    return geoname.store.add_job(
        secrets.token_hex(16),
        KIND,
        owner,
        json.dumps(asdict(task), ensure_ascii=False),
        time.time() + kept_days * _DAY_S,
    )


def named_as(filename: str, ending: str) -> str:
    """The file's name with the ending of its content; text tables keep the ending they have."""
    known = {
        "csv": (".csv", ".tsv", ".txt", ".tab"),
        "xlsx": (".xlsx", ".xlsm"),
        "geojson": (".geojson", ".json"),
    }
    if Path(filename).suffix.lower() in known.get(ending, (f".{ending}",)):
        return filename
    return f"{filename}.{ending}"


def _time(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
