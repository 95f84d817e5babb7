"""A change holds for the version that its author has read (版本核对), and for no other."""

from __future__ import annotations

from geoname.errors import ChangedSinceError


def demand_version(read: int, present: int) -> None:
    """Pass when the record still is what was read; to be asked inside the transaction that changes it.

    ChangedSinceError names both versions.
    """
    if read != present:
        raise ChangedSinceError(
            f"the record is at version {present}, the change was made for {read}: read it again, then retry",
            zh=f"记录现为第 {present} 版，改动依据的是第 {read} 版：请重新读取后再改",
        )
