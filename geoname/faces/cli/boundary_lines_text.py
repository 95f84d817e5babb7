"""Lines, segments, markers and tripoints (界线、界桩) as text for people."""

from __future__ import annotations

import orjson

from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table
from geoname.service.show_markers import MarkerList, MarkerShown
from geoname.service.show_segments import SegmentList


def show_lines(collection: bytes, session: Session) -> str:
    """Lines as a table, without their course."""
    read = orjson.loads(collection)
    heads = _heads(
        session, "标识 名称 界线 代码 层级 长度（千米） 段 来源",
        "id name line code level length(km) pieces origin",
    )  # fmt: skip
    rows = [
        (
            line["id"],
            line["line_name"],
            line["name"],
            line["line_code"],
            line["level"],
            _km(line["length_m"]),
            line["pieces"],
            line["origin"],
        )
        for line in (feature["properties"] for feature in read["features"])
    ]
    return f"{table(heads, rows)}\n{read['edition']['title']}: {read['edition']['map_note']}"


def show_line(feature: bytes, session: Session) -> str:
    """One line, without its course: what is registered, its markers by number, its neighbours."""
    read = orjson.loads(feature)
    line, edition, say = read["properties"], read["edition"], session.say
    register, markers = read["register"] or {}, read["markers"]
    told = [
        (say("标识", "id"), line["id"]),
        (say("名称", "name"), line["line_name"]),
        (say("代码", "code"), line["line_code"]),
        (say("名称依据", "named by"), line["named_by"]),
        (say("界线", "line"), line["name"]),
        (say("层级", "level"), line["level"]),
        (say("长度（千米）", "length (km)"), _km(line["length_m"])),
        (say("长度依据", "length from"), line["length_from"]),
        (say("段", "pieces"), line["pieces"]),
        (say("来源", "origin"), line["origin"]),
        (say("起点", "start"), register.get("start")),
        (say("终点", "end"), register.get("end")),
        (say("批复", "approval"), register.get("approval")),
        (say("协议书", "agreement"), register.get("agreement")),
        (say("上次联检", "last inspected"), line["last_inspected"]),
        (say("争议", "disputed"), say("有", "yes") if line["disputed"] else ""),
        (say("界桩", "markers"), markers["total"] or ""),
        (say("其中模拟", "of them generated"), markers["generated"] or ""),
        (say("三交点", "tripoints"), len(read["tripoints"]) or ""),
        (say("相接界线", "lines that meet it"), ", ".join(one["line_name"] for one in read["neighbours"])),
        (say("由县级界线", "put together from"), len(read["parts"]) or ""),
        (say("版本", "edition"), edition["title"]),
        (say("地图", "map"), edition["map_note"]),
    ]
    return facts(told)


def show_segments(found: SegmentList, session: Session) -> str:
    """The segments of a line as a table."""
    heads = _heads(
        session, "分段 段 起 止 起（米） 止（米） 长（米）", "segment piece from to from(m) to(m) length(m)"
    )
    rows = [
        (
            one.id,
            one.piece,
            ", ".join(one.start),
            ", ".join(one.end),
            f"{one.from_m:.0f}",
            f"{one.to_m:.0f}",
            f"{one.length_m:.0f}",
        )
        for one in found.items
    ]
    return table(heads, rows)


def show_markers(found: MarkerList, session: Session) -> str:
    """The markers of a line as a table, then what is wrong with them."""
    say = session.say
    if not found.items:
        return say(f"{found.line_name}还没有界桩", f"{found.line_name} has no markers yet")
    heads = _heads(
        session, "编号 立桩 材质 状态 经度 纬度 沿线（米） 偏离（米） 方位物 责任方",
        "number standing material state lon lat along(m) off(m) references responsible",
    )  # fmt: skip
    parts = [table(heads, map(_marker, found.items))]
    if found.findings:
        parts.append(say(f"问题 {len(found.findings)} 条：", f"{len(found.findings)} findings:"))
        parts += [
            f"  {', '.join(one.numbers[:4])} {say(one.message, one.message_en)}" for one in found.findings
        ]
    if any(one.generated for one in found.items):
        parts.append(say("含模拟数据", "some markers are generated"))
    return "\n".join(parts)


def show_tripoints(collection: bytes, session: Session) -> str:
    """Tripoints as a table."""
    read = orjson.loads(collection)
    heads = _heads(session, "经度 纬度 层级 区划", "lon lat level divisions")
    rows = [
        (*feature["geometry"]["coordinates"], feature["properties"]["level"],
         session.say("、", ", ").join(feature["properties"]["names"]))
        for feature in read["features"]
    ]  # fmt: skip
    return f"{table(heads, rows)}\n{read['edition']['title']}: {read['edition']['map_note']}"


def _marker(one: MarkerShown) -> tuple[object, ...]:
    at = one.place
    return (
        one.number,
        one.standing,
        one.material,
        one.state,
        None if at is None else at.lon,
        None if at is None else at.lat,
        None if at is None or at.chainage_m is None else f"{at.chainage_m:.0f}",
        None if at is None or at.off_m is None else f"{at.off_m:.1f}",
        len(one.references),
        one.responsible_side,
    )


def _km(metres: float | None) -> str:
    return "" if metres is None else f"{metres / 1000:.1f}"


def _heads(session: Session, zh: str, en: str) -> list[str]:
    return session.say(zh, en).split()
