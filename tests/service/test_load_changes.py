from datetime import date

import pytest

from geoname.errors import InvalidInputError, NotFoundError
from geoname.service.browse_divisions import division_history, show_division
from geoname.service.find_names import NameQuery, find_names
from geoname.service.list_divisions import children
from geoname.service.load_changes import load_changes
from geoname.service.load_divisions import load_divisions
from geoname.service.load_guizhou import load_guizhou
from geoname.service.load_kinds import LoadRequest
from geoname.service.match_names import MatchItem, match_one
from geoname.service.succession import CodeAsked, successors, successors_of_many

DEFINITION = """
title = "县以下行政区划变更"
authority = "民政部"
source = "年度变更表"
licence = "CC0"
scheme = "mca"
as_of = 2023-12-31
known = "full_text"
merged_cells = true
"""
HEADS = "year,old_code,old_name,reason,new_code,new_name,approval_doc\n"
TABLE = HEADS + (
    "2021,520111103,党武镇,撤镇设街道,520111009,党武街道,黔府函〔2021〕27号\n"
    "2020,,,新设街道,520111001,贵筑街道,筑府发〔2020〕2号\n"
    "2015,520327100,龙泉镇,撤镇建街道,520327001,龙泉街道,黔府函〔2015〕160号\n"
    "2015,520327203,石径乡,撤销,,,黔府函〔2015〕160号\n"
    "2016,520304101,龙坑镇,撤镇设街道,520304002,播南街道,黔府函〔2016〕192号\n"
    "2016,,,撤镇设街道,520304005,龙坑街道,黔府函〔2016〕192号\n"
    "2016,520425101,水塘镇,更名,520425101,格凸河镇,黔府函〔2016〕22号\n"
    "2015,520222105,柏果镇,调整,520222123,柏果镇,黔府函〔2015〕128号\n"
    "2015,520222106,洒基镇,调整,,,黔府函〔2015〕128号\n"
    "2020,520221110,木果镇,区划代码变更,520201104,木果镇,黔府发〔2020〕10号\n"
    "2019,,,新设街道,520602007,锦江街道,铜府函〔2019〕56号\n"
    "2019,520602007,锦江街道,名称变更,520602007,铜兴街道,铜府函〔2019〕147号\n"
    "2019,520602001,市中街道,名称变更,520602001,锦江街道,铜府函〔2019〕147号\n"
    "2014,522729202,摆塘乡,并入其他建制,522729100,长寨镇,黔府函〔2014〕31号\n"
    "2014,520201200,月照彝族回,撤乡建街道,520201008,月照街道,黔府函〔2014〕57号\n"
    "2014,522626206,客楼乡,优化,522626107,客楼镇,黔府函〔2014〕185号\n"
)


def written(folder, text=TABLE, definition=DEFINITION):
    file = folder / "changes.csv"
    file.write_text(text, encoding="utf-8")
    file.with_name("changes.csv.toml").write_text(definition, encoding="utf-8")
    return LoadRequest(file, None, "tester", rejects=folder / "rejects.csv")


def dry(request):
    return LoadRequest(request.file, request.definition, request.actor, True)


@pytest.fixture(scope="module")
def with_changes(small, tmp_path_factory):
    """A small register with the table loaded; the table, and what loading it told."""
    geoname = small(villages="none")
    request = written(tmp_path_factory.mktemp("table"))
    return geoname, request, load_changes(geoname, request)


def events(geoname, code, scheme="mca", on=None):
    history = division_history(geoname, code, scheme, on)
    return [
        (event.operation, event.wording, event.document,
         [party.division.name for party in event.from_divisions],
         [party.division.name for party in event.to_divisions])
        for event in history.events
    ]  # fmt: skip


def test_wordings_become_operations_and_stay_as_they_were(with_changes):
    geoname, _, report = with_changes
    assert report.status == "loaded"
    assert report.events == {
        "merge": 2,
        "replace": 3,
        "establish": 2,
        "abolish": 1,
        "rename": 3,
        "transfer": 1,
    }
    assert events(geoname, "520111103") == [
        ("replace", "撤镇设街道", "黔府函〔2021〕27号", ["党武镇"], ["党武街道"])
    ]


