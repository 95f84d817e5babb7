"""Commands about files that are validated in the background (后台任务): run, add, list, show and more."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import orjson

from geoname.faces.api.catalogue import route_of
from geoname.faces.api.private import Download
from geoname.faces.cli.asking import Show, ask, ask_command, given, parameters_of, write
from geoname.faces.cli.handed_over import opened_file, save_download
from geoname.faces.cli.session import DONE, Session, actor, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.handing_in import Quota, Upload
from geoname.service.validation_answers import (
    PreviewShown,
    RowPage,
    RowShown,
    ValidationList,
    ValidationShown,
)


def jobs(session: Session) -> click.Group:
    """`geoname jobs run | preview | add | list | show | rows | choose | result | cancel | remove`."""
    say = session.say
    return click.Group(
        "jobs",
        commands=[
            _run_command(session),
            _file_command(session, "jobs preview", show_preview),
            _file_command(session, "jobs add", show_one),
            ask_command(session, "jobs list", show_list),
            ask_command(session, "jobs show", show_one, ["id"]),
            ask_command(session, "jobs rows", show_rows, ["id"]),
            _choose_command(session),
            _result_command(session),
            click.Command(
                "cancel",
                params=[click.Argument(["id_"], metavar="ID"), *shared_options(session)],
                callback=lambda id_: _cancel(session, id_),
                help=say(
                    "停止核对，记录保留到期满", "stop the work; what is known of it stays till it expires"
                ),
            ),
            ask_command(session, "jobs remove", lambda _, __: say("已删除", "removed"), ["id"]),
        ],
        help=say("后台核对的文件", "files that are validated in the background"),
    )


def _run_command(session: Session) -> click.Command:
    say = session.say
    return click.Command(
        "run",
        params=[
            click.Option(["--once"], is_flag=True, help=say("做完现有任务即止", "end when nothing waits")),
            click.Option(
                ["--with", "beside"], type=int, hidden=True, help=say("随此进程而止", "end with this process")
            ),
            *shared_options(session),
        ],
        callback=lambda once, beside: _run(session, once, beside),
        help=say(
            "执行后台任务，直到停止（serve 会自动启动）", "work on jobs until stopped (serve starts this)"
        ),
    )


def _run(session: Session, once: bool, beside: int | None) -> int:
    from geoname.faces.job_worker import run_beside
    from geoname.service.loads import KIND as LOADS
    from geoname.service.loads import remove_expired_loads
    from geoname.service.loads_work import load_work
    from geoname.service.run_jobs import JobRunner
    from geoname.service.validation_matcher import offering_matcher
    from geoname.service.validation_work import validation_work
    from geoname.service.validations import KIND, remove_expired

    stop = threading.Event()
    run_beside(beside, stop)
    with _heard(stop), session.opened() as geoname:
        geoname.watch()
        work = {KIND: validation_work(geoname, offering_matcher), LOADS: load_work(geoname)}

        def tidy() -> None:
            remove_expired(geoname)
            remove_expired_loads(geoname)

        runner = JobRunner(geoname, work, stop=stop, tidy=tidy)
        if once:
            while not stop.is_set() and runner.run_one():
                pass
        else:
            runner.run()
    return DONE


@contextmanager
def _heard(stop: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT ask for an end, for as long as the block lasts."""
    before = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _file_command(session: Session, command: str, show: Show) -> click.Command:
    route = route_of(command)

    def run(file_: str, **values: Any) -> int:  # noqa: ANN401 - what click parsed
        limits = session.settings().limits
        quota = Quota(limits.upload_bytes, limits.upload_rows, limits.open_jobs, limits.kept_days)
        with opened_file(file_) as content:
            upload = Upload(Path(file_).name, content, quota)
            write(session, ask(session, route, {"file": upload, **given(values)}, ["file"]), show)
        return DONE

    return click.Command(
        command.split()[-1],
        params=[*parameters_of(session, route, ["file"]), *shared_options(session)],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def _choose_command(session: Session) -> click.Command:
    route, arguments = route_of("jobs choose"), ("id", "row", "choice")

    def run(id_: str, row_: int, choice_: str | None) -> int:
        values = given({"id": id_, "row": row_, "choice": choice_})
        write(session, ask(session, route, values, arguments), show_row)
        return DONE

    return click.Command(
        "choose",
        params=[
            click.Argument(["id_"], metavar="ID"),
            click.Argument(["row_"], type=int, metavar="ROW"),
            click.Argument(["choice_"], required=False, metavar="CHOICE"),
            *shared_options(session),
        ],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def _result_command(session: Session) -> click.Command:
    route = route_of("jobs result")

    def run(id_: str, output: str | None, format_: str | None) -> int:
        from geoname.core.register.token import KEEPER

        with session.opened() as geoname:
            asked = route.read(given({"id": id_, "format": format_}), session.settings().limits)
            download: Download = route.ask(geoname, asked, KEEPER)
            target = Path(output or download.filename)
            save_download(download, target)
        click.echo(
            orjson.dumps({"output": str(target)}).decode()
            if session.as_json
            else session.say(f"已写入 {target}", f"written to {target}")
        )
        return DONE

    return click.Command(
        "result",
        params=[
            click.Argument(["id_"], metavar="ID"),
            click.Option(
                ["-o", "--output"], metavar="OUT", help=session.say("写到哪个文件", "the file to write")
            ),
            *parameters_of(session, route, ["id"])[1:],
            *shared_options(session),
        ],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def _cancel(session: Session, id_: str) -> int:
    with session.opened() as geoname:
        job = geoname.store.cancel_job(id_, actor())
    click.echo(
        orjson.dumps({"id": job.id, "state": job.state}).decode()
        if session.as_json
        else f"{job.id} {_state(job.state, session)}"
    )
    return DONE


_STATES = {"queued": "排队", "running": "核对中", "done": "完成", "failed": "未完成", "cancelled": "已取消"}


def _state(state: str, session: Session) -> str:
    return _STATES[state] if session.language == "zh" else state


def show_list(found: ValidationList, session: Session) -> str:
    """Files as a table."""
    if not found.items:
        return session.say("没有文件", "there are no files")
    heads = ("标识", "文件", "状态", "行", "交来", "保留到") if session.language == "zh" else (
        "id", "file", "state", "rows", "handed in", "kept until",
    )  # fmt: skip
    return table(heads, (_summary(one, session) for one in found.items))


def _summary(one: ValidationShown, session: Session) -> Sequence[object]:
    return one.id, one.filename, _state(one.state, session), one.rows_done, one.created_at, one.expires_at


def show_one(one: ValidationShown, session: Session) -> str:
    """One file with how its rows came out."""
    say = session.say
    counts = ", ".join(f"{status} {number}" for status, number in one.counts.items())
    return facts(
        (
            (say("标识", "id"), one.id),
            (say("文件", "file"), one.filename),
            (say("状态", "state"), _state(one.state, session)),
            (say("地名列", "column"), one.options.column),
            (say("已核对", "rows done"), one.rows_done),
            (say("进度", "progress"), f"{one.fraction:.0%}"),
            (say("每秒行数", "rows a second"), one.rows_per_second),
            (say("约剩秒数", "seconds left"), one.seconds_left),
            (say("结果", "results"), counts),
            (say("已选定", "chosen"), one.chosen or None),
            (say("原因", "trouble"), one.trouble and say(one.trouble.zh, one.trouble.en)),
            (say("保留到", "kept until"), one.expires_at),
        )
    )


def show_preview(seen: PreviewShown, session: Session) -> str:
    """The first rows, and the column that is taken for the names."""
    guess = session.say("地名列似为", "the names seem to be in")
    return f"{table(seen.columns, seen.rows)}\n{guess} {seen.guess}" if seen.guess else table(
        seen.columns, seen.rows
    )  # fmt: skip


def show_rows(page: RowPage, session: Session) -> str:
    """Rows as a table, their candidates below them."""
    if not page.items:
        return session.say("没有这样的行", "there are no such rows")
    heads = ("行", "原文", "结果", "标准地名", "代码", "标识") if session.language == "zh" else (
        "row", "text", "result", "standard name", "code", "id",
    )  # fmt: skip
    written = table(heads, (line for row in page.items for line in _lines(row)))
    if page.next_cursor is not None:
        written += "\n" + session.say("还有：加", "more: add") + f" --cursor {page.next_cursor}"
    return written


def show_row(row: RowShown, session: Session) -> str:
    """One row."""
    return show_rows(RowPage((row,), None), session)


def _lines(row: RowShown) -> Iterator[Sequence[object]]:
    chosen = row.chosen
    if chosen is not None:
        yield row.row, row.text, "chosen", "/".join(chosen.path), chosen.code, chosen.id
        return
    yield row.row, row.text, row.status, row.path, row.code, ""
    for one in row.candidates:
        yield "", "", "?", "/".join(one.path), one.code, one.id
