"""The work of a load in the background (载入任务): any kind, with progress, begun again if broken off."""

from __future__ import annotations

import json
import queue
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import orjson

from geoname.errors import GeonameError
from geoname.service.load_kinds import LoadRequest, kind_named
from geoname.service.loads import CHANGES, PROGRESS, REJECTS, REPORT, TABLES, LoadTask, table_name, task_of
from geoname.service.opened import Geoname
from geoname.service.run_jobs import Step, Work
from geoname.store.protocols_jobs import Chunk, Job

_EVERY_S = 0.5


class _LetGoError(GeonameError):
    """The job was taken away: the load ends at its next step."""


class _Loading:
    """One load in a thread of its own, so that its progress can be kept while it goes on."""

    def __init__(self, geoname: Geoname, task: LoadTask, folder: Path) -> None:
        self._geoname = geoname
        self._task = task
        self._folder = folder
        self._told: queue.SimpleQueue[tuple[str, float] | None] = queue.SimpleQueue()
        self._let_go = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="geoname-load")
        self.rejects, self.changes = folder / "rejects.csv", folder / "changes.csv"
        self.report: Any = None

    def __enter__(self) -> _Loading:
        self._loaded = self._pool.submit(self._load)
        self._loaded.add_done_callback(lambda _: self._told.put(None))
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go.set()
        self._pool.shutdown()

    def steps(self) -> Iterator[tuple[str, float]]:
        """The step and how far it is, told no oftener than need be; errors of the load are raised."""
        last = 0.0
        while (told := self._told.get()) is not None:
            if time.monotonic() - last >= _EVERY_S:
                last = time.monotonic()
                yield told
        self.report = self._loaded.result()

    def _load(self) -> Any:  # noqa: ANN401 - the report of any kind
        task = self._task
        file = self._folder / task.filename
        shutil.copyfile(self._geoname.attachments.there(task.sha256, task.ending), file)
        definition = self._folder / "definition.toml"
        definition.write_text(task.definition, encoding="utf-8")
        acts_for = None if task.acts_for is None else tuple(task.acts_for)
        request = LoadRequest(
            file, definition, task.actor, task.dry_run, self.rejects, acts_for, task.most_rows, self.changes
        )
        return kind_named(task.load_kind).load(self._geoname, request, self._note)

    def _note(self, step: str, done: int, of: int) -> None:
        if self._let_go.is_set():
            raise _LetGoError("the job was taken away", zh="任务已被收回")
        self._told.put((step, min(1.0, done / of) if of else 0.0))


def load_work(geoname: Geoname) -> Work:
    """The work of jobs of loading; what is begun again from the start adds nothing twice."""

    def work(job: Job) -> Iterator[Step]:
        task = task_of(job)
        with geoname.attachments.working_folder() as folder, _Loading(geoname, task, folder) as loading:
            for step, fraction in loading.steps():
                yield _step(PROGRESS, b"", step, fraction)
            report = _report(loading.report, task)
            rejected = int(getattr(loading.report, "rejected", 0) or 0)
            yield _step(REPORT, report, "done", 1.0, rejected)
            for which, table in ((REJECTS, loading.rejects), (CHANGES, loading.changes)):
                if table.is_file():
                    yield _step(which, table.read_bytes(), "done", 1.0, rejected)

    return work


def _report(report: Any, task: LoadTask) -> bytes:  # noqa: ANN401 - of any kind
    """The report as JSON; tables are told by the names under which they are handed out."""
    told: dict[str, Any] = orjson.loads(orjson.dumps(report))
    for which in TABLES.values():
        if told.get(f"{which}_file"):
            told[f"{which}_file"] = table_name(task, which)
    return orjson.dumps(told)


def _step(what: int, content: bytes, step: str, fraction: float, rejected: int = 0) -> Step:
    progress = json.dumps({"step": step, "fraction": round(fraction, 4), "rejected": rejected})
    return Step(Chunk(what, 1 if content else 0, content), "", progress)
