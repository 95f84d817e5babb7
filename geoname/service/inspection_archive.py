"""The archive set of a case (归档材料): papers, report, tables, photographs, tracks, records."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from geoname.core.inspections.attachment import Attachment
from geoname.core.inspections.paper import Paper
from geoname.core.inspections.report_content import Document as Text
from geoname.core.inspections.report_content import Section
from geoname.core.inspections.report_facts import ReportFacts
from geoname.core.inspections.report_marker_table import marker_table, register_sheet
from geoname.core.inspections.report_words import DOCUMENTS
from geoname.core.inspections.signature import canonical_json
from geoname.core.register.token import Caller
from geoname.core.register.visibility import Role
from geoname.errors import ForbiddenError
from geoname.formats.archive_zip import ArchiveFile, write_archive
from geoname.formats.typesetting.document_pdf import document_pdf
from geoname.service.handing_in import ClosableBlocks, plain_filename
from geoname.service.inspect_boundary import seen_case
from geoname.service.inspection_report import MadeFile, Written, log_report, report_file, write_report
from geoname.service.inspection_report_facts import Gathered, gather
from geoname.service.keep_tokens import demand
from geoname.service.opened import Geoname

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def inspection_archive(geoname: Geoname, caller: Caller, inspection_id: str) -> MadeFile:
    """The whole file of a case as one zip, every file in it with its SHA-256 in `SHA256SUMS`.

    It holds coordinates and photographs: ForbiddenError for whoever may not see those. That it was given out
    is put on record. The same case gives the same zip.
    """
    demand(caller, Role.RECORDER)
    file = seen_case(geoname, caller, inspection_id)
    gathered = gather(geoname, caller, file)
    facts = gathered.facts
    if not facts.positions:
        raise ForbiddenError(
            "the archive set holds coordinates: it is for recorders and above of a side",
            zh="归档材料含坐标：只向各方的记录员及以上提供",
        )
    written = write_report(geoname, gathered)
    name = f"{facts.line.name}{file.inspection.year}年联检归档"
    with tempfile.TemporaryDirectory(prefix="geoname-archive-") as folder:
        made = Path(folder) / "archive.zip"
        # What is in it was on record before this: the line about this export itself is not.
        files = [*_files(geoname, gathered, written)]
        write_archive(files, _safe(name), written.document.day, made)
        log_report(geoname, caller, gathered, "archive set")
        return MadeFile(plain_filename(f"{name}.zip"), ClosableBlocks(made.open("rb")))


def _files(geoname: Geoname, gathered: Gathered, written: Written) -> Iterator[ArchiveFile]:
    facts = gathered.facts
    case = facts.case.inspection
    for number, paper in enumerate(facts.case.papers, start=1):
        yield from _paper(geoname, number, paper, facts.attachments)
    yield ArchiveFile("2-联检报告/联检报告.pdf", "联检报告（PDF）", report_file(written, "pdf"))
    yield ArchiveFile("2-联检报告/联检报告.docx", "联检报告（Word）", report_file(written, "docx"))
    if facts.markers:
        yield ArchiveFile("3-界桩/界桩成果表.csv", "界桩成果表", _marker_csv(facts))
        yield ArchiveFile("3-界桩/界桩登记表.pdf", "界桩登记表", _sheets(facts, written.document))
    for number, one in enumerate((one for one in facts.attachments if one.withdrawn_at is None), start=1):
        place = geoname.attachments.there(one.sha256, one.ending)
        title = f"{one.subject} {one.filename}"
        yield ArchiveFile(f"4-照片和扫描件/{number:03}-{_safe(one.subject)}.{one.ending}", title, place)
    for number, track in enumerate(facts.tracks, start=1):
        place = geoname.attachments.there(track.sha256, "gpx")
        yield ArchiveFile(f"5-轨迹/{number:03}.gpx", f"{track.side} {track.filename}", place)
    yield ArchiveFile("6-数据/案卷.json", "案卷全部记录", canonical_json(facts.case).encode())
    tracks = canonical_json({"tracks": [asdict(one) for one in facts.tracks]})
    yield ArchiveFile("6-数据/轨迹.json", "轨迹与界线对照", tracks.encode())
    chain = "".join(canonical_json(one) + "\n" for one in _chain(geoname, case.id))
    yield ArchiveFile("6-数据/审计链.jsonl", "本案的审计链，每行一条", chain.encode())


def _chain(geoname: Geoname, inspection_id: str) -> list[object]:
    """The chain of the case, without what only says that something was given out or looked at."""
    told = geoname.store.audit(f"inspection:{inspection_id}")
    given = ("given out", "coordinates given")
    while told and told[-1].action in given:
        told = told[:-1]
    return [*told]


def _paper(
    geoname: Geoname, number: int, paper: Paper, attachments: tuple[Attachment, ...]
) -> Iterator[ArchiveFile]:
    title = f"{DOCUMENTS[paper.kind]}：{paper.title}" + (f"（{paper.number}）" if paper.number else "")
    stem = f"1-文书/{number:03}-{DOCUMENTS[paper.kind]}"
    scan = next((one for one in attachments if paper.file and one.sha256 == paper.file), None)
    if scan is not None:
        place = geoname.attachments.there(scan.sha256, scan.ending)
        yield ArchiveFile(f"{stem}.{scan.ending}", title, place)
    lines = [title, f"日期：{paper.day}", f"经办：{paper.side} {paper.actor}", "", paper.text]
    if paper.generated:
        lines.insert(1, "演示数据（生成），不是真实文书")
    if paper.file:
        lines.append(f"原件 SHA-256：{paper.file}")
    yield ArchiveFile(f"{stem}.txt", title, "\n".join(lines).strip().encode() + b"\n")


def _marker_csv(facts: ReportFacts) -> bytes:
    table = marker_table(facts)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue().encode("utf-8-sig")


def _sheets(facts: ReportFacts, report: Text) -> bytes:
    blocks = tuple(register_sheet(one, facts) for one in facts.markers)
    section = Section("界桩登记表", blocks)
    return document_pdf(Text("界桩登记表", report.subtitle, report.label, report.day, (section,)), {})


def _safe(name: str) -> str:
    """A name that every file system takes."""
    return _UNSAFE.sub("-", name).strip(" .-")[:80] or "-"
