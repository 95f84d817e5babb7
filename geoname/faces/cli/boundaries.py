"""Commands about boundary lines (界线), territories and editions."""

from __future__ import annotations

import click
import orjson

from geoname.faces.cli.asking import ask_command
from geoname.faces.cli.session import DONE, Session, actor, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.show_boundaries import EditionList


def boundaries(session: Session) -> click.Group:
    """`geoname boundaries list | show | territories`."""
    return click.Group(
        "boundaries",
        commands=[
            ask_command(session, "boundaries list", show_lines),
            ask_command(session, "boundaries show", show_line, ["id"]),
            ask_command(session, "boundaries territories", show_territories),
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


def show_lines(collection: bytes, session: Session) -> str:
    """Lines as a table, without their course."""
    read = orjson.loads(collection)
    heads = ("标识", "界线", "层级", "长度（千米）", "段", "来源") if session.language == "zh" else (
        "id", "line", "level", "length (km)", "pieces", "origin",
    )  # fmt: skip
    rows = [
        (
            line["id"],
            line["name"],
            line["level"],
            f"{line['length_m'] / 1000:.1f}",
            line["pieces"],
            line["origin"],
        )
        for line in (feature["properties"] for feature in read["features"])
    ]
    return f"{table(heads, rows)}\n{read['edition']['title']}: {read['edition']['map_note']}"


def show_line(feature: bytes, session: Session) -> str:
    """One line, without its course."""
    read = orjson.loads(feature)
    line, edition, say = read["properties"], read["edition"], session.say
    return facts(
        (
            (say("标识", "id"), line["id"]),
            (say("界线", "line"), line["name"]),
            (say("层级", "level"), line["level"]),
            (say("长度（千米）", "length (km)"), f"{line['length_m'] / 1000:.1f}"),
            (say("段", "pieces"), line["pieces"]),
            (say("来源", "origin"), line["origin"]),
            (say("版本", "edition"), edition["title"]),
            (say("地图", "map"), edition["map_note"]),
        )
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
