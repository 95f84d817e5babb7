"""Peace along the line (平安边界): agreements, emergency plans, joint meetings, friendly exchange."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeaceKind(StrEnum):
    """睦邻友好公约, 突发事件应急预案, 联席会议, 友好往来."""

    AGREEMENT = "agreement"
    EMERGENCY_PLAN = "emergency_plan"
    JOINT_MEETING = "joint_meeting"
    EXCHANGE = "exchange"


@dataclass(frozen=True, slots=True)
class PeaceRecord:
    """What the sides of a line agreed or did; kept with the line, and with the case in which it was made."""

    id: str
    line_id: str
    kind: PeaceKind
    day: date
    title: str
    sides: tuple[str, ...]
    side: str
    actor: str
    place: str = ""
    people: str = ""
    content: str = ""
    valid_until: date | None = None
    files: tuple[str, ...] = ()
    inspection_id: str | None = None
    generated: bool = False
