"""Boundary files as a department would have them, made from the shipped polygons; townships are generated."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import numpy as np
import shapely

from geoname.core.boundaries.territory import Territories
from geoname.core.coordinates.convert import from_wgs84
from geoname.core.divisions.division import Level
from geoname.formats.frykit_polygons import read_layer

PROVENANCE = {
    "title": "县级行政区划面",
    "authority": "某省民政厅",
    "source": "来文附件",
    "licence": "内部使用",
    "valid_from": "2025-06-01",
    "crs": "EPSG:4490",
    "id": "own",
}
_CHILDREN = {Level.COUNTY: Level.TOWNSHIP, Level.TOWNSHIP: Level.VILLAGE}


def counties(layer="amap", prefix="52"):
    territories = read_layer(layer, ("52",)).only(Level.COUNTY)
    return territories.take([i for i, code in enumerate(territories.codes) if code.startswith(prefix)])


def write_polygons(file, territories, crs="EPSG:4490", encoding=None, **columns):
    """Write a file with the fields XZQDM and XZQMC, the driver by its ending."""
    frame = geopandas.GeoDataFrame(
        {"XZQDM": territories.codes, "XZQMC": territories.names, **columns},
        geometry=list(territories.polygons),
        crs=crs,
    )
    if file.suffix == ".parquet":
        frame.to_parquet(file)
    elif file.suffix == ".geojson":
        # The format knows no other system, and a shifted file does not say so.
        frame.set_crs("EPSG:4326", allow_override=True).to_file(file, driver="GeoJSON")
    else:
        frame.to_file(file, encoding=encoding)
    return file


def define(file, fields=("XZQDM", "XZQMC"), **told):
    """Write the definition beside a file; a key that is None is left out."""
    lines = []
    for key, value in {**PROVENANCE, **told}.items():
        if isinstance(value, list):
            lines.append(f"{key} = [{', '.join(repr(each) for each in value)}]")
        elif isinstance(value, float):
            lines.append(f"{key} = {value}")
        elif value is not None:
            lines.append(f'{key} = "{value}"')
    if fields:
        lines += ["[fields]", f'code = "{fields[0]}"', f'name = "{fields[1]}"']
    file.with_name(f"{file.name}.toml").write_text("\n".join(lines), encoding="utf-8")
    return file


def measured_in(territories, crs):
    """The same as it would be in a shifted system."""

    def shift(places):
        return np.column_stack(from_wgs84(places[:, 0], places[:, 1], crs))

    return replace(territories, polygons=shapely.transform(territories.polygons, shift))


def generated_children(polygon, code, index, seed=0):
    """GENERATED polygons of the registered divisions right below a division: Voronoi cells of random points.

    They fill the division's polygon edge on edge; where they run has nothing to do with the true lines.
    """
    division = index.codebook.find(code).division
    below = [each for each in index.atlas.children(division.id) if each.period.end is None]
    rng = np.random.default_rng(seed)
    west, south, east, north = polygon.bounds
    points = []
    while len(points) < len(below):
        point = shapely.Point(rng.uniform(west, east), rng.uniform(south, north))
        if polygon.contains(point):
            points.append(point)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=polygon))
    order = [next(i for i, cell in enumerate(cells) if cell.contains(point)) for point in points]
    parts = shapely.coverage_clean(shapely.intersection(cells[order], polygon))
    return Territories(
        tuple(index.atlas.code_of(each) for each in below),
        tuple(each.name for each in below),
        (_CHILDREN[division.level],) * len(below),
        np.asarray(parts, dtype=object),
    )


def join(*several):
    """Territories one after another."""
    return Territories(
        sum((each.codes for each in several), ()),
        sum((each.names for each in several), ()),
        sum((each.levels for each in several), ()),
        np.concatenate([each.polygons for each in several]),
    )
