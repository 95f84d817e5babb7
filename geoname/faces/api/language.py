"""Which language (语言) a caller asks for: Chinese or English."""

from __future__ import annotations

from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header


@lru_cache(maxsize=256)
def preferred(header: str | None, usual: str) -> str:
    """`zh` or `en` by an Accept-Language header; `usual` when it asks for neither."""
    if not header:
        return usual
    asked = parse_accept_header(header[:1000], LanguageAccept)
    return asked.best_match(["zh", "en"] if usual == "zh" else ["en", "zh"], usual) or usual
