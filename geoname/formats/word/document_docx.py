"""Writes a document as DOCX (Word 文书), to be worked on further; pictures that are SVG are given as PNG."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from geoname.core.inspections.report_content import Block, Document, Facts, Picture, ReportTable, Section
from geoname.formats.word.docx_tables import add_table

# Comes with Word and covers Extension A; a system without it takes its own Chinese font.
FONT = "宋体"
HEADING_FONT = "黑体"
_RED = RGBColor(0xB0, 0x00, 0x20)
_WIDE_CM = 16.4
_PHOTO_CM = 10.0
_INDENT_PT = 21
# The most that a property of the file holds is 255.
_LONGEST = 250


def document_docx(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """The document as DOCX; `pictures` by the names that its blocks use, PNG or JPEG.

    The same document gives the same bytes.
    """
    made = docx.Document()
    _prepare(made, document)
    _title(made, document)
    for section in document.sections:
        if not section.new_page:
            _section(made, section, pictures)
    _signing(made, document)
    for section in document.sections:
        if section.new_page:
            _section(made, section, pictures)
    out = io.BytesIO()
    made.save(out)
    return _undated(out.getvalue(), document.day)


def _prepare(made: Docx, document: Document) -> None:
    day = datetime.fromisoformat(document.day).replace(tzinfo=UTC)
    properties = made.core_properties
    properties.title, properties.author = (
        _clean(f"{document.title} {document.subtitle}")[:_LONGEST],
        "geoname",
    )
    properties.created = properties.modified = day
    properties.language = "zh-CN"
    for name, font, size in (
        ("Normal", FONT, 10.5),
        ("Heading 1", HEADING_FONT, 14),
        ("Heading 2", HEADING_FONT, 12),
    ):
        style = made.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:eastAsia", "w:hAnsi", "w:ascii"):
            fonts.set(qn(attribute), font)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2.6), Cm(2.2)
    page.start_type = WD_SECTION.NEW_PAGE
    header = page.header.paragraphs[0]
    _run(header, f"{document.title}　{document.subtitle}　", 8.5)
    if document.label:
        _run(header, document.label, 8.5, bold=True, red=True)
    footer = page.footer.paragraphs[0]
    if document.digest:
        _run(footer, f"内容摘要 SHA-256 {document.digest}　", 7.5)
    _page_number(footer)


def _title(made: Docx, document: Document) -> None:
    for words, size, red in (
        (document.title, 20, False),
        (document.subtitle, 12, False),
        (document.label, 11, True),
    ):
        if words:
            paragraph = made.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, words, size, bold=size != 12, red=red)


def _section(made: Docx, section: Section, pictures: Mapping[str, bytes]) -> None:
    heading = made.add_heading(_clean(section.title), section.level)
    heading.paragraph_format.page_break_before = section.new_page
    for block in section.blocks:
        _block(made, block, pictures)


def _block(made: Docx, block: Block, pictures: Mapping[str, bytes]) -> None:
    if isinstance(block, str):
        paragraph = made.add_paragraph(_clean(block))
        paragraph.paragraph_format.first_line_indent = Pt(_INDENT_PT)
    elif isinstance(block, ReportTable):
        _caption(made, block.title)
        add_table(made, block.columns, block.rows, block.widths, small=len(block.columns) > 7)
        _run(made.add_paragraph(), block.note, 8)
    elif isinstance(block, Facts):
        _caption(made, block.title)
        add_table(made, (), block.pairs, (1.0, 4.0))
        made.add_paragraph()
    else:
        _picture(made, block, pictures)


def _picture(made: Docx, block: Picture, pictures: Mapping[str, bytes]) -> None:
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    width = _WIDE_CM if block.name.endswith(".svg") else _PHOTO_CM
    paragraph.add_run().add_picture(io.BytesIO(pictures[block.name]), width=Cm(width))
    below = made.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(below, block.caption, 8.5)


def _signing(made: Docx, document: Document) -> None:
    if not document.signing:
        return
    made.add_heading("各方签字（盖章）", 1)
    rows = [(one.side, one.actor or "（未签）", one.at, one.digest) for one in document.signing]
    add_table(made, ("方", "签字人", "时间（UTC）", "签字所依内容摘要"), rows, (1.3, 1.1, 1.4, 2.4))
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, document.day, 10.5)


def _caption(made: Docx, words: str) -> None:
    if words:
        paragraph = made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, words, 9.5, bold=True)


def _run(paragraph: Paragraph, words: str, size: float, *, bold: bool = False, red: bool = False) -> None:
    run = paragraph.add_run(_clean(words))
    run.font.size, run.bold = Pt(size), bold
    if red:
        run.font.color.rgb = _RED


def _page_number(paragraph: Paragraph) -> None:
    """A field that the word processor fills in."""
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)


def _clean(words: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(mark for mark in words if mark >= " " or mark in "\t\n")


def _undated(made: bytes, day: str) -> bytes:
    """The same parts with the document's day instead of the moment of writing."""
    year, month, number = (int(part) for part in day.split("-"))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, (max(year, 1980), month, number, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return out.getvalue()
