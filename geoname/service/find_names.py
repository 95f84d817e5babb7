"""Find names in the register: by text, beginning, part, sound or near miss, narrowed and page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.names.feature_class import parse_class
from geoname.core.names.keys import name_key
from geoname.core.names.pinyin_keys import PinyinQuery, read_query
from geoname.core.register.name import NameStatus
from geoname.core.register.name_index.filtering import NameFilter
from geoname.core.register.name_index.index import PinyinForm
from geoname.core.register.name_index.live_names import After, LiveNames
from geoname.core.register.name_index.paging import Page
from geoname.core.register.visibility import Role
from geoname.errors import InvalidInputError
from geoname.service.answers import NameSummary
from geoname.service.browse_divisions import find_division
from geoname.service.cursor import read_mark, write_mark
from geoname.service.live_index import LiveIndex
from geoname.service.name_answers import name_summary
from geoname.service.name_marks import after_mark, mark_of
from geoname.service.opened import Geoname

Box = tuple[float, float, float, float]


class Mode(StrEnum):
    """How a text is looked for."""

    EXACT = "exact"
    PREFIX = "prefix"
    CONTAINS = "contains"
    FUZZY = "fuzzy"
    PINYIN = "pinyin"


@dataclass(frozen=True, slots=True)
class NameQuery:
    """What to look for. `mode` None: exact, else the specific element, sound, beginning, part, near miss.

    `bbox` is west, south, east, north in degrees, WGS 84. `on` keeps what may have held on that day.
    """

    q: str = ""
    mode: str | None = None
    feature_class: str | None = None
    within: str | None = None
    scheme: str | None = None
    bbox: Box | None = None
    status: tuple[str, ...] = ()
    on: date | None = None
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True)
class NamePage:
    """One page of names, best first; `mode` is the one that found them."""

    items: tuple[NameSummary, ...]
    mode: str | None
    next_cursor: str | None


def find_names(geoname: Geoname, query: NameQuery, role: Role = Role.PUBLIC) -> NamePage:
    """The names that fit; an empty page when there are none. InvalidInputError names the parameter."""
    index = geoname.live()
    wanted = name_filter(index, query, role)
    after: After = -1
    mode = query.mode
    if query.cursor is not None:
        mode, after = _resumed(query, index.base_generation, role)
    page, found_by = _search(index.names, query.q, mode, wanted, after, query.limit)
    following = None
    if page.more:
        question = _question(query, found_by, role)
        mark = mark_of(index.names, page.rows[-1])
        following = f"{found_by or ''}.{write_mark(mark, question, index.base_generation)}"
    items = tuple(name_summary(index, row, query.on, role) for row in page.rows)
    return NamePage(items, found_by, following)


def name_filter(index: LiveIndex, query: NameQuery, role: Role) -> NameFilter | None:
    """The query's restrictions, None when there is nothing to keep back."""
    span = None
    if query.within:
        division = find_division(index, query.within, query.scheme, query.on, field="within").division
        span = index.atlas.span(division.id)
    unrestricted = not (query.feature_class or span or query.bbox or query.status or query.on)
    if unrestricted and index.all_public:
        return None
    return NameFilter(
        parse_class(query.feature_class) if query.feature_class else "",
        span,
        query.bbox,
        frozenset(_status(text) for text in query.status),
        query.on.toordinal() if query.on else None,
        role,
    )


def _search(
    names: LiveNames, text: str, mode: str | None, wanted: NameFilter | None, after: After, limit: int
) -> tuple[Page, str | None]:
    if not text.strip():
        if mode is not None:
            raise InvalidInputError(
                "mode needs a text to look for: add q",
                zh="指定 mode 时须给出查询文字：请加 q",
                field="q",
            )
        return names.browse(wanted, after, limit), None
    key = name_key(text)
    if mode is None:
        for page, found_by in _in_turn(names, key, text, wanted, limit):
            if page.rows:
                return page, found_by
        return Page([], False), Mode.FUZZY
    match _mode(mode):
        case Mode.EXACT:
            return names.exact(key, wanted, after, limit), mode
        case Mode.PREFIX:
            return names.prefix(key, wanted, after, limit), mode
        case Mode.CONTAINS:
            return names.contains(_parts(text), wanted, after, limit), mode
        case Mode.FUZZY:
            return names.fuzzy(key, wanted, after, limit), mode
        case Mode.PINYIN:
            return _by_sound(names, text, wanted, after, limit), mode


def _in_turn(
    names: LiveNames, key: str, text: str, wanted: NameFilter | None, limit: int
) -> Iterator[tuple[Page, str]]:
    """From what was surely meant to what perhaps was; each is asked only when those before found nothing."""
    yield names.exact(key, wanted, -1, limit), Mode.EXACT
    if read_query(text) is not None:
        yield _by_sound(names, text, wanted, -1, limit), Mode.PINYIN
    yield names.prefix(key, wanted, -1, limit), Mode.PREFIX
    yield names.contains(_parts(text), wanted, -1, limit), Mode.CONTAINS
    yield names.fuzzy(key, wanted, -1, limit), Mode.FUZZY


def _by_sound(names: LiveNames, text: str, wanted: NameFilter | None, after: After, limit: int) -> Page:
    """By full syllables with tones, without, or by first letters: the narrowest form that finds any name."""
    heard = read_query(text)
    if heard is None:
        raise InvalidInputError(
            f"{text!r} is not Hanyu Pinyin: write letters, such as qingyan, qing1yan2 or qy",
            zh=f"{text!r} 不是汉语拼音：请写字母，如 qingyan、qing1yan2 或 qy",
            field="q",
        )
    page = Page([], False)
    for key, form in _forms(heard):
        page = names.pinyin(key, form, prefix=True, filter=wanted, after=after, limit=limit)
        # On a later page the form must be the one of the first, even when nothing is left in it.
        if page.rows or names.pinyin(key, form, prefix=True, filter=wanted, limit=1).rows:
            return page
    return page


def _forms(heard: PinyinQuery) -> Iterator[tuple[str, PinyinForm]]:
    if heard.toned:
        yield heard.toned, PinyinForm.TONED
    elif heard.plain:
        yield heard.plain, PinyinForm.PLAIN
    if heard.initials:
        yield heard.initials, PinyinForm.INITIALS


def _parts(text: str) -> str:
    return " ".join(name_key(part) for part in text.split())


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        known = ", ".join(Mode)
        raise InvalidInputError(
            f"{text!r} is no mode: use one of {known}",
            zh=f"mode 不能是 {text!r}：请用 {known} 之一",
            field="mode",
        ) from None


def _status(text: str) -> NameStatus:
    try:
        return NameStatus(text)
    except ValueError:
        known = ", ".join(NameStatus)
        raise InvalidInputError(
            f"{text!r} is no status: use one of {known}",
            zh=f"status 不能是 {text!r}：请用 {known} 之一",
            field="status",
        ) from None


def _resumed(query: NameQuery, generation: str, role: Role) -> tuple[str | None, After]:
    """The mode that found the first page, and where it ended."""
    found_by, _, rest = (query.cursor or "").partition(".")
    mode = found_by or None
    return mode, after_mark(read_mark(rest, _question(query, mode, role), generation))


def _question(query: NameQuery, found_by: str | None, role: Role) -> str:
    # The mode comes as a member on the first page and as text on the next: both are written as text.
    modes = (str(query.mode or ""), str(found_by or ""))
    parts = (query.q, *modes, query.feature_class, query.within, query.scheme, query.bbox)
    return "names:" + repr((*parts, query.status, query.on, str(role)))
