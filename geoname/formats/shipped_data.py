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
from geoname.formats.shipped_files import shipped_folder, verify_shipped
from geoname.formats.shipped_places import (
    PopulatedPlace,
    ProvincialLine,
    read_populated_places,
    read_provincial_lines,
)
from geoname.formats.shipped_readings import read_readings
from geoname.formats.shipped_sources import read_sources
from geoname.formats.shipped_words import (
    CountyPinyin,
    NonstandardTerm,
    SpellingVariant,
    WatchedReading,
    read_character_table,
    read_class_table,
    read_county_pinyin,
    read_nonstandard_terms,
    read_reading_watchlist,
    read_spelling_variants,
)

__all__ = [
    "CodeHeld",
    "CountyPinyin",
    "NonstandardTerm",
    "PopulatedPlace",
    "ProvincialLine",
    "ShippedDivision",
    "SpellingVariant",
    "WatchedReading",
    "read_character_table",
    "read_class_table",
    "read_code_history",
    "read_county_pinyin",
    "read_division_events",
    "read_divisions",
    "read_former_divisions",
    "read_neighbours",
    "read_nonstandard_terms",
    "read_populated_places",
    "read_provincial_lines",
    "read_reading_watchlist",
    "read_readings",
    "read_sources",
    "read_spelling_variants",
    "read_successions",
    "shipped_folder",
    "verify_shipped",
]
