"""Who approves which name, with whom it is filed, who announces it, and when (审批备案公告一览)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geoname.core.law.citation import Citation
from geoname.core.rules.finding import Words
from geoname.core.rules.kinds import PlaceKind
from geoname.core.rules.procedure_cases import Approver
from geoname.core.rules.statutes import DIVISIONS, GUIZHOU, PLACE_NAMES


class Clock(StrEnum):
    """From which event the days until the announcement are counted."""

    APPROVAL = "approval"
    FILING = "filing"


@dataclass(frozen=True, slots=True)
class Channel:
    """What follows an approval. `filed_with` None: the law names no filing; `clock` None: no days.

    `announced_by` is the organ whose duty the announcement is.
    """

    filed_with: Words | None
    filing_basis: tuple[Citation, ...]
    announced_by: Words
    clock: Clock | None
    announcement_basis: tuple[Citation, ...]


_SAME_LEVEL = Words("同级人民政府地名行政主管部门", "the place-name office of the same level")
_UPPER_GOVERNMENT = Words(
    "上一级人民政府，材料径送其地名行政主管部门",
    "the government one level up, through its place-name office",
)
_UPPER_OFFICE = Words("上一级人民政府地名行政主管部门", "the place-name office one level up")
_STATE_COUNCIL = Words(
    "国务院，材料径送国务院地名行政主管部门", "the State Council, through its place-name office"
)
_MINISTRY = Words("国务院地名行政主管部门", "the place-name office of the State Council")
_GOVERNMENT = Words("有关地方人民政府", "the local government concerned")
_ANNOUNCED = (PLACE_NAMES(14),)

_BY_GOVERNMENT = Channel(_UPPER_GOVERNMENT, (PLACE_NAMES(13, 2),), _SAME_LEVEL, Clock.APPROVAL, _ANNOUNCED)
_BY_ANOTHER_OFFICE = Channel(_SAME_LEVEL, (PLACE_NAMES(13, 4),), _SAME_LEVEL, Clock.FILING, _ANNOUNCED)

CHANNELS: Mapping[Approver, Channel] = {
    Approver.STATE_COUNCIL: Channel(None, (), _MINISTRY, None, (PLACE_NAMES(16),)),
    Approver.STATE_COUNCIL_DEPARTMENT: Channel(
        _STATE_COUNCIL, (PLACE_NAMES(13, 1),), _MINISTRY, None, (PLACE_NAMES(16),)
    ),
    Approver.PROVINCE: _BY_GOVERNMENT,
    Approver.GOVERNMENT: _BY_GOVERNMENT,
    Approver.PLACE_NAME_OFFICE: Channel(
        _UPPER_OFFICE, (PLACE_NAMES(13, 3),), _SAME_LEVEL, Clock.APPROVAL, _ANNOUNCED
    ),
    Approver.HOUSING_OFFICE: _BY_ANOTHER_OFFICE,
    Approver.SECTOR_OFFICE: _BY_ANOTHER_OFFICE,
}
"""What follows by articles 13 and 14, by the kind of organ that approved."""

_OF_DIVISIONS = Channel(None, (), _GOVERNMENT, None, (DIVISIONS(18),))
_OF_SUBDISTRICTS = Channel(_UPPER_GOVERNMENT, (PLACE_NAMES(13, 2),), _GOVERNMENT, None, (DIVISIONS(18),))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One kind of name. `approvers` are those that the law names.

    `is_local`: the law leaves it to the province's own rules, which the office enters; until then any organ
    may be recorded and the row says so. `channel` None: by the approver.
    """

    id: str
    kind: PlaceKind
    title: Words
    approvers: tuple[Approver, ...]
    basis: tuple[Citation, ...]
    division_level: str = ""
    is_local: bool = False
    channel: Channel | None = None


def _left_to_the_province(id_: str, kind: PlaceKind, title: Words, basis: Citation) -> MatrixRow:
    return MatrixRow(id_, kind, title, (), (basis,), is_local=True)


