"""Judges chunks on a cluster (集群): the same function on Dask workers, each opens the index once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from distributed import Client, KilledWorker, WorkerPlugin, get_worker

from geoname.errors import GeonameError, NotReadyError
from geoname.service.validation_judge import judge
from geoname.service.validation_rows import Asked, Judged, MatcherOpener, NameMatcher, Question
from geoname.service.validation_runners import Done, Task

_PLUGIN = "geoname-validation"
_CONNECT_S = 15
_AHEAD = 3


class MatcherPlugin(WorkerPlugin):
    """Opens the matcher once in each worker, also in those that join or are started again later."""

    def __init__(self, opener: MatcherOpener, generation: str) -> None:
        """Take what opens it, and the state of the data that all must agree on."""
        self.name = f"{_PLUGIN}-{generation}"
        self._opener = opener
        self._generation = generation

    def setup(self, worker: Any) -> None:  # noqa: ANN401 - Dask's worker
        """Open; NotReadyError when the worker's data is another than the one asked for."""
        self.matcher = self._opener()
        if self.matcher.generation != self._generation:
            raise NotReadyError(
                f"a worker holds the data {self.matcher.generation} and not {self._generation}: "
                "give every worker the same database",
                zh=f"有工作节点的数据版本为 {self.matcher.generation}，而非 {self._generation}："
                "请让各节点使用同一数据库",
                field="dask",
            )


class Cluster:
    """Judges on the workers of a Dask scheduler; a worker that dies costs time and no row."""

    def __init__(self, matcher: NameMatcher, opener: MatcherOpener, address: str) -> None:
        """Take a matcher open here, what opens it on the workers, and the scheduler's address."""
        self.matcher = matcher
        self._opener = opener
        self._address = address

    def run(self, question: Question, tasks: Iterator[Task]) -> Iterator[Done]:
        """Judge some chunks ahead, in order; NotReadyError when no scheduler or worker answers."""
        plugin = MatcherPlugin(self._opener, self.matcher.generation)
        run = uuid4().hex
        try:
            client = Client(self._address, timeout=_CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError, ValueError) as error:
            raise _unreachable(self._address, str(error)) from None
        with client:
            _check_workers(client, self._address)
            client.register_plugin(plugin)
            threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
            ahead = max(2, sum(threads.values())) * _AHEAD
            waiting: deque[tuple[Any, Any]] = deque()
            for number, (chunk, asked) in enumerate(tasks):
                future = client.submit(
                    judge_on_worker, plugin.name, question, asked,
                    key=f"geoname-{run}-{number}", pure=False,
                )  # fmt: skip
                waiting.append((chunk, future))
                if len(waiting) > ahead:
                    yield self._result(*waiting.popleft())
            while waiting:
                yield self._result(*waiting.popleft())

    def _result(self, chunk: Any, future: Any) -> Done:  # noqa: ANN401 - a chunk and Dask's future
        try:
            judged: Judged = future.result()
        except KilledWorker:
            raise NotReadyError(
                f"workers keep dying at the chunk from row {chunk.first_row}: look at their logs and memory, "
                "then give the same command again; it goes on there",
                zh=f"工作节点在第 {chunk.first_row} 行所在的一批上反复终止：请检查其日志和内存，"
                "再运行同一命令，会从该处继续",
                field="dask",
            ) from None
        return chunk, judged


def judge_on_worker(plugin: str, question: Question, asked: Asked) -> Judged:
    """Judge a chunk with the matcher that the plugin opened in this worker."""
    opened = get_worker().plugins[plugin]
    assert isinstance(opened, MatcherPlugin)
    return judge(question, asked, opened.matcher)


def _check_workers(client: Any, address: str) -> None:  # noqa: ANN401 - Dask's client
    try:
        client.wait_for_workers(1, timeout=_CONNECT_S)
    except (OSError, TimeoutError) as error:
        raise _unreachable(address, f"no worker: {error}") from None


def _unreachable(address: str, reason: str) -> GeonameError:
    return NotReadyError(
        f"the cluster at {address} does not answer ({reason}): start a scheduler and workers, "
        "or check the address",
        zh=f"集群 {address} 没有响应（{reason}）：请启动调度器和工作节点，或核对地址",
        field="dask",
    )
