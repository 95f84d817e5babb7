"""The report of a load of polygons as a text (载入报告) for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table

if TYPE_CHECKING:  # reading polygons imports half of GDAL, and `--help` reads none
    from geoname.service.boundary_report import (
        BoundaryLoadReport,
        ComparisonShown,
        DatumShown,
        RepairShown,
        SeamShown,
    )

_SHOWN = 20
_STATUS = {
    "dry_run": ("只检查，未写入", "checked only, nothing written"),
    "draft": ("已存为草稿，未启用", "kept as a draft, not in use"),
    "active": ("已启用", "in use now"),
    "unchanged": ("与已载入的相同，未改动", "the same as is loaded, nothing changed"),
    "refused": ("有必须先改正的问题，未写入", "refused: mend what blocks first; nothing written"),
}
_DEFECTS = {
    "invalid_ring": ("边界自相交或为空", "invalid ring"),
    "overlap": ("重叠", "overlap"),
    "gap": ("空隙", "gap"),
    "beyond": ("超出上级范围", "beyond its parent"),
    "unmatched_edge": ("公共边不一致", "unmatched edge"),
}
_CODES = {
    "missing": ("文件中缺少", "missing from the file"),
    "unknown": ("代码不存在", "no such code"),
    "orphan": ("上级也不存在", "no such code, nor its parent's"),
    "not_in_force": ("该日不用此代码", "code not in force on the day"),
    "beyond_scope": ("不属于所述区划", "not of the stated division"),
    "name": ("名称不同", "another name"),
    "ambiguous": ("代码有多义", "code of several meanings"),
}
_KNOWN_BY = {
    "declared": ("数据说明所写", "declared"),
    "guessed": ("推断", "guessed"),
    "register": ("取自登记", "the register's"),
    "mark": ("文件标记", "by its mark"),
    "cpg": (".cpg 所写", "by .cpg"),
    "detected": ("检测", "detected"),
}
_NOTES = {
    "shx_rebuilt": ("缺少 .shx，已重建（原文件夹未改动）", ".shx was missing and was rebuilt elsewhere")
}


def show_report(report: BoundaryLoadReport, session: Session) -> str:
    """The report for people: what it is, what is wrong, how it differs from what is in use."""
    say = session.say
    encoding = (
        f"{report.encoding}（{say(*_KNOWN_BY[report.encoding_known_by])}）"
        if report.encoding_known_by
        else ""
    )
    fields = ", ".join(
        f"{key}={value}（{say(*_KNOWN_BY[report.fields_known_by[key]])}）"
        for key, value in report.fields.items()
    )
    head = facts(
        (
            (say("文件", "file"), f"{report.file}, {report.format}, {report.layer}"),
            (say("版本", "edition"), f"{report.edition} {report.title}"),
            (say("结果", "result"), say(*_STATUS[report.status])),
            (
                say("区划", "territories"),
                ", ".join(f"{level} {count}" for level, count in report.levels.items()),
            ),
            (say("范围", "within"), ", ".join(report.within)),
            (say("编码", "encoding"), encoding),
            (say("字段", "fields"), fields),
            (say("坐标系", "reference system"), report.crs),
            (say("坐标核查", "datum"), _datum(report.datum, session)),
            (say("其余取自", "the rest from"), report.rest_from),
            (say("由下级合成", "made from lower levels"), ", ".join(report.dissolved)),
            (
                say("沿用的界线", "lines kept"),
                f"{len(report.kept_lines)}" if report.kept_lines else "",
            ),
            (say("与周围接边", "seam to the rest"), "; ".join(_seam(one, session) for one in report.seam)),
            (say("说明", "notes"), "; ".join(say(*_NOTES.get(one, (one, one))) for one in report.notes)),
            (
                say("写入", "written"),
                say(
                    f"新增 {report.added}，更改 {report.changed}，未变 {report.same}",
                    f"added {report.added}, changed {report.changed}, same {report.same}",
                )
                if report.added or report.changed or report.same
                else "",
            ),
            (say("现用版本", "edition in use"), report.active_edition),
        )
    )
    parts = [head, _codes(report, session), _defects(report, session)]
    parts += [_repair(one, session) for one in report.repair]
    if report.comparison is not None:
        parts.append(_comparison(report.comparison, session))
    if report.status == "draft":
        command = f"geoname editions activate {report.edition}"
        parts.append(say(f"启用：{command}", f"to use it: {command}"))
    return "\n\n".join(part for part in parts if part)


def _seam(found: SeamShown, session: Session) -> str:
    where = f"{', '.join(found.codes)} {found.lon:.6f},{found.lat:.6f}"
    square_km = f"{found.area_m2 / 1e6:.2f}"
    if found.kind == "gap":
        return session.say(
            f"{square_km} 平方千米无归属（{found.pieces} 处，最大在 {where}）",
            f"{square_km} km² would be nobody's ({found.pieces} pieces, the largest at {where})",
        )
    return session.say(
        f"{square_km} 平方千米与邻区重叠（{found.pieces} 处，最大在 {where}）",
        f"{square_km} km² belong to neighbours too ({found.pieces} pieces, the largest at {where})",
    )


def _datum(found: DatumShown | None, session: Session) -> str:
    if found is None:
        return session.say("无可对照", "nothing to compare with")
    metres = found.median_m[found.likely]
    return session.say(
        f"按 {found.likely} 最相符，置信度 {found.confidence}，与现用版本中位差 {metres} 米",
        f"fits {found.likely}, confidence {found.confidence}, median {metres} m from the edition in use",
    )


def _codes(report: BoundaryLoadReport, session: Session) -> str:
    say = session.say
    heads = (
        say("代码", "code"),
        say("问题", "trouble"),
        say("文件中", "in the file"),
        say("登记", "registered"),
    )
    rows = [(one.code, say(*_CODES[one.kind]), one.name, one.registered) for one in report.codes]
    return _some(heads, rows, say("代码与名称", "codes and names"), session)


def _defects(report: BoundaryLoadReport, session: Session) -> str:
    say = session.say
    heads = (
        say("缺陷", "defect"), say("层级", "level"), say("区划", "territories"), say("位置", "place"),
        say("面积（平方米）", "area (m²)"), say("长度（米）", "length (m)"), say("须改", "blocks"),
    )  # fmt: skip
    rows = [
        (
            say(*_DEFECTS[one.kind]) + (say("（碎）", " (sliver)") if one.is_sliver else ""),
            one.level,
            " ".join(f"{code}{name}" for code, name in zip(one.codes, one.names, strict=True)),
            "" if one.lon is None else f"{one.lon:.6f},{one.lat:.6f}",
            one.area_m2,
            one.length_m,
            "*" if one.blocks else "",
        )
        for one in report.defects
    ]
    return _some(heads, rows, say("拓扑缺陷", "topology"), session)


def _repair(done: RepairShown, session: Session) -> str:
    say = session.say
    head = say(
        f"修复（容差 {done.tolerance_m:g} 米）：缺陷 {done.defects_before} → {done.defects_after}，"
        f"最大移动 {done.greatest_m:g} 米",
        f"mended (tolerance {done.tolerance_m:g} m): defects {done.defects_before} → {done.defects_after}, "
        f"moved at most {done.greatest_m:g} m",
    )
    heads = (
        say("代码", "code"),
        say("移动（米）", "moved (m)"),
        say("位置", "place"),
        say("面积变化（平方米）", "area change (m²)"),
    )
    rows = [
        (one.code, one.greatest_m, f"{one.place[0]:.6f},{one.place[1]:.6f}", one.area_change_m2)
        for one in done.moved
    ]
    return _some(heads, rows, head, session) or head


def _comparison(found: ComparisonShown, session: Session) -> str:
    say = session.say
    head = say(
        f"与 {found.edition} 对比：{found.compared} 个区划，界线平均相距 {found.mean_m:g} 米，最远 "
        f"{found.greatest_m:g} 米，其间面积 {found.area_between_m2 / 1e6:.2f} 平方千米",
        f"against {found.edition}: {found.compared} territories, lines {found.mean_m:g} m apart on average, "
        f"{found.greatest_m:g} m at most, {found.area_between_m2 / 1e6:.2f} km² between",
    )
    heads = (
        say("代码", "code"),
        say("名称", "name"),
        say("平均（米）", "mean (m)"),
        say("最远（米）", "greatest (m)"),
        say("位置", "place"),
        say("面积差", "area"),
    )
    rows = [
        (
            one.code,
            one.name if one.name == one.former_name else f"{one.former_name} → {one.name}",
            one.mean_m,
            one.greatest_m,
            "" if one.lon is None else f"{one.lon:.6f},{one.lat:.6f}",
            f"{one.share:.2%}",
        )
        for one in found.territories
    ]
    more = (
        (say("仅文件有", "only in the file"), " ".join(found.only_in_file[:_SHOWN])),
        (say("仅现用版本有", "only in the edition"), " ".join(found.only_in_edition[:_SHOWN])),
    )
    return "\n".join(part for part in (_some(heads, rows, head, session) or head, facts(more)) if part)


def _some(heads: Sequence[str], rows: Sequence[Sequence[object]], title: str, session: Session) -> str:
    """The first rows under a title, and how many more there are; empty without rows."""
    if not rows:
        return ""
    left = len(rows) - _SHOWN
    more = (
        session.say(f"\n……另有 {left} 项（--json 给出全部）", f"\n… {left} more (--json gives all)")
        if left > 0
        else ""
    )
    return f"{title}（{len(rows)}）\n{table(heads, rows[:_SHOWN])}{more}"
