"""Writes the report of a joint inspection (联检报告): what the records say, in the order of the check list.

The contents follow 省级行政区域界线联合检查实施办法第3条 as it is known from one copy; the form of the report
is practice, composed for geoname.
"""

from __future__ import annotations

from geoname.core.inspections.inspection import InspectionKind
from geoname.core.inspections.report_annexes import annexes
from geoname.core.inspections.report_content import Document, Facts, Picture, Section, SigningSide
from geoname.core.inspections.report_facts import ReportFacts
from geoname.core.inspections.report_findings import left_over, results
from geoname.core.inspections.report_words import DOCUMENTS, kilometres
from geoname.core.inspections.signature import REPORT
from geoname.core.inspections.stages import Document as Paper

GENERATED = "演示数据（生成），不是真实记录"
DRAFT = "草稿：各方尚未全部签字"
_LENGTH = {"registered": "登记长度", "surveyed": "实测界线计算", "derived": "由界线版本推算"}


def report_of(facts: ReportFacts) -> Document:
    """The report as it stands: a draft until every side has signed the content as it is now."""
    case = facts.case.inspection
    signed = facts.case.signed_sides(REPORT)
    labels = [GENERATED] if facts.generated else []
    labels += [] if len(signed) == len(case.sides) else [DRAFT]
    sections = (
        Section("一、界线概况", (_overview(facts), *_map(facts))),
        Section("二、联检依据", _basis(facts)),
        Section("三、组织与经过", _course(facts)),
        *results(facts),
        *left_over(facts),
        *annexes(facts),
    )
    which = "特别联检" if case.kind is InspectionKind.SPECIAL else f"第 {case.round} 轮"
    return Document(
        "行政区域界线联合检查报告",
        f"{facts.line.name}　{case.year} 年度　{which}",
        "；".join(labels),
        _day(facts),
        sections,
        _signing(facts),
        facts.case.digest(REPORT),
    )


def _overview(facts: ReportFacts) -> Facts:
    case, line = facts.case.inspection, facts.line
    counts = _counts(facts)
    stretch = case.stretch
    pairs = (
        ("界线名称", line.name),
        ("界线代码", line.code),
        ("各方", "；".join(facts.side(code) for code in case.sides)),
        ("牵头方", facts.side(case.lead)),
        ("长度", f"{kilometres(line.length_m)}（{_LENGTH.get(line.length_from, '来源不详')}）"),
        ("起点", line.start),
        ("终点", line.end),
        ("检查范围", "" if stretch is None else f"{stretch.from_marker} 至 {stretch.to_marker}"),
        ("事由", case.cause),
        ("界桩", counts),
        ("沿线县级区划", "、".join(line.counties)),
        ("批准文件", line.approval),
        ("协议书", line.agreement),
        ("界线图形", line.drawn_from),
    )
    return Facts("", tuple(pair for pair in pairs if pair[1]))


def _counts(facts: ReportFacts) -> str:
    if not facts.markers:
        return "登记中没有界桩"
    standing: dict[str, int] = {}
    for marker in facts.markers:
        standing[marker.standing.zh] = standing.get(marker.standing.zh, 0) + 1
    parts = "、".join(f"{name} {number}" for name, number in standing.items())
    return f"{len(facts.markers)} 颗（{parts}）"


def _map(facts: ReportFacts) -> tuple[Picture, ...]:
    if not facts.map_name:
        return ()
    return (Picture(facts.map_name, f"{facts.line.name}示意图"),)


def _basis(facts: ReportFacts) -> tuple[str, ...]:
    told = [
        "《行政区域界线管理条例》第12条：每五年联检一次，遇灾害、河流改道、道路变化等随时联检。",
        "《省级行政区域界线联合检查实施办法》第3条、第5条（仅见一份抄本）所列内容与依据。",
    ]
    if facts.line.agreement or facts.line.approval:
        told.append(
            f"界线批准文件和协议书：{'；'.join(filter(None, (facts.line.approval, facts.line.agreement)))}。"
        )
    told.append("界桩登记表、上一轮联检报告等档案材料。")
    return tuple(told)


def _course(facts: ReportFacts) -> tuple[str, ...]:
    case = facts.case.inspection
    told = []
    if case.plan_filed_on is not None:
        told.append(f"实施方案于 {_date(case.plan_filed_on)} 报送。")
    days = sorted({record.day for record in facts.case.records})
    if days:
        people = {(one.side, one.name) for record in facts.case.records for one in record.present}
        by_side = "，".join(
            f"{facts.side(code)} {sum(side == code for side, _ in people)} 人" for code in case.sides
        )
        span = _date(days[0]) if days[0] == days[-1] else f"{_date(days[0])}至{_date(days[-1])}"
        told.append(f"外业于{span}进行，共 {len(days)} 个工作日；参加人员：{by_side}。")
    papers = [paper for paper in facts.case.papers if paper.finding_id is None]
    for paper in papers:
        number = f"（{paper.number}）" if paper.number else ""
        told.append(f"{_date(paper.day)}，{DOCUMENTS[paper.kind]}：{paper.title}{number}。")
    text = next((one.text for one in reversed(papers) if one.kind is Paper.REPORT and one.text), "")
    if text:
        told.append("牵头方文稿：")
        told += [line for line in text.splitlines() if line.strip()]
    return tuple(told) or ("尚无记录。",)


def _day(facts: ReportFacts) -> str:
    """The last day that anything in the case bears: the report says nothing later."""
    case = facts.case
    days = [case.inspection.since, *(one.day for one in case.records), *(one.day for one in case.papers)]
    return max(days).isoformat()


def _date(day: object) -> str:
    year, month, number = str(day).split("-")
    return f"{int(year)} 年 {int(month)} 月 {int(number)} 日"


def _signing(facts: ReportFacts) -> tuple[SigningSide, ...]:
    digest = facts.case.digest(REPORT)
    signed = {
        one.side: one
        for one in facts.case.signatures
        if one.subject == REPORT and one.digest == digest and digest
    }
    return tuple(
        SigningSide(facts.side(code), signed[code].actor, signed[code].at, signed[code].digest)
        if code in signed
        else SigningSide(facts.side(code))
        for code in facts.case.inspection.sides
    )
