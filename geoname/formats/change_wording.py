"""The wording of changes in yearly tables (变更措辞) as operations of the law; the raw wording stays."""

from __future__ import annotations

import re

from geoname.core.divisions.changes import Operation

_WORDINGS: tuple[tuple[str, Operation], ...] = (
    (r"(新设|新增|新建)(街道|建制|乡|镇)?|设立.*", Operation.ESTABLISH),
    (r"撤销(建制|乡|镇|街道)?", Operation.ABOLISH),
    (r"撤.+(建|设|改).+|撤销(设|建)街道|改设.*", Operation.REPLACE),
    (r"合并.*|并入.*", Operation.MERGE),
    (r"(名称变更|更名|改名).*", Operation.RENAME),
    (r"(隶属关系变更|划归).*", Operation.TRANSFER),
    (r"(区划)?代码变更", Operation.RECODE),
    (r"(界线|行政区域界线)变更", Operation.BOUNDARY),
    (r"(政府)?驻地(迁移|变更)", Operation.MOVE_SEAT),
    (r"析置.*|分设.*", Operation.SPLIT),
)
_BY_SHAPE = re.compile(r"(区划)?调整|合并调整")
"""Wordings that say only that something changed: what, the units before and after tell."""
_INTO_EXISTING = re.compile(r"并入.*")
_AUTHORITIES = {
    "黔府": "贵州省人民政府",
    "筑府": "贵阳市人民政府",
    "遵府": "遵义市人民政府",
    "毕府": "毕节市人民政府",
    "铜府": "铜仁市人民政府",
    "安府": "安顺市人民政府",
}
_DOCUMENT = re.compile(r"([\u4e00-\u9fff]+)〔(\d{4})〕(\d+)号")


def operation_of(wording: str, before: int, after: int, *, moved: bool) -> Operation | None:
    """The operation that a wording means for so many units before and after; None for a wording unknown.

    `moved`: the units keep their names and lie in another county afterwards.
    """
    if _BY_SHAPE.fullmatch(wording) or wording == "区划代码变更":
        if moved:
            return Operation.TRANSFER
        if _BY_SHAPE.fullmatch(wording):
            return _by_shape(before, after)
    return next((meant for pattern, meant in _WORDINGS if re.fullmatch(pattern, wording)), None)


def joins_existing(wording: str) -> bool:
    """Whether the successor was there before: 并入 merges into a unit, 合并 makes one."""
    return _INTO_EXISTING.fullmatch(wording) is not None


def shares_cells(wording: str) -> bool:
    """Whether a row with this wording and half of its cells empty belongs to the row above it."""
    meant = operation_of(wording, 2, 1, moved=False)
    return meant in (Operation.MERGE, Operation.REPLACE, Operation.SPLIT)


def document_parts(document: str) -> tuple[int, int] | None:
    """Year and serial number of a numbered document (黔府函〔2021〕27号), None when it has none."""
    written = _DOCUMENT.fullmatch(document.strip())
    return None if written is None else (int(written[2]), int(written[3]))


def authority_of(document: str) -> str | None:
    """Who issued a document, as far as its first characters tell."""
    return next((whose for mark, whose in _AUTHORITIES.items() if document.startswith(mark)), None)


def _by_shape(before: int, after: int) -> Operation:
    if before == 0:
        return Operation.ESTABLISH
    if after == 0:
        return Operation.ABOLISH
    return Operation.MERGE if before > after else Operation.SPLIT if after > before else Operation.REPLACE
