"""What single fields of a record say (字段取值): name, place code, dates, secrecy, spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from unicodedata import is_normalized

from geoname.core.names.characters import faults, is_plain_han, normal_form
from geoname.core.register.name import Publication
from geoname.core.register.place import Secrecy
from geoname.core.validity.partial_date import PartialDate
from geoname.service.load_names_cells import Rows, where
from geoname.service.load_names_troubles import Trouble

Column = list[str | None]

_PLACE_CODE = re.compile(r"\d{20}", re.ASCII)
_ROMAN = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f\s'\u2019\u02bc`\u00b7.,()\-]+")
_BEGINNINGS = ("named_on", "established", "used_from")
# Their texts, looked up half a million times.
_OPEN, _RESTRICTED, _CLOSED = (secrecy.value for secrecy in Secrecy)
_INTERNAL, _SHOWN = Publication.INTERNAL.value, Publication.PUBLIC.value
_SECRECY = {
    **dict.fromkeys(("", "公开", "无", "非密", "不涉密", "open"), _OPEN),
    **dict.fromkeys(("内部", "内部使用", "限制", "restricted"), _RESTRICTED),
    **dict.fromkeys(("秘密", "机密", "绝密", "secret"), _CLOSED),
}
_PUBLIC = {
    **dict.fromkeys(("", "是", "公开", "1", "true", "TRUE", "y", "Y", "public"), _SHOWN),
    **dict.fromkeys(("否", "不公开", "0", "false", "FALSE", "n", "N", "internal"), _INTERNAL),
}


def names_of(rows: Rows, blank: set[int]) -> Column:
    """The names in normal form."""
    texts, written = rows.texts["name"], rows.texts["written"]
    known: dict[str, str | None] = {}
    lost: dict[str, str] = {}
    for text in set(texts):
        if text and is_plain_han(text):
            known[text] = text
            continue
        name = normal_form(text)
        known[text] = name or None
        shown = "、".join(f"{fault.position + 1}:{fault.char!r}" for fault in faults(name)[:3])
        if shown or not name:
            lost[text] = shown
    for offset in where(texts, lost):
        if lost[texts[offset]]:
            rows.note(offset, "name", texts[offset], Trouble.DAMAGED_TEXT, lost[texts[offset]])
        elif offset not in blank:
            rows.note(offset, "name", "", Trouble.EMPTY_NAME)
    for offset, (text, other) in enumerate(zip(texts, written, strict=True) if any(written) else ()):
        if other and other != text and text not in lost and normal_form(other) != known[text]:
            rows.note(offset, "name", text, Trouble.TWO_NAMES, other)
    names = list(map(known.__getitem__, texts))
    heading = rows.fields.columns["name"]
    for offset in where(names, {heading} & set(known.values())):
        rows.note(offset, "name", heading, Trouble.HEADINGS_AGAIN)
    return names


def place_codes_of(rows: Rows) -> Column:
    """The 20-digit codes."""
    texts = rows.texts["place_code"]
    wrong = {text for text in set(texts) if text and _PLACE_CODE.fullmatch(text) is None}
    for offset in where(texts, wrong):
        rows.note(offset, "place_code", texts[offset], Trouble.BAD_PLACE_CODE)
    return rows.told("place_code")


def dates_of(rows: Rows, read: Callable[[str], PartialDate | None]) -> tuple[dict[str, Column], int]:
    """The columns start, end, approved_on, registered_on; and how many beginnings are told in words.

    明代 or 清乾隆年间 is no day of a calendar: it is kept among what is told of the place.
    """
    in_words: dict[int, str] = {}
    found: dict[str, Column] = {}
    for wanted in (*_BEGINNINGS, "abolished", "approved_on", "registered_on"):
        texts = rows.texts[wanted]
        days = {text: read(text) if text else None for text in set(texts)}
        told = {text: None if day is None else str(day) for text, day in days.items()}
        found[wanted] = list(map(told.__getitem__, texts))
        for offset in where(texts, {text for text, day in days.items() if text and day is None}):
            text = texts[offset]
            if wanted in _BEGINNINGS and not any(map(str.isdigit, text)):
                said = f"{rows.fields.columns[wanted]}：{text}"
                in_words[offset] = "；".join(filter(None, (in_words.get(offset), said)))
            else:
                rows.note(offset, wanted, text, Trouble.BAD_DATE)
    if in_words:
        rows.texts["history"] = list(rows.texts["history"])
    for offset, said in in_words.items():
        rows.texts["history"][offset] = "；".join(filter(None, (rows.texts["history"][offset], said)))
    starts = _first_told([found[each] for each in _BEGINNINGS])
    ends = found["abolished"]
    for offset, (start, end) in enumerate(zip(starts, ends, strict=True) if any(ends) else ()):
        if start and end and PartialDate.parse(end).last < PartialDate.parse(start).first:
            rows.note(offset, "abolished", end, Trouble.DATES_OUT_OF_ORDER, f"{start} → {end}")
    dated = {"start": starts, "end": ends, **{key: found[key] for key in ("approved_on", "registered_on")}}
    return dated, len(in_words)


def _first_told(several: Sequence[Column]) -> Column:
    """Row by row the first cell that tells anything."""
    telling = [column for column in several if any(column)]
    if len(telling) < 2:
        return telling[0] if telling else several[0]
    return [next(filter(None, cells), None) for cells in zip(*telling, strict=True)]


def shown_to(rows: Rows) -> dict[str, Column]:
    """The columns secrecy and publication: what is not open is not public."""
    for wanted, known in (("secrecy", _SECRECY.keys()), ("public", _PUBLIC.keys())):
        texts = rows.texts[wanted]
        for offset in where(texts, set(texts) - known):
            rows.note(offset, wanted, texts[offset], Trouble.UNKNOWN_SECRECY)
    secrecy: Column = [_SECRECY.get(text, _CLOSED) for text in rows.texts["secrecy"]]
    public = [_PUBLIC.get(text, _INTERNAL) for text in rows.texts["public"]]
    publication: Column = [
        shown if one == _OPEN else _INTERNAL for one, shown in zip(secrecy, public, strict=True)
    ]
    return {"secrecy": secrecy, "publication": publication}


def spellings_of(rows: Rows) -> Column:
    """The spellings in Roman letters; that of the generic element is added where it stands apart."""
    texts = rows.texts["romanization"]
    # One look at all of them is cheaper than one at each.
    whole = "\n".join(filter(None, texts))
    if not whole or (_is_plain(whole) and _ROMAN.fullmatch(whole)):
        spelt = rows.told("romanization")
    else:
        known = {text: text if _is_plain(text) else normal_form(text) for text in set(texts) if text}
        wrong = {text for text, spelling in known.items() if _ROMAN.fullmatch(spelling) is None}
        for offset in where(texts, wrong):
            rows.note(offset, "romanization", texts[offset], Trouble.BAD_ROMANIZATION)
        spelt = list(map(known.get, texts))
    generics = rows.texts["generic_romanization"]
    for offset, generic in enumerate(generics if any(generics) else ()):
        spelling = spelt[offset]
        if generic and spelling is not None and not spelling.lower().endswith(generic.lower()):
            spelt[offset] = f"{spelling} {normal_form(generic)}"
    return spelt


def _is_plain(text: str) -> bool:
    return text.isascii() or (is_normalized("NFC", text) and "  " not in text)
