"""Looks for faults in a GeoPackage (校验): pages, references, spatial indexes."""

from __future__ import annotations

from sqlalchemy import Connection

from geoname.store.protocols import StoreFault


def geopackage_faults(connection: Connection) -> list[StoreFault]:
    """Damaged pages, references to what is not there, spatial indexes that do not match their layer."""
    pages = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    faults = [StoreFault("integrity", "pages", page) for page in pages if page != "ok"]
    for table, row_id, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        faults.append(StoreFault("references", f"{table} {row_id}", f"its {target} is not there"))
    layers = connection.exec_driver_sql("SELECT table_name FROM gpkg_geometry_columns").scalars().all()
    for layer in layers:
        faults.extend(_index_faults(connection, layer))
    return faults


def _index_faults(connection: Connection, layer: str) -> list[StoreFault]:
    index, row = f"rtree_{layer}_geom", f"{layer} AS layer"
    there = "geom NOTNULL AND NOT ST_IsEmpty(geom)"
    indexed, with_geometry = f"SELECT id FROM {index}", f"SELECT fid FROM {row} WHERE {there}"  # noqa: S608
    questions = (
        (f"{row} WHERE geom NOTNULL AND ST_IsEmpty(geom) ISNULL", "geometries are damaged"),
        (f"{row} WHERE {there} AND fid NOT IN ({indexed})", "rows are not in the spatial index"),
        (f"{index} WHERE id NOT IN ({with_geometry})", "entries of the spatial index have no row"),
        # The index keeps single precision, rounded outwards: the true box lies inside.
        (
            f"{row} JOIN {index} AS box ON layer.fid = box.id WHERE minx > ST_MinX(geom)"
            " OR maxx < ST_MaxX(geom) OR miny > ST_MinY(geom) OR maxy < ST_MaxY(geom)",
            "boxes of the spatial index do not hold their geometry",
        ),
    )
    counted = [
        (connection.exec_driver_sql(f"SELECT count(*) FROM {rows}").scalar_one(), trouble)  # noqa: S608
        for rows, trouble in questions
    ]
    return [StoreFault("spatial_index", layer, f"{count} {trouble}") for count, trouble in counted if count]
