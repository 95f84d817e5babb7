"""The statutes and standards that rules cite (依据), each with its days in force and how well it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geoname.core.law.citation import Citation, Known


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute or standard; `known` is how well its text is known unless an article says otherwise."""

    title: str
    known: Known
    since: date | None = None
    until: date | None = None

    def __call__(
        self, article: int | None = None, item: int | None = None, known: Known | None = None
    ) -> Citation:
        """Cite an article, or an item of one."""
        return Citation(self.title, article, item, known or self.known, self.since, self.until)


PLACE_NAMES = Statute("地名管理条例", Known.FULL_TEXT, date(2022, 5, 1))
PLACE_NAMES_MEASURES = Statute("地名管理条例实施办法", Known.ONE_COPY, date(2024, 5, 1))
GUIZHOU = Statute("贵州省地名管理办法", Known.ONE_COPY, date(2024, 12, 1))
FILING = Statute("地名备案公告管理办法（试行）", Known.SECONDARY, date(2023, 6, 13))
# Repealed; offices still go by it, and it is cited as practice.
OLD_RULES = Statute("地名管理条例实施细则（1996年，已废止，现作惯例）", Known.SECONDARY)
GRAND = Statute("民发〔2018〕146号附件：刻意夸大的“大”地名", Known.SECONDARY, date(2018, 12, 10))
FOREIGN = Statute("民发〔2018〕146号附件：崇洋媚外的“洋”地名", Known.SECONDARY, date(2018, 12, 10))
ODD = Statute("民发〔2018〕146号附件：怪异难懂的“怪”地名", Known.SECONDARY, date(2018, 12, 10))
REPEATED = Statute("民发〔2018〕146号附件：重名同音的“重”地名", Known.SECONDARY, date(2018, 12, 10))
CENSUS = Statute("全国地名普查的清理类别", Known.SECONDARY)
OTHER_PROVINCES = Statute("其他省市不规范地名标准", Known.SECONDARY)
TONGLING = Statute("铜陵市重名同音地名认定办法", Known.SECONDARY)
SPELLING = Statute("中国地名汉语拼音字母拼写规则（汉语地名部分）", Known.FULL_TEXT, date(1984, 12, 25))
GB_3304 = Statute("GB/T 3304 中国各民族名称的罗马字母拼写法和代码", Known.SECONDARY)
GB_10114 = Statute("GB/T 10114-2003 县级以下行政区划代码编制规则", Known.SECONDARY)
PLACE_CODES = Statute("国家地名数据库代码编制规则（民地办发〔2010〕1号）", Known.SECONDARY)
GB_17796 = Statute("GB/T 17796-2009 行政区域界线测绘规范", Known.SECONDARY, date(2009, 6, 1))
DIVISIONS = Statute("行政区划管理条例", Known.FULL_TEXT, date(2019, 1, 1))
DIVISIONS_MEASURES = Statute("行政区划管理条例实施办法", Known.ONE_COPY)
DIVISION_CODES = Statute("行政区划代码管理办法", Known.ONE_COPY, date(2025, 9, 1))
BOUNDARIES = Statute("行政区域界线管理条例", Known.FULL_TEXT, date(2002, 7, 1))
PRACTICE = Statute("数据质量要求（本系统）", Known.COMPUTED)
