"""A citation: statute, article, item, in force from and until, and how well its text is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Known(StrEnum):
    """How well the text behind a citation is known."""

    FULL_TEXT = "full_text"
    """Article read in an official text or a faithful copy (V)."""
    ONE_COPY = "one_copy"
    """Read in one web copy only (V1)."""
    SECONDARY = "secondary"
    """Known from news, manuals or other provinces (S)."""
    COMPUTED = "computed"
    """Derived from published data (C)."""
    MEMORY = "memory"
    """Not confirmed (M)."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule or a fact stands written; never the text itself."""

    statute: str
    article: int | None = None
    item: int | None = None
    known: Known = Known.SECONDARY
    in_force_from: date | None = None
    in_force_until: date | None = None

    def __str__(self) -> str:
        """Write it as a reader of the law would: 《地名管理条例》第9条第(6)项."""
        article = f"第{self.article}条" if self.article is not None else ""
        item = f"第({self.item})项" if self.item is not None else ""
        return f"《{self.statute}》{article}{item}"
