"""What makes an SQLite file a GeoPackage (地理包): its own tables, the registered layers, spatial indexes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from geoname.store.geopackage.geometry_blob import SRS_ID
from geoname.store.geopackage.spatial_index import extent

APPLICATION_ID = 0x47504B47  # "GPKG"
USER_VERSION = 10300  # GeoPackage 1.3

_OWN_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (
        table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
        scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
)

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],'
    'AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_CGCS2000 = (
    'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,'
    '298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4490"]]'
)
_REFERENCE_SYSTEMS = (
    (
        "Undefined Cartesian SRS",
        -1,
        "NONE",
        -1,
        "undefined",
        "undefined Cartesian coordinate reference system",
    ),
    (
        "Undefined geographic SRS",
        0,
        "NONE",
        0,
        "undefined",
        "undefined geographic coordinate reference system",
    ),
    ("WGS 84", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
    ("CGCS2000", 4490, "EPSG", 4490, _CGCS2000, "longitude and latitude in degrees"),
)


@dataclass(frozen=True, slots=True)
class Layer:
    """A table as GIS programs list it; `shape` None for a table without geometry."""

    table: str
    shape: str | None
    description: str


def make_geopackage(connection: Connection) -> None:
    """Turn an empty SQLite file into a GeoPackage without layers."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")
    for statement in _OWN_TABLES:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", list(_REFERENCE_SYSTEMS)
    )


def register_layer(connection: Connection, layer: Layer) -> None:
    """Enter an existing table in the contents; with geometry it gets a spatial index too."""
    data_type, srs = ("features", SRS_ID) if layer.shape else ("attributes", None)
    connection.exec_driver_sql(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
        " VALUES (?, ?, ?, ?, ?)",
        (layer.table, data_type, layer.table, layer.description, srs),
    )
    if layer.shape is None:
        return
    connection.exec_driver_sql(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (layer.table, layer.shape, SRS_ID)
    )
    connection.exec_driver_sql(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (layer.table,),
    )
    for statement in _spatial_index(layer.table):
        connection.exec_driver_sql(statement)


def note_changes(connection: Connection, tables: Iterable[str]) -> None:
    """Enter the time of change, and for layers the extent, of the tables that a transaction changed."""
    layers = {row[0] for row in connection.exec_driver_sql("SELECT table_name FROM gpkg_geometry_columns")}
    for table in sorted(tables):
        connection.exec_driver_sql(
            "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now')"
            " WHERE table_name = ?",
            (table,),
        )
        if table in layers:
            found = extent(connection, f"rtree_{table}_geom") or (None,) * 4
            connection.exec_driver_sql(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
                (*found, table),
            )


def _spatial_index(table: str) -> tuple[str, ...]:
    index = f"rtree_{table}_geom"
    box = "NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
    there = "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))"
    gone = "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
    keep = f"INSERT OR REPLACE INTO {index} VALUES ({box});"  # noqa: S608
    forget = f"DELETE FROM {index} WHERE id = OLD.fid;"  # noqa: S608
    forget_both = f"DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);"  # noqa: S608
    of_geometry = f"AFTER UPDATE OF geom ON {table} WHEN OLD.fid = NEW.fid AND"
    of_number = f"AFTER UPDATE ON {table} WHEN OLD.fid != NEW.fid AND"
    return (
        f"CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} WHEN {there} BEGIN {keep} END",
        f"CREATE TRIGGER {index}_update1 {of_geometry} {there} BEGIN {keep} END",
        f"CREATE TRIGGER {index}_update2 {of_geometry} {gone} BEGIN {forget} END",
        f"CREATE TRIGGER {index}_update3 {of_number} {there} BEGIN {forget} {keep} END",
        f"CREATE TRIGGER {index}_update4 {of_number} {gone} BEGIN {forget_both} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} WHEN OLD.geom NOT NULL BEGIN {forget} END",
    )
