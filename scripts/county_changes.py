"""Guizhou's changes of county level and above since 2000, as compiled from the yearly official lists.

Dates and documents are those of the compilation; what it does not give (a document's number, a day, where the
territory of a new district came from) is not here either.
"""

from __future__ import annotations

from dataclasses import dataclass

WHOLE, PART = "whole", "part"


@dataclass(frozen=True, slots=True)
class Change:
    """One decision.

    `key` names it for the kept id. `edges` are (from, to, extent); an end is `code name` of a GB/T 2260 list,
    or "" for none. `known` is full_text for what the official yearly lists show with the document's number,
    secondary for what only news told.
    """

    key: str
    operation: str
    wording: str
    edges: tuple[tuple[str, str, str], ...]
    document: str = ""
    authority: str = ""
    approved: str = ""
    effective: str = ""
    announced: str = ""
    known: str = "full_text"

    @property
    def when(self) -> str:
        """From when the change counts: its approval, or its announcement where that is all that is known."""
        return self.approved or self.announced


STATE_COUNCIL, CIVIL_AFFAIRS, PROVINCE = "国务院", "民政部", "贵州省人民政府"

CHANGES = (
    Change(
        "2000-小河区",
        "establish",
        "设小河区",
        (("", "520114 小河区", WHOLE),),
        "国函〔2000〕10号",
        STATE_COUNCIL,
        "2000-01-21",
    ),
    Change(
        "2000-安顺市",
        "replace",
        "安顺地区→安顺市;西秀区",
        (("522500 安顺地区", "520400 安顺市", WHOLE), ("522501 安顺市", "520402 西秀区", WHOLE)),
        "国函〔2000〕79号",
        STATE_COUNCIL,
        "2000",
    ),
    Change(
        "2003-汇川区",
        "establish",
        "设汇川区",
        (("", "520303 汇川区", WHOLE),),
        "国函〔2003〕135号",
        STATE_COUNCIL,
        "2003-12-26",
        effective="2004",
    ),
    Change(
        "2011-铜仁市",
        "replace",
        "铜仁地区→市;碧江区,万山区",
        (
            ("522200 铜仁地区", "520600 铜仁市", WHOLE),
            ("522201 铜仁市", "520602 碧江区", WHOLE),
            ("522230 万山特区", "520603 万山区", WHOLE),
        ),
        "国函〔2011〕131号",
        STATE_COUNCIL,
        "2011-10-22",
    ),
    Change(
        "2011-毕节市",
        "replace",
        "毕节地区→市;七星关区",
        (("522400 毕节地区", "520500 毕节市", WHOLE), ("522401 毕节市", "520502 七星关区", WHOLE)),
        approved="2011",
    ),
    Change(
        "2012-花溪区",
        "merge",
        "小河+花溪→花溪",
        (("520114 小河区", "520111 花溪区", WHOLE), ("520111 花溪区", "520111 花溪区", WHOLE)),
        "国函〔2012〕190号",
        STATE_COUNCIL,
        "2012-11-15",
    ),
    Change(
        "2012-观山湖区",
        "establish",
        "设观山湖区",
        (("", "520115 观山湖区", WHOLE),),
        "国函〔2012〕190号",
        STATE_COUNCIL,
        "2012-11-15",
    ),
    Change(
        "2014-平坝区",
        "replace",
        "平坝县→区",
        (("520421 平坝县", "520403 平坝区", WHOLE),),
        "国函〔2014〕160号",
        STATE_COUNCIL,
        "2014-12-13",
    ),
    Change(
        "2014-凯里市",
        "transfer",
        "麻江县下司镇、碧波镇→凯里市",
        (("522635 麻江县", "522601 凯里市", PART),),
        "黔府函〔2014〕184号",
        PROVINCE,
        "2014",
    ),
    Change(
        "2016-播州区",
        "replace",
        "遵义县→播州区,部分镇划归汇川区、红花岗区",
        (
            ("520321 遵义县", "520304 播州区", WHOLE),
            ("520321 遵义县", "520302 红花岗区", PART),
            ("520321 遵义县", "520303 汇川区", PART),
        ),
        "国函〔2016〕56号",
        STATE_COUNCIL,
        "2016-03-20",
    ),
    Change(
        "2017-盘州市",
        "replace",
        "盘县→盘州市",
        (("520222 盘县", "520281 盘州市", WHOLE),),
        "民函〔2017〕74号",
        CIVIL_AFFAIRS,
        "2017-04-09",
    ),
    Change(
        "2018-兴仁市",
        "replace",
        "兴仁县→市",
        (("522322 兴仁县", "522302 兴仁市", WHOLE),),
        "民函〔2018〕107号",
        CIVIL_AFFAIRS,
        "2018-07-02",
    ),
    Change(
        "2020-水城区",
        "replace",
        "水城县→区;5个乡级单位划归钟山区",
        (("520221 水城县", "520204 水城区", WHOLE), ("520221 水城县", "520201 钟山区", PART)),
        "国函〔2020〕83号",
        STATE_COUNCIL,
        "2020-06-05",
    ),
    Change(
        "2021-黔西市",
        "replace",
        "黔西县→市",
        (("520522 黔西县", "520581 黔西市", WHOLE),),
        announced="2021-03-16",
        known="secondary",
    ),
)


@dataclass(frozen=True, slots=True)
class MovedTown:
    """A town that went to another county and kept its name: MCA codes before and after, NBS code now."""

    change: str
    name: str
    from_county: str
    old_code: str
    new_code: str
    nbs_code: str


MOVED_TOWNS = (
    MovedTown("2014-凯里市", "下司镇", "522635 麻江县", "522635102", "522601108", "522601109"),
    MovedTown("2014-凯里市", "碧波镇", "522635 麻江县", "522635104", "522601109", "522601108"),
)

# The GB/T 2260 list at hand ends in 2020; this county-level city is younger.
LATER_CODES = (("520581", "黔西市", "2021"),)
ENDED_LATER = {"520522 黔西县": "2020"}
