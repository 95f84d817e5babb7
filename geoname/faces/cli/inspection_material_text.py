"""Writes answers about field materials for people (外业资料的文字)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.marker_survey import SurveyVerdict
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table
from geoname.service.inspection_material_answers import (
    AttachmentList,
    ItemMergeShown,
    MergeShown,
    StretchShown,
    SurveyShown,
    TrackList,
    TrackShown,
)

_VERDICTS = {
    SurveyVerdict.WITHIN: "相符",
    SurveyVerdict.VERIFY: "待核实",
    SurveyVerdict.NOT_COMPARABLE: "无法对照",
    SurveyVerdict.UNKNOWN: "登记中没有",
}
_STATES = {"clean": "写入", "soft": "待定（登记已更新）", "hard": "冲突", "signed": "已签字"}


def show_track(one: TrackShown, session: Session) -> str:
    """One track with what it shows of the line."""
    say = session.say
    raised = say(
        f"（要求 {one.tolerance_asked_m:g} 米，界线精度为 {one.accuracy_m:g} 米，已放宽）",
        f" ({one.tolerance_asked_m:g} m asked, raised to the line's accuracy of {one.accuracy_m:g} m)",
    )
    told = facts(
        (
            (say("标识", "id"), one.id),
            (say("文件", "file"), one.filename),
            (say("点数", "points"), one.points),
            (say("轨迹长，米", "track, m"), one.length_m),
            (say("起止", "from–to"), f"{one.began} – {one.ended}" if one.began else None),
            (say("容差，米", "tolerance, m"), f"{one.tolerance_m:g}{raised if one.tolerance_raised else ''}"),
            (say("走过", "walked"), f"{one.share:.1%}（{one.walked_m:g} / {one.line_m:g} m）"),
            (say("经过界桩", "markers passed"), _numbers([each.marker for each in one.passed])),
            (say("中断", "pauses"), len(one.gaps) or None),
            (say("已撤回", "withdrawn"), one.withdrawn_reason or None),
            (say("说明", "note"), say("演示数据", "generated") if one.generated else None),
        )
    )
    return f"{told}\n{_missed(one.missed, session)}".rstrip()


def show_tracks(found: TrackList, session: Session) -> str:
    """The tracks of a case as a table, and what they show together."""
    say = session.say
    if not found.items:
        return say("没有轨迹", "there are no tracks")
    heads = (
        ("标识", "文件", "代表方", "走过", "经过界桩", "交来", "撤回")
        if session.language == "zh"
        else ("id", "file", "side", "walked", "markers", "handed in", "withdrawn")
    )
    rows = [
        (
            one.id,
            one.filename,
            one.side,
            f"{one.share:.1%}",
            len(one.passed),
            one.added_at,
            one.withdrawn_reason,
        )
        for one in found.items
    ]
    both = found.together
    told = say("合计走过", "together") + f" {both.share:.1%}（{both.walked_m:g} / {both.line_m:g} m）"
    left = say("未经过的界桩：", "markers not passed: ") + _numbers(both.not_passed)
    lines = [table(heads, rows), told, *([left] if both.not_passed else []), _missed(both.missed, session)]
    return "\n".join(lines).rstrip()


def show_attachment(one: Attachment, session: Session) -> str:
    """One photograph or scan."""
    say = session.say
    place = None if one.lon is None else f"{one.lon:.6f} {one.lat:.6f}"
    return facts(
        (
            (say("标识", "id"), one.id),
            (say("文件", "file"), one.filename),
            (say("归属", "belongs to"), one.subject),
            (say("像素", "pixels"), f"{one.width}×{one.height}" if one.width else None),
            (say("拍摄时间", "taken"), one.taken_at),
            (say("拍摄位置", "place"), place),
            (say("距界线，米", "off the line, m"), one.off_line_m),
            (say("距界桩，米", "off the marker, m"), one.off_marker_m),
            ("SHA-256", one.sha256),
            (say("已撤回", "withdrawn"), one.withdrawn_reason or None),
        )
    )


def show_attachments(found: AttachmentList, session: Session) -> str:
    """Photographs and scans as a table."""
    if not found.items:
        return session.say("没有附件", "there are no attachments")
    heads = (
        ("标识", "归属", "文件", "拍摄时间", "距界线，米", "代表方", "撤回")
        if session.language == "zh"
        else ("id", "belongs to", "file", "taken", "off the line, m", "side", "withdrawn")
    )
    rows = [
        (one.id, one.subject, one.filename, one.taken_at, one.off_line_m, one.side, one.withdrawn_reason)
        for one in found.items
    ]
    return table(heads, rows)


def show_merge(found: MergeShown, session: Session) -> str:
    """What was written, and below it each field that waits for a decision."""
    say = session.say
    told = say(
        f"写入 {found.written} 项，无变化 {found.same} 项，待决定 {found.undecided} 项",
        f"{found.written} items written, {found.same} unchanged, {found.undecided} to decide",
    )
    if found.opened:
        told += "\n" + say(
            f"有 {len(found.opened)} 个界桩实测超限，已列为待核实的问题",
            f"{len(found.opened)} markers were measured beyond the limit: findings to verify were opened",
        )
    heads = (
        ("项目", "情况", "字段", "发出时", "外业表", "登记")
        if session.language == "zh"
        else ("item", "state", "field", "given out", "form", "register")
    )
    rows = [row for one in found.items if not one.written for row in _differences(one, session)]
    if not rows:
        return told
    hint = say(
        "请加 --take 项目=mine 或 --take 项目/字段=theirs 决定后重试",
        "decide with --take ITEM=mine or --take ITEM/FIELD=theirs, then give the same form again",
    )
    return f"{told}\n{table(heads, rows)}\n{hint}"


def show_survey(found: SurveyShown, session: Session) -> str:
    """Each measurement against its marker as a table."""
    zh = session.language == "zh"
    heads = ("界桩", "结果", "偏差，米", "方位角", "限差，米", "似为") if zh else (
        "marker", "result", "off, m", "azimuth", "limit, m", "looks like",
    )  # fmt: skip
    rows = [
        (
            one.number,
            _VERDICTS[one.verdict] if zh else one.verdict,
            one.distance_m,
            one.azimuth_deg,
            one.limit_m,
            one.looks_like,
        )
        for one in found.items
    ]
    told = table(heads, rows)
    if found.opened:
        told += "\n" + session.say(
            f"列为待核实的问题 {len(found.opened)} 个", f"{len(found.opened)} findings to verify were opened"
        )
    return told


def to_look_into(found: SurveyShown) -> bool:
    """Whether any marker was not where the register has it, or could not be compared."""
    return any(one.verdict is not SurveyVerdict.WITHIN for one in found.items)


def _differences(one: ItemMergeShown, session: Session) -> Iterator[Sequence[object]]:
    state = _STATES.get(one.state, one.state) if session.language == "zh" else one.state
    for field in one.differences:
        yield one.item, state, field.field, field.base, field.mine, field.theirs


def _missed(stretches: Sequence[StretchShown], session: Session) -> str:
    if not stretches:
        return session.say("没有未走的区段", "no stretch is left")
    heads = ("未走区段", "起，米", "止，米", "长，米") if session.language == "zh" else (
        "not walked", "from, m", "to, m", "length, m",
    )  # fmt: skip
    return table(heads, ((i, one.from_m, one.to_m, one.length_m) for i, one in enumerate(stretches, start=1)))


def _numbers(numbers: Sequence[str]) -> str:
    shown = "、".join(numbers[:20])
    return shown if len(numbers) <= 20 else f"{shown} … ({len(numbers)})"
