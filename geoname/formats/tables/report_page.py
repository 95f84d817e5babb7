"""A short report as one HTML page (核查报告): facts and bar charts, drawn in the page itself, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_STYLE = """
:root { --ink: #1d2733; --soft: #5c6875; --line: #d9dfe5; --bar: #2f6f9f; --part: #c8553d; --paper: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7ecf1; --soft: #a3afbb; --line: #37424d; --bar: #6aa9d6; --part: #e58a74;
    --paper: #171d23 }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.5rem; max-width: 60rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 1.4rem; margin: 0 0 1rem }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
figure { margin: 0; overflow-x: auto } svg { display: block; width: 100%; min-width: 34rem; height: auto }
svg text { fill: var(--ink); font-size: 14px } .bar { fill: var(--bar) } .part { fill: var(--part) }
.note { color: var(--soft); font-size: .9rem; margin: .3rem 0 }
@media print { body { padding: 0 } h2 { break-after: avoid } svg { break-inside: avoid } }
"""
_WIDTH, _ROW, _NUMBER = 900, 26, 210
_WIDE, _NARROW = 15, 10
_LONGEST_LABEL = 36


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length, how much of it is of the darker kind, what is written behind it."""

    label: str
    value: int
    part: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A heading, the bars below it, and a line that says how to read them."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""


def report_page(title: str, language: str, facts: Sequence[tuple[str, str]], charts: Sequence[Chart]) -> str:
    """The whole page: text escaped, nothing fetched from anywhere, charts without bars left out."""
    listed = "".join(f"<dt>{escape(label)}</dt><dd>{escape(fact)}</dd>" for label, fact in facts)
    drawn = "".join(_chart(chart) for chart in charts if chart.bars)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n<dl>{listed}</dl>\n{drawn}</body></html>\n"
    )


def _chart(chart: Chart) -> str:
    most = max(bar.value for bar in chart.bars) or 1
    height = len(chart.bars) * _ROW
    left = max(_length(_shortened(bar.label)) for bar in chart.bars) + 10
    bars = "".join(_bar(bar, number * _ROW, left, most) for number, bar in enumerate(chart.bars))
    note = f'<p class="note">{escape(chart.note)}</p>' if chart.note else ""
    return (
        f"<h2>{escape(chart.title)}</h2>{note}"
        f'<figure><svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(chart.title)}">'
        f"{bars}</svg></figure>\n"
    )


def _bar(bar: Bar, top: int, left: int, most: int) -> str:
    room = _WIDTH - left - _NUMBER
    # A count that is there is seen, however small beside the others.
    length = max(2.0, room * bar.value / most) if bar.value else 0.0
    part = room * bar.part / most
    middle = top + _ROW * 0.68
    said = f"{bar.value:,}" + (f" · {bar.note}" if bar.note else "")
    return (
        f"<g><title>{escape(bar.label)}: {escape(said)}</title>"
        f'<text x="{left - 10}" y="{middle:.0f}" text-anchor="end">{escape(_shortened(bar.label))}</text>'
        f'<rect class="bar" x="{left}" y="{top + 5}" width="{length:.1f}" height="{_ROW - 10}"/>'
        f'<rect class="part" x="{left}" y="{top + 5}" width="{part:.1f}" height="{_ROW - 10}"/>'
        f'<text x="{left + length + 8:.0f}" y="{middle:.0f}">{escape(said)}</text></g>'
    )


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _length(label: str) -> int:
    """About how long a label is when drawn: Chinese characters are as wide as high."""
    return sum(_WIDE if mark > "\u2e80" else _NARROW for mark in label)
