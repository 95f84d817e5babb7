"""Validates a file of names (批量核查): rows out are rows in, in order and untouched, answers appended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from geoname.errors import ConflictError, InvalidInputError, NotFoundError
from geoname.formats.tables.open_table import AnySource, Reading, checked_ending, open_source, open_target
from geoname.formats.tables.table import Chunk, Target
from geoname.service.validation_checkpoint import (
    Checkpoint,
    FileCheckpoint,
    Standing,
    check_same,
    run_identity,
)
from geoname.service.validation_columns import Columns, usual_column, with_division
from geoname.service.validation_rows import Asked, Judged, Question
from geoname.service.validation_runners import Runner
from geoname.service.validation_tally import Tally
from geoname.store.build_lock import locked

Progress = Callable[[int, int, int], None]
"""Told after each chunk: how far of how much (bytes or rows of the source), and how many rows are done."""


@dataclass(frozen=True, slots=True)
class Validated:
    """A finished run: what was read and written, the counts, how long it took, where it had been resumed."""

    source: str
    output: str
    column: str
    generation: str
    resumed_at: int
    seconds: float
    tally: Tally

    def to_json(self) -> dict[str, Any]:
        """The summary, as programs read it."""
        return {
            "source": self.source,
            "output": self.output,
            "column": self.column,
            "generation": self.generation,
            "resumed_at_row": self.resumed_at,
            "seconds": round(self.seconds, 3),
            **self.tally.to_json(),
        }


class ValidationRun:
    """One file being validated: hands out what is asked chunk by chunk, takes what was judged in that order.

    Whoever judges may be anywhere; `take` appends and keeps the standing, so that a run that is killed goes
    on after the last chunk taken.
    """

    def __init__(
        self,
        source: AnySource,
        question: Question,
        generation: str,
        checkpoint: Checkpoint,
        output: Path,
        *,
        restart: bool = False,
    ) -> None:
        """Find the columns and how far an earlier run came; ConflictError when that was another run."""
        self._source = source
        self._checkpoint = checkpoint
        self._output = output
        self._columns = Columns(question, source)
        names = tuple(column.name for column in self._columns.appended)
        read = (_fingerprint(source.file), source.columns)
        self._run = run_identity(read, asdict(question), names, generation, output.suffix.lower())
        standing = None if restart else checkpoint.load()
        if standing is not None:
            check_same(standing, self._run, output)
        elif output.exists():
            raise InvalidInputError(
                f"{output} exists already: name a new file",
                zh=f"{output} 已存在：请另取文件名",
                field="output",
            )
        self.resumed_at = standing.next_row if standing else 1
        self.tally = standing.counts if standing else Tally()
        self._standing = standing
        self._target: Target | None = None

    def tasks(self) -> Iterator[tuple[Chunk, Asked]]:
        """The chunks still to judge, with what is asked of each."""
        standing = self._standing
        position = standing.position if standing else None
        for chunk in self._source.chunks(self._columns.wanted, position, self.resumed_at):
            yield chunk, self._columns.asked(chunk)

    def take(self, chunk: Chunk, judged: Judged) -> None:
        """Append the answers to a chunk and keep the standing; StorageError when the disk is full."""
        target = self._opened()
        target.append(chunk, judged.appended)
        self.tally.add(judged.tally)
        self._keep(chunk.first_row + chunk.rows, chunk.position, target.sync(), done=False)

    def finish(self) -> None:
        """Put the output in its place; the standing is kept until `forget`."""
        if self._standing is not None and self._standing.done and self._output.exists():
            beside(self._output, "partial").unlink(missing_ok=True)
            return
        target = self._opened()
        standing = self._standing
        row, position = (standing.next_row, standing.position) if standing else (1, 0)
        self._keep(row, position, target.sync(), done=True)
        target.finish()

    def forget(self) -> None:
        """Drop the standing: the run is over and its summary is written."""
        self._checkpoint.clear()

    def close(self) -> None:
        """Let go of the output; what was taken stays for the next run."""
        if self._target is not None:
            self._target.close()

    def _opened(self) -> Target:
        if self._target is None:
            written = self._standing.written if self._standing else None
            self._target = open_target(
                self._source, self._output, self._columns.appended, beside(self._output, "partial"), written
            )
        return self._target

    def _keep(self, row: int, position: int, written: int, *, done: bool) -> None:
        self._standing = Standing(self._run, row, position, written, done, self.tally.to_json())
        self._checkpoint.save(self._standing)


def validate_file(
    file: Path,
    output: Path,
    question: Question,
    runner: Runner,
    reading: Reading = Reading(),  # noqa: B008 - an immutable value
    *,
    within: str | None = None,
    restart: bool = False,
    progress: Progress | None = None,
    finished: Callable[[Validated], object] | None = None,
) -> Validated:
    """Validate a whole file; a run that was cut off goes on where it stopped and writes the same bytes.

    `within` is the heading of a column of codes, or a code for all rows. `finished` is told the result before
    the standing is dropped, so that a summary it writes is written even when the run is killed at its very
    end. InvalidInputError for a column, code or ending that is not there; ConflictError while another run
    writes the same output; StorageError when the disk is full: what was done so far stays.
    """
    began = time.monotonic()
    checked_ending(output, "output")
    if output.resolve() == file.resolve():
        raise InvalidInputError(
            "the output is the input: name a new file",
            zh="输出与输入是同一文件：请另取文件名",
            field="output",
        )
    with ExitStack() as stack:
        source = open_source(file, reading)
        stack.callback(source.close)
        if not question.column:
            question = replace(question, column=usual_column(source.columns))
        question = with_division(question, within, source.columns)
        _check_division(question, runner)
        if not stack.enter_context(locked(beside(output, "lock"), wait=False)):
            raise ConflictError(
                f"another run is writing {output}: wait for it, or name another output",
                zh=f"另一次运行正在写 {output}：请等待，或另取文件名",
                field="output",
            )
        stack.callback(beside(output, "lock").unlink, missing_ok=True)
        checkpoint = FileCheckpoint(beside(output, "progress"))
        run = ValidationRun(source, question, runner.matcher.generation, checkpoint, output, restart=restart)
        stack.callback(run.close)
        resumed_at = run.resumed_at
        for chunk, judged in runner.run(question, run.tasks()):
            run.take(chunk, judged)
            if progress is not None:
                progress(chunk.done, source.size, chunk.first_row + chunk.rows - 1)
        run.finish()
        validated = Validated(
            str(file), str(output), question.column, runner.matcher.generation, resumed_at,
            time.monotonic() - began, run.tally,
        )  # fmt: skip
        if finished is not None:
            finished(validated)
        run.forget()
    return validated


def beside(output: Path, what: str) -> Path:
    """A file that belongs to an output while it is written, or tells of it."""
    return output.with_name(f"{output.name}.{what}")


def _check_division(question: Question, runner: Runner) -> None:
    code = question.within_code
    if code is not None and not runner.matcher.check_within(code):
        raise NotFoundError(
            f"--within: no division has the code {code}, and no column is called so: check the digits",
            zh=f"--within：没有代码为 {code} 的区划，也没有此列：请核对",
            field="within",
        )


def _fingerprint(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns
