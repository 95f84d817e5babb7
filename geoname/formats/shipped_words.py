"""The shipped word lists (词表): characters, readings, classes of places, nonstandard terms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geoname.core.law.citation import Known
from geoname.core.names.characters import CharacterTable
from geoname.core.names.feature_class import ClassTable, FeatureClass
from geoname.formats.shipped_files import Row, read_rows

_MARKS = {
    "V": Known.FULL_TEXT,
    "V1": Known.ONE_COPY,
    "S": Known.SECONDARY,
    "C": Known.COMPUTED,
    "M": Known.MEMORY,
}


@dataclass(frozen=True, slots=True)
class CountyPinyin:
    """The spelling of a province, prefecture or county, by code without trailing zeros."""

    code: str
    name: str
    specific: str
    ethnonyms: tuple[str, ...]
    generic: str
    toned: str
    untoned: str
    known: Known


@dataclass(frozen=True, slots=True)
class WatchedReading:
    """A character of a division's name whose reading somebody must confirm.

    `name` is as in the MCA list, which may spell it otherwise than the division's present name.
    """

    division_id: str
    mca_code: str
    name: str
    character: str
    default_reading: str
    readings: tuple[str, ...]
    advice: str
    known: Known


@dataclass(frozen=True, slots=True)
class NonstandardTerm:
    """A term that may make a name nonstandard: its rule, its class (大、洋、怪), whose list, how matched.

    `tier` says how far the list binds: national, provincial-…, example, national-example,
    engineering-default.
    """

    term: str
    rule: str
    category: str
    tier: str
    match_mode: str
    citation: str
    known: Known
    exception: str | None


@dataclass(frozen=True, slots=True)
class SpellingVariant:
    """Another spelling of a division's name in an official list."""

    division_id: str
    name: str
    other_spelling: str
    known: Known


def read_character_table(folder: Path | None = None) -> CharacterTable:
    """The 8,105 characters of 通用规范汉字表 with their level 1, 2 or 3."""
    rows = read_rows("characters/general_standard.csv", ("number", "character", "level"), folder)
    levels: dict[str, int] = {}
    for row in rows:
        character, level = row.text("character"), row.whole("level")
        if len(character) != 1 or character in levels:
            raise row.fault(
                "character",
                f"{character!r} is not one character, or stands twice",
                f"{character!r} 不是单字或重复",
            )
        if level not in {1, 2, 3}:
            raise row.fault("level", f"{level} is not 1, 2 or 3", f"{level} 不是 1、2 或 3")
        levels[character] = level
    return CharacterTable(levels)


def read_class_table(folder: Path | None = None) -> ClassTable:
    """The classes of GB/T 18521 that have been seen in use; the standard's own table is not among them."""
    rows = read_rows("place_classes.csv", ("code", "name", "major_class", "source", "mark"), folder)
    classes: dict[str, FeatureClass] = {}
    for row in rows:
        code = row.text("code")
        if len(code) != 5 or not code.isdecimal() or code in classes:
            trouble = f"{code!r} is not five digits, or stands twice"
            raise row.fault("code", trouble, f"{code!r} 不是五位数字或重复")
        classes[code] = FeatureClass(code, row.text("name"), row.text("major_class"), known_of(row))
    return ClassTable.of(classes.values())


def read_county_pinyin(folder: Path | None = None) -> tuple[CountyPinyin, ...]:
    """The 98 spellings of the province, its prefectures and counties, in toned and plain letters."""
    columns = (
        *("code", "name", "specific", "ethnonyms", "generic"),
        *("pinyin_toned", "pinyin_untoned_gb2260_style", "mark"),
    )
    return tuple(
        CountyPinyin(
            row.text("code"),
            row.text("name"),
            row.text("specific"),
            tuple(filter(None, row.cells["ethnonyms"].split("/"))),
            row.text("generic"),
            row.text("pinyin_toned"),
            row.text("pinyin_untoned_gb2260_style"),
            known_of(row),
        )
        for row in read_rows("guizhou/county_pinyin.csv", columns, folder)
    )


def read_reading_watchlist(folder: Path | None = None) -> tuple[WatchedReading, ...]:
    """The 301 readings of division names to be confirmed, tied to divisions by county and name."""
    columns = (
        *("division_id", "mca_code", "name", "character"),
        *("default_reading", "all_readings", "advice", "mark"),
    )
    return tuple(
        WatchedReading(
            row.text("division_id"),
            row.text("mca_code"),
            row.text("name"),
            row.text("character"),
            row.text("default_reading"),
            tuple(row.text("all_readings").split("/")),
            row.text("advice"),
            known_of(row),
        )
        for row in read_rows("guizhou/reading_watchlist.csv", columns, folder)
    )


def read_nonstandard_terms(folder: Path | None = None) -> tuple[NonstandardTerm, ...]:
    """The terms of the clean-up criteria, each with its citation, its mark and its exception."""
    columns = ("term", "rule", "category", "tier", "match_mode", "citation", "mark", "exception")
    return tuple(
        NonstandardTerm(
            row.text("term"),
            row.text("rule"),
            row.text("category"),
            row.text("tier"),
            row.text("match_mode"),
            row.text("citation"),
            known_of(row),
            row.optional("exception"),
        )
        for row in read_rows("nonstandard_terms.csv", columns, folder)
    )


def read_spelling_variants(folder: Path | None = None) -> tuple[SpellingVariant, ...]:
    """Divisions that two official lists write differently."""
    columns = ("division_id", "name", "other_spelling", "mark")
    return tuple(
        SpellingVariant(row.text("division_id"), row.text("name"), row.text("other_spelling"), known_of(row))
        for row in read_rows("guizhou/spelling_variants.csv", columns, folder)
    )


def known_of(row: Row) -> Known:
    """How well a row is known, by its mark: V, V1, S, C or M."""
    known = _MARKS.get(row.text("mark"))
    if known is None:
        written = row.cells["mark"]
        raise row.fault(
            "mark",
            f"{written!r} is not one of {', '.join(_MARKS)}",
            f"{written!r} 不是 {'、'.join(_MARKS)} 之一",
        )
    return known
