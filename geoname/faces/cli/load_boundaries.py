"""The command that loads a file of polygons (载入界线数据): `geoname load boundaries FILE`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import orjson

from geoname.faces.cli.boundary_report_text import show_report
from geoname.faces.cli.session import DONE, FINDINGS, Session, actor, shared_options
from geoname.faces.cli.suggested_definition import show_drafted

Step = Callable[[str, int, int], None]
Progress = Callable[[], tuple[Step | None, Callable[[], None]]]


def load_boundaries_command(session: Session, progress: Progress) -> click.Command:
    """`geoname load boundaries`; `progress` makes what draws the progress, and what clears it away."""
    say = session.say

    def run(
        file: str,
        definition: str | None,
        dry_run: bool,
        activate: bool,
        suggest_definition: bool,
        repair: float | None,
        defects: str | None,
    ) -> int:
        beside = None if definition is None else Path(definition)
        if suggest_definition:
            return _suggest(session, Path(file), beside)
        return _load(session, Path(file), beside, (dry_run, activate, repair), defects, progress)

    def flag(name: str, zh: str, en: str) -> click.Option:
        return click.Option([name], is_flag=True, help=say(zh, en))

    return click.Command(
        "boundaries",
        params=[
            click.Argument(["file"], metavar="FILE"),
            click.Option(
                ["--definition"],
                metavar="FILE.toml",
                help=say(
                    "数据说明文件（默认取数据旁的 FILE.toml）",
                    "the definition (default: FILE.toml beside it)",
                ),
            ),
            flag("--dry-run", "只检查并报告，不写入", "check and report only"),
            flag("--activate", "检查通过后启用", "make the edition active"),
            flag("--suggest-definition", "输出数据说明初稿", "write a definition to begin with"),
            click.Option(
                ["--repair"],
                type=float,
                metavar="METRES",
                help=say(
                    "修复不宽于此的碎缝和不一致的公共边", "mend slivers and unmatched edges up to this width"
                ),
            ),
            click.Option(
                ["--defects"],
                metavar="FILE.gpkg",
                help=say("把缺陷位置写成图层", "write the places of defects as a layer"),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say(
            "载入自有区划面（Shapefile、GeoPackage、GeoJSON、GeoParquet）",
            "load polygons of your own (Shapefile, GeoPackage, GeoJSON, GeoParquet)",
        ),
    )


def _suggest(session: Session, file: Path, definition: Path | None) -> int:
    from geoname.service.suggest_definition import suggest_definition

    with session.opened() as geoname:
        return show_drafted(session, suggest_definition(geoname, file, definition))


def _load(
    session: Session,
    file: Path,
    definition: Path | None,
    wanted: tuple[bool, bool, float | None],
    defects: str | None,
    progress: Progress,
) -> int:
    from geoname.service.boundary_report import Status, write_defects
    from geoname.service.load_boundaries import Wish, load_boundaries

    step, finish = progress()
    try:
        with session.opened() as geoname:
            report = load_boundaries(geoname, file, actor(), Wish(*wanted), definition, step)
    finally:
        finish()
    if defects is not None:
        write_defects(report, Path(defects))
    click.echo(orjson.dumps(report).decode() if session.as_json else show_report(report, session))
    looked = report.status is Status.DRY_RUN and report.has_findings
    return FINDINGS if looked or report.status is Status.REFUSED else DONE
