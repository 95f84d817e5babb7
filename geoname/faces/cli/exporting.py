"""The command `export` (导出): territories or boundary lines of the edition in use, as a GIS file."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from geoname.faces.cli.session import DONE, Session, shared_options
from geoname.faces.cli.tables import facts

WHAT = ("territories", "lines")
LEVELS = ("province", "prefecture", "county", "township", "village")


def export(session: Session) -> click.Group:
    """`geoname export boundaries FILE`."""
    return click.Group(
        "export",
        commands=[_boundaries(session)],
        help=session.say("导出数据", "hand out data as files"),
    )


def _boundaries(session: Session) -> click.Command:
    say = session.say

    def run(file: str, what: str, level: str, within: str | None) -> int:
        from geoname.service.export_boundaries import export_boundaries

        with session.opened() as geoname:
            report = export_boundaries(geoname, Path(file), what, level, within)
        if session.as_json:
            click.echo(orjson.dumps(report).decode())
            return DONE
        told = (
            (say("文件", "file"), report.file),
            (say("要素", "features"), report.features),
            (say("版本", "edition"), f"{report.edition.title} ({report.edition.as_of})"),
            (say("地图", "map"), report.edition.map_note),
        )
        click.echo(facts(told))
        return DONE

    return click.Command(
        "boundaries",
        params=[
            click.Argument(["file"], metavar="FILE"),
            click.Option(
                ["--what"],
                type=click.Choice(WHAT),
                default=WHAT[0],
                help=say("区划面或界线", "territories or lines"),
            ),
            click.Option(
                ["--level"], type=click.Choice(LEVELS), default="county", help=say("层级", "their level")
            ),
            click.Option(
                ["--within"], metavar="CODE", help=say("只要此区划之内的", "only those within this division")
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say(
            "导出区划面或界线（GeoPackage、GeoJSON、Shapefile，按文件名结尾）",
            "territories or lines as GeoPackage, GeoJSON or Shapefile, by the file's ending",
        ),
    )
