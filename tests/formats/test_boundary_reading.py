"""Boundary files of every format and encoding, and everything that can be wrong with them."""

import json
import zipfile

import geopandas
import numpy as np
import pytest
import shapely

from geoname.errors import DataFileError, InvalidInputError
from geoname.formats.boundary_reading import read_boundary_file
from geoname.formats.boundary_reading_encoding import dbf_encoding

CODES, NAMES = ("520102", "520103"), ("南明区", "㵲阳镇")
SHAPES = [shapely.box(106, 26, 107, 27), shapely.box(107, 26, 108, 27)]


def frame(**more):
    columns = {"XZQDM": CODES, "XZQMC": NAMES, "PAC": (520102.0, np.nan), **more}
    return geopandas.GeoDataFrame(columns, geometry=SHAPES, crs="EPSG:4490")


@pytest.fixture
def shapefile(tmp_path):
    def write(encoding="GB18030", cpg=None, crs="EPSG:4490"):
        file = tmp_path / "县界.shp"
        frame().set_crs(crs, allow_override=True).to_file(file, encoding=encoding)
        file.with_suffix(".cpg").unlink()
        if cpg is not None:
            file.with_suffix(".cpg").write_text(cpg)
        return file

    return write


@pytest.fixture
def geojson(tmp_path):
    def write(encoding="utf-8", mark=b"", cut=None):
        file = tmp_path / "a.geojson"
        text = frame().to_crs(4326).to_json(ensure_ascii=False, drop_id=True)
        file.write_bytes((mark + text.encode(encoding))[:cut])
        return file

    return write


def assert_whole(read):
    assert read.fields["XZQDM"] == CODES
    assert read.fields["XZQMC"] == NAMES
    assert read.fields["PAC"] == ("520102", None)
    assert all(a.equals(b) for a, b in zip(read.shapes, SHAPES, strict=True))


@pytest.mark.parametrize("encoding", ["GB18030", "UTF-8"])
def test_a_shapefile_without_cpg_is_detected(shapefile, encoding):
    read = read_boundary_file(shapefile(encoding))
    assert_whole(read)
    assert (read.encoding.name, read.encoding.how) == (encoding, "detected")
    assert "CGCS2000" in read.crs


@pytest.mark.parametrize("cpg", ["GB18030", "936", "gbk", "ANSI 936"])
def test_a_cpg_that_fits_is_believed(shapefile, cpg):
    read = read_boundary_file(shapefile(cpg=cpg))
    assert_whole(read)
    assert read.encoding.name == "GB18030"


@pytest.mark.parametrize(("encoding", "cpg"), [("GB18030", "UTF-8"), ("UTF-8", "GBK"), ("UTF-8", "nonsense")])
def test_a_cpg_that_the_bytes_contradict_is_passed_over(shapefile, encoding, cpg):
    read = read_boundary_file(shapefile(encoding, cpg))
    assert_whole(read)
    assert (read.encoding.name, read.encoding.how) == (encoding, "detected")


@pytest.mark.parametrize(
    ("encoding", "declared"), [("GB18030", "utf-8"), ("UTF-8", "gb18030"), ("UTF-8", "ascii")]
)
def test_a_wrong_encoding_is_refused_with_the_right_one(shapefile, encoding, declared):
    with pytest.raises(InvalidInputError, match=encoding) as raised:
        read_boundary_file(shapefile(encoding), encoding=declared)
    assert raised.value.field == "encoding"


def test_an_unknown_encoding_is_refused(shapefile):
    with pytest.raises(InvalidInputError, match="no encoding"):
        read_boundary_file(shapefile(), encoding="martian")


def test_a_declared_encoding_that_fits_is_used(shapefile):
    read = read_boundary_file(shapefile(cpg="UTF-8"), encoding="gbk")
    assert_whole(read)
    assert read.encoding.how == "declared"


def test_texts_of_no_encoding_are_refused(shapefile):
    file = shapefile()
    table = file.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace("南明区".encode("gb18030"), b"\xff\xff\xff\xff\xff\xff"))
    with pytest.raises(InvalidInputError, match="neither"):
        read_boundary_file(file)


