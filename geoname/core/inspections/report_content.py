"""A document as values (文书内容): headings, paragraphs, tables, signatures; how it is set is for others."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its title; `widths` are the shares of the columns, equal when none are given."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled facts, one below the other."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its name among the files of the document, with what is written below it."""

    name: str
    caption: str


Block = str | ReportTable | Facts | Picture
"""A paragraph, a table, a list of facts, or a picture."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1 or 2 with what stands below it; an annex begins a new page."""

    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class SigningSide:
    """Where a side signs: who signed, when, and under which digest; empty while it has not."""

    side: str
    actor: str = ""
    at: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `label` stands on every page: that it is a draft, or that its data is generated.

    `day` is written below the signatures and is the file's own date, so that the same content gives the same
    bytes. `digest` is that of the content that is signed.
    """

    title: str
    subtitle: str
    label: str
    day: str
    sections: tuple[Section, ...]
    signing: tuple[SigningSide, ...] = field(default=())
    digest: str = ""
