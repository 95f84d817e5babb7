"""Keys of the phonetic alphabet (拼音检索): of a romanization, and of what somebody types."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoname.core.names.characters import is_plain_han, normal_form
from geoname.core.names.numerals import han_numeral
from geoname.core.names.readings import EMPTY_TABLE, read
from geoname.core.names.romanization import Romanization
from geoname.core.names.syllables import NEUTRAL, PREFIXES, numbered, split_syllables, untoned

_APART = re.compile(r"[\s'’ʼ`\-‐‑–—·]+")
_TOKEN = re.compile(r"(?P<letters>[^\W\d_]+)(?P<tone>[0-5](?![0-9]))?|(?P<digits>[0-9]+)")
_V = re.compile("v|u:")
_WRITTEN = re.compile("[a-zü]+")
_TONED_END = re.compile("[1-4]$")
_LONGEST_INITIALS = 16
_NO_INITIAL = frozenset("iuvü")


@dataclass(frozen=True, slots=True)
class PinyinKeys:
    """The keys of one name: `plain` qingyanzhen, `toned` qing1yan2zhen4, `initials` qyz; ü is v."""

    toned: str
    plain: str
    initials: str


@dataclass(frozen=True, slots=True)
class PinyinQuery:
    """The keys that a typed text may mean; at least one of `plain` and `initials` is there.

    `plain` is None when the letters are no syllables. `toned` is there when every syllable has its tone; it
    is then the narrower key. `initials` is there when the letters may be first letters. `complete` False:
    the last syllable is only begun, so `plain` can only be the beginning of a key.
    """

    plain: str | None
    toned: str | None
    initials: str | None
    complete: bool


def pinyin_keys(romanization: Romanization) -> PinyinKeys:
    """The keys of a name, made from the syllables of its romanization; what has no reading is left out."""
    toned = [
        numbered(syllable) for syllable in romanization.syllables if _WRITTEN.fullmatch(untoned(syllable))
    ]
    return PinyinKeys(
        toned="".join(toned),
        plain="".join(syllable[:-1] for syllable in toned),
        initials="".join(syllable[0] for syllable in toned),
    )


def read_query(text: str) -> PinyinQuery | None:
    """Decide whether a typed text is written in the phonetic alphabet, and give the keys to look it up by.

    Tones as marks or digits, spaces, hyphens and apostrophes, v and u: for ü, Arabic digits that stand by
    themselves, whole syllables or first letters, in any case. None when it is not, Han text among others.
    """
    if is_plain_han(text):
        return None
    typed = _V.sub("ü", normal_form(text).lower())
    tokens = _tokens(typed)
    if not tokens:
        return None
    parts = [_keys_of(token, last=token is tokens[-1]) for token in tokens]
    plain = toned = None
    if None not in parts:
        keys = [part for part in parts if part is not None]
        plain = "".join(key.plain for key in keys)
        if all(key.toned for key in keys):
            toned = "".join(str(key.toned) for key in keys)
    initials = _initials(typed)
    if plain is None and initials is None:
        return None
    complete = plain is None or all(part is not None and part.complete for part in parts)
    return PinyinQuery(plain, toned, initials, complete)


@dataclass(frozen=True, slots=True)
class _Token:
    letters: str
    tone: str
    digits: str


@dataclass(frozen=True, slots=True)
class _TokenKeys:
    plain: str
    toned: str | None
    complete: bool = True


def _tokens(typed: str) -> list[_Token]:
    """The runs of letters and digits; none when anything else stands in the text."""
    tokens: list[_Token] = []
    for chunk in _APART.split(typed):
        position = 0
        while position < len(chunk):
            found = _TOKEN.match(chunk, position)
            if found is None or (found["letters"] and not _WRITTEN.fullmatch(untoned(found["letters"]))):
                return []
            tokens.append(_Token(found["letters"] or "", found["tone"] or "", found["digits"] or ""))
            position = found.end()
    return tokens


def _keys_of(token: _Token, *, last: bool) -> _TokenKeys | None:
    """The keys of one run; None when its letters are no syllables."""
    if token.digits:
        spoken = "".join(map(numbered, read(han_numeral(token.digits), EMPTY_TABLE).syllables))
        return _TokenKeys(re.sub("[0-9]", "", spoken), spoken)
    syllables = split_syllables(token.letters)
    if syllables is None:
        begun = last and not token.tone and _is_begun(token.letters)
        return _TokenKeys(untoned(token.letters).replace("ü", "v"), None, complete=False) if begun else None
    written = [numbered(syllable) for syllable in syllables]
    plain = "".join(syllable[:-1] for syllable in written)
    if token.tone:
        written[-1] = written[-1][:-1] + (token.tone if token.tone != "0" else str(NEUTRAL))
    whole = all(_TONED_END.search(syllable) for syllable in written[:-1]) and (
        bool(token.tone) or bool(_TONED_END.search(written[-1]))
    )
    return _TokenKeys(plain, "".join(written) if whole else None)


def _is_begun(letters: str) -> bool:
    """True when whole syllables are followed by the beginning of one."""
    return any(
        untoned(letters[cut:]) in PREFIXES and (cut == 0 or split_syllables(letters[:cut]) is not None)
        for cut in range(max(0, len(letters) - 6), len(letters))
    )


def _initials(typed: str) -> str | None:
    letters = _APART.sub("", typed)
    fits = letters.isascii() and letters.isalpha() and len(letters) <= _LONGEST_INITIALS
    return letters if fits and _NO_INITIAL.isdisjoint(letters) else None
