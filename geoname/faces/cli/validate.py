"""The command that validates a file of names (批量核查): validate IN -o OUT."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from geoname.core.coordinates.crs import parse_crs
from geoname.core.validity.partial_date import parse_day
from geoname.errors import InvalidInputError
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import facts

if TYPE_CHECKING:  # the readers and the matcher import half of the house, and `--help` needs none
    from geoname.service.opened import Geoname
    from geoname.service.validate_file import Validated
    from geoname.service.validation_runners import Runner

_PATIENCE_S = 2.0
_REDRAW_S = 0.2
_BAR = 24


def validate(session: Session) -> click.Command:
    """`geoname validate IN -o OUT`."""

    def run(
        file: str, output: str, column: str | None, within: str | None, lon: str | None, lat: str | None,
        crs: str, on: str | None, class_: str | None, workers: int, dask: str | None, restart: bool,
        **reading: str | None,
    ) -> int:  # fmt: skip
        from geoname.formats.tables.open_table import Reading
        from geoname.service.validate_file import validate_file
        from geoname.service.validation_rows import Question
        from geoname.service.validation_summary import write_summary

        if (lon is None) != (lat is None):
            raise InvalidInputError(
                "--lon and --lat belong together: name both columns",
                zh="--lon 与 --lat 须同时给出：请指明两列",
                field="lon" if lon is None else "lat",
            )
        question = Question(
            column or "", None, None, lon, lat, parse_crs(crs, field="--crs"), _day(on), session.language
        )
        progress, finish = progress_bar(session)
        try:
            with session.opened() as geoname:
                validated = validate_file(
                    Path(file), Path(output), question, _runner(session, geoname, class_, workers, dask),
                    Reading(**reading), within=within, restart=restart, progress=progress,
                    finished=lambda result: write_summary(result, Path(output), session.language),
                )  # fmt: skip
        finally:
            finish()
        _tell(session, validated)
        return DONE if validated.tally.clean else FINDINGS

    return click.Command(
        "validate",
        params=_parameters(session),
        callback=run,
        help=session.say(
            "核查一份地名表：CSV、XLSX、Parquet、GeoPackage，原行不动，结果追加在右",
            "validate a table of names: CSV, XLSX, Parquet, GeoPackage; rows stay, answers are appended",
        ),
    )


def _parameters(session: Session) -> list[click.Parameter]:
    def option(name: str, metavar: str, zh: str, en: str, **more: object) -> click.Option:
        return click.Option([*name.split("/")], metavar=metavar, help=session.say(zh, en), **more)  # type: ignore[arg-type]

    return [
        click.Argument(["file"], metavar="IN"),
        option("-o/--output", "OUT", "结果文件", "the file to write", required=True),
        option("--column", "NAME", "地名所在列", "the column of names"),
        option("--within", "COLUMN|CODE", "所称区划：代码列，或一个代码",
               "stated division: a column of codes, or a code"),
        option("--lon", "COLUMN", "经度列", "the column of longitudes"),
        option("--lat", "COLUMN", "纬度列", "the column of latitudes"),
        option("--crs", "CRS", "坐标系", "reference system of the coordinates", default="wgs84",
               show_default=True),
        option("--on", "DATE", "以某日为准", "as of a day"),
        option("--class/class_", "CODE", "名录未有的地名，按此类别以命名规则审查",
               "hold names that are not registered against the naming rules, as names of this class"),
        option("--workers", "N", "进程数", "number of processes", default=1, show_default=True,
               type=click.IntRange(1, 256)),
        option("--dask", "ADDRESS", "Dask 集群地址", "address of a Dask scheduler"),
        option("--encoding", "NAME", "文本编码（默认自动识别）", "encoding of text (found out unless given)"),
        option("--delimiter", "CHARACTER", "分隔符（默认自动识别）", "delimiter (found out unless given)"),
        option("--sheet", "NAME", "工作表（默认第一张）", "the sheet (the first unless given)"),
        option("--layer", "NAME", "GeoPackage 图层", "the layer of a GeoPackage"),
        click.Option(["--restart"], is_flag=True, help=session.say(
            "放弃中断的运行，重新开始", "drop an interrupted run and begin anew")),
        *shared_options(session),
    ]  # fmt: skip


def _runner(
    session: Session, geoname: Geoname, feature_class: str | None, workers: int, dask: str | None
) -> Runner:
    from geoname.service.validation_register import RegisterMatcher, RegisterOpener
    from geoname.service.validation_runners import ManyProcesses, OneProcess

    settings = session.settings()
    opener = RegisterOpener(settings.database, settings.cache, feature_class, session.language)
    matcher = RegisterMatcher(geoname, rules=opener.rules(geoname))
    if dask is not None:
        try:
            from geoname.service.validation_cluster import Cluster
        except ModuleNotFoundError:
            raise InvalidInputError(
                "--dask needs the package distributed: pip install 'geoname[cluster]'",
                zh="--dask 需要 distributed：请运行 pip install 'geoname[cluster]'",
                field="--dask",
            ) from None
        return Cluster(matcher, opener, dask)
    return OneProcess(matcher) if workers == 1 else ManyProcesses(matcher, opener, workers)


def _day(written: str | None) -> date | None:
    return None if written is None else parse_day(written, field="--on")


def _tell(session: Session, validated: Validated) -> None:
    if session.as_json:
        sys.stdout.buffer.write(orjson.dumps(validated.to_json()) + b"\n")
        sys.stdout.flush()
        return
    from geoname.service.validate_file import beside
    from geoname.service.validation_wording import status_text

    say, tally, output = session.say, validated.tally, Path(validated.output)
    resumed = validated.resumed_at if validated.resumed_at > 1 else None
    rate = tally.rows / validated.seconds if validated.seconds else 0
    statuses = [
        (status_text(status, session.language), f"{rows:,}") for status, rows in tally.statuses.most_common()
    ]
    click.echo(
        facts(
            (
                (say("行数", "rows"), f"{tally.rows:,}"),
                *statuses,
                (say("有问题的行（次）", "findings"), f"{tally.findings.total():,}"),
                (say("用时（秒）", "seconds"), f"{validated.seconds:.1f}"),
                (say("每秒行数", "rows a second"), None if resumed else f"{rate:,.0f}"),
                (
                    say("从第几行继续", "went on at row"),
                    validated.resumed_at if validated.resumed_at > 1 else None,
                ),
                (say("结果", "output"), validated.output),
                (say("报告", "report"), beside(output, "report.html")),
            )
        )
    )


def progress_bar(session: Session) -> tuple[Callable[[int, int, int], None] | None, Callable[[], None]]:
    """What to call after each chunk, and at the end; drawn on a terminal only, and not before two seconds."""
    if not sys.stderr.isatty():
        return None, lambda: None
    began = time.monotonic()
    start: list[float] = []
    drawn = [0, 0.0]

    def step(done: int, of: int, rows: int) -> None:
        now = time.monotonic()
        if not start:
            start.extend((done, rows, now))
        if now - began < _PATIENCE_S or (now - drawn[1] < _REDRAW_S and done < of):
            return
        text = bar_text(session, done, of, rows, (done - start[0], rows - start[1]), now - start[2])
        sys.stderr.write("\r" + text.ljust(int(drawn[0])))
        sys.stderr.flush()
        drawn[:] = [len(text), now]

    def finish() -> None:
        if drawn[0]:
            sys.stderr.write("\r" + " " * int(drawn[0]) + "\r")
            sys.stderr.flush()

    return step, finish


def bar_text(
    session: Session, done: int, of: int, rows: int, since: tuple[float, float], seconds: float
) -> str:
    """The bar, how much of it is done, the rate, and how long the rest will take at this run's pace."""
    filled = _BAR * done // of if of else _BAR
    share = 100 * done // of if of else 100
    rate = since[1] / seconds if seconds else 0
    left = (of - done) * seconds / since[0] if since[0] else None
    remaining = "" if left is None else session.say(f" 约剩 {_span(left)}", f" {_span(left)} left")
    unit = session.say("行/秒", "rows/s")
    return f"[{'#' * filled}{'.' * (_BAR - filled)}] {share}% {rows:,} · {rate:,.0f} {unit}{remaining}"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
