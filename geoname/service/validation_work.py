"""The work of a validation (核对任务): a table judged chunk by chunk, going on where the checkpoint says."""

from __future__ import annotations

import json
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson

from geoname.formats.tables.table import Appended, Cell
from geoname.service.opened import Geoname
from geoname.service.run_jobs import Step, Work
from geoname.service.validation_file_judge import FileJudge, OfferingMatcher
from geoname.service.validation_tables import opened
from geoname.service.validations import request_of, too_many_rows
from geoname.store.protocols_jobs import Chunk as KeptChunk
from geoname.store.protocols_jobs import Job

MatcherOf = Callable[[Geoname], OfferingMatcher]
"""Gives the matcher of an open database."""


def validation_work(geoname: Geoname, matcher_of: MatcherOf) -> Work:
    """The work of jobs of validation; TooLargeError when a table turns out to have too many rows."""

    def work(job: Job) -> Iterator[Step]:
        request = request_of(job)
        file = geoname.attachments.there(request.sha256, request.kind)
        at: dict[str, Any] = json.loads(job.checkpoint) if job.checkpoint else {"position": None, "row": 1}
        before: dict[str, Any] = json.loads(job.progress) if job.progress else {}
        counts, spent = Counter[str](before.get("counts", {})), before.get("seconds", 0.0)
        with opened(file, request.options) as source:
            judge = FileJudge(request.options, source, matcher_of(geoname))
            began = time.monotonic()
            for chunk in source.chunks(judge.wanted, at["position"], at["row"]):
                done = chunk.first_row - 1 + chunk.rows
                if done > request.most_rows:
                    raise too_many_rows(request.most_rows)
                judged = judge.judge(chunk)
                counts.update(judged.tally.statuses)
                progress = {
                    "rows": done,
                    "fraction": min(1.0, chunk.done / source.size) if source.size else 1.0,
                    "seconds": round(spent + time.monotonic() - began, 3),
                    "counts": counts,
                }
                yield Step(
                    KeptChunk(chunk.first_row - 1, chunk.rows, packed(chunk.cells, judged.appended)),
                    json.dumps({"position": chunk.position, "row": done + 1}),
                    json.dumps(progress),
                )

    return work


def packed(cells: Sequence[Sequence[Cell]], appended: Appended) -> bytes:
    """The cells that were read and those that were appended, compressed."""
    content = {"cells": [list(column) for column in cells], "ours": [list(column) for column in appended]}
    return zlib.compress(orjson.dumps(content), level=1)


def unpacked(content: bytes) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """The columns of cells that were read, and of those that were appended."""
    read = orjson.loads(zlib.decompress(content))
    return read["cells"], read["ours"]
