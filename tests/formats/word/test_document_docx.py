"""A document as DOCX reads back word for word, with a repeated heading row, pictures, and equal bytes."""

from __future__ import annotations

import io
import time

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from geoname.core.inspections.report_content import (
    Document,
    Facts,
    Picture,
    ReportTable,
    Section,
    SigningSide,
)
from geoname.formats.word.document_docx import document_docx

RARE = "㵲阳河、㯊、鶂水街道"


def document(rows=3):
    table = ReportTable(
        "界桩统计", ("编号", "说明"), tuple((f"{i:03}Q", RARE) for i in range(rows)), (1.0, 3.0), "注"
    )
    return Document(
        "行政区域界线联合检查报告", "花清线", "演示数据", "2026-04-02",
        (
            Section(
                "一、概况",
                (f"《条例》：“{RARE}”。", Facts("", (("名称", RARE),)), Picture("map.svg", "示意图")),
            ),
            Section("（一）细目", (), 2),
            Section("附件1", (table,), new_page=True),
        ),
        (SigningSide("花溪区", "张三", "2026-04-02T00:00:00Z", "ab" * 32), SigningSide("清镇市")), "cd" * 32,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pictures():
    out = io.BytesIO()
    Image.new("RGB", (60, 30), (200, 30, 30)).save(out, "PNG")
    return {"map.svg": out.getvalue()}


@pytest.fixture(scope="module")
def read(pictures):
    return docx.Document(io.BytesIO(document_docx(document(), pictures)))


def test_every_word_is_there(read):
    said = [paragraph.text for paragraph in read.paragraphs]
    assert said[:3] == ["行政区域界线联合检查报告", "花清线", "演示数据"]
    assert f"《条例》：“{RARE}”。" in said
    assert {"一、概况", "（一）细目", "附件1", "示意图", "界桩统计", "注"} <= set(said)
    assert "演示数据" in read.sections[0].header.paragraphs[0].text
    assert "cd" * 32 in read.sections[0].footer.paragraphs[0].text


def test_tables_have_their_rows_and_a_heading_that_repeats(read):
    facts, signing, table = read.tables
    assert [cell.text for cell in facts.rows[0].cells] == ["名称", RARE]
    assert [cell.text for cell in signing.rows[2].cells] == ["清镇市", "（未签）", "", ""]
    assert len(table.rows) == 4
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1].cells[1].text == RARE


def test_headings_are_headings_and_annexes_begin_a_page(read):
    styles = {paragraph.text: paragraph.style.name for paragraph in read.paragraphs}
    assert styles["一、概况"] == "Heading 1"
    assert styles["（一）细目"] == "Heading 2"
    annex = next(paragraph for paragraph in read.paragraphs if paragraph.text == "附件1")
    assert annex.paragraph_format.page_break_before


def test_chinese_is_set_in_a_chinese_font_and_the_map_is_in_it(read):
    fonts = read.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert len(read.inline_shapes) == 1


def test_the_same_document_gives_the_same_bytes(pictures):
    assert document_docx(document(), pictures) == document_docx(document(), pictures)


def test_control_characters_do_not_break_the_file(pictures):
    odd = Document(
        "a\x0bb",
        "",
        "",
        "2026-04-02",
        (Section("c\x01", ("d\x08e", ReportTable("", ("f\x02",), (("g\x03",),)))),),
    )
    read = docx.Document(io.BytesIO(document_docx(odd, pictures)))
    assert read.paragraphs[0].text == "ab"
    assert read.tables[0].rows[1].cells[0].text == "g"


def test_thousands_of_rows_take_no_minutes(pictures):
    before = time.process_time()
    document_docx(document(5000), pictures)
    assert time.process_time() - before < 8.0
