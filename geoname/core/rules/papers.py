"""Papers that are missing from an application (缺件)."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from geoname.core.rules.finding import Hit, Words
from geoname.core.rules.procedure_cases import Paper

_NAMES = {
    Paper.APPLICATION: "申请书",
    Paper.PLAN: "方案及理由",
    Paper.DESCRIPTION: "位置、规模、性质",
    Paper.BACKGROUND: "基本情况",
    Paper.RISK: "风险评估报告",
    Paper.EXPERTS: "专家论证报告",
    Paper.OPINIONS: "征求意见报告",
    Paper.ASSESSMENT: "综合评估报告",
    Paper.MAPS: "区划图和方案示意图",
    Paper.PROTECTION: "保护措施",
}


def missing_papers(wanted: Iterable[Paper], given: AbstractSet[Paper]) -> tuple[Hit, ...]:
    """One hit that lists the papers that are wanted and not given; none when all are there."""
    missing = [paper for paper in wanted if paper not in given]
    if not missing:
        return ()
    listed = "、".join(_NAMES[paper] for paper in missing)
    return (Hit(Words(f"缺少材料：{listed}", f"papers are missing: {', '.join(missing)}")),)
