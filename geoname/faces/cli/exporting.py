"""The command `export` (导出): names, divisions, territories or boundary lines as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import orjson

from geoname.core.register.token import KEEPER, Caller
from geoname.core.register.visibility import Role
from geoname.core.validity.partial_date import parse_day
from geoname.errors import InvalidInputError
from geoname.faces.api.catalogue import route_of
from geoname.faces.api.exports import DivisionsExport, NamesExport
from geoname.faces.cli.asking import as_option, given, parameters_of
from geoname.faces.cli.loading import progress_line
from geoname.faces.cli.session import DONE, Session, actor, shared_options
from geoname.faces.cli.tables import facts
from geoname.service.export_report import ExportShown

WHAT = ("territories", "lines", "markers")
LEVELS = ("province", "prefecture", "county", "township", "village")


def export(session: Session) -> click.Group:
    """`geoname export names | divisions -o FILE`, `geoname export boundaries FILE`."""
    return click.Group(
        "export",
        commands=[_names(session), _divisions(session), _boundaries(session)],
        help=session.say("导出数据", "hand out data as files"),
    )


def _names(session: Session) -> click.Command:
    def run(output: str, audience: str, **values: Any) -> int:  # noqa: ANN401 - what click parsed
        from geoname.service.export_names import export_names
        from geoname.service.export_names_columns import NamesWanted

        asked: NamesExport = _read(session, "export names", values)
        wanted = NamesWanted(
            asked.feature_class, asked.within, asked.scheme, asked.status, asked.on, asked.bom
        )
        progress, finish = progress_line()
        try:
            with session.opened() as geoname:
                shown = export_names(
                    geoname, Path(output), wanted, _caller(audience), values.get("format_"), progress
                )
        except InvalidInputError as error:
            raise as_option(error, route_of("export names")) from None
        finally:
            finish()
        return _told(session, shown)

    return _command(session, "export names", run)


def _divisions(session: Session) -> click.Command:
    def run(output: str, audience: str, **values: Any) -> int:  # noqa: ANN401 - what click parsed
        from geoname.service.export_divisions import DivisionsWanted, export_divisions

        asked: DivisionsExport = _read(session, "export divisions", values)
        wanted = DivisionsWanted(asked.level, asked.within, asked.scheme, asked.on, asked.bom)
        try:
            with session.opened() as geoname:
                shown = export_divisions(
                    geoname, Path(output), wanted, _caller(audience), values.get("format_")
                )
        except InvalidInputError as error:
            raise as_option(error, route_of("export divisions")) from None
        return _told(session, shown)

    return _command(session, "export divisions", run)


def _command(session: Session, command: str, run: Callable[..., int]) -> click.Command:
    route, say = route_of(command), session.say
    return click.Command(
        command.split()[-1],
        params=[
            click.Option(
                ["-o", "--output"],
                required=True,
                metavar="FILE",
                help=say("写到哪个文件；格式按结尾", "the file to write; its ending says the format"),
            ),
            click.Option(
                ["--audience"],
                type=click.Choice([role.value for role in Role]),
                default=Role.PUBLIC.value,
                help=say("给谁用：只含该角色可见的", "for whom: only what this role may see"),
            ),
            *parameters_of(session, route, []),
            *shared_options(session),
        ],
        callback=run,
        help=say(route.zh, route.en),
    )


def _read(session: Session, command: str, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - its query
    route = route_of(command)
    try:
        return route.read(given(values), session.settings().limits)
    except InvalidInputError as error:
        raise as_option(error, route) from None


def _caller(audience: str) -> Caller:
    return Caller(Role(audience), account=actor())


def _told(session: Session, shown: ExportShown) -> int:
    say = session.say
    if session.as_json:
        click.echo(orjson.dumps(shown).decode())
        return DONE
    sources = "; ".join(f"{one.title} {one.records} ({one.licence})" for one in shown.sources)
    told = (
        (say("文件", "file"), shown.file),
        (say("格式", "format"), shown.format),
        (say("记录", "records"), shown.records),
        (say("有坐标", "located"), shown.located),
        (say("隐去的坐标", "locations kept back"), shown.withheld_locations or None),
        (say("不公开的坐标（已留痕）", "locations not open (on record)"), shown.restricted_locations or None),
        (say("按哪一天", "as of"), shown.on),
        (say("给谁用", "for"), shown.audience),
        (say("来源", "sources"), sources),
    )
    click.echo(facts(told))
    return DONE


def _boundaries(session: Session) -> click.Command:
    say = session.say

    def run(file: str, what: str, level: str, within: str | None, on: str | None) -> int:
        from geoname.service.export_boundaries import export_boundaries

        if what == "markers":
            return _markers(session, file, within)
        with session.opened() as geoname:
            day = parse_day(on, field="on") if on else None
            report = export_boundaries(geoname, Path(file), what, level, within, day)
        if session.as_json:
            click.echo(orjson.dumps(report).decode())
            return DONE
        told = (
            (say("文件", "file"), report.file),
            (say("要素", "features"), report.features),
            (say("版本", "edition"), f"{report.edition.title} ({report.edition.as_of})"),
            (
                say("说明", "note"),
                None
                if report.exact
                else say("所问日期不在该版界线的日期内", "the day asked for is not the edition's"),
            ),
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
                help=say("区划面、界线或界桩", "territories, lines or markers"),
            ),
            click.Option(
                ["--level"], type=click.Choice(LEVELS), default="county", help=say("层级", "their level")
            ),
            click.Option(
                ["--within"], metavar="CODE", help=say("只要此区划之内的", "only those within this division")
            ),
            click.Option(["--on"], metavar="DATE", help=say("按哪一天", "as of this day")),
            *shared_options(session),
        ],
        callback=run,
        help=say(
            "导出区划面、界线或界桩（GeoPackage、GeoJSON、Shapefile、Parquet、CSV，按文件名结尾）",
            "territories, lines or markers as GeoPackage, GeoJSON, Shapefile, Parquet or CSV, by the ending",
        ),
    )


def _markers(session: Session, file: str, within: str | None) -> int:
    from geoname.service.export_markers import export_markers

    with session.opened() as geoname:
        report = export_markers(geoname, Path(file), KEEPER, within)
    if session.as_json:
        click.echo(orjson.dumps(report).decode())
        return DONE
    say = session.say
    told = (
        (say("文件", "file"), report.file),
        (say("界桩", "markers"), report.features),
        (say("界线", "lines"), report.lines),
        (say("旧基准，未导出", "old datum, left out"), report.without_place or None),
        (say("留痕", "on record"), say("已记入各界线的档案", "on the chain of each line")),
    )
    click.echo(facts(told))
    return DONE
