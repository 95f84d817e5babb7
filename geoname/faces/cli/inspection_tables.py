"""Joint inspections (界线联检) as tables for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoname.core.inspections.field_record import FieldRecord
from geoname.core.inspections.peace import PeaceRecord
from geoname.core.inspections.plan import InspectionPlan
from geoname.core.inspections.signature import Signature
from geoname.core.inspections.stages import Document, Party, Stage, Step
from geoname.core.inspections.terms_zh import DOCUMENTS, PARTIES, STAGES, STEPS, papers_zh
from geoname.core.law.citation import Known
from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table
from geoname.service.inspection_answers import (
    FindingList,
    FindingShown,
    InspectionPage,
    InspectionShown,
    PeaceList,
    RecordList,
    SignatureList,
)
from geoname.service.inspection_deadlines import DeadlineList
from geoname.service.inspection_progress import Progress, Tally
from geoname.service.plan_inspections import PlanList

if TYPE_CHECKING:
    from geoname.service.inspections_demo import DemoMade, DemoRemoved

_MOST_LINES = 40
_MARKS = {
    Known.FULL_TEXT: "法规",
    Known.ONE_COPY: "单一文本",
    Known.SECONDARY: "惯例",
    Known.COMPUTED: "计算",
    Known.MEMORY: "建议",
}


def _stage(stage: str, session: Session) -> str:
    return session.say(STAGES[Stage(stage)], stage)


def _kind(kind: str, session: Session) -> str:
    return session.say("定期" if kind == "regular" else "特别", kind)


def show_cases(page: InspectionPage, session: Session) -> str:
    """Cases, one a line."""
    if not page.items:
        return session.say("没有这样的联检", "there are no such inspections")
    heads = ("标识", "界线", "年度", "轮次", "类型", "牵头方", "阶段", "自", "生成")
    if session.language != "zh":
        heads = ("id", "line", "year", "round", "kind", "lead", "stage", "since", "generated")
    rows = (
        (
            one.id, one.line_name, one.year, one.round, _kind(one.kind, session), one.lead,
            _stage(one.stage, session), one.since, "*" if one.generated else "",
        )
        for one in page.items
    )  # fmt: skip
    written = table(heads, rows)
    if page.next_cursor is not None:
        written += "\n" + session.say("还有：加", "more: add") + f" --cursor {page.next_cursor}"
    return written


def show_case(one: InspectionShown, session: Session) -> str:
    """A case and what comes next."""
    say = session.say
    told = facts(
        (
            (say("标识", "id"), one.id),
            (say("界线", "line"), f"{one.line_name} {one.line_id}"),
            (say("年度、轮次", "year, round"), f"{one.year}, {one.round}"),
            (say("类型", "kind"), _kind(one.kind, session)),
            (say("各方", "sides"), ", ".join(one.sides)),
            (say("牵头方", "lead"), one.lead),
            (say("阶段", "stage"), f"{_stage(one.stage, session)} ({one.since})"),
            (say("版本", "version"), one.version),
            (say("外业", "field list"), f"{one.records_complete}/{len(one.items)}"),
            (say("问题", "findings"), f"{one.findings_open}/{one.findings}"),
            (say("备案", "filed"), one.filed_on),
            (say("下次到期", "next due"), one.next_due),
            (say("说明", "note"), say("演示数据，系生成", "generated for demonstration") * one.generated),
        )
    )
    heads = ("下一步", "到", "由", "缺少材料", "依据") if session.language == "zh" else (
        "next step", "to", "by", "papers missing", "basis",
    )  # fmt: skip
    rows = [
        (
            say(f"{step.step} {STEPS[Step(step.step)]}", step.step),
            _stage(step.target, session),
            ", ".join(say(PARTIES[Party(party)], party) for party in step.parties),
            ", ".join(say(DOCUMENTS[Document(paper)], paper) for paper in step.missing),
            step.basis,
        )
        for step in one.next_steps
    ]
    return f"{told}\n\n{table(heads, rows)}" if rows else told


def show_records(found: RecordList, session: Session) -> str:
    """Records, and what still lacks one."""
    heads = ("标识", "项目", "日期", "在场", "结果", "问题", "更正", "版本")
    if session.language != "zh":
        heads = ("id", "item", "day", "present", "result", "problem", "corrections", "version")
    rows = (
        (
            one.id, one.item, one.day, ", ".join(f"{who.side} {who.name}" for who in one.present),
            one.marker.state if one.marker else one.not_reached or "", one.problem or "",
            len(one.corrections) or "", one.version,
        )
        for one in found.items
    )  # fmt: skip
    written = table(heads, rows) if found.items else session.say("还没有记录", "there are no records yet")
    if found.missing:
        shown = ", ".join(found.missing[:_MOST_LINES])
        written += "\n" + session.say(f"尚缺 {len(found.missing)} 项：", f"{len(found.missing)} lack one: ")
        written += shown
    return written


def show_record(one: FieldRecord, session: Session) -> str:
    """One record."""
    return show_records(RecordList((one,), ()), session)


def show_findings(found: FindingList, session: Session) -> str:
    """Findings with what is to be done."""
    if not found.items:
        return session.say("没有问题", "there are no findings")
    zh = session.language == "zh"
    heads = ("标识", "类别", "项目", "状态", "处理", "缺少材料", "依据") if zh else (
        "id", "kind", "item", "state", "handling", "papers missing", "basis",
    )  # fmt: skip
    rows = (
        (
            one.finding.id,
            f"{one.finding.kind} {one.title_zh if zh else one.title_en}",
            one.finding.item,
            one.finding.state,
            one.handling_zh if zh else one.handling_en,
            ", ".join(papers_zh(one.missing) if zh else one.missing),
            " ".join(one.basis),
        )
        for one in found.items
    )
    return table(heads, rows)


def show_finding(one: FindingShown, session: Session) -> str:
    """One finding."""
    return show_findings(FindingList((one,)), session)


def show_signatures(found: SignatureList, session: Session) -> str:
    """What can be signed, and by whom it is."""
    heads = ("内容", "已签", "未签", "摘要") if session.language == "zh" else (
        "subject", "signed", "unsigned", "digest",
    )  # fmt: skip
    rows = [
        (one.subject, ", ".join(one.signed), ", ".join(one.unsigned), one.digest) for one in found.subjects
    ]
    return table(heads, rows) if rows else session.say("还没有可签字的内容", "there is nothing to sign yet")


def show_signature(one: Signature, session: Session) -> str:
    """One signature."""
    say = session.say
    return facts(
        (
            (say("签字", "signed"), one.subject),
            (say("一方", "side"), one.side),
            (say("经办人", "by"), one.actor),
            (say("时间", "at"), one.at),
            (say("摘要", "digest"), one.digest),
        )
    )


def show_peace_list(found: PeaceList, session: Session) -> str:
    """Peace records, one a line."""
    if not found.items:
        return session.say("还没有平安边界记录", "there are no peace records yet")
    heads = ("标识", "种类", "日期", "标题", "地点") if session.language == "zh" else (
        "id", "kind", "day", "title", "place",
    )  # fmt: skip
    return table(heads, ((one.id, one.kind, one.day, one.title, one.place) for one in found.items))


def show_peace(one: PeaceRecord, session: Session) -> str:
    """One peace record."""
    return show_peace_list(PeaceList((one,)), session)


def show_plan(plan: InspectionPlan, session: Session) -> str:
    """The load of each year, then what each year does, then what unbalances it."""
    zh = session.language == "zh"
    heads = ("年度", "界线", "千米", "偏离 %", "界桩", "偏离 %", "均衡") if zh else (
        "year", "lines", "km", "off %", "markers", "off %", "balanced",
    )  # fmt: skip
    loads = table(
        heads,
        (
            (
                one.year, one.lines, f"{one.length_km:.1f}", f"{one.length_off_percent:+.1f}", one.markers,
                f"{one.markers_off_percent:+.1f}", "✓" if one.balanced else "✗",
            )
            for one in plan.loads
        ),
    )  # fmt: skip
    columns = ("年度", "界线", "标识", "牵头方", "千米", "界桩", "到期", "") if zh else (
        "year", "line", "id", "lead", "km", "markers", "due", "",
    )  # fmt: skip
    late, forced = session.say("逾期", "overdue"), session.say("到期所限", "forced by due date")
    lines = table(
        columns,
        (
            (
                one.year, one.line_name, one.line_id, one.lead, f"{one.length_km:.1f}", one.markers, one.due,
                late if one.overdue else forced if one.forced else "",
            )
            for one in plan.assignments
        ),
    )  # fmt: skip
    told = session.say(
        f"{len(plan.forced)} 条界线因到期年度影响均衡：",
        f"{len(plan.forced)} lines unbalance it by due date: ",
    )
    kept = session.say(f"计划 {plan.id}", f"plan {plan.id}")
    named = f"\n{told}{', '.join(plan.forced[:_MOST_LINES])}" if plan.forced else ""
    return f"{kept}\n{loads}\n\n{lines}{named}"


def show_plans(found: PlanList, session: Session) -> str:
    """Plans, one a line."""
    if not found.items:
        return session.say("还没有采用的计划", "no plan was adopted yet")
    heads = ("标识", "起", "几年", "界线", "编制", "经办人", "生成") if session.language == "zh" else (
        "id", "from", "years", "lines", "made", "by", "generated",
    )  # fmt: skip
    rows = (
        (
            one.id, one.first_year, one.years, len(one.assignments), one.made_on, one.actor,
            "*" if one.generated else "",
        )
        for one in found.items
    )  # fmt: skip
    return table(heads, rows)


def show_progress(found: Progress, session: Session) -> str:
    """Progress by level, prefecture and year."""
    say = session.say
    parts = [
        _tallies(say("层级", "level"), found.by_level, session),
        _tallies(say("市州", "prefecture"), found.by_prefecture, session),
        _tallies(say("年度", "year"), found.by_year, session),
    ]
    if found.generated:
        parts.append(say("含演示数据，系生成", "cases generated for demonstration are among them"))
    return "\n\n".join([say(f"{found.on} 的进度", f"progress on {found.on}"), *parts])


def _level(name: str, session: Session) -> str:
    return session.say({"county": "县级界线", "province": "省界"}.get(name, name), name)


def _tallies(head: str, tallies: tuple[Tally, ...], session: Session) -> str:
    heads = ("", "界线", "千米", "完成", "报告", "外业", "已排", "应检", "逾期", "不详")
    if session.language != "zh":
        heads = ("", "lines", "km", "done", "reporting", "in field", "planned", "due", "overdue", "unknown")
    rows = (
        (
            _level(one.name, session), one.lines, one.length_km, one.done, one.reporting, one.in_field,
            one.planned, one.due, one.overdue, one.unknown,
        )
        for one in tallies
    )  # fmt: skip
    return table((head, *heads[1:]), rows)


def show_deadlines(found: DeadlineList, session: Session) -> str:
    """Deadlines, the earliest first."""
    zh = session.language == "zh"
    heads = ("日期", "", "事项", "界线", "联检", "依据", "标记") if zh else (
        "day", "", "what", "line", "inspection", "origin", "mark",
    )  # fmt: skip
    words = {"late": ("逾期", "late"), "soon": ("临近", "soon"), "later": ("", "")}
    rows = (
        (
            one.day, session.say(*words[one.urgency]), one.zh if zh else one.en, one.line_name,
            one.inspection_id, one.origin if zh else one.origin_en,
            session.say(_MARKS[one.known], one.known),
        )
        for one in found.items
    )  # fmt: skip
    counted = session.say(
        f"逾期 {found.late}，临近 {found.soon}，以后 {found.later}",
        f"{found.late} late, {found.soon} soon, {found.later} later",
    )
    return f"{counted}\n{table(heads, rows)}"


def show_demo(made: DemoMade, session: Session) -> str:
    """What a demonstration made."""
    say = session.say
    return facts(
        (
            (say("界线", "lines"), f"{made.provincial} + {made.county}"),
            (say("生成的界桩", "markers generated"), made.markers),
            (say("计划", "plan"), made.plan_id),
            (say("已结案", "closed"), made.closed),
            (say("办理中", "at work"), made.at_work),
            (say("记录", "records"), made.records),
            (say("问题", "findings"), made.findings),
            (say("签字", "signatures"), made.signatures),
            (
                say("说明", "note"),
                say("以上均系生成，可用 --remove 删除", "all generated; --remove removes it"),
            ),
        )
    )


def show_demo_removed(found: DemoRemoved, session: Session) -> str:
    """How much was removed."""
    return session.say(f"已删除演示数据 {found.removed} 件", f"{found.removed} generated records removed")
