"""The report and the archive set: what is in them, for whom, and that they were given out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import docx
import pytest

from geoname.core.inspections.field_record import MarkerState, Presence
from geoname.core.register.token import ANYONE, KEEPER
from geoname.core.register.visibility import Role
from geoname.errors import DataFileError, ForbiddenError, NotFoundError, UnauthenticatedError
from geoname.service.inspect_boundary_records import RecordGiven, put_record
from geoname.service.inspection_archive import inspection_archive
from geoname.service.inspection_attachments import add_attachment
from geoname.service.inspection_report import inspection_report, write_report
from geoname.service.inspection_report_facts import gather
from geoname.service.inspection_tracks import add_track


@pytest.fixture
def worked(field):
    """The case with a record, a track of half the line and two photographs."""
    present = tuple(Presence(side, "王五") for side in field.sides)
    given = RecordGiven("marker:001Q", present, state=MarkerState.DAMAGED, handling="修复㵲")
    put_record(field.geoname, field.asked(), field.id, given)
    add_track(field.geoname, field.asked(), field.id, field.upload(field.gpx(0.0, 0.5), "一.gpx"))
    for shade, subject in ((1, "marker:001Q"), (2, "case")):
        content = field.upload(field.photo(106.5, 26.5, shade), f"照片{shade}.jpg")
        add_attachment(field.geoname, field.asked(), field.id, content, subject)
    return field


def content(made):
    return b"".join(made.blocks)


def word(field, caller=KEEPER):
    read = docx.Document(io.BytesIO(content(inspection_report(field.geoname, caller, field.id, "docx"))))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return read, "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells])


def test_the_report_is_a_pdf_with_a_name_of_the_line(worked):
    made = inspection_report(worked.geoname, KEEPER, worked.id, "pdf")
    assert made.filename.endswith("年联检报告.pdf")
    pdf = content(made)
    assert pdf.startswith(b"%PDF-")
    assert pdf == content(inspection_report(worked.geoname, KEEPER, worked.id, "pdf"))


def test_the_word_document_says_what_is_on_record(worked):
    read, said = word(worked)
    assert "修复㵲" in said
    assert "草稿" in said
    assert "演示数据" in said
    assert "不是勘定的界线" in said
    assert "各方轨迹 1 份" in said
    assert "106°" in said
    assert len(read.inline_shapes) == 3  # the map and two photographs


def test_a_reader_gets_neither_coordinates_nor_photographs(worked):
    read, said = word(worked, worked.caller(Role.READER))
    assert "106°" not in said
    assert "无权查看" in said
    assert len(read.inline_shapes) == 1
    gathered = gather(worked.geoname, worked.caller(Role.READER), worked.file())
    written = write_report(worked.geoname, gathered)
    assert "001Q" not in written.pictures["map.svg"].decode()
    entitled = write_report(worked.geoname, gather(worked.geoname, KEEPER, worked.file()))
    assert "001Q" in entitled.pictures["map.svg"].decode()


def test_who_may_have_the_report_and_the_archive(worked):
    for make in (lambda who: inspection_report(worked.geoname, who, worked.id, "pdf"),
                 lambda who: inspection_archive(worked.geoname, who, worked.id)):  # fmt: skip
        with pytest.raises(UnauthenticatedError):
            make(ANYONE)
        with pytest.raises(NotFoundError):
            make(worked.caller(Role.OFFICER, ["5203"]))
    with pytest.raises(ForbiddenError):
        inspection_archive(worked.geoname, worked.caller(Role.READER), worked.id)
    assert content(inspection_archive(worked.geoname, worked.caller(), worked.id))


def test_what_was_given_out_is_on_record(worked):
    before = len(worked.geoname.store.audit(f"inspection:{worked.id}"))
    content(inspection_report(worked.geoname, KEEPER, worked.id, "pdf"))
    content(inspection_archive(worked.geoname, KEEPER, worked.id))
    content(inspection_report(worked.geoname, worked.caller(Role.READER), worked.id, "pdf"))
    told = worked.geoname.store.audit(f"inspection:{worked.id}")[before:]
    assert [record.action for record in told] == [
        "given out", "coordinates given", "given out", "coordinates given", "given out",
    ]  # fmt: skip
    assert "archive set" in told[2].after
    assert worked.geoname.store.verify_audit() == []


def test_the_archive_set_is_whole_and_every_file_has_its_checksum(worked):
    made = inspection_archive(worked.geoname, KEEPER, worked.id)
    packed = content(made)
    assert packed == content(inspection_archive(worked.geoname, KEEPER, worked.id))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    sums = dict(line.split("  ")[::-1] for line in names.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(body).hexdigest() for name, body in names.items()}
    assert {name.split("/")[0] for name in names} == {
        "2-联检报告", "3-界桩", "4-照片和扫描件", "5-轨迹", "6-数据", "目录.csv",
    }  # fmt: skip
    photographs = [body for name, body in names.items() if name.startswith("4-")]
    assert sorted(photographs) == sorted([worked.photo(106.5, 26.5, 1), worked.photo(106.5, 26.5, 2)])
    assert names["5-轨迹/001.gpx"] == worked.gpx(0.0, 0.5)
    table = list(csv.reader(names["3-界桩/界桩成果表.csv"].decode("utf-8-sig").splitlines()))
    assert len(table) == 5
    assert json.loads(names["6-数据/案卷.json"])["records"][0]["handling"] == "修复㵲"
    chain = [json.loads(line) for line in names["6-数据/审计链.jsonl"].decode().splitlines()]
    assert [record["position"] for record in chain] == list(range(1, len(chain) + 1))


def test_a_photograph_that_is_gone_is_told_and_not_passed_over(worked):
    (kept, _) = worked.geoname.store.attachments(worked.id)
    worked.geoname.attachments.remove(kept.sha256, kept.ending)
    for make in (inspection_archive, lambda *given: inspection_report(*given, "pdf")):
        with pytest.raises(DataFileError, match="gone"):
            make(worked.geoname, KEEPER, worked.id)


def test_a_case_without_any_record_has_a_report_too(field):
    read, said = word(field)
    assert "外业清单尚有" in said
    assert len(read.inline_shapes) == 1
