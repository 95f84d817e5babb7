"""The annexes of the report (附件): record tables, table of markers, register sheets, tracks, photographs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.report_content import Block, Picture, ReportTable, Section
from geoname.core.inspections.report_facts import ReportFacts
from geoname.core.inspections.report_marker_table import marker_table, register_sheet
from geoname.core.inspections.report_words import CONDITIONS, STATES, item_words
from geoname.core.inspections.track_record import TrackRecord


def annexes(facts: ReportFacts) -> tuple[Section, ...]:
    """Every annex that there is something for, numbered in their order."""
    found: list[tuple[str, tuple[Block, ...]]] = []
    markers = [one for one in facts.case.records if one.marker is not None]
    segments = [one for one in facts.case.records if one.segment is not None]
    if markers:
        found.append(("界桩检查记录表", (_marker_records(markers, facts),)))
    if segments:
        found.append(("联检记录表（区段）", (_segment_records(segments, facts),)))
    if any(one.corrections for one in facts.case.records):
        found.append(("对记录的更正", (_corrections(facts),)))
    if facts.markers:
        found.append(("界桩成果表", (marker_table(facts),)))
        found.append(("界桩登记表", tuple(register_sheet(one, facts) for one in facts.markers)))
    if facts.tracks:
        found.append(("巡查轨迹", _tracks(facts)))
    if facts.attachments:
        found.append(("照片和扫描件", _photographs(facts)))
    return tuple(
        Section(f"附件{number}　{title}", blocks, new_page=True)
        for number, (title, blocks) in enumerate(found, start=1)
    )


def _marker_records(records: Sequence[FieldRecord], facts: ReportFacts) -> ReportTable:
    rows = []
    for record in records:
        marker = record.marker
        assert marker is not None
        kept = "、".join(
            f"{name}{CONDITIONS[value]}"
            for name, value in (("描红", marker.paint), ("注记", marker.inscription), ("基座", marker.base))
        )
        changed = "、".join(one.name for one in marker.references if one.changed)
        deviation = "" if marker.deviation_m is None else f"{marker.deviation_m:.2f}"
        rows.append(
            (
                marker.number,
                record.day.isoformat(),
                _present(record, facts),
                "未到位" if record.not_reached else STATES[marker.state],
                kept,
                changed,
                deviation,
                "；".join(one for one in (record.handling, record.not_reached) if one),
                _signed(record, facts),
            )
        )
    return ReportTable(
        "界桩检查记录",
        ("编号", "日期", "在场人员", "状况", "维护", "变化的方位物", "偏差（米）", "处理意见", "签字"),
        tuple(rows),
        (1.1, 1.1, 1.7, 0.8, 1.7, 1.2, 0.8, 1.6, 1.2),
    )


def _segment_records(records: Sequence[FieldRecord], facts: ReportFacts) -> ReportTable:
    rows = []
    for record in records:
        segment = record.segment
        assert segment is not None
        found = "；".join(
            f"{name}：{text}"
            for name, text in (
                ("线状地物", segment.linear_features),
                ("地物地貌", segment.ground_changes),
                ("单方标志", segment.unilateral_marks),
                ("跨界生产建设", segment.cross_border_works),
            )
            if text
        )
        rows.append(
            (
                item_words(record.item).removeprefix("区段 "),
                record.day.isoformat(),
                _present(record, facts),
                segment.course,
                "未到位" if record.not_reached else ("清楚" if segment.clear else "不清楚"),
                found,
                "；".join(one for one in (record.handling, record.not_reached) if one),
                _signed(record, facts),
            )
        )
    return ReportTable(
        "区段联检记录",
        ("区段", "日期", "在场人员", "走向说明", "界线", "变化", "处理意见", "签字"),
        tuple(rows),
        (1.3, 1.1, 1.6, 2.2, 0.7, 1.8, 1.4, 1.2),
    )


def _present(record: FieldRecord, facts: ReportFacts) -> str:
    sides = facts.case.inspection.sides
    by_side = ("、".join(one.name for one in record.present if one.side == side) for side in sides)
    return "；".join(
        f"{facts.names.get(side) or side}：{names or '缺'}"
        for side, names in zip(sides, by_side, strict=True)
    )


def _signed(record: FieldRecord, facts: ReportFacts) -> str:
    return "、".join(facts.names.get(side) or side for side in facts.case.signed_sides(record.subject))


def _corrections(facts: ReportFacts) -> ReportTable:
    rows = tuple(
        (item_words(record.item), one.field, one.before, one.after, one.reason, one.author, one.at)
        for record in facts.case.records
        for one in record.corrections
    )
    return ReportTable(
        "更正",
        ("项目", "字段", "原记", "更正为", "理由", "更正人", "时间"),
        rows,
        (1.2, 1, 1.2, 1.2, 1.6, 1, 1.3),
    )


def _tracks(facts: ReportFacts) -> tuple[Block, ...]:
    rows = tuple(_track_row(one, facts) for one in facts.tracks if one.withdrawn_at is None)
    table = ReportTable(
        "轨迹",
        ("文件", "代表方", "起止时间（北京时间）", "长（千米）", "走过", "容差（米）", "经过界桩", "SHA-256"),
        rows,
        (1.3, 1.1, 1.6, 0.8, 0.7, 0.9, 0.8, 1.6),
        "容差不细于界线图形所述的精度；SHA-256 取前 16 位，全文见归档目录。",
    )
    walked = facts.walked
    if walked is None or not walked.missed:
        return (table,)
    missed = ReportTable(
        "未走的区段",
        ("序号", "起（千米）", "止（千米）", "长（千米）"),
        tuple(
            (str(number), f"{start / 1000:.3f}", f"{end / 1000:.3f}", f"{(end - start) / 1000:.3f}")
            for number, (start, end) in enumerate(walked.missed, start=1)
        ),
        note="里程自界线起点量算。",
    )
    return (table, missed)


def _track_row(one: TrackRecord, facts: ReportFacts) -> tuple[str, ...]:
    raised = "（已放宽）" if one.coverage.tolerance.raised else ""
    return (
        one.filename,
        facts.names.get(one.side) or one.side,
        "" if one.began is None or one.ended is None else f"{_time(one.began)} 至 {_time(one.ended)}",
        f"{one.length_m / 1000:.3f}",
        f"{one.coverage.share:.1%}",
        f"{one.coverage.tolerance.used_m:g}{raised}",
        str(len(one.coverage.passed)),
        one.sha256[:16],
    )


def _time(seconds: float) -> str:
    # China keeps one time, eight hours ahead of UTC, all year.
    return datetime.fromtimestamp(seconds + 8 * 3600, UTC).strftime("%Y-%m-%d %H:%M")


def _photographs(facts: ReportFacts) -> tuple[Block, ...]:
    kept = [one for one in facts.attachments if one.withdrawn_at is None]
    rows = tuple(
        (
            str(number),
            _subject(one.subject),
            one.filename,
            one.taken_at or "",
            "" if one.off_line_m is None else f"{one.off_line_m:.0f}",
            "" if one.off_marker_m is None else f"{one.off_marker_m:.0f}",
            facts.names.get(one.side) or one.side,
            one.sha256[:16],
        )
        for number, one in enumerate(kept, start=1)
    )
    table = ReportTable(
        "照片和扫描件目录",
        ("序号", "归属", "文件", "拍摄时间", "距界线（米）", "距界桩（米）", "代表方", "SHA-256"),
        rows,
        (0.5, 1.3, 1.6, 1.6, 0.8, 0.8, 1.0, 1.3),
    )
    shown = facts.photographs or {}
    pictures = (
        Picture(shown[one.id], f"照片 {number}　{_subject(one.subject)}　{one.note}".rstrip("　"))
        for number, one in enumerate(kept, start=1)
        if one.id in shown
    )
    return (table, *pictures)


def _subject(subject: str) -> str:
    return item_words(subject) if subject.startswith(("marker:", "segment:")) else (
        "本案" if subject == "case" else subject
    )  # fmt: skip
