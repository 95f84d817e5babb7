"""Exports as downloads (导出下载): written whole to a folder of their own, then given in blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geoname.core.register.token import Caller
from geoname.service.export_divisions import DivisionsWanted, export_divisions
from geoname.service.export_names import export_names
from geoname.service.export_names_columns import NamesWanted
from geoname.service.handing_in import ClosableBlocks
from geoname.service.opened import Geoname


def names_download(geoname: Geoname, format_: str, wanted: NamesWanted, caller: Caller) -> ClosableBlocks:
    """The names as the content of a file; errors are those of `export_names`.

    A slow reader holds no transaction: the file is whole before the first block goes out.
    """
    return _written(geoname, format_, lambda file: export_names(geoname, file, wanted, caller, format_))


def divisions_download(
    geoname: Geoname, format_: str, wanted: DivisionsWanted, caller: Caller
) -> ClosableBlocks:
    """The divisions as the content of a file."""
    return _written(geoname, format_, lambda file: export_divisions(geoname, file, wanted, caller, format_))


def _written(geoname: Geoname, format_: str, write: Callable[[Path], object]) -> ClosableBlocks:
    with geoname.attachments.working_folder() as folder:
        file = folder / f"export.{format_}"
        write(file)
        # Opened before its folder goes, so that nothing is left behind when the reader breaks off.
        content = file.open("rb")
    return ClosableBlocks(content)
