"""Tells what came of a validated file (核查小结): a summary for programs, a report for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from geoname.formats.tables.partial_file import not_writable
from geoname.formats.tables.report_page import Bar, Chart, report_page
from geoname.service.validate_file import Validated, beside
from geoname.service.validation_tally import Tally
from geoname.service.validation_wording import STATUSES, kind_text, status_text

MOST_BARS = 25


def write_summary(validated: Validated, output: Path, language: str) -> tuple[Path, Path]:
    """Write the summary (JSON) and the report (HTML) beside the output; their paths.

    StorageError when there is no room.
    """
    summary, report = beside(output, "summary.json"), beside(output, "report.html")
    told = json.dumps(validated.to_json(), ensure_ascii=False, indent=1)
    for file, text in ((summary, told + "\n"), (report, report_of(validated, language))):
        begun = file.with_name(file.name + ".new")
        try:
            begun.write_text(text, encoding="utf-8")
            begun.replace(file)
        except OSError as error:
            raise not_writable(file, error) from error
    return summary, report


def report_of(validated: Validated, language: str) -> str:
    """The report as an HTML page, in `zh` or `en`."""
    zh = language == "zh"
    tally = validated.tally
    facts = (
        ("文件" if zh else "file", validated.source),
        ("结果" if zh else "output", validated.output),
        ("地名列" if zh else "column of names", validated.column),
        ("行数" if zh else "rows", f"{tally.rows:,}"),
        ("用时（秒）" if zh else "seconds", f"{validated.seconds:,.1f}"),
        ("数据版本" if zh else "data", validated.generation),
    )
    charts = (
        Chart("按状态" if zh else "By status", _statuses(tally, language)),
        Chart("处理步骤" if zh else "What was seen through", _kinds(tally.steps, language)),
        Chart("核查问题" if zh else "Findings", _kinds(tally.findings, language, tally)),
        Chart(
            "按县级区划" if zh else "By county",
            _counties(tally, language),
            _county_note(tally, language),
        ),
    )
    return report_page("地名核查报告" if zh else "Report on place names", language, facts, charts)


def _statuses(tally: Tally, language: str) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            status_text(status, language),
            tally.statuses[status],
            note=_share(tally.statuses[status], tally.rows),
        )
        for status in STATUSES
        if tally.statuses[status]
    )


def _kinds(counts: Mapping[str, int], language: str, tally: Tally | None = None) -> tuple[Bar, ...]:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        Bar(kind_text(kind, language), count, note=_first(tally, kind, language)) for kind, count in ordered
    )


def _counties(tally: Tally, language: str) -> tuple[Bar, ...]:
    ordered = sorted(tally.counties.items(), key=lambda each: (-each[1][1], -each[1][0], each[0]))
    written = "{:,} 行不是标准写法" if language == "zh" else "{:,} not standard"
    return tuple(
        Bar(path or "—", rows, wrong, written.format(wrong)) for path, (rows, wrong) in ordered[:MOST_BARS]
    )


def _county_note(tally: Tally, language: str) -> str:
    rest = max(0, len(tally.counties) - MOST_BARS)
    if language == "zh":
        return "橙色为不是标准写法的行，按其多少排列。" + (
            f"另有 {rest} 个未列，见小结文件。" if rest else ""
        )
    more = f" {rest} more are in the summary file." if rest else ""
    return f"Orange: rows that were not standard, most first.{more}"


def _share(count: int, rows: int) -> str:
    return f"{count / rows:.1%}" if rows else ""


def _first(tally: Tally | None, kind: str, language: str) -> str:
    if tally is None or kind not in tally.examples:
        return ""
    row = tally.examples[kind][0]
    return f"首见第 {row} 行" if language == "zh" else f"first: row {row}"
