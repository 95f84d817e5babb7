"""What came of a file (核对结果): its rows to look through, choices for them, the finished file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import islice

from geoname.core.register.token import Caller
from geoname.errors import ConflictError, InvalidInputError
from geoname.formats.tables.open_table import open_target
from geoname.formats.tables.table import Cell
from geoname.service.cursor import read_cursor, write_cursor
from geoname.service.handing_in import ClosableBlocks
from geoname.service.opened import Geoname
from geoname.service.validation_answers import CandidateShown, RowPage, RowShown
from geoname.service.validation_file_judge import FileJudge, RowSaid
from geoname.service.validation_tables import opened
from geoname.service.validation_work import MatcherOf, unpacked
from geoname.service.validations import own_job, request_of
from geoname.store.protocols_jobs import OPEN_STATES, Job, JobState

CHOSEN = "chosen"
"""Beside the statuses of a match: the rows for which a person chose."""
FORMATS = ("csv", "xlsx", "parquet", "gpkg")
_OFFERED = ("ambiguous", "unknown", "retired")


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A finished file: its name, how it ends, its content in blocks; it is gone from the disk once read."""

    filename: str
    ending: str
    blocks: ClosableBlocks


def list_rows(
    geoname: Geoname,
    matcher_of: MatcherOf,
    id_: str,
    caller: Caller,
    status: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> RowPage:
    """The rows of one status (None: all) that are done so far; where one may choose, with candidates."""
    job = own_job(geoname, id_, caller)
    question = f"validation:{id_}:{status}"
    after = read_cursor(cursor, question, "") if cursor is not None else 0
    choices = _choices(geoname, job)
    with _judging(geoname, matcher_of, job) as judge:
        found = list(islice(_rows(geoname, job, judge, choices, status, after), limit + 1))
        items = tuple(_shown(judge, *row, choices) for row in found[:limit])
    following = write_cursor(items[-1].row, question, "") if len(found) > limit else None
    return RowPage(items, following)


def choose(
    geoname: Geoname, matcher_of: MatcherOf, id_: str, row: int, choice: str | None, caller: Caller
) -> RowShown:
    """Keep which candidate a person chose for a row, by its id; None takes the choice back.

    InvalidInputError for a row that is not there or a name that is no candidate of it.
    """
    job = own_job(geoname, id_, caller)
    if job.state in OPEN_STATES:
        raise _not_done(job)
    with _judging(geoname, matcher_of, job) as judge:
        found = next(_rows(geoname, job, judge, {}, None, row - 1), None)
        if found is None or found[0] != row:
            raise InvalidInputError(
                f"there is no row {row}: rows count from 1, without the headings",
                zh=f"没有第 {row} 行：行号从 1 起，不计标题行",
                field="row",
            )
        offered = {one.id: one for one in judge.candidates(found[1])}
        if choice is not None and choice not in offered:
            raise InvalidInputError(
                f"{choice!r} is no candidate of row {row}: choose among {', '.join(offered) or 'none'}",
                zh=f"{choice!r} 不是第 {row} 行的候选：可选 {'、'.join(offered) or '无'}",
                field="choice",
            )
        content = ""
        if choice is not None:
            kept = {"status": judge.said(found[2]).status, "candidate": asdict(offered[choice])}
            content = json.dumps(kept, ensure_ascii=False)
        geoname.store.put_choice(job.id, row, content, caller.token_id or "keeper")
        return _shown(judge, *found, _choices(geoname, job))


def result_file(
    geoname: Geoname, matcher_of: MatcherOf, id_: str, format_: str | None, caller: Caller
) -> ResultFile:
    """The file with ours appended, in its own format or another; ConflictError until it is done."""
    job = own_job(geoname, id_, caller)
    if job.state is not JobState.DONE:
        raise _not_done(job)
    request = request_of(job)
    ending = format_ or request.kind
    stem = request.filename.rpartition(".")[0] or request.filename
    choices = _choices(geoname, job)
    with ExitStack() as stack:
        made = stack.enter_context(geoname.attachments.working_folder()) / f"result.{ending}"
        source = stack.enter_context(
            opened(geoname.attachments.there(request.sha256, request.kind), request.options)
        )
        judge = FileJudge(request.options, source, matcher_of(geoname))
        target = open_target(source, made, judge.appended, made.with_suffix(".begun"), None)
        stack.callback(target.close)
        ours = _finished(geoname, job, judge, choices)
        for chunk in source.chunks(judge.wanted):
            rows = list(islice(ours, chunk.rows))
            target.append(chunk, tuple(zip(*rows, strict=True)))
        target.finish()
        # Opened before its folder goes, so that nothing is left behind when the reader breaks off.
        content = made.open("rb")
    return ResultFile(f"{stem}.{ending}", ending, ClosableBlocks(content))


def _finished(
    geoname: Geoname, job: Job, judge: FileJudge, choices: dict[int, CandidateShown]
) -> Iterator[list[Cell]]:
    """The appended cells of each row, what was chosen put in."""
    for row, _, ours in _stored(geoname, job, 0):
        chosen = choices.get(row)
        yield ours if chosen is None else judge.chosen(ours, chosen)


def _stored(geoname: Geoname, job: Job, after: int) -> Iterator[tuple[int, list[Cell], list[Cell]]]:
    """Number, cells read and cells appended of each row after one."""
    for chunk in geoname.store.job_chunks(job.id, after):
        cells, ours = unpacked(chunk.content)
        for offset in range(max(0, after - chunk.first_row), chunk.rows):
            yield (
                chunk.first_row + offset + 1,
                [column[offset] for column in cells],
                [column[offset] for column in ours],
            )


def _rows(
    geoname: Geoname,
    job: Job,
    judge: FileJudge,
    choices: dict[int, CandidateShown],
    status: str | None,
    after: int,
) -> Iterator[tuple[int, list[Cell], list[Cell]]]:
    for row, cells, ours in _stored(geoname, job, after):
        if status is None or status == (CHOSEN if row in choices else judge.said(ours).status):
            yield row, cells, ours


def _shown(
    judge: FileJudge, row: int, cells: list[Cell], ours: list[Cell], choices: dict[int, CandidateShown]
) -> RowShown:
    said: RowSaid = judge.said(ours)
    chosen = choices.get(row)
    offers = judge.candidates(cells) if said.status in _OFFERED and chosen is None else ()
    return RowShown(
        row, "" if cells[0] is None else str(cells[0]), said.status, said.standard, said.code, said.path,
        said.confidence, said.steps, said.findings, chosen, offers,
    )  # fmt: skip


def _choices(geoname: Geoname, job: Job) -> dict[int, CandidateShown]:
    stored = geoname.store.choices(job.id)
    kept = {row: json.loads(content)["candidate"] for row, content in stored.items()}
    return {row: CandidateShown(**{**one, "path": tuple(one["path"])}) for row, one in kept.items()}


@contextmanager
def _judging(geoname: Geoname, matcher_of: MatcherOf, job: Job) -> Iterator[FileJudge]:
    request = request_of(job)
    with opened(geoname.attachments.there(request.sha256, request.kind), request.options) as source:
        yield FileJudge(request.options, source, matcher_of(geoname))


def _not_done(job: Job) -> ConflictError:
    return ConflictError(
        f"the file is {job.state}: its result is there once the state is done",
        zh=f"文件的状态为 {job.state}：完成（done）后才有结果",
        field="id",
    )
