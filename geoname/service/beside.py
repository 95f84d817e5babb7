"""A process beside the service (旁路进程), of which there is at most one for each that starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any


class Beside:
    """Runs a module in a process of its own, which ends with this one."""

    def __init__(self, module: str, address: str, cache: Path) -> None:
        """Take the module, what database it is for, and the folder of all index files."""
        self._module = module
        self._told = {"address": address, "cache": str(cache)}
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, **told: str) -> None:
        """Start it, unless it is at work."""
        if self.is_working():
            return
        self.stop()
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", self._module], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        # The address may hold a password, which no list of processes must show.
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(self._told | told).encode() + b"\n")
            self._process.stdin.flush()

    def is_working(self) -> bool:
        """Whether it is at work."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it, whatever it was doing: what is not whole is not there."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdin is not None
            with suppress(BrokenPipeError):
                self._process.stdin.close()


class ProcessesBeside:
    """Those that work for a service: one makes a new base, the other the pieces that came since."""

    def __init__(self, address: str, cache: Path) -> None:
        """Take what database they are for, and the folder of all index files."""
        self.folding = Beside("geoname.service.fold_names", address, cache)
        self.following = Beside("geoname.service.follow_names", address, cache)

    def stop(self) -> None:
        """End both."""
        self.folding.stop()
        self.following.stop()


def told_by_starter() -> tuple[dict[str, Any], threading.Event]:
    """What the process that started this one told it, and what is set when that one has ended."""
    told = json.loads(sys.stdin.buffer.readline())
    ended = threading.Event()

    def wait() -> None:
        # Not through the buffer: Python could not end while a thread holds it.
        while os.read(sys.stdin.fileno(), 64):
            pass
        ended.set()

    threading.Thread(target=wait, name="geoname-starter", daemon=True).start()
    return told, ended
