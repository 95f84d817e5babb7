"""The report says what the records say, in the order of the check list; drafts and made-up data say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geoname.core.boundaries.marker import Marker, Position, ReferenceObject
from geoname.core.boundaries.marker_number import MarkerType
from geoname.core.inspections.case_file import CaseFile
from geoname.core.inspections.field_record import (
    Condition,
    FieldRecord,
    MarkerDetails,
    MarkerState,
    Presence,
    SegmentDetails,
)
from geoname.core.inspections.finding import Finding, FindingState
from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import Dispute, FieldItem, Inspection, InspectionKind, ItemKind
from geoname.core.inspections.peace import PeaceKind, PeaceRecord
from geoname.core.inspections.report_build import DRAFT, GENERATED, report_of
from geoname.core.inspections.report_content import Facts, Picture, ReportTable
from geoname.core.inspections.report_facts import LineFacts, ReportFacts, WalkedFacts
from geoname.core.inspections.report_marker_table import grid_place, in_number_order, marker_table
from geoname.core.inspections.report_words import degrees_words, item_words, kilometres
from geoname.core.inspections.signature import REPORT, Signature
from geoname.core.inspections.stages import Stage

SIDES = ("520111", "520181")
DAY = date(2026, 4, 2)
PRESENT = (Presence("520111", "张三"), Presence("520181", "李四"))
LINE = LineFacts(
    "花清线", "520111520181", 24_000.0, "derived", "起", "终", "黔府〔1999〕1号", "协议书", (), "示意。"
)


def marker(serial, **more):
    place = Position(106.5, 26.5 + serial / 100, "cgcs2000", 106.5, 26.5 + serial / 100, 1100.5, "1985")
    references = (ReferenceObject("㵲阳河桥", 45.0, 12.0), ReferenceObject("大树"))
    return Marker(
        f"x:{serial:03}Q", "x", f"{serial:03}Q", "", serial, MarkerType.Q, SIDES, 2, "石质", place,
        "河边", references, SIDES[0], **more,
    )  # fmt: skip


def case_file(**more):
    items = (
        FieldItem("marker:001Q", ItemKind.MARKER, "001Q", "001Q"),
        FieldItem("segment:001Q-end", ItemKind.SEGMENT, "001Q", "end"),
        FieldItem("marker:002Q", ItemKind.MARKER, "002Q", "002Q"),
    )
    case = Inspection(
        "i1", "x", "花清线", InspectionKind.REGULAR, 5, 2026, SIDES, SIDES[0], Stage.REPORT_DRAFT, DAY,
        items=items, report_draft=1, plan_filed_on=date(2026, 3, 1),
    )  # fmt: skip
    records = (
        FieldRecord("r1", "i1", "marker:001Q", DAY, PRESENT, SIDES[0], "张三",
                    MarkerDetails("001Q", state=MarkerState.DAMAGED, paint=Condition.POOR, weeds_cleared=True,
                                  deviation_m=0.42)),
        FieldRecord("r2", "i1", "segment:001Q-end", DAY, PRESENT, SIDES[0], "张三", None,
                    SegmentDetails("001Q", "end", "沿㵲阳河", "河道改弯", "无", False, "", "跨界修路")),
    )  # fmt: skip
    findings = (
        Finding("f1", "i1", FindingKind.DAMAGED, "marker:001Q", "上部断裂", FindingState.CLOSED, SIDES[0],
                "张三", DAY, SIDES[0]),
        Finding("f2", "i1", FindingKind.LINEAR_FEATURE, "segment:001Q-end", "河道改弯",
                FindingState.CARRIED_OVER, SIDES[0], "张三", DAY, reason="待汛后修测"),
    )  # fmt: skip
    peace = (PeaceRecord("p1", "x", PeaceKind.AGREEMENT, DAY, "睦邻友好公约", SIDES, SIDES[0], "张三"),)
    return CaseFile(case, records, findings, peace=peace, **more)


def facts(file=None, **more):
    given = {
        "markers": (marker(1), marker(2)), "tracks": (), "walked": None, "attachments": (), "positions": True,
    } | more  # fmt: skip
    return ReportFacts(file or case_file(), LINE, {"520111": "花溪区", "520181": "清镇市"}, **given)


def words(document):
    """Every word of a document."""
    said = [document.title, document.subtitle, document.label]
    for section in document.sections:
        said.append(section.title)
        for block in section.blocks:
            if isinstance(block, str):
                said.append(block)
            elif isinstance(block, ReportTable):
                said += [
                    block.title,
                    *block.columns,
                    *(cell for row in block.rows for cell in row),
                    block.note,
                ]
            elif isinstance(block, Facts):
                said += [block.title, *(cell for pair in block.pairs for cell in pair)]
            elif isinstance(block, Picture):
                said.append(block.caption)
    return "\n".join(said)


def section(document, title):
    return next(one for one in document.sections if title in one.title)


def test_the_contents_follow_the_check_list():
    titles = [one.title for one in report_of(facts()).sections]
    assert titles[:11] == [
        "一、界线概况", "二、联检依据", "三、组织与经过", "四、检查内容与结果",
        "（一）界线贯彻落实情况", "（二）界桩及方位物变化和界桩维护情况",
        "（三）其他标志物及地物地貌变化和修测情况", "（四）跨界生产建设管理及问题处理情况",
        "（五）其他情况", "五、问题及处理", "六、遗留问题和建议",
    ]  # fmt: skip
    assert titles[11] == "七、平安边界建设"
    assert titles[12:] == [
        "附件1　界桩检查记录表", "附件2　联检记录表（区段）", "附件3　界桩成果表", "附件4　界桩登记表",
    ]  # fmt: skip


def test_markers_are_counted_as_they_were_found():
    table = section(report_of(facts()), "界桩维护").blocks[0]
    assert dict(zip(table.columns, table.rows[0], strict=True)) == {
        "应检": "2", "已检": "1", "完好": "0", "损坏": "1", "丢失": "0", "移位": "0", "拟移或增设": "0",
    }  # fmt: skip
    said = words(report_of(facts()))
    assert "描红不良 1 颗" in said
    assert "外业清单尚有 1 项没有记录" in said
    assert "不清楚的 1 个" in said
    assert "区段 001Q～终点线状地物：河道改弯。" in said
    assert "区段 001Q～终点地物地貌" not in said
    assert "跨界生产建设：跨界修路" in said


def test_findings_stand_with_their_basis_and_what_is_left_over():
    document = report_of(facts())
    (table,) = section(document, "五、").blocks
    assert table.rows[0][0] == "F2 界桩损坏"
    assert "《行政区域界线管理条例》第6条" in table.rows[0][5]
    assert table.rows[0][3] == "花溪区（520111）"
    left = section(document, "六、").blocks
    assert "遗留 1 项" in left[0]
    assert left[1].rows[0][-1] == "待汛后修测"
    none = report_of(facts(replace(case_file(), findings=(), peace=())))
    assert section(none, "五、").blocks == ("未发现问题。",)
    assert section(none, "六、").blocks == ("没有遗留问题。",)
    assert "没有登记" in section(none, "七、").blocks[0]


def test_a_draft_says_so_until_every_side_has_signed_the_content_as_it_is():
    file = case_file()
    digest = file.digest(REPORT)

    def signed(*sides, under=digest):
        given = tuple(
            Signature(f"s{side}", "i1", REPORT, side, "张三", "2026-05-01T00:00:00Z", under) for side in sides
        )
        return report_of(facts(replace(file, signatures=given)))

    assert DRAFT in report_of(facts()).label
    assert DRAFT in signed(SIDES[0]).label
    both = signed(*SIDES)
    assert both.label == ""
    assert [one.actor for one in both.signing] == ["张三", "张三"]
    assert {one.digest for one in both.signing} == {digest}
    stale = signed(*SIDES, under="0" * 64)
    assert DRAFT in stale.label
    assert [one.actor for one in stale.signing] == ["", ""]


def test_made_up_data_says_so_on_every_page():
    assert GENERATED in report_of(facts(markers=(marker(1, generated=True),))).label
    generated = replace(case_file(), inspection=replace(case_file().inspection, generated=True))
    assert GENERATED in report_of(facts(generated)).label
    assert GENERATED not in report_of(facts()).label


def test_coordinates_are_for_those_entitled():
    shown, hidden = words(report_of(facts())), words(report_of(facts(positions=False)))
    assert degrees_words(106.5) in shown
    assert "106°30" not in hidden
    assert "106.5" not in hidden
    assert "1100.5" not in hidden
    assert "无权查看" in hidden


def test_a_marker_in_an_old_system_is_not_converted_and_says_so():
    old = replace(marker(1), position=Position(36_400_000.0, 2_990_000.0, "xian1980"))
    (row,) = marker_table(facts(markers=(old,))).rows
    assert row[1:5] == ("", "", "", "")
    assert "xian1980" in row[-1]
    (secret,) = marker_table(facts(markers=(old,), positions=False)).rows
    assert "36" not in "".join(secret)


def test_the_grid_is_that_of_a_three_degree_zone():
    place = grid_place(105.0, 27.0)
    assert (place.meridian, round(place.y_east)) == (105, 500_000)
    assert place.x_north == pytest.approx(2_987_661.0, abs=50.0)
    assert grid_place(106.6, 26.5).meridian == 108
    assert grid_place(106.6, 26.5).y_east < 500_000


def test_tracks_and_disputes_are_told():
    case = case_file()
    dispute = Dispute("d1", ("segment:001Q-end",), SIDES[0], "河道中心线认定不一", DAY)
    case = replace(case, inspection=replace(case.inspection, disputes=(dispute,)))
    assert "不得变动该段界桩" in words(report_of(facts(case)))
    decided = replace(dispute, decided_on=DAY, decision="黔府函1号")
    case = replace(case, inspection=replace(case.inspection, disputes=(decided,)))
    assert "批准机关的决定：黔府函1号" in words(report_of(facts(case)))
    walked = WalkedFacts(24_000.0, 12_000.0, ((0.0, 12_000.0),), ())
    assert "轨迹" not in words(report_of(facts(walked=walked)))


def test_words_are_those_of_the_field():
    assert item_words("segment:start-001Q") == "区段 起点～001Q"
    assert item_words("marker:4552001Q") == "界桩 4552001Q"
    assert kilometres(None) == "不详"
    assert degrees_words(106.5) == "106°30′00.000″"
    assert degrees_words(26.99999999) == "27°00′00.000″"
    assert degrees_words(-0.5) == "-0°30′00.000″"


def test_markers_stand_in_the_order_of_their_numbers():
    assert [one.number for one in in_number_order((marker(10), marker(2), marker(1)))] == [
        "001Q",
        "002Q",
        "010Q",
    ]


def test_the_same_case_gives_the_same_report():
    assert report_of(facts()) == report_of(facts())
    assert report_of(facts()).day == "2026-04-02"