def test_a_retired_township_is_found_with_its_time_and_its_successor(with_changes):
    geoname, _, _ = with_changes
    gone = show_division(geoname, "520111103", "mca")
    assert (gone.name, gone.valid_from, gone.valid_until) == ("党武镇", None, "2021")
    assert [step.name for step in gone.path] == ["贵州省", "贵阳市", "花溪区", "党武镇"]
    assert "党武镇" in [one.name for one in children(geoname, "520111", on=date(2019, 1, 1)).items]
    assert "党武镇" not in [one.name for one in children(geoname, "520111").items]
    found = find_names(geoname, NameQuery(q="党武镇"))
    assert [(one.name, one.status) for one in found.items] == [("党武镇", "historical")]
    match = match_one(geoname, MatchItem("贵阳市花溪区党武镇"))
    assert (match.status, match.standard.name) == ("corrected", "党武街道")
    assert match.steps[-1]["basis"] == "黔府函〔2021〕27号"


def test_a_present_township_knows_when_it_began(with_changes):
    geoname, _, _ = with_changes
    now = show_division(geoname, "520111009", "mca")
    assert (now.name, now.valid_from) == ("党武街道", "2021")
    assert {code.scheme: code.code for code in now.codes} == {"nbs": "520111012", "mca": "520111009"}
    with pytest.raises(NotFoundError, match="2021"):
        show_division(geoname, "520111009", "mca", date(2019, 1, 1))
    [name] = find_names(geoname, NameQuery(q="党武街道")).items
    assert name.valid_from == "2021"
    events = geoname.store.name_events(name.id)
    assert [(event.kind, event.document) for event in events] == [("named", "黔府函〔2021〕27号")]


def test_fenggang_reads_right(with_changes):
    geoname, _, _ = with_changes
    assert events(geoname, "520327100") == events(geoname, "520327001") == [
        ("replace", "撤镇建街道", "黔府函〔2015〕160号", ["龙泉镇"], ["龙泉街道"])
    ]  # fmt: skip
    assert events(geoname, "520327203") == [("abolish", "撤销", "黔府函〔2015〕160号", ["石径乡"], [])]


def test_a_countys_history_tells_what_happened_right_below_it(with_changes):
    geoname, _, _ = with_changes
    fenggang = division_history(geoname, "520327")
    assert (fenggang.events, {event.wording for event in fenggang.below}) == ((), {"撤镇建街道", "撤销"})
    huaxi = division_history(geoname, "520111")
    assert [event.document for event in huaxi.events] == ["国函〔2012〕190号"]
    assert [event.document for event in huaxi.below] == ["筑府发〔2020〕2号", "黔府函〔2021〕27号"]


def test_a_text_that_names_what_was_abolished_is_told_by_which_document(with_changes):
    geoname, _, _ = with_changes
    match = match_one(geoname, MatchItem("凤冈县石径乡"))
    assert (match.status, match.standard) == ("retired", None)
    assert match.steps[-1]["basis"] == "黔府函〔2015〕160号"


def test_an_empty_cell_belongs_to_the_row_above_and_is_told(with_changes):
    geoname, _, report = with_changes
    assert report.filled_rows == (6, 9)
    found = successors(geoname, CodeAsked("520304101", date(2016, 4, 1), date(2024, 1, 1)))
    assert found.outcome == "several"
    assert {(heir.division.name, heir.extent) for heir in found.heirs} == {
        ("播南街道", "part"), ("龙坑街道", "part"),
    }  # fmt: skip
    history = division_history(geoname, "520304101")
    assert {event.known for event in history.events} == {"computed"}
    assert {event.known for event in division_history(geoname, "520111103").events} == {"full_text"}


