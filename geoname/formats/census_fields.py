"""Headings of the national census (地名普查登记表), of the national register and of common tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

# What is wanted: the headings under which it is known, the surest first. Without signs, in small letters.
HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("记录标识", "记录编号", "标识码", "唯一标识", "唯一标识码", "recordid", "dmid", "sourceid", "id"),
    "place_code": ("地名代码", "地名编码", "placecode", "dmdm"),
    "name": ("标准名称", "标准地名", "地名名称", "地名", "standardname", "bzmc", "dmmc", "名称", "name"),
    "written": ("汉字书写",),
    "abbreviation": ("简称",),
    "alias": ("别名", "又名", "俗称", "alias", "aliases"),
    "former": ("曾用名", "旧名", "oldname", "formername", "formernames"),
    "romanization": (
        "罗马字母拼写",
        "汉语拼音",
        "罗马字母",
        "romanalphabetspelling",
        "romanization",
        "拼音",
        "pinyin",
    ),
    "generic_romanization": ("通名罗马字母拼写",),
    "minority_writing": ("少数民族语书写", "少数民族文字书写", "ethnicminoritieswriting", "minoritywriting"),
    "language": ("地名语种", "语种", "language"),
    "feature_class": (
        "类别代码",
        "地名类别代码",
        "placetypecode",
        "类别",
        "地名类别",
        "类别名称",
        "placetype",
        "featureclass",
        "class",
    ),
    "used_from": ("使用时间",),
    "named_on": ("命名时间", "命名日期"),
    "established": ("设立年份", "设立时间"),
    "abolished": ("废止年份", "废止时间"),
    "lon": ("东经", "经度", "lon", "lng", "longitude", "x"),
    "lon_minute": ("东经分", "经度分"),
    "lon_second": ("东经秒", "经度秒"),
    "lat": ("北纬", "纬度", "lat", "latitude", "y"),
    "lat_minute": ("北纬分", "纬度分"),
    "lat_second": ("北纬秒", "纬度秒"),
    "crs": ("坐标系", "坐标系统", "坐标系类型"),
    "secrecy": ("密级", "secrecy"),
    "public": ("是否公开", "公开"),
    "origin": ("来历", "地名的来历", "地名来历", "placeorigin", "origin"),
    "meaning": ("含义", "地名的含义", "地名含义", "placemeaning", "meaning"),
    "history": ("历史沿革", "地名的历史沿革", "沿革", "placehistory", "history"),
    "story": ("典故", "story"),
    "description": ("实体概况", "地理实体概况", "地理实体描述", "描述", "description"),
    "division": (
        "所在政区代码",
        "所属政区代码",
        "行政区划代码",
        "政区代码",
        "区划代码",
        "xzqdm",
        "divisioncode",
        "所在跨行政区",
        "所在行政区",
        "所跨行政区",
        "所在政区",
        "所属政区",
        "所属行政区",
        "division",
    ),
    "document": ("批准文号", "批文号", "document"),
    "approved_by": ("批准机关", "审批机关", "approvedby"),
    "approved_on": ("批准时间", "批准日期", "approvedon"),
    "material": ("资料来源",),
    "registered_on": ("登记时间", "登记日期"),
}
_OTHERS = {
    "lon": ("东经度", "经度度"),
    "lat": ("北纬度", "纬度度"),
}
_SIGNS = re.compile(r"[\s()\[\]*_:：·.,、\-]+")


def plain_heading(heading: str) -> str:
    """A heading without signs, in small letters: 所在（跨）行政区* becomes 所在跨行政区."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading)).lower()


def wanted_by(heading: str) -> tuple[str, int] | None:
    """What a heading is known for, and how sure that is (0 the surest); None for an unknown one."""
    return _KNOWN.get(plain_heading(heading))


def known_headings(declared: Collection[str] = ()) -> Callable[[str], bool]:
    """Whether a heading is one of the census, the register or common tables, or declared."""
    return lambda heading: heading in declared or wanted_by(heading) is not None


def wanted_by_beginning(heading: str) -> tuple[str, int] | None:
    """What the beginning of a heading is known for, if it can be only one thing; as `wanted_by`."""
    plain = plain_heading(heading)
    found = {_KNOWN[known] for known in _KNOWN if known.startswith(plain)} if len(plain) > 2 else set()
    return min(found, key=lambda one: one[1]) if len({wanted for wanted, _ in found}) == 1 else None


_KNOWN = {
    heading: (wanted, rank)
    for table in (_OTHERS, HEADINGS)
    for wanted, headings in table.items()
    for rank, heading in enumerate(headings)
}
