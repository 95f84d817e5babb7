"""What single fields of a record say (字段取值): name, place code, dates, secrecy, spelling."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import is_normalized

from geoname.core.names.characters import faults, is_plain_han, normal_form
from geoname.core.register.name import Publication
from geoname.core.register.place import Secrecy
from geoname.core.validity.partial_date import PartialDate
from geoname.service.load_names_cells import Rows
from geoname.service.load_names_troubles import Trouble

Column = list[str | None]
Dates = list[PartialDate | None]

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
    names: Column = []
    for offset, (text, written) in enumerate(zip(rows.texts["name"], rows.texts["written"], strict=True)):
        if text and (not written or written == text) and is_plain_han(text):
            names.append(text)
            continue
        name = normal_form(text)
        names.append(name or None)
        if not name:
            if offset not in blank:
                rows.note(offset, "name", "", Trouble.EMPTY_NAME)
        elif lost := faults(name):
            shown = "、".join(f"{fault.position + 1}:{fault.char!r}" for fault in lost[:3])
            rows.note(offset, "name", text, Trouble.DAMAGED_TEXT, shown)
        elif written and normal_form(written) != name:
            rows.note(offset, "name", text, Trouble.TWO_NAMES, written)
    heading = rows.fields.columns["name"]
    if heading in names:
        for offset, read_name in enumerate(names):
            if read_name == heading:
                rows.note(offset, "name", heading, Trouble.HEADINGS_AGAIN)
    return names


def place_codes_of(rows: Rows) -> Column:
    """The 20-digit codes."""
    codes = [text or None for text in rows.texts["place_code"]]
    for offset, code in enumerate(codes):
        if code is not None and _PLACE_CODE.fullmatch(code) is None:
            rows.note(offset, "place_code", code, Trouble.BAD_PLACE_CODE)
    return codes


def dates_of(rows: Rows, read: Callable[[str], PartialDate | None]) -> tuple[dict[str, Column], int]:
    """The columns start, end, approved_on, registered_on; and how many beginnings are told in words.

    明代 or 清乾隆年间 is no day of a calendar: it is kept among what is told of the place.
    """
    in_words: dict[int, str] = {}
    found: dict[str, Dates] = {}
    for wanted in (*_BEGINNINGS, "abolished", "approved_on", "registered_on"):
        texts = rows.texts[wanted]
        found[wanted] = dates = [read(text) if text else None for text in texts]
        if not rows.has(wanted):
            continue
        for offset, (text, one) in enumerate(zip(texts, dates, strict=True)):
            if one is None and text:
                if wanted in _BEGINNINGS and not any(map(str.isdigit, text)):
                    said = f"{rows.fields.columns[wanted]}：{text}"
                    in_words[offset] = "；".join(filter(None, (in_words.get(offset), said)))
                else:
                    rows.note(offset, wanted, text, Trouble.BAD_DATE)
    for offset, said in in_words.items():
        if offset == next(iter(in_words)):
            rows.texts["history"] = list(rows.texts["history"])
        rows.texts["history"][offset] = "；".join(filter(None, (rows.texts["history"][offset], said)))
    starts = [
        next(filter(None, days), None) for days in zip(*(found[each] for each in _BEGINNINGS), strict=True)
    ]
    ends = found["abolished"]
    for offset, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start is not None and end is not None and end.last < start.first:
            rows.note(offset, "abolished", str(end), Trouble.DATES_OUT_OF_ORDER, f"{start} → {end}")
    dated = {"start": starts, "end": ends, **{key: found[key] for key in ("approved_on", "registered_on")}}
    columns = {
        wanted: [None if one is None else str(one) for one in dates] for wanted, dates in dated.items()
    }
    return columns, len(in_words)


def shown_to(rows: Rows) -> dict[str, Column]:
    """The columns secrecy and publication: what is not open is not public."""
    for wanted, known in (("secrecy", _SECRECY.keys()), ("public", _PUBLIC.keys())):
        unknown = set(rows.texts[wanted]) - known
        for offset, text in enumerate(rows.texts[wanted] if unknown else ()):
            if text in unknown:
                rows.note(offset, wanted, text, Trouble.UNKNOWN_SECRECY)
    secrecy = [_SECRECY.get(text, _CLOSED) for text in rows.texts["secrecy"]]
    public = [_PUBLIC.get(text, _INTERNAL) for text in rows.texts["public"]]
    publication = [shown if one == _OPEN else _INTERNAL for one, shown in zip(secrecy, public, strict=True)]
    return {"secrecy": list(secrecy), "publication": list(publication)}


def spellings_of(rows: Rows) -> Column:
    """The spellings in Roman letters; that of the generic element is added where it stands apart."""
    spelt: Column = []
    for offset, (text, generic) in enumerate(
        zip(rows.texts["romanization"], rows.texts["generic_romanization"], strict=True)
    ):
        if not text:
            spelt.append(None)
            continue
        plain = text.isascii() or (is_normalized("NFC", text) and "  " not in text)
        spelling = text if plain else normal_form(text)
        if _ROMAN.fullmatch(spelling) is None:
            rows.note(offset, "romanization", text, Trouble.BAD_ROMANIZATION)
        elif generic and not spelling.lower().endswith(generic.lower()):
            spelling = f"{spelling} {normal_form(generic)}"
        spelt.append(spelling)
    return spelt
