"""A sound change of a township (范例), which the rules' examples spoil in one way each."""

from __future__ import annotations

from geoname.core.divisions.changes import Operation
from geoname.core.divisions.division import DivisionKind
from geoname.core.rules.adjustment_case import TownshipAdjustment, TownshipUnit
from geoname.core.rules.procedure_cases import Approver

OLD = TownshipUnit("党武镇", DivisionKind.TOWN, "520111103", frozenset({"a", "b", "c"}), 66.0, 30_000)
NEW = TownshipUnit(
    "党武街道", DivisionKind.SUBDISTRICT, "520111009", frozenset({"a", "b", "c"}), 66.0, 30_000
)
SOUND = TownshipAdjustment(
    Operation.REPLACE,
    "撤镇设街道",
    "黔府函〔2021〕27号",
    Approver.PROVINCE,
    (OLD,),
    (NEW,),
    "全区辖9个街道、4个镇、6个乡",
    {
        DivisionKind.SUBDISTRICT: 9,
        DivisionKind.TOWN: 4,
        DivisionKind.TOWNSHIP: 4,
        DivisionKind.ETHNIC_TOWNSHIP: 2,
    },
)
