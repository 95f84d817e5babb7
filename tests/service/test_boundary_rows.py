"""Rows that cannot become territories are refused, each with row, field, value and remedy."""

from dataclasses import replace

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoname.errors import DataFileError, InvalidInputError
from geoname.service.boundary_report import CodeTrouble, Status
from geoname.service.boundary_rows import common_scope, plain_code
from geoname.service.load_boundaries import Wish, load_boundaries
from geoname.service.suggest_definition import suggest_definition

DRY = Wish(dry_run=True)


@pytest.fixture
def anshun(own):
    return own.counties("tianditu", "5204")


@pytest.fixture
def load(guizhou, tmp_path, own):
    def run(territories, **told):
        return load_boundaries(
            guizhou, own.define(own.write_polygons(tmp_path / "a.gpkg", territories), **told), "t", DRY
        )

    return run


def test_a_polygon_that_crosses_itself_is_refused_with_its_place(load, anshun):
    polygons = anshun.polygons.copy()
    largest = max(shapely.get_parts(polygons[0]), key=lambda part: part.area)
    ring = shapely.get_coordinates(largest.exterior)
    ring[[3, 9]] = ring[[9, 3]]
    polygons[0] = shapely.Polygon(ring)
    report = load(replace(anshun, polygons=polygons))
    assert report.status is Status.REFUSED
    (wrong,) = (one for one in report.defects if one.kind == "invalid_ring")
    assert wrong.codes == anshun.codes[:1]
    assert wrong.blocks
    assert wrong.lon == pytest.approx(106, abs=1)
    assert wrong.detail.startswith("Self-intersection")


def test_polygons_that_overlap_are_refused_with_the_size(load, anshun):
    polygons = anshun.polygons.copy()
    polygons[0] = polygons[0].buffer(0.002)
    report = load(replace(anshun, polygons=polygons))
    assert report.status is Status.REFUSED
    wide = [one for one in report.defects if one.kind == "overlap" and one.blocks]
    assert wide
    assert all(anshun.codes[0] in one.codes and one.area_m2 > 1000 for one in wide)


def test_duplicate_codes_are_refused_with_their_rows(load, anshun):
    codes = (*anshun.codes[:5], anshun.codes[1])
    with pytest.raises(InvalidInputError, match=rf"{anshun.codes[1]} \(2, 6\)") as raised:
        load(replace(anshun, codes=codes))
    assert raised.value.field == "fields.code"


def test_a_code_that_is_none_is_refused_with_row_and_value(load, anshun):
    with pytest.raises(InvalidInputError, match=r"1 rows \(3: XZQDM=52O4\)"):
        load(replace(anshun, codes=(*anshun.codes[:2], "52O4", *anshun.codes[3:])))


def test_codes_that_mean_nothing_are_refused(load, anshun):
    report = load(replace(anshun, codes=(*anshun.codes[:5], "520499")))
    assert report.status is Status.REFUSED
    assert ("520499", CodeTrouble.UNKNOWN) in [(one.code, one.kind) for one in report.codes]


def test_a_child_without_parent_is_refused(load, anshun):
    report = load(replace(anshun, codes=(*anshun.codes[:5], "520499001"), levels=anshun.levels))
    assert report.status is Status.REFUSED
    (orphan,) = (one for one in report.codes if one.kind is CodeTrouble.ORPHAN)
    assert orphan.code == "520499001"


def test_a_territory_of_another_division_is_refused(load, anshun):
    report = load(anshun.take([0, 1]), within=[anshun.codes[0]])
    assert report.status is Status.REFUSED
    assert {one.kind for one in report.codes} == {CodeTrouble.BEYOND}


def test_a_code_of_another_day_is_told(load, anshun):
    report = load(anshun, valid_from="2010-01-01")
    told = {one.code: one.kind for one in report.codes}
    # 平坝 was a county (520421) until 2014.
    assert told["520403"] is CodeTrouble.NOT_IN_FORCE
    assert told["520421"] is CodeTrouble.MISSING


@pytest.mark.parametrize("shape", ["points", "lines"])
def test_points_or_lines_instead_of_polygons_are_refused(guizhou, tmp_path, own, anshun, shape):
    shapes = shapely.centroid(anshun.polygons) if shape == "points" else shapely.boundary(anshun.polygons)
    file = own.define(own.write_polygons(tmp_path / "a.gpkg", replace(anshun, polygons=shapes)))
    with pytest.raises(InvalidInputError, match="no polygons") as raised:
        load_boundaries(guizhou, file, "t", DRY)
    assert raised.value.field == "file"


