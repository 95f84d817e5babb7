"""Why something cannot be done (不予办理的理由): all reasons at once, each with its basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoname.core.law.citation import Citation


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in both languages; `code` is for programs, `party` marks one that another person cures."""

    code: str
    en: str
    zh: str
    basis: Citation | None = None
    party: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was done, for these reasons."""

    reasons: tuple[Reason, ...]

    @property
    def en(self) -> str:
        """All reasons in English."""
        return "; ".join(self._told("en"))

    @property
    def zh(self) -> str:
        """All reasons in Chinese."""
        return "；".join(self._told("zh"))

    def _told(self, language: str) -> list[str]:
        """Each reason once, with every citation it rests on."""
        bases: dict[str, list[str]] = {}
        for reason in self.reasons:
            known = bases.setdefault(reason.zh if language == "zh" else reason.en, [])
            if reason.basis is not None:
                known.append(str(reason.basis))
        opened, between, closed = ("（", "、", "）") if language == "zh" else (" (", ", ", ")")
        return [f"{text}{opened}{between.join(on)}{closed}" if on else text for text, on in bases.items()]

    @property
    def party(self) -> bool:
        """Whether the first reason is that this person may not do it at all."""
        return bool(self.reasons) and self.reasons[0].party


def listed(values: Sequence[str], most: int = 5) -> tuple[str, str]:
    """Some values for a sentence, in English and Chinese, with how many more there are."""
    shown = ", ".join(values[:most])
    more = len(values) - most
    return (shown, shown.replace(", ", "、")) if more <= 0 else (
        f"{shown} and {more} more", f"{shown.replace(', ', '、')} 等 {len(values)} 个"
    )  # fmt: skip
