"""What may follow a name in an address (门牌及以下): streets, numbers, groups, buildings."""

from __future__ import annotations

import re
from enum import IntEnum

import numpy as np

VILLAGE = 4
_BEGINS = "0123456789abcdefghijklmnopqrstuvwxyz〇一二三四五六七八九十百零第附老新村"

_NUMBER = "[0-9a-z〇一二三四五六七八九十百零]+"
_NUMBERED = re.compile(
    f"^(第|附|老|新)?{_NUMBER}(村民)?(号|组|小组|社|队|栋|幢|座|单元|室|楼|层|号楼|门|弄|巷|公里|米|期|区|院|户|寨)"
)
_NUMBER_UNIT = "号|组|小组|社|队|栋|幢|座|单元|室|楼|层|号楼|门|弄|巷|公里|米|期|院|户"
_PLACE_UNIT = (
    "路|街|大道|巷|弄|公路|高速|小区|花园|家园|广场|大厦|学校|小学|中学|大学|学院|幼儿园|医院|卫生院|公司|银行|"
    "酒店|宾馆|饭店|超市|市场|商场|车站|加油站|派出所|路口|旁|旁边|附近|对面|交叉口|工业园|产业园|园区|景区|水库|"
    "大桥|政府|办公室|法院|公园"
)
_STREET = re.compile(f"(?:[^村镇乡]{{1,8}}?(?:{_PLACE_UNIT})|附?{_NUMBER}(?:{_NUMBER_UNIT}))+")
_UNIT = re.compile(
    "村民委员会|居民委员会|村委会|居委会|社区|街道|自治县|办事处|村|镇|乡|县|州|市(?!场)|(?<![小园景校库厂战灾林新开老城])区"
)
_GROUP = re.compile("^[^村镇乡县市区]{0,6}村民小?组")
_CUT_GROUP = re.compile("^民小?组")
"""What is left of a group of villagers where its 村 was taken for that of a village: 龙井村民组."""


IS_DETAIL = np.zeros(0x10000, dtype=np.bool_)
"""The characters with which what is surely detail may begin, by code point."""
IS_DETAIL[[ord(char) for char in _BEGINS]] = True


class Detail(IntEnum):
    """How surely a remainder is detail."""

    NOT = 0
    PERHAPS = 1
    SURELY = 2


def detail(remainder: str, depth: int, named: bool) -> Detail:
    """Whether a remainder is detail below a name of this depth, and not a division that is not known.

    `named`: the generic of the name before was written. What names a division anywhere is none. A number or
    group is one surely, and so is anything below a village; a street or building perhaps.
    """
    if _GROUP.match(remainder):
        return Detail.SURELY
    if _UNIT.search(remainder) or _CUT_GROUP.match(remainder):
        return Detail.NOT
    if _NUMBERED.match(remainder) or (depth >= VILLAGE and named):
        return Detail.SURELY
    return Detail.PERHAPS if named and _STREET.fullmatch(remainder) else Detail.NOT
