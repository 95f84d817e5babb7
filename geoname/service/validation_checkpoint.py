"""Where a validation stands (断点): written after each chunk, so that a killed run goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from geoname.errors import ConflictError, DataFileError
from geoname.formats.tables.partial_file import not_writable
from geoname.service.validation_tally import Tally

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is: the next row, where the source and the target go on, and the counts so far.

    `run` identifies file, question and data; a run of another identity does not go on from here. `done` is
    True when every row is judged and only the putting in place may remain.
    """

    run: str
    next_row: int
    position: int
    written: int
    done: bool
    tally: dict[str, Any]

    @property
    def counts(self) -> Tally:
        """The counts so far."""
        return Tally.from_json(self.tally)


class Checkpoint(Protocol):
    """Keeps the standing of one run: a file beside the output, or a job's record."""

    def load(self) -> Standing | None:
        """The standing kept last, None when the run has not begun."""
        ...

    def save(self, standing: Standing) -> None:
        """Keep a standing, whole or not at all."""
        ...

    def clear(self) -> None:
        """Forget it: the run is over."""
        ...


class FileCheckpoint:
    """A standing in a small file, replaced at each save."""

    def __init__(self, file: Path) -> None:
        """Take the file, which need not be there."""
        self._file = file

    def load(self) -> Standing | None:
        """What the file holds; DataFileError when it is not what was written."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            if kept.pop("version") != _VERSION:
                raise self._damaged("of another version", "版本不符")
            return Standing(**kept)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise self._damaged(str(error), str(error)) from None

    def save(self, standing: Standing) -> None:
        """Write beside it, bring that to the disk, put it in place; StorageError when there is no room."""
        begun = self._file.with_name(self._file.name + ".new")
        try:
            with begun.open("w", encoding="utf-8") as out:
                json.dump({"version": _VERSION, **asdict(standing)}, out, ensure_ascii=False)
                out.flush()
                os.fsync(out.fileno())
            begun.replace(self._file)
        except OSError as error:
            raise not_writable(self._file, error) from error

    def clear(self) -> None:
        """Remove the file."""
        self._file.unlink(missing_ok=True)

    def _damaged(self, trouble: str, zh: str) -> DataFileError:
        return DataFileError(
            f"{self._file} cannot be read ({trouble}): begin again with --restart",
            zh=f"无法读取 {self._file}（{zh}）：请加 --restart 重新开始",
            field="restart",
        )


def run_identity(*parts: object) -> str:
    """A digest of all that a run's output depends on; equal runs write equal bytes."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def check_same(standing: Standing, run: str, place: Path) -> None:
    """Pass when a standing is of this run; ConflictError when file, options or data are others now."""
    if standing.run != run:
        raise ConflictError(
            f"{place} is from a run with another file, other options or other data: give the earlier "
            "command, or --restart to begin anew",
            zh=f"{place} 属于另一次运行（文件、选项或数据不同）：请用原命令继续，或加 --restart 重新开始",
            field="restart",
        )