@pytest.mark.parametrize("encoding", ["GB18030", "UTF-8"])
def test_a_text_cut_by_its_width_does_not_hide_the_encoding(shapefile, encoding):
    file = shapefile(encoding)
    table = file.with_suffix(".dbf")
    written = NAMES[0].encode(encoding)
    raw = table.read_bytes()
    at = raw.index(written)
    width = raw[raw.index(b"XZQMC") + 16]
    cut = ("a" * (width % 2 == 0 or encoding == "UTF-8") + "贵" * 60).encode(encoding)[:width]
    with pytest.raises(UnicodeDecodeError):
        cut.decode(encoding)
    table.write_bytes(raw[:at] + cut + raw[at + width :])
    assert dbf_encoding(table, None).name == encoding


def test_a_shapefile_without_prj_says_nothing_of_its_system(shapefile):
    file = shapefile()
    file.with_suffix(".prj").unlink()
    read = read_boundary_file(file)
    assert_whole(read)
    assert read.crs == ""


def test_a_shapefile_without_dbf_is_refused_by_name(shapefile):
    file = shapefile()
    file.with_suffix(".dbf").unlink()
    with pytest.raises(InvalidInputError, match=r"县界\.dbf is missing"):
        read_boundary_file(file)


def test_a_shapefile_without_shx_is_read_and_its_folder_left_alone(shapefile):
    file = shapefile()
    file.with_suffix(".shx").unlink()
    before = sorted(file.parent.iterdir())
    read = read_boundary_file(file)
    assert_whole(read)
    assert read.notes == ("shx_rebuilt",)
    assert sorted(file.parent.iterdir()) == before


def test_a_rebuilt_index_is_the_one_that_was_there(shapefile, tmp_path):
    from geoname.formats.boundary_reading_shapefile import shapefile_parts

    file = shapefile()
    index = file.with_suffix(".shx").read_bytes()
    file.with_suffix(".shx").unlink()
    with shapefile_parts(file) as parts:
        assert parts.shp.with_suffix(".shx").read_bytes() == index


@pytest.mark.parametrize("ending", [".shp", ".dbf"])
@pytest.mark.parametrize("with_index", [True, False])
@pytest.mark.parametrize("left", [20, 0.5, -30])
def test_a_shapefile_cut_off_is_refused(shapefile, ending, with_index, left):
    file = shapefile()
    if not with_index:
        file.with_suffix(".shx").unlink()
    part = file.with_suffix(ending)
    raw = part.read_bytes()
    part.write_bytes(raw[: int(len(raw) * left) if isinstance(left, float) else left])
    with pytest.raises(DataFileError) as raised:
        read_boundary_file(file)
    assert raised.value.field == "file"


def test_a_record_that_lies_about_its_length_is_refused(shapefile):
    file = shapefile()
    file.with_suffix(".shx").unlink()
    raw = bytearray(file.read_bytes())
    raw[104:108] = (10**6).to_bytes(4, "big")
    file.write_bytes(bytes(raw))
    with pytest.raises(DataFileError, match="record"):
        read_boundary_file(file)


def packed(tmp_path, *files, name="a.zip"):
    archive = tmp_path / name
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for file, inside in files:
            for part in file.parent.glob(f"{file.stem}.*"):
                opened.write(part, f"{inside}{part.suffix.upper()}")
    return archive


def test_a_zipped_shapefile_is_read(shapefile, tmp_path):
    read = read_boundary_file(packed(tmp_path, (shapefile(), "资料/县界")))
    assert_whole(read)
    assert "CGCS2000" in read.crs


def test_of_two_in_a_zip_one_must_be_chosen(shapefile, tmp_path):
    file = shapefile()
    archive = packed(tmp_path, (file, "a/one"), (file, "a/two"))
    with pytest.raises(InvalidInputError, match="one, two") as raised:
        read_boundary_file(archive)
    assert raised.value.field == "layer"
    assert_whole(read_boundary_file(archive, layer="two"))


def test_a_zip_without_shapefile_is_refused(tmp_path, geojson):
    with pytest.raises(InvalidInputError, match=r"no \.shp"):
        read_boundary_file(packed(tmp_path, (geojson(), "b")))


def test_a_zip_that_unpacks_to_too_much_is_refused(shapefile, tmp_path, monkeypatch):
    monkeypatch.setattr("geoname.formats.boundary_reading_shapefile._LARGEST_BYTES", 100)
    with pytest.raises(InvalidInputError, match="unpack"):
        read_boundary_file(packed(tmp_path, (shapefile(), "a")))


