"""Commands that derive, check and compare lines (界线派生、检查、对比)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from geoname.faces.cli.load_lines import show_differences
from geoname.faces.cli.load_markers import show_marker_findings
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import facts, table

if TYPE_CHECKING:  # what derives lines is imported when lines are derived
    from geoname.service.check_lines import LineCheckReport, LineComparisonReport
    from geoname.service.derive_boundaries import DerivationReport

LEVELS = ("province", "prefecture", "county", "township", "village")
_MOST = 20


def derive_command(session: Session) -> click.Command:
    """`geoname boundaries derive [FILE]`."""
    say = session.say

    def run(**given: Any) -> int:  # noqa: ANN401 - what click parsed
        from geoname.service.derive_boundaries import DeriveWish, derive_boundaries

        asked = {key: value for key, value in given.items() if value is not None}
        for key in ("file", "definition", "output"):
            if key in asked:
                asked[key] = Path(asked[key])
        wish = DeriveWish(**asked)
        with session.opened() as geoname:
            report = derive_boundaries(geoname, wish)
        click.echo(orjson.dumps(report).decode() if session.as_json else show_derivation(report, session))
        return DONE

    return click.Command(
        "derive",
        params=[
            click.Argument(["file"], metavar="[FILE]", required=False),
            click.Option(["--edition"], metavar="ID", help=say("哪个版本（默认现用）", "which edition")),
            click.Option(["--definition"], metavar="FILE.toml", help=say("数据说明文件", "the definition")),
            _level_option(session),
            _within_option(session),
            click.Option(
                ["--tolerance", "tolerance_m"],
                type=float,
                metavar="METRES",
                help=say(
                    "整理不宽于此的碎缝和错边，0 为不整理",
                    "clean gaps, overlaps and edges up to this width; 0: none",
                ),
            ),
            click.Option(
                ["--shortest", "shortest_m"],
                type=float,
                metavar="METRES",
                help=say("计入的最短界线", "the shortest line that counts"),
            ),
            click.Option(
                ["-o", "--output"],
                metavar="FILE",
                help=say("把界线写成图层", "write the lines as GeoPackage, GeoJSON or Shapefile"),
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say("由区划面派生界线，不写入数据库", "derive lines from polygons; the database stays as it is"),
    )


def check_command(session: Session) -> click.Command:
    """`geoname boundaries check`; exit code 1 when there is anything to look at."""

    def run(level: str | None, within: str | None) -> int:
        from geoname.service.check_lines import check_lines

        with session.opened() as geoname:
            report = check_lines(geoname, level or "county", within)
        click.echo(orjson.dumps(report).decode() if session.as_json else show_check(report, session))
        return FINDINGS if report.has_findings else DONE

    return click.Command(
        "check",
        params=[_level_option(session), _within_option(session), *shared_options(session)],
        callback=run,
        help=session.say(
            "检查拓扑、登记与图形的差异、界桩", "check topology, the register against polygons, and markers"
        ),
    )


def compare_command(session: Session) -> click.Command:
    """`geoname boundaries compare EDITION`."""

    def run(edition: str, level: str | None, within: str | None) -> int:
        from geoname.service.check_lines import compare_line_editions

        with session.opened() as geoname:
            report = compare_line_editions(geoname, edition, level or "county", within)
        click.echo(orjson.dumps(report).decode() if session.as_json else show_comparison(report, session))
        return DONE

    return click.Command(
        "compare",
        params=[
            click.Argument(["edition"], metavar="EDITION"),
            _level_option(session),
            _within_option(session),
            *shared_options(session),
        ],
        callback=run,
        help=session.say(
            "现用版本与另一版本逐条界线对比", "how far another edition puts each line from the one in use"
        ),
    )


def show_derivation(report: DerivationReport, session: Session) -> str:
    """The report as text; every line is a derived one."""
    say = session.say
    told = facts(
        (
            (say("来源", "origin"), say("由区划面派生", "derived from polygons")),
            (say("版本", "edition"), report.edition or report.file),
            (say("区划", "territories"), report.territories),
            (say("相邻对数", "pairs"), report.pairs),
            (say("计入界线", "lines that count"), f"{report.counted}  (≥ {report.shortest_m:g} m)"),
            (say("段数：条数", "pieces: lines"), ", ".join(f"{n}: {k}" for n, k in report.pieces.items())),
            (say("总长（千米）", "length (km)"), f"{report.length_m / 1000:.1f}"),
            (say("三交点", "tripoints"), report.tripoints),
            (say("整理的区划", "territories cleaned"), len(report.cleaned) or None),
            (say("最大移动（米）", "moved at most (m)"), report.greatest_m or None),
            (say("写出", "written"), report.written),
        )
    )
    heads = session.say("标识 名称 界线 层级 千米 段 合成", "id name line level km pieces parts").split()
    short = [one for one in report.lines if not one.counts]
    rows = [
        (
            one.id,
            one.name,
            "–".join(one.side_names),
            one.level,
            f"{one.length_m / 1000:.1f}",
            one.pieces,
            one.parts,
        )
        for one in (*report.assembled, *report.lines[:_MOST])
    ]
    parts = [told, table(heads, rows)]
    if len(report.lines) > _MOST:
        more = len(report.lines) - _MOST
        parts.append(say(f"…… 另有 {more} 条（--json 全部给出）", f"... and {more} more (--json gives all)"))
    if short:
        named = ", ".join(f"{'–'.join(one.side_names)} {one.length_m:.0f} m" for one in short)
        parts.append(say(f"过短不计：{named}", f"too short to count: {named}"))
    parts.append(_defects(report.defects, session))
    return "\n".join(filter(None, parts))


def show_check(report: LineCheckReport, session: Session) -> str:
    """The report as text."""
    say = session.say
    told = facts(
        (
            (say("版本", "edition"), report.edition),
            (say("层级", "level"), report.level),
            (say("区划", "territories"), report.territories),
            (say("派生界线", "derived lines"), report.derived),
            (say("登记界线", "registered lines"), report.registered),
            (say("界桩", "markers"), report.markers),
            (say("问题", "findings"), len(report.defects) + len(report.differences) + len(report.findings)),
        )
    )
    parts = (
        told,
        _defects(report.defects, session),
        show_differences(report.differences, session),
        show_marker_findings(report.findings, session),
    )
    return "\n".join(filter(None, parts))


def show_comparison(report: LineComparisonReport, session: Session) -> str:
    """The report as text, the lines farthest apart first."""
    say = session.say
    told = facts(
        (
            (say("版本", "editions"), f"{report.new} / {report.old}"),
            (say("界线", "lines"), len(report.items)),
            (say("平均相距（米）", "mean (m)"), report.mean_m),
            (say("最大相距（米）", "greatest (m)"), report.greatest_m),
            (say("其间面积（平方千米）", "land between (km2)"), f"{report.area_between_m2 / 1e6:.2f}"),
            (say("仅现用版本有", "only in the one in use"), ", ".join(report.only_in_new)),
            (say("仅另一版本有", "only in the other"), ", ".join(report.only_in_old)),
        )
    )
    heads = session.say(
        "标识 名称 平均（米） 最大（米） 经度 纬度 其间（平方千米）",
        "id name mean(m) greatest(m) lon lat between(km2)",
    ).split()
    rows = [
        (one.id, one.name, one.mean_m, one.greatest_m, one.lon, one.lat, f"{one.area_between_m2 / 1e6:.2f}")
        for one in report.items[:_MOST]
    ]
    return f"{told}\n{table(heads, rows)}"


def _defects(defects: Sequence[Any], session: Session) -> str:
    if not defects:
        return ""
    heads = session.say(
        "缺陷 区划 经度 纬度 面积（平方米） 长度（米）", "defect divisions lon lat m2 m"
    ).split()
    rows = [
        (
            one.kind + (" (sliver)" if one.is_sliver else ""),
            "–".join(one.names),
            one.lon,
            one.lat,
            f"{one.area_m2:.0f}",
            f"{one.length_m:.0f}",
        )
        for one in defects[:_MOST]
    ]
    head = session.say(f"区划面缺陷 {len(defects)} 处：", f"{len(defects)} defects of the polygons:")
    return head + "\n" + table(heads, rows)


def _level_option(session: Session) -> click.Option:
    return click.Option(
        ["--level"], type=click.Choice(LEVELS), help=session.say("层级（默认 county）", "level (county)")
    )


def _within_option(session: Session) -> click.Option:
    text = session.say("只要此区划之内的，写代码", "only within the division of this code")
    return click.Option(["--within"], metavar="CODE", help=text)
