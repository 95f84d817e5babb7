"""Commands about points (定位): locate, nearby."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from geoname.errors import DataFileError
from geoname.faces.api.catalogue import route_of
from geoname.faces.api.dispatch import read_json
from geoname.faces.cli.asking import ask, ask_command, given, parameters_of, write
from geoname.faces.cli.names import name_heads, name_row, path_text
from geoname.faces.cli.session import DONE, Session, shared_options
from geoname.faces.cli.tables import facts, table
from geoname.service.locate import LocateAnswer, LocateManyAnswer
from geoname.service.nearby import NearbyAnswer

_POINT = ("lon", "lat")


def locate(session: Session) -> click.Command:
    """`geoname locate LON LAT`, or `--points FILE` for many."""
    one, many = route_of("locate"), route_of("locate --points")

    def run(points_: str | None, **values: Any) -> int:  # noqa: ANN401 - what click parsed
        asked = given(values)
        if points_ is None:
            write(session, ask(session, one, asked, _POINT), show_located)
        else:
            write(session, ask(session, many, {**_read(points_), **asked}), show_codes)
        return DONE

    return click.Command(
        "locate",
        params=[
            *(click.Argument([f"{name}_"], metavar=name.upper(), required=False) for name in _POINT),
            *parameters_of(session, one, _POINT)[2:],
            *(p for p in parameters_of(session, many, _POINT)[2:] if p.name == "level_"),
            click.Option(
                ["--points", "points_"],
                metavar="FILE",
                help=session.say(
                    '多点：JSON 文件 {"lon": […], "lat": […]}，- 为标准输入',
                    'many points: a JSON file {"lon": […], "lat": […]}, - for standard input',
                ),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=session.say(one.zh, one.en),
        context_settings={"ignore_unknown_options": True},
    )


def nearby(session: Session) -> click.Command:
    """`geoname nearby LON LAT`."""
    return ask_command(session, "nearby", show_nearby, _POINT)


def _read(file: str) -> dict[str, object]:
    try:
        return read_json(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        raise DataFileError(
            f"{file} cannot be read ({error.strerror}): give a JSON file",
            zh=f"无法读取 {file}（{error.strerror}）：请给出 JSON 文件",
            field="--points",
        ) from None


def show_located(answer: LocateAnswer, session: Session) -> str:
    """Where a point lies."""
    say = session.say
    near = answer.nearest_line
    return facts(
        (
            (
                say("所在", "within"),
                path_text(answer.chain) or say("不在范围内", "in no division known here"),
            ),
            (say("代码", "code"), answer.chain[-1].code if answer.chain else None),
            (
                say("在界线上", "on the line"),
                ", ".join("–".join(side.name for side in line.sides) for line in answer.on_line),
            ),
            (
                say("最近界线", "nearest line"),
                near and f"{'–'.join(side.name for side in near.sides)} {near.distance_m:.0f} m",
            ),
            (say("版本", "edition"), f"{answer.edition.title} ({answer.edition.as_of})"),
            (say("说明", "note"), answer.note or ""),
            (say("地图", "map"), answer.edition.map_note),
        )
    )


def show_codes(answer: LocateManyAnswer, _: Session) -> str:
    """One code on each line, empty where a point lies in none."""
    return "\n".join(code or "" for code in answer.codes)


def show_nearby(answer: NearbyAnswer, session: Session) -> str:
    """Names with their distance."""
    if not answer.items:
        return session.say("没有找到", "nothing found")
    heads = (session.say("距离（米）", "metres"), *name_heads(session))
    return table(heads, ((item.distance_m, *name_row(item.name)) for item in answer.items))