def test_a_renamed_town_stays_one_division(with_changes):
    geoname, _, _ = with_changes
    then, now = (show_division(geoname, "520425101", "mca", day) for day in (date(2014, 1, 1), None))
    assert (then.id, then.name, now.name) == (now.id, "水塘镇", "格凸河镇")
    assert [
        (one.name, one.status) for one in find_names(geoname, NameQuery(q="水塘镇", within="520425")).items
    ] == [("水塘镇", "historical")]


def test_a_township_that_goes_on_keeps_its_id_through_new_codes_and_counties(with_changes):
    geoname, _, _ = with_changes
    then = show_division(geoname, "520222105", "mca", date(2014, 1, 1))
    now = show_division(geoname, "520281117", "nbs")
    assert then.id == now.id
    assert [step.name for step in then.path][2:] == ["盘县", "柏果镇"]
    moved = show_division(geoname, "520221110", "mca", date(2018, 1, 1))
    assert [step.name for step in moved.path][2:] == ["水城县", "木果镇"]
    assert show_division(geoname, moved.code or "", on=None).path[2].name == "钟山区"


def test_one_year_may_hold_several_changes_of_one_code(with_changes):
    geoname, _, _ = with_changes
    happened = events(geoname, "520602007", on=date(2024, 1, 1))
    assert [event[:3] for event in happened] == [
        ("establish", "新设街道", "铜府函〔2019〕56号"), ("rename", "名称变更", "铜府函〔2019〕147号"),
    ]  # fmt: skip
    assert show_division(geoname, "520602007", "mca").name == "铜兴街道"
    assert show_division(geoname, "520602001", "mca").name == "锦江街道"


def test_what_cannot_be_tied_or_read_is_told_by_row(with_changes):
    _, request, report = with_changes
    assert [(one.row, one.value) for one in report.not_tied] == [(14, "522729100 长寨镇")]
    assert {(one.row, one.field) for one in report.rejects} == {(15, "old_name"), (16, "wording")}
    text = request.rejects.read_text(encoding="utf-8-sig")
    assert "优化" in text
    assert "长寨镇" in text


def test_the_same_table_again_changes_nothing(with_changes):
    geoname, request, _ = with_changes
    before = geoname.store.data_version()
    again = load_changes(geoname, request)
    assert (again.status, again.added, again.changed) == ("unchanged", 0, 0)
    assert geoname.store.data_version() == before
    assert geoname.store.verify() == []


def test_many_codes_are_answered_in_one_call(with_changes):
    geoname, _, _ = with_changes
    first, last = date(2014, 1, 1), date(2024, 1, 1)
    codes = ["520111103", "520327203", "520327100", "999999999", "不是"]
    asked = [CodeAsked(code, first, last) for code in codes]
    found = successors_of_many(geoname, asked).items
    assert [getattr(one, "outcome", None) for one in found] == ["one", "gone", "one", None, None]
    assert found[1].lost
    back = successors(geoname, CodeAsked("520111009", last, first, "mca"))
    assert [heir.division.name for heir in back.heirs] == ["党武镇"]


def test_a_day_within_the_year_of_the_change_is_not_certain(with_changes):
    geoname, _, _ = with_changes
    found = successors(geoname, CodeAsked("520111103", date(2020, 1, 1), date(2021, 6, 30)))
    assert (found.outcome, found.certain) == ("one", False)


def test_rows_outside_what_the_token_acts_for_are_rejected(with_changes, tmp_path):
    request = written(tmp_path)
    report = load_changes(
        with_changes[0], LoadRequest(request.file, None, "tester", True, acts_for=("520111", "520327"))
    )
    assert report.events == {"replace": 2, "establish": 1, "abolish": 1}
    assert {one.row for one in report.rejects} >= {5, 6, 7, 8, 10}


def test_without_merged_cells_nothing_is_filled(with_changes, tmp_path):
    request = written(tmp_path, definition=DEFINITION.replace("merged_cells = true", ""))
    report = load_changes(with_changes[0], dry(request))
    assert report.filled_rows == ()
    assert report.status == "dry_run"


