"""Commands about boundary lines (界线), territories and editions."""

from __future__ import annotations

import click
import orjson

from geoname.faces.cli.asking import ask_command
from geoname.faces.cli.boundaries_derive import check_command, compare_command, derive_command
from geoname.faces.cli.boundary_lines_text import (
    show_line,
    show_lines,
    show_markers,
    show_segments,
    show_tripoints,
)
from geoname.faces.cli.session import DONE, Session, actor, shared_options
from geoname.faces.cli.tables import table
from geoname.service.show_boundaries import EditionList


def boundaries(session: Session) -> click.Group:
    """`geoname boundaries`: list, show, segments, markers, tripoints, territories, derive, check, compare."""
    return click.Group(
        "boundaries",
        commands=[
            ask_command(session, "boundaries list", show_lines),
            ask_command(session, "boundaries show", show_line, ["id"]),
            ask_command(session, "boundaries segments", show_segments, ["id"]),
            ask_command(session, "boundaries markers", show_markers, ["id"]),
            ask_command(session, "boundaries tripoints", show_tripoints),
            ask_command(session, "boundaries territories", show_territories),
            derive_command(session),
            check_command(session),
            compare_command(session),
        ],
        help=session.say("界线（--json 给出 GeoJSON）", "boundary lines (--json gives GeoJSON)"),
    )


def editions(session: Session) -> click.Group:
    """`geoname editions list | activate ID`."""

    def activate(edition: str) -> int:
        from geoname.service.activate_edition import activate_edition

        with session.opened() as geoname:
            activate_edition(geoname, edition, actor())
        if session.as_json:
            click.echo(orjson.dumps({"active": edition}).decode())
        else:
            click.echo(session.say(f"已启用 {edition}", f"{edition} is active now"))
        return DONE

    return click.Group(
        "editions",
        commands=[
            ask_command(session, "editions list", show_editions),
            click.Command(
                "activate",
                params=[click.Argument(["edition"], metavar="ID"), *shared_options(session)],
                callback=activate,
                help=session.say("启用一个界线版本", "make an edition the one that answers come from"),
            ),
        ],
        help=session.say("界线版本", "boundary editions"),
    )


def show_territories(collection: bytes, session: Session) -> str:
    """Territories as a table, without their polygons."""
    read = orjson.loads(collection)
    heads = ("代码", "名称", "层级") if session.language == "zh" else ("code", "name", "level")
    rows = [
        (one["code"], one["name"], one["level"]) for one in (each["properties"] for each in read["features"])
    ]
    return f"{table(heads, rows)}\n{read['edition']['title']}: {read['edition']['map_note']}"


def show_editions(found: EditionList, session: Session) -> str:
    """Editions, the active one marked."""
    heads = ("启用", "标识", "名称", "日期", "精度（米）", "审图号", "许可")
    if session.language != "zh":
        heads = ("active", "id", "title", "as of", "accuracy (m)", "map approval", "licence")
    rows = (
        (
            "*" if one.active else "",
            one.edition.id,
            one.edition.title,
            one.edition.as_of,
            one.edition.accuracy_m,
            one.edition.map_approval,
            one.edition.licence,
        )
        for one in found.items
    )
    return table(heads, rows)
