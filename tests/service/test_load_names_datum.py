"""Few places say what they can of their datum: a warning, not silence; many make the file refused."""

import numpy as np
import pytest
import shapely

from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import Crs
from geoname.errors import InvalidInputError
from geoname.service.load_kinds import LoadRequest
from geoname.service.load_names import load_names
from geoname.service.load_names_datum import DatumVotes, Witness, require_datum, warned_of_datum


@pytest.fixture(scope="module")
def shifted(guizhou, table):
    """Generated rows in GCJ-02: those that leave their county if taken for WGS 84, and the others."""
    territories = guizhou.live().boundaries.territories
    polygons = dict(zip(territories.codes, territories.polygons, strict=True))
    near, far = [], []
    for row in table.spread(guizhou, 3_000, "gcj02"):
        inside = shapely.contains_xy(polygons[row["所在政区"]], row["东经"], row["北纬"])
        (far if inside else near).append(row)
    return near, far


def load(geoname, table, tmp_path, made, dry_run=True, **told):
    file = table.define(table.write_csv(tmp_path / "a.csv", made), **told)
    return load_names(geoname, LoadRequest(file, None, "t", dry_run))


def test_three_places_that_lie_right_only_in_gcj_02_are_warned_of(guizhou, tmp_path, table, shifted):
    near, _ = shifted
    report = load(guizhou, table, tmp_path, near[:3])
    (warned,) = report.warnings
    assert 'crs = "gcj02"' in warned.zh
    assert "3 of the 3 places that can tell lie in the division they name only if" in warned.en
    assert "GCJ-02, not CGCS2000" in warned.en
    assert (report.records, report.datum.deciding) == (3, 3)


def test_said_to_be_gcj_02_they_are_in_order(guizhou, tmp_path, table, shifted):
    assert load(guizhou, table, tmp_path, shifted[0][:3], crs="gcj02").warnings == ()


def test_places_near_no_line_decide_nothing(guizhou, tmp_path, table, shifted):
    near, far = shifted
    report = load(guizhou, table, tmp_path, far[:40])
    assert (report.warnings, report.datum.deciding) == ((), 0)
    assert len(load(guizhou, table, tmp_path, [*far[:40], near[0]]).warnings) == 1


def test_one_place_to_the_contrary_and_nothing_is_said(guizhou, tmp_path, table, shifted):
    near, _ = shifted
    right = dict(near[3])
    territories = guizhou.live().boundaries.territories
    polygon = territories.polygons[territories.codes.index(right["所在政区"])]
    # Inside as it is written, outside when half a kilometre is taken off.
    x, y = shapely.get_coordinates(polygon.buffer(-0.001))[::50].T
    gone = ~shapely.contains_xy(polygon, *np.array(_as_gcj02(x, y)))
    right["东经"], right["北纬"] = float(x[gone][0]), float(y[gone][0])
    assert load(guizhou, table, tmp_path, [*near[:3], right]).warnings == ()


def _as_gcj02(x, y):
    from geoname.core.coordinates.convert import to_wgs84

    return to_wgs84(x, y, Crs.GCJ02)


def test_eight_are_enough_to_refuse_the_file(guizhou, tmp_path, table, shifted):
    with pytest.raises(InvalidInputError, match="the coordinates are GCJ-02, not CGCS2000"):
        load(guizhou, table, tmp_path, shifted[0][:8])
    assert load(guizhou, table, tmp_path, shifted[0][:7]).warnings


def test_a_place_that_was_told_its_division_by_its_coordinates_is_no_witness(
    guizhou, tmp_path, table, shifted
):
    near, _ = shifted
    alone = [row | {"所在政区": ""} for row in near[3:20]]
    assert load(guizhou, table, tmp_path, alone).datum is None
    assert len(load(guizhou, table, tmp_path, [*near[:3], *alone]).warnings) == 1


def _moved(row, crs):
    x, y = from_wgs84(row["东经"], row["北纬"], crs)
    return row | {"东经": float(x), "北纬": float(y)}


@pytest.mark.parametrize("crs", [Crs.GCJ02, Crs.BD09])
def test_the_registers_own_places_are_witnesses_where_no_line_is_near(guizhou_copy, tmp_path, table, crs):
    right = [row | {"所在政区": "520111"} for row in table.rows(10)]
    for i, row in enumerate(right):
        row["东经"] += i * 0.002
    assert load(guizhou_copy, table, tmp_path, right, dry_run=False).warnings == ()
    wrong = [_moved(row, crs) for row in right]
    report = load(guizhou_copy, table, tmp_path, wrong[:3], id="other")
    (warned,) = report.warnings
    assert "3 of the 3 places that can tell lie at the registered place of the same name" in warned.en
    assert f'crs = "{crs}"' in warned.en
    assert "whether the file or the register is wrong" in warned.en
    # However many: what the register has may have been read wrongly, and this be the right file.
    (warned,) = load(guizhou_copy, table, tmp_path, wrong, id="other").warnings
    assert "10 of the 10 places" in warned.en
    assert load(guizhou_copy, table, tmp_path, right, id="other").warnings == ()
    assert load(guizhou_copy, table, tmp_path, wrong, id="other", crs=str(crs)).warnings == ()
    strangers = [row | {"标准名称": f"别{row['标准名称']}"} for row in wrong]
    assert load(guizhou_copy, table, tmp_path, strangers, id="other").warnings == ()


def _votes(**fits):
    votes = DatumVotes(Witness.DIVISIONS, Crs.CGCS2000)
    votes.add({Crs(name): np.array(fit, dtype=bool) for name, fit in fits.items()})
    return votes.told()


def test_votes_are_counted_one_by_one():
    told = _votes(wgs84=[0, 0, 0, 1, 1], gcj02=[1, 1, 0, 0, 1], bd09=[1, 0, 0, 0, 1])
    assert (told.likely, told.places, told.deciding, told.contrary) == (Crs.GCJ02, 5, 3, 1)
    assert told.inside == {"wgs84": 2, "gcj02": 3, "bd09": 2}
    assert warned_of_datum(told) == ()
    require_datum(told)
    assert DatumVotes(Witness.DIVISIONS, Crs.WGS84).told() is None
    assert warned_of_datum(None) == ()


@pytest.mark.parametrize(("field", "change"), [
    ("axis_order", {"东经": 26.335, "北纬": 106.68}),
    ("crs", {"东经": 667_000.0, "北纬": 2_913_000.0}),
])  # fmt: skip
def test_swapped_axes_and_metres_need_one_row_only(guizhou, tmp_path, table, field, change):
    with pytest.raises(InvalidInputError) as error:
        load(guizhou, table, tmp_path, table.rows(1, **change))
    assert error.value.field == field
