"""What all tables share: their collection, the row number, validity columns, the geometry column type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Dialect, ForeignKey, Integer, MetaData, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import UserDefinedType

METADATA = MetaData()


class Geometry(UserDefinedType[bytes]):
    """A geometry column (图形) in degrees, WGS 84; values are bytes in the database's own encoding.

    Encoding and decoding are done for many at once by the dialect. `shape` is a GeoPackage geometry type.
    """

    cache_ok = True

    def __init__(self, shape: str) -> None:
        self.shape = shape

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], bytes | None] | None:
        """How to make bytes of what the driver gives: PostGIS hands geometry over in hexadecimal."""
        return _unhexed if dialect.name == "postgresql" else None


class GeometryAside(Geometry):
    """A geometry that no GIS program is shown: in a GeoPackage a plain column, in no spatial index."""

    cache_ok = True


@compiles(Geometry, "sqlite")
def _in_geopackage(column_type: Geometry, _compiler: object, **_options: Any) -> str:  # noqa: ANN401
    return column_type.shape


@compiles(GeometryAside, "sqlite")
def _aside_in_geopackage(_column_type: Geometry, _compiler: object, **_options: Any) -> str:  # noqa: ANN401
    return "BLOB"


@compiles(Geometry, "postgresql")
def _in_postgis(column_type: Geometry, _compiler: object, **_options: Any) -> str:  # noqa: ANN401
    return f"geometry({column_type.shape},4326)"


def _unhexed(value: str | None) -> bytes | None:
    return None if value is None else bytes.fromhex(value)


def fid() -> Column[int]:
    """The row number that GIS programs need; nothing outside the database refers to it."""
    return Column("fid", Integer, primary_key=True)


def reference(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    """A column that refers to another row; checked when the transaction ends, so rows come in any order."""
    return Column(name, Text, ForeignKey(target, deferrable=True, initially="DEFERRED"), nullable=nullable)


def text(name: str, *, nullable: bool = False, unique: bool = False) -> Column[str]:
    """A text column."""
    return Column(name, Text, nullable=nullable, unique=unique)


def dates(*names: str) -> tuple[Column[str], ...]:
    """Columns of dates as they are known: `2014`, `2014-12` or `2014-12-13`."""
    return tuple(Column(name, Text, nullable=True) for name in names)


def period() -> tuple[Column[str], ...]:
    """The columns of a half-open period."""
    return dates("valid_from", "valid_until", "known_on")
