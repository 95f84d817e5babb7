from datetime import date

import pytest
import xlsxwriter

from geoname.errors import AmbiguousCodeError, ConflictError, DataFileError, InvalidInputError
from geoname.service import load_divisions as module
from geoname.service.browse_divisions import show_division
from geoname.service.find_names import NameQuery, find_names
from geoname.service.list_divisions import DivisionQuery, children, list_divisions
from geoname.service.load_divisions import load_divisions
from geoname.service.load_kinds import LoadRequest

DEFINITION = """
title = "乡级区划名录"
authority = "某市民政局"
source = "来文附件"
licence = "内部使用"
scheme = "mca"
as_of = 2025-12-31
"""
HUAXI = "code,name\n520111,花溪区\n520111009,党武街道\n520111006,平桥街道\n520111101,青岩镇\n"


def written(folder, text, definition=DEFINITION, name="list.csv"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    file.with_name(f"{name}.toml").write_text(definition, encoding="utf-8")
    return LoadRequest(file, None, "tester", rejects=folder / "rejects.csv")


def dry(request):
    return LoadRequest(request.file, request.definition, request.actor, True, request.rejects)


def refused(report):
    return {(one.row, one.field) for one in report.rejects}


@pytest.fixture(scope="module")
def with_list(small, tmp_path_factory):
    """A small register with the list of 花溪区 loaded; the list, and what loading it told."""
    geoname = small()
    request = written(tmp_path_factory.mktemp("list"), HUAXI)
    return geoname, request, load_divisions(geoname, request)


@pytest.fixture(scope="module")
def register(small):
    """A small register into which nothing is loaded."""
    return small()


def test_a_list_gives_its_codes_beside_the_others(with_list):
    geoname, _, report = with_list
    assert report.status == "loaded"
    assert report.rejects == ()
    assert report.other_codes == 2
    assert report.other_meanings == 2
    assert show_division(geoname, "520111009", "mca").name == "党武街道"
    assert show_division(geoname, "520111009", "nbs").name == "平桥街道"
    with pytest.raises(AmbiguousCodeError):
        show_division(geoname, "520111009")
    listed = list_divisions(geoname, DivisionQuery(level="township", within="520111", scheme="mca"))
    assert {one.name for one in listed.items} == {"党武街道", "平桥街道", "青岩镇"}


def test_children_are_found_under_either_code(with_list):
    geoname, _, _ = with_list
    villages = {one.id for one in children(geoname, "520111009", "mca").items}
    assert villages == {one.id for one in children(geoname, "520111012", "nbs").items}
    assert villages


def test_the_same_list_again_changes_nothing(with_list):
    geoname, request, _ = with_list
    before = geoname.store.data_version()
    again = load_divisions(geoname, request)
    assert (again.status, again.added, again.changed) == ("unchanged", 0, 0)
    assert geoname.store.data_version() == before


def test_of_two_loads_at_once_the_second_is_asked_to_load_again(register, tmp_path, monkeypatch):
    plan = module.plan_list

    def overtaken(*given):
        with register.store.writing("another load", "in between") as writer:
            writer.record("place:x", "noted")
        return plan(*given)

    monkeypatch.setattr(module, "plan_list", overtaken)
    with pytest.raises(ConflictError):
        load_divisions(register, written(tmp_path, HUAXI))
    assert show_division(register, "520111009").name == "平桥街道"


def test_a_dry_run_writes_nothing(register, tmp_path):
    before = register.store.data_version()
    report = load_divisions(register, dry(written(tmp_path, HUAXI)))
    assert (report.status, report.matched) == ("dry_run", {"code_and_name": 1, "name": 3})
    assert register.store.data_version() == before
    assert not (tmp_path / "rejects.csv").exists()


def test_duplicate_codes_are_rejected_and_the_rest_loads(register, tmp_path):
    report = load_divisions(register, dry(written(tmp_path, HUAXI + "520111009,石板镇\n")))
    assert refused(report) == {(2, "code"), (5, "code")}
    assert sum(report.matched.values()) == 3


def test_a_child_without_parent_is_rejected(register, tmp_path):
    report = load_divisions(
        register, dry(written(tmp_path, "code,name\n520199001,某街道\n520111101,青岩镇\n"))
    )
    assert refused(report) == {(1, "parent")}
    assert sum(report.matched.values()) == 1


def test_a_cycle_of_parents_is_rejected(register, tmp_path):
    text = "代码,名称,上级代码\n520111101,青岩镇,520111102\n520111102,石板镇,520111101\n"
    text += "520111104,麦坪镇,520111\n"
    report = load_divisions(register, dry(written(tmp_path, text)))
    assert {one.row for one in report.rejects} == {1, 2}
    assert "成环" in report.rejects[0].reason


def test_an_xlsx_of_codes_read_as_floats_is_read_whole(register, tmp_path):
    rows = (
        ("区划代码", "名称"),
        (520111009.0, "党武街道"),
        (520111101, "青岩镇"),
        ("520111006.0", "平桥街道"),
    )
    with xlsxwriter.Workbook(str(tmp_path / "list.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    (tmp_path / "list.xlsx.toml").write_text(DEFINITION, encoding="utf-8")
    report = load_divisions(register, LoadRequest(tmp_path / "list.xlsx", None, "tester", True))
    assert report.rejects == ()
    assert report.codes_read_from_decimals == 3
    assert report.matched == {"name": 3}


def test_a_mark_in_the_middle_and_an_encoding_of_the_office_are_read(register, tmp_path):
    request = written(tmp_path, "")
    text = "code,name\n520111101,青岩镇\n\ufeff520111102,石板镇\n"
    for encoding in ("utf-8-sig", "gb18030"):
        request.file.write_bytes(text.encode(encoding))
        report = load_divisions(register, dry(request))
        assert (report.matched, report.rejects) == ({"name": 2}, ())


def test_a_code_whose_digits_a_spreadsheet_lost_is_rejected_with_the_remedy(register, tmp_path):
    report = load_divisions(register, dry(written(tmp_path, "code,name\n5.20111E+08,党武街道\n")))
    assert refused(report) == {(1, "code")}
    assert "文本格式" in report.rejects[0].remedy


def test_what_is_not_in_the_register_is_reported_and_written_to_the_rejects(register, tmp_path):
    report = load_divisions(register, dry(written(tmp_path, HUAXI + "520111199,虚构镇\n")))
    assert refused(report) == {(5, "name")}
    written_out = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig")
    assert written_out.startswith("row,field,value,reason,remedy")
    assert "虚构镇" in written_out


def test_rows_outside_what_the_token_acts_for_are_rejected(register, tmp_path):
    text = "code,name\n520111101,青岩镇\n520112100,东风镇\n520112199,虚构镇\n"
    request = written(tmp_path, text, DEFINITION + 'within = ["520111"]\n')
    report = load_divisions(register, LoadRequest(request.file, None, "tester", True, acts_for=("520111",)))
    assert {one.row for one in report.rejects} == {2, 3}
    assert sum(report.matched.values()) == 1


def test_a_department_may_add_its_own_divisions_down_to_villages(small, tmp_path):
    geoname = small(townships=("520111",))
    text = "code,name\n520111101,青岩镇\n520111199,测试镇\n520111199201,测试村村民委员会\n"
    request = written(tmp_path, text, DEFINITION + "add_missing = true\n")
    report = load_divisions(geoname, request)
    assert (report.added_divisions, report.rejects) == (2, ())
    village = show_division(geoname, "520111199201", "mca")
    assert [step.name for step in village.path][-2:] == ["测试镇", "测试村村民委员会"]
    assert village.romanization
    assert show_division(geoname, "520111199", "mca", date(2020, 1, 1)).evidence == "unknown_before"
    found = find_names(geoname, NameQuery(q="测试村村民委员会"))
    assert [one.name for one in found.items] == ["测试村村民委员会"]
    again = load_divisions(geoname, request)
    assert (again.status, again.added_divisions) == ("unchanged", 0)


def test_the_lists_own_writing_of_an_ethnic_township_becomes_an_alias(small, tmp_path):
    geoname = small(townships=("520623",), villages="none")
    text = "code,name\n520623203,龙井侗族仡佬族乡\n"
    report = load_divisions(geoname, written(tmp_path, text))
    assert [(one.name, one.registered_name, one.by) for one in report.spelt_otherwise] == [
        ("龙井侗族仡佬族乡", "龙井仡佬族侗族乡", "specific")
    ]
    [alias] = find_names(geoname, NameQuery(q="龙井侗族仡佬族乡")).items
    assert (alias.kind, alias.path[-1].name) == ("alias", "龙井仡佬族侗族乡")


def test_lists_follow_one_another_by_their_years(small, tmp_path):
    geoname = small(townships=("520111",))
    earlier = written(
        tmp_path, "code,name\n520111018,青岩镇\n", DEFINITION.replace("2025-12-31", "2024-12-31"), "a.csv"
    )
    load_divisions(geoname, earlier)
    report = load_divisions(geoname, written(tmp_path, "code,name\n520111101,青岩镇\n", name="b.csv"))
    assert report.ended_codes == 1
    codes = {code.code: code.valid_until for code in show_division(geoname, "520111101", "mca").codes}
    assert codes["520111101"] is None
    states = geoname.live().atlas.states(show_division(geoname, "520111101", "mca").id)
    assert {c.code: str(c.period.end) for c in states[-1].codes if c.code == "520111018"} == {
        "520111018": "2025"
    }


@pytest.mark.parametrize(
    ("text", "definition", "error", "field"),
    [("code,name\n", DEFINITION.replace('scheme = "mca"', ""), InvalidInputError, "definition"),
     ("code,name\n", DEFINITION.replace('"mca"', '"abc"'), InvalidInputError, "scheme"),
     ("code,name\n", DEFINITION + "nonsense = 1\n", InvalidInputError, "nonsense"),
     ("code,name\n", DEFINITION + 'add_missing = "yes"\n', InvalidInputError, "add_missing"),
     ("code,name\n", DEFINITION + '[fields]\nname = "名字"\n', InvalidInputError, "fields"),
     ("a,b\n1,2\n", DEFINITION, InvalidInputError, "fields"),
     ("", DEFINITION, DataFileError, None),
     ("code,name\n", "title = ", DataFileError, "definition")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_key_at_fault(
    guizhou, tmp_path, text, definition, error, field
):
    with pytest.raises(error) as raised:
        load_divisions(register, dry(written(tmp_path, text, definition)))
    if field is not None:
        assert raised.value.field == field


def test_an_empty_list_loads_nothing(register, tmp_path):
    report = load_divisions(register, dry(written(tmp_path, "code,name\n")))
    assert (report.rows, report.matched) == (0, {})


@pytest.mark.shared_tables
def test_the_ministrys_list_is_tied_whole(register, shared_tables, tmp_path):
    definition = tmp_path / "mca.toml"
    definition.write_text(DEFINITION, encoding="utf-8")
    file = shared_tables / "guizhou_divisions_mca_20251231.csv"
    report = load_divisions(register, LoadRequest(file, definition, "tester", True))
    assert (report.rows, report.rejects, report.not_listed) == (1608, (), ())
    assert report.levels == {"province": 1, "prefecture": 9, "county": 88, "township": 1510}
    spelt = {one.name: one.by for one in report.spelt_otherwise}
    assert spelt.pop("鸡场苗族彝族布依族乡") == spelt.pop("龙井侗族仡佬族乡") == "specific"
    assert spelt.pop("枫香侗族仡佬族乡") == "specific"
    assert set(spelt.values()) == {"spelling"}
    # 285 shared codes stand under other names; of them the seven above are one division written in two ways.
    assert report.other_meanings == 278
