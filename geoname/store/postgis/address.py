"""Addresses of PostgreSQL databases (数据库地址): told from paths, and shown without their password."""

from __future__ import annotations

import re

from geoname.errors import InvalidInputError

_SCHEMES = ("postgresql", "postgres")
# To the last @: a password that was not escaped must not be shown half.
_CREDENTIALS = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://[^:@/?]*):(.*)@", re.DOTALL)
_PARAMETER = re.compile(r"([?&](?:ssl)?password=)[^&]*", re.IGNORECASE)
_UNESCAPED = re.compile(r"[@/?#\s]")


def is_postgres(address: str) -> bool:
    """Whether this names a PostgreSQL database."""
    return address.partition("://")[0].lower() in _SCHEMES and "://" in address


def shown_address(address: str) -> str:
    """The address as people and logs may see it: the password replaced by three stars; a path as it is."""
    if "://" not in address:
        return address
    return _PARAMETER.sub(r"\1***", _CREDENTIALS.sub(r"\1:***@", address))


def check_address(address: str) -> None:
    """InvalidInputError when a password holds characters that must be escaped in an address."""
    found = _CREDENTIALS.match(address)
    if found is not None and _UNESCAPED.search(found[2]):
        raise InvalidInputError(
            f"the password in {shown_address(address)} holds @, /, ?, # or a space: write them as %40, %2F, "
            "%3F, %23 and %20, or leave the password to PGPASSWORD",
            zh=f"{shown_address(address)} 的密码中有 @、/、？、# 或空格：请分别写作 %40、%2F、%3F、%23、%20，"
            "或改用 PGPASSWORD 给出密码",
            field="database",
        )
