"""Keeping a database: what it holds, upgrade, backup, restore, verification."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geoname.service.opened import Geoname
from geoname.store.open_store import open_store, restore_store
from geoname.store.postgis.address import shown_address
from geoname.store.protocols import StoreFault, StoreInfo


@dataclass(frozen=True, slots=True)
class DatabaseShown:
    """A database, the generation its answers carry, and the edition they are given from."""

    info: StoreInfo
    data_version: int
    active_edition: str | None
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """Every fault found; none means that the database is whole and its audit chains are unbroken."""

    faults: tuple[StoreFault, ...]


def database_info(geoname: Geoname) -> DatabaseShown:
    """What a database holds."""
    active = geoname.store.active_edition()
    return DatabaseShown(
        geoname.store.info(),
        geoname.store.data_version(),
        active.id if active else None,
        tuple(release.id for release in geoname.store.releases()),
    )


def upgrade_database(address: str) -> str:
    """Bring an older database up to date; the schema version after it."""
    store = open_store(address)
    try:
        return store.upgrade()
    finally:
        store.close()


def backup_database(geoname: Geoname, target: Path) -> None:
    """Write a consistent copy while others read and write; InvalidInputError when the target exists."""
    geoname.store.backup(target)


def restore_database(backup: Path, address: str) -> str:
    """Put a verified backup in the place of a database; its address without password.

    DatabaseError when the backup is not whole.
    """
    restore_store(backup, address)
    return shown_address(address)


def shown_database(address: str) -> str:
    """An address as people and logs may see it, without its password; a path as it is."""
    return shown_address(address)


def verify_database(geoname: Geoname) -> Verification:
    """Check pages, references, spatial index and audit chains."""
    return Verification(tuple(geoname.store.verify()))
