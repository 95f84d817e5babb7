"""Which cells of a workbook are dates (日期单元格): numbers that a style shows as days."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from geoname.formats.tables.xlsx_package import Package

_BUILT_IN = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def date_styles(package: Package) -> frozenset[str]:
    """The numbers, as written, of the cell styles that show dates or times."""
    if package.styles_part is None:
        return frozenset()
    formats: dict[str, bool] = {}
    styles: list[str] = []
    within = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in ("cellXfs", "cellStyleXfs", "dxfs"):
            within[0] = name
        elif name == "numFmt":
            formats[attributes.get("numFmtId", "")] = _is_date(attributes.get("formatCode", ""))
        elif name == "xf" and within[0] == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))

    package.parse(package.styles_part, start)
    return frozenset(
        str(number)
        for number, format_ in enumerate(styles)
        if formats.get(format_, format_.isdigit() and int(format_) in _BUILT_IN)
    )


def date_text(serial: float, since_1904: bool = False) -> str:
    """The ISO form of a day number: a date, or date and time, or a time alone below one day."""
    if serial < 0 or serial >= 2_958_466:
        return repr(serial)
    # Day 60 is a 29 February 1900 that never was; numbers before it are a day behind.
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)  # noqa: DTZ001
    moment = epoch + timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if serial == int(serial) else moment.isoformat(sep=" ")


def _is_date(code: str) -> bool:
    first = _QUOTED.sub("", code.split(";")[0]).lower()
    return any(mark in first for mark in "ymdhs") and "general" not in first
