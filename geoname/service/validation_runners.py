"""Who judges the chunks (执行方式): this process or several; their order is kept, their answers equal."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from geoname.errors import NotReadyError
from geoname.formats.tables.table import Chunk
from geoname.service.validation_judge import judge
from geoname.service.validation_rows import Asked, Judged, MatcherOpener, NameMatcher, Question

Task = tuple[Chunk, Asked]
Done = tuple[Chunk, Judged]
_AHEAD = 2
"""Chunks begun for each worker: one at work, one waiting."""


class Runner(Protocol):
    """Judges chunks and gives them back in order."""

    @property
    def matcher(self) -> NameMatcher:
        """A matcher in this process, to check what the question names."""
        ...

    def run(self, question: Question, tasks: Iterator[Task]) -> Iterator[Done]:
        """Each chunk with its judgement, in the order of the tasks."""
        ...


class OneProcess:
    """Judges in this process, one chunk after the other."""

    def __init__(self, matcher: NameMatcher) -> None:
        """Take an open matcher."""
        self.matcher = matcher

    def run(self, question: Question, tasks: Iterator[Task]) -> Iterator[Done]:
        """Judge each as it comes."""
        for chunk, asked in tasks:
            yield chunk, judge(question, asked, self.matcher)


class ManyProcesses:
    """Judges in several processes, each with a matcher of its own over the same mapped files."""

    def __init__(self, matcher: NameMatcher, opener: MatcherOpener, workers: int) -> None:
        """Take a matcher open here, whose index files are there already when the workers open them."""
        self.matcher = matcher
        self._opener = opener
        self._workers = workers

    def run(self, question: Question, tasks: Iterator[Task]) -> Iterator[Done]:
        """Judge a few chunks ahead; NotReadyError when a worker is killed from outside."""
        # A forked process would inherit the locks of threads that it does not have.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self._workers, context, _open, (self._opener,)) as pool:
            waiting: deque[tuple[Chunk, Future[Judged]]] = deque()
            row = 1
            try:
                for chunk, asked in tasks:
                    waiting.append((chunk, pool.submit(_judge, question, asked)))
                    if len(waiting) > self._workers * _AHEAD:
                        first, judged = waiting.popleft()
                        row = first.first_row
                        yield first, judged.result()
                while waiting:
                    first, judged = waiting.popleft()
                    row = first.first_row
                    yield first, judged.result()
            except BrokenProcessPool:
                raise _ended_from_outside(row) from None
            finally:
                for _, future in waiting:
                    future.cancel()


_opened: NameMatcher | None = None


def _open(opener: MatcherOpener) -> None:
    global _opened
    _opened = opener()


def _judge(question: Question, asked: Asked) -> Judged:
    assert _opened is not None
    return judge(question, asked, _opened)


def _ended_from_outside(row: int) -> NotReadyError:
    return NotReadyError(
        f"a worker process was ended from outside at about row {row}: give the same command again, "
        "with fewer --workers if memory is short; it goes on where it stopped",
        zh=f"一个工作进程在第 {row} 行附近被外部终止：请重新运行同一命令"
        "（内存不足时减少 --workers），会从中断处继续",
        field="workers",
    )
