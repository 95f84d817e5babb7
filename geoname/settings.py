"""What the environment sets (环境设置): read once into a frozen value, checked, and handed to the faces."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from geoname.errors import InvalidInputError

DEFAULT_DATABASE = "var/geoname.gpkg"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may ask for; how much one token may hand in, and how long that is kept."""

    query_length: int = 200
    page_size: int = 1000
    batch_points: int = 1_000_000
    match_items: int = 10_000
    body_bytes: int = 64 * 1024 * 1024
    upload_bytes: int = 256 * 1024 * 1024
    upload_rows: int = 1_000_000
    open_jobs: int = 10
    kept_days: int = 7
    track_points: int = 1_000_000
    photo_bytes: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lies, where to listen, how to speak, how much to allow.

    `database` is a path or a `postgresql://` address; `cache` holds index files, `files` attachments.
    `word_lists` is a file of the office's own lists for the naming rules, None for the shipped ones alone;
    `naming_rules` one of who approves what the law leaves to the province, `inspection_terms` one of the days
    of joint inspections that are practice and not law.
    `shortest_line_m`, `county_line_code` and `marker_off_m` are practice about lines and markers,
    `track_tolerance_m`, `track_step_m`, `track_pause_s` and `survey_limit_m` about work in the field.
    """

    # An address may hold a password, which no representation shows.
    database: str = field(default=DEFAULT_DATABASE, repr=False)
    cache: Path = Path("var/cache")
    files: Path = Path("var/files")
    word_lists: Path | None = None
    naming_rules: Path | None = None
    inspection_terms: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    language: str = "zh"
    shortest_line_m: float = 500.0
    county_line_code: str = "{a}{b}"
    marker_off_m: float = 10.0
    track_tolerance_m: float = 50.0
    track_step_m: float = 200.0
    track_pause_s: float = 600.0
    survey_limit_m: float = 5.0
    limits: Limits = field(default_factory=Limits)


VARIABLES: dict[str, str] = {
    "GEONAME_DATABASE": "path of the database file, or a postgresql:// address",
    "GEONAME_CACHE": "folder of the index files; beside the database unless set",
    "GEONAME_FILES": "folder of attachments; beside the database unless set",
    "GEONAME_WORD_LISTS": "CSV file of the office's own word lists for the naming rules",
    "GEONAME_NAMING_RULES": "CSV file of who approves the names that the law leaves to the province",
    "GEONAME_INSPECTION_TERMS": "CSV file of the office's own days for inspections, where practice sets them",
    "HOST": "address to listen on",
    "PORT": "port to listen on, 1 to 65535",
    "GEONAME_WORKERS": "number of serving processes",
    "GEONAME_LANGUAGE": "language of messages when a request asks for none: zh or en",
    "GEONAME_SHORTEST_LINE_M": "shortest derived line between counties that counts, in metres",
    "GEONAME_COUNTY_LINE_CODE": "how codes of county lines are composed: {a}{b}, {a4}{b4} or the like",
    "GEONAME_MARKER_OFF_M": "how far off a surveyed line a marker may stand, in metres",
    "GEONAME_TRACK_TOLERANCE_M": "how near a track must pass for the line to count as walked, in metres",
    "GEONAME_TRACK_STEP_M": "longest step between two points of a track that counts as walked, in metres",
    "GEONAME_TRACK_PAUSE_S": "longest pause of a track that is not told as a gap, in seconds",
    "GEONAME_SURVEY_LIMIT_M": "how far from its registered place a marker may be measured, in metres",
    "GEONAME_MAX_QUERY_LENGTH": "longest query text, in characters",
    "GEONAME_MAX_PAGE_SIZE": "most items on one page",
    "GEONAME_MAX_BATCH_POINTS": "most points in one request",
    "GEONAME_MAX_MATCH_ITEMS": "most texts to match in one request",
    "GEONAME_MAX_BODY_BYTES": "largest request body, in bytes",
    "GEONAME_MAX_UPLOAD_BYTES": "largest file to validate, in bytes",
    "GEONAME_MAX_UPLOAD_ROWS": "most rows of a file to validate",
    "GEONAME_MAX_OPEN_JOBS": "most files of one token that wait or are at work",
    "GEONAME_MAX_KEPT_DAYS": "days until a file handed in and its result are removed",
    "GEONAME_MAX_TRACK_POINTS": "most points of one track",
    "GEONAME_MAX_PHOTO_BYTES": "largest photograph or scan, in bytes",
}
"""Every variable that is read, with what it sets; the documentation is held to this table."""


def read_settings(environment: Mapping[str, str] | None = None, *, database: str | None = None) -> Settings:
    """The settings of a process: `database` as given, else from the environment, else the default.

    An empty variable counts as unset. InvalidInputError names the variable and what it may be.
    """
    values = os.environ if environment is None else environment
    address = database or values.get("GEONAME_DATABASE") or DEFAULT_DATABASE
    if "\0" in address:
        raise _wrong("GEONAME_DATABASE", address, "a path or a postgresql:// address")
    beside = Path("var") if "://" in address else Path(address).parent
    return Settings(
        database=address,
        cache=Path(values.get("GEONAME_CACHE") or beside / "cache"),
        files=Path(values.get("GEONAME_FILES") or beside / "files"),
        word_lists=Path(values["GEONAME_WORD_LISTS"]) if values.get("GEONAME_WORD_LISTS") else None,
        naming_rules=Path(values["GEONAME_NAMING_RULES"]) if values.get("GEONAME_NAMING_RULES") else None,
        inspection_terms=(
            Path(values["GEONAME_INSPECTION_TERMS"]) if values.get("GEONAME_INSPECTION_TERMS") else None
        ),
        host=values.get("HOST") or Settings().host,
        port=_whole(values, "PORT", Settings().port, most=65_535),
        workers=_whole(values, "GEONAME_WORKERS", 1, most=256),
        language=_language(values),
        shortest_line_m=_metres(values, "GEONAME_SHORTEST_LINE_M", Settings().shortest_line_m),
        county_line_code=values.get("GEONAME_COUNTY_LINE_CODE") or Settings().county_line_code,
        marker_off_m=_metres(values, "GEONAME_MARKER_OFF_M", Settings().marker_off_m),
        track_tolerance_m=_measure(values, "GEONAME_TRACK_TOLERANCE_M", Settings().track_tolerance_m),
        track_step_m=_measure(values, "GEONAME_TRACK_STEP_M", Settings().track_step_m),
        track_pause_s=_measure(values, "GEONAME_TRACK_PAUSE_S", Settings().track_pause_s),
        survey_limit_m=_measure(values, "GEONAME_SURVEY_LIMIT_M", Settings().survey_limit_m),
        limits=_limits(values),
    )


def _limits(values: Mapping[str, str]) -> Limits:
    usual = Limits()
    read = {
        limit.name: _whole(values, f"GEONAME_MAX_{limit.name.upper()}", getattr(usual, limit.name))
        for limit in fields(Limits)
    }
    return Limits(**read)


def _whole(values: Mapping[str, str], name: str, usual: int, most: int = 2**31 - 1) -> int:
    written = values.get(name) or str(usual)
    if not (written.isascii() and written.isdigit() and 1 <= int(written[:12]) <= most):
        raise _wrong(name, written, f"a whole number from 1 to {most}", f"1 到 {most} 的整数")
    return int(written)


def _metres(values: Mapping[str, str], name: str, usual: float, most: float = 100_000.0) -> float:
    written = values.get(name)
    if not written:
        return usual
    try:
        metres = float(written)
    except ValueError:
        metres = -1.0
    if not 0.0 <= metres <= most:
        raise _wrong(name, written, f"metres from 0 to {most:.0f}", f"0 到 {most:.0f} 的米数")
    return metres


def _measure(values: Mapping[str, str], name: str, usual: float) -> float:
    """Metres or seconds, of which there must be some."""
    measured = _metres(values, name, usual)
    if measured < 0.1:
        raise _wrong(name, values[name], "0.1 or more", "不小于 0.1 的数")
    return measured


def _language(values: Mapping[str, str]) -> str:
    written = values.get("GEONAME_LANGUAGE") or "zh"
    if written not in ("zh", "en"):
        raise _wrong("GEONAME_LANGUAGE", written, "zh or en", "zh 或 en")
    return written


def _wrong(name: str, written: str, allowed: str, allowed_zh: str = "") -> InvalidInputError:
    return InvalidInputError(
        f"{name} is {written!r}: set it to {allowed}",
        zh=f"{name} 的值是 {written!r}：请设为{allowed_zh or allowed}",
        field=name,
    )