@pytest.mark.parametrize(
    "row",
    ["21,520111103,党武镇,撤销,,,号", "2021,,,撤销,,,号", "2021,5201,贵阳市,撤销,,,号",
     "2021,520111103,,撤销,,,号", "2021,52011110X,党武镇,撤销,,,号"],
)  # fmt: skip
def test_a_row_that_cannot_be_right_is_rejected_and_the_rest_is_read(with_changes, tmp_path, row):
    text = HEADS + row + "\n2021,520111103,党武镇,撤镇设街道,520111009,党武街道,黔府函〔2021〕27号\n"
    report = load_changes(with_changes[0], dry(written(tmp_path, text)))
    assert [one.row for one in report.rejects] == [1]
    assert report.events == {"replace": 1}


def test_a_table_without_its_columns_is_refused(with_changes, tmp_path):
    with pytest.raises(InvalidInputError) as raised:
        load_changes(with_changes[0], dry(written(tmp_path, "code,name\n520111,花溪区\n")))
    assert raised.value.field == "fields"


@pytest.mark.shared_tables
def test_the_ministrys_tables_and_list_load_in_either_order(small, shared_tables, tmp_path):
    definition = tmp_path / "changes.toml"
    definition.write_text(DEFINITION, encoding="utf-8")
    listing = tmp_path / "list.toml"
    keys = DEFINITION.replace("2023-12-31", "2025-12-31").replace("merged_cells = true", "")
    listing.write_text(keys.replace('known = "full_text"', ""), encoding="utf-8")
    changes = LoadRequest(shared_tables / "guizhou_township_changes_2014_2023.csv", definition, "tester")
    divisions = LoadRequest(shared_tables / "guizhou_divisions_mca_20251231.csv", listing, "tester")
    ends = []
    for list_first in (False, True):
        geoname = small(villages="none")
        if list_first:
            load_divisions(geoname, divisions)
        report = load_changes(geoname, changes)
        if not list_first:
            load_divisions(geoname, divisions)
            assert report.rows == 506
            assert [one.row for one in report.not_tied] == [45, 124, 454]
            assert len(report.rejects) == 2
            assert report.former_divisions == 322
        ends.append({(one.id, one.name, str(one.period)) for one in geoname.store.divisions()})
        assert geoname.store.verify() == []
    assert len(ends[0] ^ ends[1]) <= 2


def test_loading_the_shipped_data_again_takes_nothing_back(guizhou_copy, tmp_path):
    load_changes(guizhou_copy, written(tmp_path, HEADS + TABLE.splitlines()[1] + "\n"))
    before = guizhou_copy.store.data_version()
    report = load_guizhou(str(tmp_path / "geoname.gpkg"), tmp_path / "cache", "tester")
    assert (report.added, report.changed) == (0, 0)
    assert guizhou_copy.store.data_version() == before
    assert show_division(guizhou_copy, "520111009", "mca").valid_from == "2021"


def test_a_departments_own_table_tells_days_and_authority(with_changes, tmp_path):
    geoname, _, _ = with_changes
    heads = "年份,原代码,原名称,变更情况,现代码,现名称,文号,批准机关,批准日期,生效日期,公告日期\n"
    text = heads + (
        "2021,520327105,花坪镇,撤镇设街道,520327004,花坪街道,黔府函〔2021〕88号,贵州省人民政府,2021-09-01,2021-10-08,"
        "2021-10\n"
    )
    report = load_changes(geoname, written(tmp_path, text))
    assert (report.events, report.rejects) == ({"replace": 1}, ())
    gone = show_division(geoname, "520327105", "mca")
    assert (gone.name, gone.valid_until) == ("花坪镇", "2021-10-08")
    [event] = division_history(geoname, "520327004", "mca").events
    assert (event.approved_on, event.effective_on, event.announced_on) == (
        "2021-09-01",
        "2021-10-08",
        "2021-10",
    )
    assert event.authority == "贵州省人民政府"
    sure = successors(geoname, CodeAsked("520327105", date(2021, 10, 7), date(2021, 10, 8), "mca"))
    assert (sure.outcome, sure.certain) == ("one", True)
