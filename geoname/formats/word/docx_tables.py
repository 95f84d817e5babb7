"""Tables in a Word document (DOCX 表格), built as XML: cell by cell the library takes minutes."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_WIDTH = 9300
"""The width of a table in twentieths of a point: an A4 page between its margins."""


def add_table(
    made: Docx,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float] = (),
    *,
    small: bool = False,
) -> None:
    """Add a table; without `columns` the first cell of each row is its heading.

    The row of headings is repeated on each page.
    """
    if not columns and not rows:
        return
    count = len(columns) or len(rows[0])
    parts = list(shares) or [1.0] * count
    widths = [round(_WIDTH * part / sum(parts)) for part in parts]
    table = made.add_table(rows=0, cols=count, style="Table Grid")
    table.autofit = False
    grid = table._tbl.tblGrid
    for column, width in zip(grid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    half_points = 15 if small else 18
    if columns:
        table._tbl.append(_row(columns, widths, half_points, heading=True, bold=(True,) * count))
    for row in rows:
        bold = (False,) * count if columns else (True, *(False,) * (count - 1))
        table._tbl.append(_row(row, widths, half_points, heading=False, bold=bold))


def _row(
    cells: Sequence[str], widths: Sequence[int], half_points: int, *, heading: bool, bold: Sequence[bool]
) -> BaseOxmlElement:
    row = OxmlElement("w:tr")
    properties = _child(row, "w:trPr")
    _child(properties, "w:cantSplit")
    if heading:
        _child(properties, "w:tblHeader")
    for words, width, strong in zip(cells, widths, bold, strict=True):
        cell = _child(row, "w:tc")
        about = _child(cell, "w:tcPr")
        _child(about, "w:tcW", w=str(width), type="dxa")
        if strong:
            _child(about, "w:shd", val="clear", color="auto", fill="EBEBEB")
        _child(about, "w:vAlign", val="center")
        for line in words.split("\n"):
            run = _child(_child(cell, "w:p"), "w:r")
            style = _child(run, "w:rPr")
            if strong:
                _child(style, "w:b")
            _child(style, "w:sz", val=str(half_points))
            text = _child(run, "w:t")
            text.text = "".join(mark for mark in line if mark >= " ")
            text.set(qn("xml:space"), "preserve")
    return row


def _child(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
