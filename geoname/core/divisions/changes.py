"""Changes of divisions: events with their documents, and who succeeded whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.law.citation import Known
from geoname.core.validity.partial_date import PartialDate


class Operation(StrEnum):
    """The operations that division law knows."""

    ESTABLISH = "establish"  # 设立
    ABOLISH = "abolish"  # 撤销
    REPLACE = "replace"  # 撤X设Y
    MERGE = "merge"  # 合并
    SPLIT = "split"  # 析置
    TRANSFER = "transfer"  # 隶属关系变更
    BOUNDARY = "boundary"  # 界线变更
    MOVE_SEAT = "move_seat"  # 驻地迁移
    RENAME = "rename"  # 更名
    RECODE = "recode"  # 代码变更


class Extent(StrEnum):
    """How much of the predecessor went to the successor."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class DivisionEvent:
    """One decision that changed divisions; `wording` is the source's own, unnormalized."""

    id: str
    operation: Operation
    wording: str
    document: str | None = None
    authority: str | None = None
    approved_on: PartialDate | None = None
    effective_on: PartialDate | None = None
    announced_on: PartialDate | None = None
    known: Known = Known.SECONDARY


@dataclass(frozen=True, slots=True)
class Succession:
    """One edge: what `from_id` was became, wholly or in part, `to_id` through an event.

    `from_id` None: new; `to_id` None: gone, or its successor is not recorded.
    """

    event_id: str
    from_id: str | None
    to_id: str | None
    extent: Extent