def test_a_zip_cut_off_is_refused(shapefile, tmp_path):
    archive = packed(tmp_path, (shapefile(), "a"))
    archive.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(DataFileError):
        read_boundary_file(archive)


def test_geojson_is_read_and_says_nothing_of_its_system(geojson):
    read = read_boundary_file(geojson())
    assert_whole(read)
    assert (read.crs, read.format) == ("", "GeoJSON")


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("gb18030", b"")])
def test_geojson_with_a_mark_or_in_gb18030_is_read(geojson, encoding, mark):
    assert_whole(read_boundary_file(geojson(encoding, mark)))


def test_geojson_that_names_its_system_is_believed(geojson):
    file = geojson()
    told = json.loads(file.read_text(encoding="utf-8"))
    told["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    file.write_text(json.dumps(told), encoding="utf-8")
    assert read_boundary_file(file).crs == "EPSG:4490"


@pytest.mark.parametrize("cut", [1, 150, -1])
def test_geojson_cut_off_is_refused(geojson, cut):
    with pytest.raises(DataFileError) as raised:
        read_boundary_file(geojson(cut=cut))
    assert raised.value.field == "file"


def test_json_that_is_no_geojson_is_refused(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("[1, 2]")
    with pytest.raises(InvalidInputError, match="no GeoJSON"):
        read_boundary_file(file)


def test_a_geopackage_is_read_and_its_one_layer_of_polygons_found(tmp_path):
    file = tmp_path / "a.gpkg"
    frame().to_file(file, layer="县")
    points = frame().set_geometry(shapely.centroid(SHAPES), crs="EPSG:4490")
    points.to_file(file, layer="驻地")
    read = read_boundary_file(file)
    assert_whole(read)
    assert (read.layer, read.crs) == ("县", "EPSG:4490")
    frame().to_file(file, layer="县二")
    with pytest.raises(InvalidInputError, match="县, 驻地, 县二") as raised:
        read_boundary_file(file)
    assert raised.value.field == "layer"
    assert_whole(read_boundary_file(file, layer="县二"))
    with pytest.raises(InvalidInputError):
        read_boundary_file(file, layer="没有")


def test_geoparquet_is_read(tmp_path):
    file = tmp_path / "a.parquet"
    frame().to_parquet(file)
    read = read_boundary_file(file)
    assert_whole(read)
    assert read.crs == "EPSG:4490"


def test_parquet_without_geometry_is_refused(tmp_path):
    file = tmp_path / "a.parquet"
    frame().drop(columns="geometry").to_parquet(file)
    with pytest.raises(DataFileError):
        read_boundary_file(file)


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet"])
def test_a_geopackage_or_parquet_cut_off_is_refused(tmp_path, name):
    file = tmp_path / name
    frame().to_file(file) if name.endswith("gpkg") else frame().to_parquet(file)
    raw = file.read_bytes()
    file.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(DataFileError):
        read_boundary_file(file)


@pytest.mark.parametrize("name", ["a.shp", "a.gpkg", "a.geojson", "a.parquet", "a.zip"])
def test_a_file_that_is_not_there_or_is_something_else_is_refused(tmp_path, name):
    with pytest.raises(DataFileError):
        read_boundary_file(tmp_path / name)
    (tmp_path / name).write_bytes(b"%PDF-1.7 something else altogether" * 9)
    with pytest.raises(DataFileError):
        read_boundary_file(tmp_path / name)


def test_an_unknown_ending_names_the_known_ones(tmp_path):
    with pytest.raises(InvalidInputError, match=r"\.gpkg"):
        read_boundary_file(tmp_path / "a.dwg")


def test_the_digest_follows_every_part_that_says_something(shapefile):
    file = shapefile()
    first = read_boundary_file(file).sha256
    assert read_boundary_file(file).sha256 == first
    file.with_suffix(".shx").unlink()
    assert read_boundary_file(file).sha256 == first
    file.with_suffix(".prj").unlink()
    assert read_boundary_file(file).sha256 != first


def test_heights_are_dropped(tmp_path):
    file = tmp_path / "a.gpkg"
    high = shapely.force_3d(SHAPES, 5.0)
    frame().set_geometry(high, crs="EPSG:4490").to_file(file)
    read = read_boundary_file(file)
    assert not shapely.has_z(read.shapes).any()
    assert_whole(read)
