"""The worker of jobs (后台任务进程) beside a server: a process of its own, started again when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from geoname.settings import Settings

STOP_SECONDS = 30
"""How long a worker may take to end the chunk at hand."""
_PAUSE_S = 1.0
# The worker must not keep answers waiting.
_NICENESS = 10


@contextmanager
def job_worker(settings: Settings) -> Iterator[None]:
    """A worker runs for as long as the block lasts; then it ends its chunk and gives its job back."""
    ended = threading.Event()
    # Started before the block forks processes off: a fork must not meet a start half done.
    keeper = _Keeper(settings, ended)
    thread = threading.Thread(target=keeper.keep, name="geoname-job-worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        keeper.stop()
        thread.join(STOP_SECONDS + _PAUSE_S)


class _Keeper:
    """Starts the worker, and again when it dies while it is wanted."""

    def __init__(self, settings: Settings, ended: threading.Event) -> None:
        self._settings = settings
        self._ended = ended
        self._lock = threading.Lock()
        self._process = self._start()

    def keep(self) -> None:
        while True:
            self._process.wait()
            if self._ended.wait(_PAUSE_S):
                return
            with self._lock:
                if self._ended.is_set():
                    return
                self._process = self._start()

    def stop(self) -> None:
        with self._lock:
            process = self._process
        if process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # What is lost is at most the chunk at hand: it is made again from the checkpoint.
            process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        told = {
            "GEONAME_DATABASE": self._settings.database,
            "GEONAME_CACHE": str(self._settings.cache),
            "GEONAME_FILES": str(self._settings.files),
            "GEONAME_LANGUAGE": self._settings.language,
        }
        return subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", "geoname.faces.cli", "jobs", "run", "--with", str(os.getpid())],
            env=os.environ | told,
            stdin=subprocess.DEVNULL,
        )


def run_beside(process_id: int | None, stop: threading.Event) -> None:
    """Stop when the server of this id is gone, and give way to it while it is there."""
    if process_id is None:
        return
    os.nice(_NICENESS)

    def watch() -> None:
        while not stop.wait(_PAUSE_S):
            if os.getppid() != process_id:
                stop.set()

    threading.Thread(target=watch, name="geoname-server-watch", daemon=True).start()
