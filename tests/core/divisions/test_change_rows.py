from geoname.core.divisions.change_rows import ChangeRow, Unit, decisions_of, fill_merged_cells
from geoname.core.divisions.changes import Extent


def unit(text):
    return Unit(*text.split()) if text else None


def rows(*cells):
    return [
        ChangeRow(number, 2016, unit(old), unit(new), wording, document)
        for number, (old, new, wording, document) in enumerate(cells, 1)
    ]


def shares(wording):
    return wording != "撤销"


A, B, C = "522701104 洛邦镇", "522701105 坝固镇", "522701113 匀东镇"


def test_an_empty_half_belongs_to_the_row_above():
    filled, inferred = fill_merged_cells(rows((A, C, "合并", "号"), (B, "", "合并", "号")), shares)
    assert filled[1].new == unit(C)
    assert inferred == (2,)


def test_another_document_wording_or_county_is_not_reached_over():
    for other in ((B, "", "合并", "另号"), (B, "", "撤销", "号"), ("522702105 坝固镇", "", "合并", "号")):
        filled, inferred = fill_merged_cells(rows((A, C, "合并", "号"), other), shares)
        assert filled[1].new is None
        assert inferred == ()


def test_a_row_above_without_successor_fills_nothing():
    filled, _ = fill_merged_cells(rows((A, "", "并入", "号"), (B, "", "并入", "号")), shares)
    assert [row.new for row in filled] == [None, None]


def test_units_that_meet_are_one_decision():
    decisions = decisions_of(
        rows((A, C, "合并", "号"), (B, C, "合并", "号"), ("", "522701001 甲街道", "新设", "号"))
    )
    assert [(len(one.before), len(one.after)) for one in decisions] == [(2, 1), (0, 1)]
    assert {step.extent for step in decisions[0].steps} == {Extent.WHOLE}


def test_what_goes_to_several_goes_in_part_even_by_two_rows_apart():
    decisions = decisions_of(
        rows(("522327201 达央乡", "522327106 双江镇", "合并", "号"), (B, C, "合并", "号"),
             ("522327201 达央乡", "522327101 坡妹镇", "合并", "号"))
    )  # fmt: skip
    assert [len(one.rows) for one in decisions] == [2, 1]
    assert {step.extent for step in decisions[0].steps} == {Extent.PART}


def test_a_late_row_joins_two_decisions():
    decisions = decisions_of(
        rows((A, C, "合并", "号"), (B, "522701114 丁镇", "合并", "号"), (A, "522701114 丁镇", "合并", "号"))
    )
    assert len(decisions) == 1
    assert len(decisions[0].steps) == 3


def test_a_unit_of_the_same_name_goes_on():
    [decision] = decisions_of(rows(("520222105 柏果镇", "520222123 柏果镇", "调整", "号"),
                                   ("520222106 洒基镇", "520222123 柏果镇", "调整", "号")))  # fmt: skip
    first, second = decision.before
    assert decision.continues(first) == Unit("520222123", "柏果镇")
    assert decision.continues(second) is None
