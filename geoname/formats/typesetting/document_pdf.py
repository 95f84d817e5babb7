"""Sets a document as PDF (PDF 文书)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import orjson

from geoname.core.inspections.report_content import Block, Document, Facts, Picture, ReportTable
from geoname.formats.typesetting.typst_run import template, typeset

_KINDS = {ReportTable: "table", Facts: "facts", Picture: "picture"}


def document_pdf(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """The document as PDF; `pictures` by the names that its blocks use, SVG pictures as wide as the page.

    The same document gives the same bytes.
    """
    values = asdict(document) | {
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "new_page": section.new_page,
                "blocks": [_values(block) for block in section.blocks],
            }
            for section in document.sections
        ]
    }
    day = datetime.fromisoformat(document.day).replace(tzinfo=UTC)
    return typeset(
        template("document.typ"),
        {**pictures, "content.json": orjson.dumps(values)},
        timestamp=int(day.timestamp()),
    )


def _values(block: Block) -> dict[str, Any]:
    if isinstance(block, str):
        return {"kind": "paragraph", "text": block}
    wide = {"wide": block.name.endswith(".svg")} if isinstance(block, Picture) else {}
    return {"kind": _KINDS[type(block)], **asdict(block), **wide}
