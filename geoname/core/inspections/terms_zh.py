"""What stages, steps, parties and papers are called in Chinese (联检用语)."""

from __future__ import annotations

from collections.abc import Iterable

from geoname.core.inspections.stages import Document, Party, Stage, Step

STAGES: dict[Stage, str] = {
    Stage.DUE: "应检",
    Stage.PLANNED: "已列计划",
    Stage.PLAN_DRAFTED: "方案起草",
    Stage.PLAN_AGREED: "方案商定",
    Stage.PLAN_FILED: "方案报送",
    Stage.DESK: "内业",
    Stage.FIELD: "外业",
    Stage.FINDINGS: "问题清单",
    Stage.REMEDY: "问题处理",
    Stage.SURVEYED: "修测",
    Stage.REPORT_DRAFT: "报告起草",
    Stage.SIGNED: "已签字",
    Stage.FILED: "已备案",
    Stage.ARCHIVED: "已归档",
    Stage.CLOSED: "已结案",
}
STEPS: dict[Step, str] = {
    Step.PLAN: "列入计划",
    Step.DRAFT_PLAN: "起草实施方案",
    Step.AGREE_PLAN: "商定实施方案",
    Step.FILE_PLAN: "报送实施方案",
    Step.RETURN_PLAN: "退回实施方案",
    Step.START_DESK: "开始内业",
    Step.START_FIELD: "开始外业",
    Step.LIST_FINDINGS: "列出问题",
    Step.BACK_TO_FIELD: "退回外业",
    Step.REMEDY: "处理问题",
    Step.SURVEY: "修测",
    Step.DRAFT_REPORT: "起草联检报告",
    Step.SIGN_REPORT: "签署联检报告",
    Step.AMEND_REPORT: "修改联检报告",
    Step.FILE: "报送备案",
    Step.RETURN_REPORT: "退回联检报告",
    Step.ARCHIVE: "立卷归档",
    Step.CLOSE: "结案",
}
PARTIES: dict[Party, str] = {Party.LEAD: "牵头方", Party.SIDE: "毗邻方", Party.ORGAN: "批准机关"}
DOCUMENTS: dict[Document, str] = {
    Document.ANNUAL_PLAN: "年度计划",
    Document.FIELD_PLAN: "实施方案",
    Document.MINUTES: "会议纪要",
    Document.PLAN_RECEIPT: "方案报送回执",
    Document.DESK_RECORD: "内业记录",
    Document.FINDING_LIST: "问题清单",
    Document.SURVEY_RECORD: "修测记录",
    Document.REPORT: "联检报告",
    Document.FILING_LETTER: "备案报告",
    Document.FILING_RECEIPT: "备案回执",
    Document.ARCHIVE_LIST: "归档目录",
    Document.MARKER_REGISTER: "界桩登记表",
    Document.MARKER_TABLE: "界桩成果表",
    Document.REPAIR_RECORD: "修复记录",
    Document.REMOVAL_RECORD: "拆除记录",
    Document.RESTORATION_RECORD: "恢复记录",
    Document.REQUEST: "申请",
    Document.CONSENT: "同意函",
    Document.NEW_DESCRIPTION: "新走向说明",
    Document.NOTICE: "通知",
    Document.LETTER: "函",
    Document.DECISION: "决定",
    Document.OTHER: "其他材料",
}
FINDING_STATES: dict[str, str] = {
    "to_verify": "待核实",
    "opened": "已立案",
    "handling": "处理中",
    "documented": "材料已齐",
    "filed": "已报备",
    "closed": "已办结",
    "carried_over": "结转",
    "dismissed": "不成立",
}
FINDING_STEPS: dict[str, str] = {
    "confirm": "确认",
    "dismiss": "认定不成立",
    "handle": "开始处理",
    "document": "交齐材料",
    "file": "报送备案",
    "close": "办结",
    "carry_over": "结转",
    "reopen": "重新处理",
}
"""Those of findings, by the values that stand for them."""


def papers_zh(papers: Iterable[str]) -> list[str]:
    """Papers by their Chinese names."""
    return [DOCUMENTS[Document(paper)] for paper in papers]
