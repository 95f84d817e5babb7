"""The Chinese words of the report (联检报告用语) for the values that records hold."""

from __future__ import annotations

from collections.abc import Mapping

from geoname.core.boundaries.marker import Marker
from geoname.core.inspections.field_record import Condition, MarkerState
from geoname.core.inspections.finding import Finding, FindingState
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.peace import PeaceKind
from geoname.core.inspections.stages import Document

STATES: Mapping[MarkerState, str] = {
    MarkerState.INTACT: "完好",
    MarkerState.DAMAGED: "损坏",
    MarkerState.LOST: "丢失",
    MarkerState.MOVED: "移位",
}
CONDITIONS: Mapping[Condition, str] = {
    Condition.GOOD: "良好",
    Condition.POOR: "不良",
    Condition.NOT_SEEN: "未查",
}
FINDING_STATES: Mapping[FindingState, str] = {
    FindingState.TO_VERIFY: "待核实",
    FindingState.OPENED: "已立项",
    FindingState.HANDLING: "处理中",
    FindingState.DOCUMENTED: "材料齐备",
    FindingState.FILED: "已备案",
    FindingState.CLOSED: "已办结",
    FindingState.CARRIED_OVER: "结转",
    FindingState.DISMISSED: "经核实不成立",
}
PEACE: Mapping[PeaceKind, str] = {
    PeaceKind.AGREEMENT: "睦邻友好公约",
    PeaceKind.EMERGENCY_PLAN: "突发事件应急预案",
    PeaceKind.JOINT_MEETING: "联席会议",
    PeaceKind.EXCHANGE: "友好往来",
}
DOCUMENTS: Mapping[Document, str] = {
    Document.ANNUAL_PLAN: "年度计划",
    Document.FIELD_PLAN: "实施方案",
    Document.MINUTES: "会议纪要",
    Document.PLAN_RECEIPT: "实施方案报送回执",
    Document.DESK_RECORD: "内业记录",
    Document.FINDING_LIST: "问题清单",
    Document.SURVEY_RECORD: "修测记录",
    Document.REPORT: "联检报告文稿",
    Document.FILING_LETTER: "备案函",
    Document.FILING_RECEIPT: "备案回执",
    Document.ARCHIVE_LIST: "归档目录",
    Document.MARKER_REGISTER: "界桩登记表",
    Document.MARKER_TABLE: "界桩成果表",
    Document.REPAIR_RECORD: "修复记录",
    Document.REMOVAL_RECORD: "拆除记录",
    Document.RESTORATION_RECORD: "恢复记录",
    Document.REQUEST: "请示",
    Document.CONSENT: "同意函",
    Document.NEW_DESCRIPTION: "新走向说明",
    Document.NOTICE: "通知书",
    Document.LETTER: "函件",
    Document.DECISION: "决定",
    Document.OTHER: "其他材料",
}


def item_words(key: str) -> str:
    """An item of the field list as people say it: 界桩 001Q, 区段 001Q～002Q."""
    kind, _, rest = key.partition(":")
    if kind == "marker":
        return f"界桩 {rest}"
    start, _, end = rest.partition("-")
    return f"区段 {end_words(start)}～{end_words(end)}"


def kind_words(finding: Finding) -> str:
    """What kind of finding it is; of a suspicion no more than that something is to be looked into."""
    if finding.state is not FindingState.TO_VERIFY:
        return f"{finding.kind.value} {finding.rule.zh}"
    what = "位置偏差" if finding.kind is FindingKind.MOVED else finding.rule.zh
    return f"{finding.kind.value} {what}（待核实）"


def handling_words(finding: Finding) -> str:
    """What is to be done about it; a suspicion is looked into first."""
    return "现场核实后再定" if finding.state is FindingState.TO_VERIFY else finding.rule.handling_zh


def end_words(number: str) -> str:
    """A marker's number, or the end of a line where no marker stands."""
    return {"start": "起点", "end": "终点"}.get(number, number)


def kilometres(metres: float | None) -> str:
    """A length as it is written in a report."""
    return "不详" if metres is None else f"{metres / 1000:.3f} 千米"


def references_words(marker: Marker) -> tuple[str, ...]:
    """Each reference object with its azimuth and distance, as far as they are known."""
    return tuple(
        "，".join(
            [one.name]
            + ([] if one.azimuth_deg is None else [f"方位角 {one.azimuth_deg:g}°"])
            + ([] if one.distance_m is None else [f"距离 {one.distance_m:g} 米"])
        )
        for one in marker.references
    )


def degrees_words(degrees: float) -> str:
    """Degrees, minutes and seconds to a thousandth: 106°30′05.123″."""
    thousandths = round(abs(degrees) * 3_600_000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{'-' if degrees < 0 else ''}{minutes // 60}°{minutes % 60:02}′{rest / 1000:06.3f}″"
