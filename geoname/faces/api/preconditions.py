"""Which version of a record a change is made for (改动前提): by ETag and If-Match of RFC 9110."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from geoname.errors import InvalidInputError, VersionNeededError
from geoname.faces.api.parameters import says

VERSION = "version"
"""The field of a query that the header If-Match fills, and of an answer that its ETag begins with."""
HEADER = "If-Match"
Version = Annotated[
    int,
    Field(ge=1, le=2**31 - 1),
    says("改动所依据的版本：读取时 ETag 给出", "the version that was read, as its ETag gave it"),
]
VersionIfTold = Annotated[
    int | None,
    Field(ge=1, le=2**31 - 1),
    says("改动所依据的版本；不写则不核对", "the version that was read; not checked when not given"),
]
_TAG = re.compile(r'(?:W/)?"([1-9]\d{0,8})(?:-[\w-]*)?"')


def version_tag(version: int, rest: str) -> str:
    """The ETag of a record of this version; `rest` tells apart what else the answer depends on."""
    return f'"{version}-{rest}"'


def version_of(header: str | None) -> int:
    """The version that an If-Match names: an ETag as it was given, or the bare version in quotes.

    A tag that a proxy made weak will do, since the version itself is compared. VersionNeededError without the
    header, or for `*`, which would overwrite what nobody has read; InvalidInputError for what is no such tag.
    """
    if header is None or header.strip() in ("", "*"):
        raise VersionNeededError(
            "If-Match is missing: read the record and send its ETag as If-Match",
            zh="缺少 If-Match：请先读取记录，并把它的 ETag 放入 If-Match",
            field=HEADER,
        )
    read = _TAG.fullmatch(header.strip())
    if read is None:
        raise InvalidInputError(
            "If-Match is not one tag that this service gave: send the ETag of the record as it was read",
            zh="If-Match 不是本服务给出的一个标签：请原样发送读取记录时的 ETag",
            field=HEADER,
        )
    return int(read[1])
