"""How the answers in bulk are worded (用语), in Chinese and English: headings, statuses, steps, findings."""

from __future__ import annotations

from collections.abc import Sequence

from geoname.service.validation_rows import FindingRow, Question, StepRow

_HEADINGS = {
    "zh": ("核查状态", "标准地名", "标准代码", "标准路径", "置信度", "次优置信度", "处理步骤", "核查问题",
           "核查经度", "核查纬度"),
    "en": ("geoname_status", "geoname_name", "geoname_code", "geoname_path", "geoname_confidence",
           "geoname_second_confidence", "geoname_steps", "geoname_findings", "geoname_lon", "geoname_lat"),
}  # fmt: skip
NUMERIC = (False, False, False, False, True, True, False, False, True, True)
STATUSES = {
    "standard": "标准",
    "corrected": "已纠正",
    "ambiguous": "有歧义",
    "retired": "已撤销",
    "unknown": "未知",
    "invalid": "无效",
}
STEPS = {
    "character_form": "字形",
    "width": "全半角",
    "variant_character": "异体字",
    "homophone": "同音",
    "similar_shape": "形近",
    "typing_slip": "错漏字",
    "missing_generic": "缺通名",
    "wrong_generic": "通名有误",
    "abbreviation": "简称",
    "alias": "别名",
    "former_name": "旧名",
    "former_division": "旧区划",
    "wrong_parent": "上级有误",
    "missing_parent": "缺上级",
    "pinyin": "拼音",
    "numeral": "数字写法",
}
FINDINGS: dict[str, tuple[str, str]] = {
    "no_name": ("不是地名", "not a name"),
    "outside_within": ("不在所称区划内", "outside the stated division"),
    "point_elsewhere": ("坐标在别处", "the point lies elsewhere"),
    "decided_by_within": ("由所称区划判定", "decided by the stated division"),
    "decided_by_point": ("由坐标判定", "decided by the point"),
    "held_then": ("当时有效", "held on that day"),
    "not_yet": ("当时尚无", "did not yet hold on that day"),
    "candidates_capped": ("候选过多，未尽列", "more candidates than are looked at"),
    "deeper_not_held": ("下级未登记", "what lies deeper is not registered"),
    "candidates": ("可能是", "may be"),
    "rule_blocks": ("按命名规则不可用", "blocked by a naming rule"),
    "rule_advice": ("命名规则提示", "a naming rule advises"),
    "rule_information": ("命名规则说明", "a naming rule informs"),
    "empty": ("单元格为空", "the cell is empty"),
    "too_long": ("过长，未读", "too long to be read"),
    "encoding": ("编码与全表不同", "another encoding than the table's"),
    "unclosed_quote": ("引号未闭合", "a quote is never closed"),
    "surplus_cells": ("单元格多于列名", "more cells than headings"),
    "wrong_type": ("不是文字", "not text"),
    "within_unknown": ("所称区划代码不存在", "no division has the stated code"),
    "bad_coordinate": ("坐标无效", "no coordinate"),
    "point_outside": ("坐标不在已载入的区划内", "the point lies in no loaded division"),
}


def headings(question: Question) -> tuple[str, ...]:
    """The appended headings; those of the coordinates only where rows have any."""
    names = _HEADINGS[question.language]
    return names if question.has_points else names[:-2]


def status_text(status: str, language: str) -> str:
    """A status as a cell shows it."""
    return STATUSES.get(status, status) if language == "zh" else status


def steps_text(steps: Sequence[StepRow], language: str) -> str:
    """Steps as a cell shows them, each with what it rests on."""
    if language == "zh":
        return "；".join([
            f"{STEPS.get(step.kind, step.kind)}：{step.source}→{step.to}{_basis(step, '（，）')}"
            if step.since or step.basis
            else f"{STEPS.get(step.kind, step.kind)}：{step.source}→{step.to}"
            for step in steps
        ])  # fmt: skip
    return "; ".join([f"{s.kind}: {s.source} → {s.to}{_basis(s, (' (', ', ', ')'))}" for s in steps])


def steps_between(language: str) -> str:
    """What parts two steps in a cell."""
    return "；" if language == "zh" else "; "


def findings_text(findings: Sequence[FindingRow], language: str) -> str:
    """Findings as a cell shows them."""
    return ("；" if language == "zh" else "; ").join(finding_text(each, language) for each in findings)


def finding_text(finding: FindingRow, language: str) -> str:
    """One finding; a kind without wording stands for itself."""
    zh, en = FINDINGS.get(finding.kind, (finding.kind, finding.kind))
    if language == "zh":
        return f"{zh}：{finding.detail}" if finding.detail else zh
    return f"{en}: {finding.detail}" if finding.detail else en


def place_text(row: int, column: str | None, language: str) -> str:
    """Where in the file something is wrong."""
    if language == "zh":
        return f"第 {row} 行" if column is None else f"第 {row} 行“{column}”列"
    return f"row {row}" if column is None else f"row {row}, column {column}"


def kind_text(kind: str, language: str) -> str:
    """A kind of step or finding as the report names it."""
    if kind in STEPS:
        return STEPS[kind] if language == "zh" else kind.replace("_", " ")
    zh, en = FINDINGS.get(kind, (kind, kind))
    return zh if language == "zh" else en


def _basis(step: StepRow, marks: Sequence[str]) -> str:
    """Since when and by which document, within the marks that open, part and close."""
    known = [each for each in (step.since, step.basis) if each]
    return marks[0] + marks[1].join(known) + marks[2] if known else ""