MATRIX: tuple[MatrixRow, ...] = (
    MatrixRow(
        "natural_national", PlaceKind.NATURAL,
        Words(
            "国内著名或跨省的自然地理实体、边境实体",
            "natural features of national note or of two provinces",
        ),
        (Approver.STATE_COUNCIL,), (PLACE_NAMES(12, 1),),
    ),
    MatrixRow(
        "natural_sea", PlaceKind.NATURAL,
        Words("无居民海岛、海域、海底地理实体", "uninhabited islands, seas, the sea bed"),
        (Approver.STATE_COUNCIL_DEPARTMENT,), (PLACE_NAMES(12, 1),),
    ),
    _left_to_the_province(
        "natural_other", PlaceKind.NATURAL, Words("其他自然地理实体", "other natural features"),
        PLACE_NAMES(12, 1),
    ),
    MatrixRow(
        "division_county", PlaceKind.DIVISION, Words("县级以上行政区划", "divisions from the county up"),
        (Approver.STATE_COUNCIL,), (PLACE_NAMES(12, 2), DIVISIONS(7)), "county", channel=_OF_DIVISIONS,
    ),
    MatrixRow(
        "division_township", PlaceKind.DIVISION, Words("乡、民族乡、镇", "townships and towns"),
        (Approver.PROVINCE,), (PLACE_NAMES(12, 2), DIVISIONS(9)), "township", channel=_OF_DIVISIONS,
    ),
    MatrixRow(
        "division_subdistrict", PlaceKind.DIVISION, Words("街道", "subdistricts"),
        (Approver.PROVINCE, Approver.GOVERNMENT), (PLACE_NAMES(12, 2), DIVISIONS(10)), "subdistrict",
        channel=_OF_SUBDISTRICTS,
    ),
    _left_to_the_province(
        "village", PlaceKind.VILLAGE,
        Words("村民委员会、居民委员会所在地", "seats of villagers' and residents' committees"),
        PLACE_NAMES(12, 3),
    ),
    _left_to_the_province(
        "natural_village", PlaceKind.NATURAL_VILLAGE, Words("自然村寨", "natural villages"), GUIZHOU(),
    ),
    _left_to_the_province(
        "park", PlaceKind.PARK, Words("城市公园、自然保护地", "city parks, nature reserves"),
        PLACE_NAMES(12, 4),
    ),
    MatrixRow(
        "street", PlaceKind.STREET, Words("街路巷", "streets and lanes"),
        (Approver.GOVERNMENT,), (PLACE_NAMES(12, 5),),
    ),
    MatrixRow(
        "estate", PlaceKind.ESTATE, Words("住宅区、楼宇", "estates and buildings"),
        (Approver.HOUSING_OFFICE,), (PLACE_NAMES(12, 6),),
    ),
    MatrixRow(
        "facility", PlaceKind.FACILITY,
        Words(
            "交通、水利、电力、通信、气象等设施",
            "facilities of transport, water, power, telecommunication",
        ),
        (Approver.SECTOR_OFFICE,), (PLACE_NAMES(12, 7),),
    ),
    _left_to_the_province(
        "other", PlaceKind.OTHER, Words("其他地理实体", "other features"), PLACE_NAMES(3)
    ),
)  # fmt: skip
"""Articles 12 to 14 of the Regulations, and articles 7 to 10 and 18 of those on divisions."""


@dataclass(frozen=True, slots=True)
class LocalRule:
    """What the office has entered for a row that the law leaves to the province; `origin` is its document."""

    approvers: tuple[Approver, ...]
    origin: str


LocalRules = Mapping[str, LocalRule]
NO_LOCAL_RULES: LocalRules = {}


def rows_of(kind: PlaceKind, division_level: str = "") -> tuple[MatrixRow, ...]:
    """The rows for a kind; of divisions, those of the level alone where it is told."""
    return tuple(
        row
        for row in MATRIX
        if row.kind is kind and (not division_level or row.division_level == division_level)
    )


def row_of(
    kind: PlaceKind, approver: Approver, division_level: str = "", local: LocalRules = NO_LOCAL_RULES
) -> MatrixRow | None:
    """The row by which an organ may approve a name of the kind; None when it may not."""
    rows = rows_of(kind, division_level)
    for row in rows:
        if approver in approvers_of(row, local):
            return row
    return next((row for row in rows if row.is_local and row.id not in local), None)


def approvers_of(row: MatrixRow, local: LocalRules = NO_LOCAL_RULES) -> tuple[Approver, ...]:
    """Who approves by a row: as the law says, or as the office has entered; none where it is not known."""
    return local[row.id].approvers if row.is_local and row.id in local else row.approvers


def channel_of(row: MatrixRow, approver: Approver) -> Channel:
    """What follows when this organ approved by that row."""
    return row.channel or CHANNELS[approver]
