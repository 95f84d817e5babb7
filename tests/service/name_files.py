"""Tables of names for tests: written in any format, with a definition beside them. The names are made up."""

import csv
import math
import random

import geopandas
import pandas
import shapely
import xlsxwriter

from geoname.core.coordinates.convert import from_wgs84
from geoname.core.coordinates.crs import parse_crs
from geoname.core.register.name import NameKind

TOLD = {
    "title": "花溪区地名普查（虚构）",
    "authority": "花溪区民政局",
    "source": "test",
    "licence": "test",
    "valid_from": "2015-12-31",
    "crs": "EPSG:4490",
    "id": "census",
}
LON, LAT = 106.68, 26.335  # 青岩镇
COLUMNS = ("记录编号", "标准名称", "类别", "东经", "北纬", "所在政区")


def define(file, **told):
    """Write the definition beside a file; `fields` is a mapping; None leaves a key out."""
    told = {**TOLD, **told}
    fields = told.pop("fields", {})
    lines = [_line(key, value) for key, value in told.items() if value is not None]
    lines += ["[fields]", *(_line(key, value) for key, value in fields.items())]
    file.with_name(f"{file.name}.toml").write_text("\n".join(lines), encoding="utf-8")
    return file


def _line(key, value):
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    if isinstance(value, list):
        return f"{key} = {value!r}".replace("'", '"')
    return f'{key} = "{value}"'


def rows(count=5, **changed):
    """Rows of COLUMNS; `changed` are values by column for all of them."""
    made = []
    for i in range(count):
        row = dict(
            zip(
                COLUMNS,
                (f"r{i}", f"虚构{_numeral(i)}寨", "22200", LON + i * 1e-4, LAT, "520111101"),
                strict=True,
            )
        )
        made.append(row | changed)
    return made


def _numeral(number):
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number))


def write_csv(file, made, encoding="utf-8", delimiter=",", columns=None):
    """A text table."""
    columns = columns or list(made[0])
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, columns, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(made)
    return file


def write_xlsx(file, made):
    """A workbook."""
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([list(made[0]), *(row.values() for row in made)]):
            sheet.write_row(number, 0, cells)
    return file


def write_parquet(file, made):
    """A Parquet table."""
    pandas.DataFrame(made).to_parquet(file)
    return file


def write_map(file, made, encoding=None, crs="EPSG:4490", shapes=None):
    """A Shapefile, GeoPackage or GeoJSON; the columns of coordinates become points."""
    frame = pandas.DataFrame(made)
    points = shapely.points(frame.pop("东经").astype(float), frame.pop("北纬").astype(float))
    table = geopandas.GeoDataFrame(frame, geometry=points if shapes is None else shapes, crs=crs)
    if file.suffix == ".geojson":
        table = table.to_crs("EPSG:4326")
    more = {} if encoding is None else {"encoding": encoding}
    table.to_file(file, **more)
    return file


def spread(geoname, count, crs="wgs84", seed=3, counties=None):
    """Rows all over the counties, each with the code of its county, coordinates measured in `crs`."""
    territories = geoname.live().boundaries.territories
    chosen = [
        (code, polygon)
        for code, polygon in zip(territories.codes, territories.polygons, strict=True)
        if len(code) == 6 and code.startswith("52") and (counties is None or code in counties)
    ]
    random_ = random.Random(seed)
    made = []
    while len(made) < count:
        code, polygon = chosen[len(made) % len(chosen)]
        west, south, east, north = polygon.bounds
        lon, lat = random_.uniform(west, east), random_.uniform(south, north)
        if not shapely.contains_xy(polygon, lon, lat):
            continue
        x, y = from_wgs84(lon, lat, parse_crs(crs))
        assert math.isfinite(x)
        i = len(made)
        made.append(
            dict(
                zip(
                    COLUMNS,
                    (f"r{i}", f"虚构{_numeral(i)}寨", "22200", round(x, 7), round(y, 7), code),
                    strict=True,
                )
            )
        )
    return made


def names_in(geoname, source="own-census"):
    """(own id, text, kind, status) of everything served of a source."""
    return {
        (
            entry.place.source_record.removeprefix(f"{source}:"),
            entry.name.text,
            entry.name.kind,
            entry.name.status,
        )
        for entries in geoname.store.name_entries()
        for entry in entries
        if entry.place.source_record.startswith(f"{source}:")
    }


def entry_of(geoname, own_id):
    return next(
        entry
        for entries in geoname.store.name_entries()
        for entry in entries
        if entry.place.source_record == f"own-census:{own_id}" and entry.name.kind is NameKind.STANDARD
    )
