"""What rules over procedures are given (程序审查对象): applications, approvals, changes, inspections."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.rules.kinds import PlaceKind


class RenamingCause(StrEnum):
    """The causes for which a name may be changed."""

    DIVISION_CHANGE = "division_change"  # 行政区划变更
    CONSTRUCTION = "construction"  # 城乡建设
    NATURAL_CHANGE = "natural_change"  # 自然变化
    AGAINST_RULES = "against_rules"  # 名称违反命名规则
    OTHER = "other"


class Paper(StrEnum):
    """Papers of an application."""

    APPLICATION = "application"  # 申请书
    PLAN = "plan"  # 方案及理由
    DESCRIPTION = "description"  # 位置、规模、性质
    BACKGROUND = "background"  # 历史、地理、民族、经济、人口、资源环境、面积、隶属
    RISK = "risk"  # 风险评估报告
    EXPERTS = "experts"  # 专家论证报告
    OPINIONS = "opinions"  # 征求意见报告
    ASSESSMENT = "assessment"  # 综合评估报告
    MAPS = "maps"  # 变更前区划图、方案示意图
    PROTECTION = "protection"  # 保护措施


@dataclass(frozen=True, slots=True)
class NamingApplication:
    """An application for naming, or with a `cause` for renaming."""

    kind: PlaceKind
    papers: AbstractSet[Paper]
    cause: RenamingCause | None = None
    reason: str = ""
    is_renaming: bool = False
    is_protected: bool = False
    """Whether the old name is on a list of protected names or of great historic value."""


class Approver(StrEnum):
    """Who approves a name."""

    STATE_COUNCIL = "state_council"  # 国务院
    STATE_COUNCIL_DEPARTMENT = "state_council_department"  # 国务院有关部门
    PROVINCE = "province"  # 省级人民政府
    GOVERNMENT = "government"  # 市、县人民政府
    PLACE_NAME_OFFICE = "place_name_office"  # 地名行政主管部门
    HOUSING_OFFICE = "housing_office"  # 住房和城乡建设主管部门
    SECTOR_OFFICE = "sector_office"  # 设施的主管部门


class AnnouncementItem(StrEnum):
    """What an announcement holds."""

    NAME = "name"  # 标准名称
    ROMANIZATION = "romanization"  # 罗马字母拼写
    DIVISION = "division"  # 所属政区
    POSITION = "position"  # 位置描述
    APPROVER = "approver"  # 批准机关
    APPROVED_ON = "approved_on"  # 批准时间


@dataclass(frozen=True, slots=True)
class NameApproval:
    """An approved name on its way to filing and announcement. `on` is the day asked about.

    `division_level` counts for divisions: county, township or subdistrict. `announced` None: not announced.
    """

    kind: PlaceKind
    approver: Approver
    approved_on: date
    on: date
    filed_on: date | None = None
    announced_on: date | None = None
    announced: AbstractSet[AnnouncementItem] | None = None
    division_level: str = ""


class ChangeStep(StrEnum):
    """What must be done before the change of a division is closed."""

    SURVEY = "survey"  # 勘定界线
    MAP = "map"  # 更新区划图
    CODE = "code"  # 代码公布
    ANNOUNCEMENT = "announcement"  # 向社会公告


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """An approved change of a division on the day `on`; `closing`: the case is about to be closed."""

    papers: AbstractSet[Paper]
    approved_on: date
    on: date
    completed_on: date | None = None
    extension_approved: bool = False
    done: AbstractSet[ChangeStep] = frozenset()
    closing: bool = False


@dataclass(frozen=True, slots=True)
class CodePublication:
    """When township codes were published last, and the day asked about."""

    last_published_on: date | None
    on: date


@dataclass(frozen=True, slots=True)
class LineInspection:
    """When a line's last joint inspection was filed, or the line approved if there was none."""

    line: str
    last_on: date
    on: date


@dataclass(frozen=True, slots=True)
class UsageSeen:
    """A name as a document, sign or map writes it, and the standard name that is meant."""

    text: str
    standard: str
    medium: str


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
