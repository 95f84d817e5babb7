"""What is told of a file that is looked into before it is loaded (数据说明初稿)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SuggestedLoad:
    """What a file holds, a definition to begin with as TOML, and its keys that only a person can fill in."""

    filename: str
    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    definition: str
    missing: tuple[str, ...]
