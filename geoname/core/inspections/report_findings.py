"""The results of the check (检查结果), what was done about findings, and what is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from geoname.core.inspections.field_record import Condition, FieldRecord, MarkerState
from geoname.core.inspections.finding import Finding, FindingState
from geoname.core.inspections.finding_rules import Filing, FindingKind
from geoname.core.inspections.report_content import ReportTable, Section
from geoname.core.inspections.report_facts import ReportFacts
from geoname.core.inspections.report_words import (
    FINDING_STATES,
    PEACE,
    STATES,
    handling_words,
    item_words,
    kind_words,
)

_K = FindingKind
_MARKERS = (_K.INTACT, _K.DAMAGED, _K.LOST, _K.MOVED, _K.TO_MOVE_OR_ADD, _K.REFERENCES, _K.THREAT)
_OBJECTS = (_K.LINEAR_FEATURE, _K.OTHER_OBJECT, _K.UNCLEAR_LINE, _K.UNILATERAL_MARK)
_ACROSS = (_K.WORKS_ACROSS, _K.ENCLAVE)
_FILING = {
    Filing.NONE: "",
    Filing.IN_REPORT: "随报告备案",
    Filing.APPROVING_ORGAN: "须报批准机关备案",
    Filing.IF_CHANGED: "走向说明变更的须报备案",
}


def results(facts: ReportFacts) -> tuple[Section, ...]:
    """The five contents of an inspection, in their order."""
    return (
        Section("四、检查内容与结果"),
        Section("（一）界线贯彻落实情况", _kept(facts), 2),
        Section("（二）界桩及方位物变化和界桩维护情况", _markers(facts), 2),
        Section("（三）其他标志物及地物地貌变化和修测情况", _objects(facts), 2),
        Section("（四）跨界生产建设管理及问题处理情况", _across(facts), 2),
        Section("（五）其他情况", _others(facts), 2),
    )


def left_over(facts: ReportFacts) -> tuple[Section, ...]:
    """Findings and their handling, what is left, and peace along the line."""
    found = facts.case.findings
    handled = _finding_table("问题及处理一览", found, facts) if found else "未发现问题。"
    open_ = [one for one in found if one.state is FindingState.CARRIED_OVER or not one.state.ended]
    left: tuple[str | ReportTable, ...] = ("没有遗留问题。",)
    if open_:
        rows = tuple(
            (
                kind_words(one),
                item_words(one.item),
                one.what,
                FINDING_STATES[one.state],
                one.reason or handling_words(one),
            )
            for one in open_
        )
        left = (
            f"遗留 {len(open_)} 项，按下表所列结转或继续办理。",
            ReportTable(
                "遗留问题", ("类别", "位置", "情况", "状态", "理由或建议"), rows, (1.2, 1.2, 2.4, 0.9, 2.3)
            ),
        )
    return (
        Section("五、问题及处理", (handled,)),
        Section("六、遗留问题和建议", left),
        Section("七、平安边界建设", _peace(facts)),
    )


def _kept(facts: ReportFacts) -> tuple[str, ...]:
    segments = [one for one in facts.case.records if one.segment is not None]
    clear = sum(one.segment is not None and one.segment.clear for one in segments)
    told = [f"检查区段 {len(segments)} 个，实地界线清楚的 {clear} 个，不清楚的 {len(segments) - clear} 个。"]
    missing = len(facts.case.inspection.items) - len(facts.case.records)
    if missing > 0:
        told.append(f"外业清单尚有 {missing} 项没有记录。")
    not_reached = [one for one in facts.case.records if one.not_reached]
    told += [f"{item_words(one.item)}未到位：{one.not_reached}。" for one in not_reached]
    walked = facts.walked
    if walked is not None and facts.tracks:
        share = walked.walked_m / walked.line_m if walked.line_m else 0.0
        told.append(
            f"各方轨迹 {sum(one.withdrawn_at is None for one in facts.tracks)} 份，合计走过界线 "
            f"{walked.walked_m / 1000:.3f} 千米，占 {share:.1%}；未走 {len(walked.missed)} 段。"
        )
    return tuple(told)


def _markers(facts: ReportFacts) -> tuple[str | ReportTable, ...]:
    records = [one for one in facts.case.records if one.marker is not None and not one.not_reached]
    states = Counter(one.marker.state for one in records if one.marker is not None)
    table = ReportTable(
        "界桩统计",
        ("应检", "已检", *(STATES[state] for state in MarkerState), "拟移或增设"),
        (
            (
                str(sum(item.key.startswith("marker:") for item in facts.case.inspection.items)),
                str(len(records)),
                *(str(states[state]) for state in MarkerState),
                str(sum(one.kind is _K.TO_MOVE_OR_ADD for one in facts.case.findings)),
            ),
        ),
    )
    marked = [one.marker for one in records if one.marker is not None]
    kept = (
        f"描红不良 {sum(one.paint is Condition.POOR for one in marked)} 颗，"
        f"注记不良 {sum(one.inscription is Condition.POOR for one in marked)} 颗，"
        f"基座不良 {sum(one.base is Condition.POOR for one in marked)} 颗；"
        f"清除杂草 {sum(one.weeds_cleared for one in marked)} 处；"
        f"方位物有变化的界桩 {sum(any(each.changed for each in one.references) for one in marked)} 颗。"
    )
    return (table, kept, *_about(facts, _MARKERS))


def _objects(facts: ReportFacts) -> tuple[str | ReportTable, ...]:
    told = [*_said(facts.case.records, "linear_features", "线状地物"),
            *_said(facts.case.records, "ground_changes", "地物地貌"),
            *_said(facts.case.records, "unilateral_marks", "单方标志")]  # fmt: skip
    return (*(told or ["各区段未记有变化。"]), *_about(facts, _OBJECTS))


def _across(facts: ReportFacts) -> tuple[str | ReportTable, ...]:
    told = _said(facts.case.records, "cross_border_works", "跨界生产建设")
    return (*(told or ["各区段未记有跨界生产建设。"]), *_about(facts, _ACROSS))


def _others(facts: ReportFacts) -> tuple[str | ReportTable, ...]:
    told = [
        f"争议（《行政区域界线管理条例》第15条）：{'、'.join(map(item_words, one.items))}，{one.reason}；"
        + ("尚待批准机关处理，期间不得变动该段界桩。" if one.open else f"批准机关的决定：{one.decision}。")
        for one in facts.case.inspection.disputes
    ]
    about = _about(facts, tuple(kind for kind in _K if kind not in (*_MARKERS, *_OBJECTS, *_ACROSS)))
    corrected = sum(len(one.corrections) for one in facts.case.records)
    if corrected:
        told.append(f"对已签字的记录作出更正 {corrected} 处，见附件。")
    return (*told, *about) or ("无。",)


def _said(records: Iterable[FieldRecord], field: str, name: str) -> list[str]:
    """What the segments' records say in one of their fields, without those that say there is nothing."""
    found = []
    for record in records:
        text = "" if record.segment is None else str(getattr(record.segment, field)).strip()
        if text and text not in ("无", "无变化", "没有"):
            found.append(f"{item_words(record.item)}{name}：{text}。".replace("。。", "。"))
    return found


