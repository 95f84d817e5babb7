"""What is to be done about each kind of finding (问题处理规则 F1–F15), in one table with its basis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.inspections.stages import MARKERS, PRACTICE, REGULATION, Document
from geoname.core.law.citation import Citation, Known


class FindingKind(StrEnum):
    """The fifteen kinds of findings."""

    INTACT = "F1"
    DAMAGED = "F2"
    LOST = "F3"
    MOVED = "F4"
    TO_MOVE_OR_ADD = "F5"
    REFERENCES = "F6"
    LINEAR_FEATURE = "F7"
    OTHER_OBJECT = "F8"
    UNCLEAR_LINE = "F9"
    UNILATERAL_MARK = "F10"
    WORKS_ACROSS = "F11"
    WRONG_MAP = "F12"
    ENCLAVE = "F13"
    DISPUTE = "F14"
    THREAT = "F15"


class Filing(StrEnum):
    """Where the outcome is reported."""

    NONE = "none"
    IN_REPORT = "in_report"
    APPROVING_ORGAN = "approving_organ"
    IF_CHANGED = "if_changed"
    """With the organ that approved the line, if the line's description changes."""


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One row: who handles it, who must be there, whose consent comes first, which papers, which filing.

    `responsible` — the responsible side handles it; `together` — nothing is done unless all sides are
    present; `consent` — all sides agree before anything is done; `survey` — the place is measured anew.
    """

    kind: FindingKind
    zh: str
    en: str
    handling_zh: str
    handling_en: str
    basis: tuple[Citation, ...]
    documents: tuple[Document, ...] = ()
    filing: Filing = Filing.IN_REPORT
    responsible: bool = False
    together: bool = False
    consent: bool = False
    survey: bool = False


def _law(article: int, item: int | None = None) -> Citation:
    return Citation(REGULATION, article=article, item=item, known=Known.FULL_TEXT)


_PRACTICE = Citation(PRACTICE, known=Known.SECONDARY)
_K, _D, _F = FindingKind, Document, Filing

FINDING_RULES: tuple[FindingRule, ...] = (
    FindingRule(
        _K.INTACT, "界桩完好", "marker intact",
        "清除杂草、描红", "clear weeds, repaint",
        (_PRACTICE,), filing=_F.NONE,
    ),
    FindingRule(
        _K.DAMAGED, "界桩损坏", "marker damaged",
        "由分管方在毗邻方在场时修复", "the responsible side repairs it with the neighbour present",
        (_law(6), _law(16, 4)), (_D.REPAIR_RECORD,), responsible=True, together=True,
    ),
    FindingRule(
        _K.LOST, "界桩丢失", "marker lost",
        "由分管方重制，毗邻方在场，原位埋设",
        "the responsible side remakes it and sets it up in place with the neighbour present",
        (_law(6), _PRACTICE), (_D.MARKER_REGISTER,), responsible=True, together=True, survey=True,
    ),
    FindingRule(
        _K.MOVED, "界桩被擅自移动", "marker moved unlawfully",
        "移动无效，各方共同恢复，依法追究", "the move is void: restore it together; pursue it",
        (_law(6), _law(17)), (_D.RESTORATION_RECORD,), together=True, survey=True,
    ),
    FindingRule(
        _K.TO_MOVE_OR_ADD, "因建设需移动或增设界桩", "marker to be moved or added for construction",
        "各方先协商一致，共同测绘，增补档案，报批准机关备案",
        "agree first, survey together, supplement the archive, file it with the approving organ",
        (_law(6), _PRACTICE),
        (_D.REQUEST, _D.CONSENT, _D.SURVEY_RECORD, _D.MARKER_REGISTER, _D.MARKER_TABLE),
        _F.APPROVING_ORGAN, together=True, consent=True, survey=True,
    ),
    FindingRule(
        _K.REFERENCES, "方位物缺失或变化", "reference objects missing or changed",
        "另选不少于三个方位物，测量并填登记表", "choose at least three new ones, measure and register them",
        (_PRACTICE,), (_D.MARKER_REGISTER,), survey=True,
    ),
    FindingRule(
        _K.LINEAR_FEATURE, "界线线状地物改变", "linear feature of the line changed",
        "界线保持协议书划定的位置，协议书另有约定的除外；测绘并说明",
        "the line stays as agreed unless the agreement says otherwise; measure and describe",
        (_law(7),), (_D.SURVEY_RECORD, _D.NEW_DESCRIPTION), _F.IF_CHANGED, survey=True,
    ),
    FindingRule(
        _K.OTHER_OBJECT, "其他指示标志物改变", "other object that shows the line changed",
        "民政部门组织修测，确定新的标志物，报批准机关备案",
        "re-survey, choose a new object, file it with the approving organ",
        (_law(8),), (_D.SURVEY_RECORD,), _F.APPROVING_ORGAN, survey=True,
    ),
    FindingRule(
        _K.UNCLEAR_LINE, "实地界线不清", "line not clear on the ground",
        "说明变化，各方共同修测，必要时增设界桩",
        "describe the changes, survey together, add a marker if need be",
        (_PRACTICE,), (_D.SURVEY_RECORD,), together=True, survey=True,
    ),
    FindingRule(
        _K.UNILATERAL_MARK, "单方设置的标志", "mark set up by one side alone",
        "各方共同拆除", "remove it together",
        (_PRACTICE,), (_D.REMOVAL_RECORD,), together=True,
    ),
    FindingRule(
        _K.WORKS_ACROSS, "跨界生产建设", "land use or works across the line",
        "事先征得各方同意，分别办理审批，报批准机关备案",
        "consent of all sides first, separate approvals, filing with the approving organ",
        (_law(10),), (_D.CONSENT, _D.LETTER), _F.APPROVING_ORGAN, consent=True,
    ),
    FindingRule(
        _K.WRONG_MAP, "地图界线画法与详图不符", "map that does not follow the official drawing",
        "通知改正", "give notice to correct it",
        (_law(14), _law(18)), (_D.NOTICE,), _F.NONE,
    ),
    FindingRule(
        _K.ENCLAVE, "飞地或越界使用管理", "enclave, or land used by the other side",
        "按协议书或批准机关的决定执行", "as the agreement or the approving organ's decision says",
        (_law(11),), (), _F.NONE,
    ),
    FindingRule(
        _K.DISPUTE, "实地位置认定不一致", "dispute about the position on the ground",
        "报批准机关依协议书处理，期间不得变动该段界桩",
        "the approving organ decides under the agreement; no marker there is touched until then",
        (_law(15), Citation("行政区域边界争议处理条例", known=Known.FULL_TEXT)),
        (_D.LETTER, _D.DECISION), _F.APPROVING_ORGAN,
    ),
    FindingRule(
        _K.THREAT, "界桩受威胁", "works or nature threaten a marker",
        "制止并报告", "stop it and report",
        (Citation(MARKERS, known=Known.ONE_COPY), _PRACTICE), (), _F.IN_REPORT,
    ),
)  # fmt: skip
"""What the law asks is cited by article; papers and handling marked as practice may differ by province."""

RULE_OF = {rule.kind: rule for rule in FINDING_RULES}