def test_an_empty_layer_is_refused(guizhou, tmp_path, own, anshun):
    file = tmp_path / "a.gpkg"
    frame = geopandas.GeoDataFrame(
        {"XZQDM": anshun.codes, "XZQMC": anshun.names}, geometry=list(anshun.polygons), crs=4490
    )
    frame.iloc[:0].to_file(file)
    with pytest.raises(InvalidInputError, match="is empty") as raised:
        load_boundaries(guizhou, own.define(file), "t", DRY)
    assert raised.value.field == "layer"


def test_a_row_without_shape_is_refused_with_its_number(load, anshun):
    polygons = anshun.polygons.copy()
    polygons[3] = None
    with pytest.raises(InvalidInputError, match=r"1 rows \(4: 4\) have no shape"):
        load(replace(anshun, polygons=polygons))


def test_a_shapefile_without_dbf_or_cut_off_is_refused(guizhou, tmp_path, own, anshun):
    file = own.define(own.write_polygons(tmp_path / "a.shp", anshun))
    whole = file.read_bytes()
    file.write_bytes(whole[:-100])
    with pytest.raises(DataFileError, match="cut off"):
        load_boundaries(guizhou, file, "t", DRY)
    file.write_bytes(whole)
    file.with_suffix(".dbf").unlink()
    with pytest.raises(InvalidInputError, match=r"a\.dbf"):
        load_boundaries(guizhou, file, "t", DRY)


def test_a_wrong_encoding_is_refused(guizhou, tmp_path, own, anshun):
    file = own.define(own.write_polygons(tmp_path / "a.shp", anshun, encoding="GB18030"), encoding="utf-8")
    with pytest.raises(InvalidInputError, match="GB18030"):
        load_boundaries(guizhou, file, "t", DRY)


def test_a_field_that_is_not_there_is_refused_with_those_that_are(guizhou, tmp_path, own, anshun):
    file = own.define(own.write_polygons(tmp_path / "a.gpkg", anshun), fields=("NIX", "XZQMC"))
    with pytest.raises(InvalidInputError, match="XZQDM, XZQMC") as raised:
        load_boundaries(guizhou, file, "t", DRY)
    assert raised.value.field == "fields.code"


def test_without_a_field_of_codes_nothing_is_guessed(guizhou, tmp_path, own, anshun):
    file = own.write_polygons(tmp_path / "a.gpkg", replace(anshun, codes=tuple("abcdef")))
    with pytest.raises(InvalidInputError, match=r"fields\.code"):
        suggest_definition(guizhou, file)


def test_the_right_fields_are_found_among_others(guizhou, tmp_path, own, anshun):
    more = {
        "id": [f"{n:06d}" for n in range(100000, 100006)],
        "PAC": [float(code) for code in anshun.codes],
        "NAME": ["?"] * 6,
    }
    file = own.write_polygons(tmp_path / "a.gpkg", replace(anshun, codes=tuple("abcdef")), **more)
    text = suggest_definition(guizhou, file).text
    assert 'code = "PAC"  # guessed, 100%' in text
    assert 'name = "XZQMC"  # guessed, 100%' in text
    assert 'within = ["5204"]' in text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("520102", "520102"), ("520100", "5201"), ("520000", "52"), ("52", "52"), ("520102001", "520102001"),
        ("520102000", "520102"), ("520102001000", "520102001"), ("520102000000", "520102"),
        ("520000000000", "52"), ("520102001001", "520102001001"), ("156520102", "520102"),
        ("156520000", "52"),
        ("520102.0", "520102"), ("５２０１０２", "520102"), (" 520102", "520102"),
        ("", None), (None, None), ("52010", None), ("南明区", None), ("٥٢", None), ("5201020010011", None),
    ],
)  # fmt: skip
def test_codes_as_files_write_them(written, read):
    assert plain_code(written) == read


@given(st.text(max_size=14))
def test_any_text_is_a_code_or_none(text):
    code = plain_code(text)
    assert code is None or len(code) in (2, 4, 6, 9, 12)


@pytest.mark.parametrize(
    ("codes", "scope"),
    [
        (("520102", "520103"), ("5201",)), (("520102",), ("520102",)),
        (("520102001", "520102002"), ("520102",)),
        (("52", "520102"), ("52",)), (("520102", "430102"), ("43", "52")),
        (("520102001001", "520102001"), ("520102001",)),
    ],
)  # fmt: skip
def test_the_smallest_division_around_codes(codes, scope):
    assert common_scope(codes) == scope


def test_coordinates_beyond_numbers_are_refused(load, anshun):
    polygons = anshun.polygons.copy()
    polygons[0] = shapely.transform(polygons[0], lambda places: np.where(places > 106, np.inf, places))
    with pytest.raises((InvalidInputError, DataFileError)):
        load(replace(anshun, polygons=polygons))