def _about(facts: ReportFacts, kinds: tuple[FindingKind, ...]) -> tuple[ReportTable, ...]:
    found = [one for one in facts.case.findings if one.kind in kinds]
    if not found:
        return ()
    rows = tuple(
        (kind_words(one), item_words(one.item), one.what, FINDING_STATES[one.state]) for one in found
    )
    return (ReportTable("相关问题", ("类别", "位置", "情况", "状态"), rows, (1.3, 1.4, 3.0, 0.8)),)


def _finding_table(title: str, found: Iterable[Finding], facts: ReportFacts) -> ReportTable:
    rows = tuple(
        (
            kind_words(one),
            item_words(one.item),
            one.what,
            facts.side(one.responsible_side) if one.responsible_side else "",
            handling_words(one),
            "；".join(str(basis) for basis in one.rule.basis),
            f"{FINDING_STATES[one.state]}{f'（{one.filing_receipt}）' if one.filing_receipt else ''}",
            "已备案" if one.filed_on else _FILING[one.rule.filing],
        )
        for one in found
    )
    return ReportTable(
        title,
        ("类别", "位置", "情况", "分管方", "处理要求", "依据", "状态", "备案"),
        rows,
        (1.1, 1.1, 1.8, 1.1, 1.7, 1.5, 0.9, 1.0),
    )


def _peace(facts: ReportFacts) -> tuple[str | ReportTable, ...]:
    if not facts.case.peace:
        return ("本次联检没有登记平安边界材料。",)
    rows = tuple(
        (one.day.isoformat(), PEACE[one.kind], one.title, one.place, one.people, one.content)
        for one in facts.case.peace
    )
    return (
        ReportTable(
            "平安边界记录",
            ("日期", "种类", "标题", "地点", "人员", "内容"),
            rows,
            (1.0, 1.1, 1.6, 1.0, 1.2, 2.4),
        ),
    )
