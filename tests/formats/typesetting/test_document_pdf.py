"""A document becomes the same PDF each time, with our font and rare characters; text is never markup."""

from __future__ import annotations

import re
import zlib

import pytest

from geoname.core.inspections.report_content import (
    Document,
    Facts,
    Picture,
    ReportTable,
    Section,
    SigningSide,
)
from geoname.errors import DataFileError
from geoname.formats.typesetting.document_pdf import document_pdf
from geoname.formats.typesetting.typst_run import typeset

RARE = "㵲阳河、㯊、鶂水街道"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 6"><path d="M0,0H9"/></svg>'
TABLE = ReportTable("表", ("编号", "注"), (("001Q", RARE),) * 80, (1.0, 2.0), "注")


def document(**more):
    given = {
        "title": "行政区域界线联合检查报告", "subtitle": "花清线", "label": "草稿", "day": "2026-04-02",
        "sections": (
            Section("一、概况", (f"《条例》第12条：“{RARE}”。", Facts("", (("名称", RARE),)))),
            Section("（一）细目", (), 2),
            Section("附件1", (TABLE,), new_page=True),
        ),
        "signing": (SigningSide("花溪区", "张三", "2026-04-02T00:00:00Z", "ab" * 32), SigningSide("清镇市")),
        "digest": "ab" * 32,
    } | more  # fmt: skip
    return Document(**given)


def streams(pdf):
    for body in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(body)
        except zlib.error:
            continue


def characters(pdf):
    """Every character that the PDF says its glyphs stand for."""
    found = set()
    for stream in streams(pdf):
        for source in re.findall(rb"<[0-9a-fA-F]+>\s+<([0-9a-fA-F]+)>", stream):
            if len(source) % 4 == 0:
                found.update(bytes.fromhex(source.decode()).decode("utf-16-be", "replace"))
    return found


def test_every_character_is_there_and_none_is_a_box():
    pdf = document_pdf(document(), {})
    assert pdf.startswith(b"%PDF-")
    assert set(RARE) - {"、"} <= characters(pdf)
    assert b"NotoSansSC" in pdf or any(b"NotoSansSC" in stream for stream in streams(pdf))


def test_the_same_document_gives_the_same_bytes():
    assert document_pdf(document(), {}) == document_pdf(document(), {})
    assert document_pdf(document(day="2026-04-03"), {}) != document_pdf(document(), {})


@pytest.mark.parametrize(
    "text",
    ["#panic(1)", "$x^", "*a _b", "\\", '"', '#include "/etc/passwd"', "= 标题", "@ref", "[#(", "</svg>"],
)
def test_text_is_never_taken_for_markup(text):
    odd = document(
        title=text,
        sections=(
            Section(text, (text, Facts(text, ((text, text),)), ReportTable(text, (text,), ((text,),)))),
        ),
    )
    assert document_pdf(odd, {}).startswith(b"%PDF-")


def test_pictures_stand_with_their_captions():
    section = Section("图", (Picture("map.svg", "示意图"),))
    assert len(document_pdf(document(sections=(section,)), {"map.svg": SVG})) > 1000
    with pytest.raises(DataFileError, match="cannot be set"):
        document_pdf(document(sections=(section,)), {})


def test_nothing_is_fetched_from_anywhere():
    with pytest.raises(DataFileError):
        typeset(b'#import "@preview/example:0.1.0": *', {})
    with pytest.raises(DataFileError):
        typeset(b'#read("/etc/passwd")', {})
    with pytest.raises(DataFileError):
        typeset(b'#read("../../etc/passwd")', {})


def test_a_picture_of_two_pages_is_none():
    with pytest.raises(DataFileError, match="more than one page"):
        typeset(b"a #pagebreak() b", {}, "png")
