"""The report of a load of names (载入报告) as people read it on a terminal."""

from __future__ import annotations

from geoname.faces.cli.session import Session
from geoname.faces.cli.tables import facts, table
from geoname.service.load_names_report import NamesLoadReport

_STATUS = {
    "dry_run": ("试载，未写入", "dry run, nothing written"),
    "loaded": ("已载入并发布", "loaded and published"),
    "unchanged": ("此前已载入，无变化", "loaded before, nothing to do"),
}
_COUNTS = {
    "added": ("新增", "added"),
    "renamed": ("更名", "renamed"),
    "moved": ("移位", "moved"),
    "retired": ("废止", "retired"),
    "changed": ("其他更改", "changed otherwise"),
    "conflict": ("冲突（库中另有所载或人工更改，未覆盖）", "in conflict (the register says otherwise; kept)"),
    "absent": ("文件中已无（库中保留）", "not in the file (kept)"),
    "unchanged": ("未变", "unchanged"),
}
_REMARKS = {
    "without_place": ("没有坐标", "without coordinates"),
    "without_division": ("没有政区", "without a division"),
    "division_by_code": ("政区取自地名代码", "division taken from the place code"),
    "division_by_place": ("政区由坐标推定", "division told by the coordinates"),
    "dates_in_words": ("文字年代，存入历史沿革", "dates in words, kept in the history"),
    "known_divisions": ("库中已有的区划，所载补入其下", "divisions that the register has, added to these"),
    "followed_divisions": ("所写政区已撤销，归入后继", "of a division that is no more, put where it went"),
    "unlisted_class": ("类别表中没有的类别", "classes that are not in the table"),
}


def show_report(report: NamesLoadReport, session: Session) -> str:
    """The report: what was read, what is wrong, what changed."""
    say = session.say
    parts = [
        facts(
            (
                (say("文件", "file"), f"{report.file} ({_format(report)})"),
                (say("坐标系", "reference system"), report.crs),
                (
                    say("字段", "fields"),
                    ", ".join(f"{key}={column}" for key, column in report.fields.items()),
                ),
                (say("未用的列", "unused columns"), ", ".join(report.unused) or say("无", "none")),
                (say("来源", "source"), f"{report.source} {report.title}"),
                (say("结果", "result"), say(*_STATUS[report.status])),
                (say("批次", "release"), report.release),
                (say("行", "rows"), report.rows - report.blank),
                (say("可载入", "sound"), report.records),
                (say("退回", "rejected"), _rejected(report, session)),
                *(
                    (say(*_COUNTS[kind]), count)
                    for kind, count in report.counts.items()
                    if kind in _COUNTS and count
                ),
                *((say(*_REMARKS[kind]), count) for kind, count in report.remarks.items()),
                *((say("坐标核查", "datum"), text) for text in _datum(report, session)),
                (say("用时（秒）", "seconds"), report.seconds),
            )
        )
    ]
    if report.followed:
        heads = (
            say("已撤销的政区", "is no more"),
            say("归入", "put into"),
            say("条", "records"),
        )
        parts.append(table(heads, [(one.was, one.now, str(one.records)) for one in report.followed]))
    parts += [say(f"请注意：{one.zh}", f"look at this: {one.en}") for one in report.warnings]
    if report.troubles:
        parts.append(_troubles(report, session))
    changed = [change for change in report.changes if change.kind not in ("added", "unchanged")]
    if changed:
        if report.changes_file:
            parts.append(say(f"每项改动见 {report.changes_file}", f"every change: {report.changes_file}"))
        parts.append(
            table(
                (say("变化", "change"), say("记录", "record"), say("原", "before"), say("现", "after")),
                [
                    (say(*_COUNTS[change.kind]), change.record, change.before or "", change.after or "")
                    for change in changed
                ],
            )
        )
    return "\n\n".join(parts)


def _format(report: NamesLoadReport) -> str:
    return ", ".join(part for part in (report.format, report.layer, report.encoding) if part)


def _rejected(report: NamesLoadReport, session: Session) -> str:
    where = f" → {report.rejects_file}" if report.rejects_file else ""
    return f"{report.rejected}{where}"


def _datum(report: NamesLoadReport, session: Session) -> list[str]:
    found = report.datum
    if found is None:
        return []
    inside = found.inside.get("wgs84" if found.declared == "cgcs2000" else found.declared, 0)
    return [
        session.say(
            f"{found.places} 处中 {inside} 处在所写政区内；{found.deciding} 处可据以判断坐标系",
            f"{inside} of {found.places} places lie in their division; {found.deciding} tell the datum",
        )
    ]


def _troubles(report: NamesLoadReport, session: Session) -> str:
    say = session.say
    rows = []
    for trouble in report.troubles:
        first = trouble.examples[0]
        rows.append(
            (
                str(trouble.rows),
                say(first.reason, first.reason_en),
                f"{first.row}: {first.field}={first.value}",
                say(trouble.remedy, trouble.remedy_en),
            )
        )
    return table(
        (say("退回", "rows"), say("原因", "reason"), say("如第几行", "such as"), say("处理", "remedy")), rows
    )
