"""The shipped data set of Guizhou (随附数据) as values: one reading function for each file."""

from geoname.formats.shipped_changes import read_division_events, read_successions
from geoname.formats.shipped_divisions import (
    CodeHeld,
    ShippedDivision,
    read_code_history,
    read_divisions,
    read_former_divisions,
    read_neighbours,
)
from geoname.formats.shipped_files import shipped_folder

__all__ = [
    "CodeHeld",
    "ShippedDivision",
    "read_code_history",
    "read_division_events",
    "read_divisions",
    "read_former_divisions",
    "read_neighbours",
    "read_successions",
    "shipped_folder",
]
