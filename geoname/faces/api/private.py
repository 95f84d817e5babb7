"""Routes to what belongs to one caller (私有资源): files handed in, progress, results; shared with nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from geoname.errors import (
    ChangedSinceError,
    ConflictError,
    InvalidInputError,
    TooLargeError,
    VersionNeededError,
)
from geoname.faces.api.authentication import caller
from geoname.faces.api.preconditions import HEADER, VERSION, version_of, version_tag
from geoname.faces.api.route import WITH_BODY, Asked, Route
from geoname.faces.api.wording import Fault, refused, word
from geoname.faces.opening import Opening
from geoname.service.handing_in import ClosableBlocks, Quota, Upload
from geoname.service.keep_tokens import demand
from geoname.settings import Limits, Settings

FILE = "file"
"""The name under which a form carries the file, and a query knows it."""
_FORM_OVERHEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Download:
    """A file to give: its media type, the name to keep it under, its content in blocks."""

    media: str
    filename: str
    blocks: ClosableBlocks


@dataclass(frozen=True)
class PrivateRoute(Route[Asked]):
    """A route whose answers depend on who asks.

    `status` is that of success, `location` the address of what was made, with the answer's fields in braces.
    A query with the field `file` takes a form or a raw body, one with `version` the header If-Match; where
    `version_in_body` is set the version may stand in the body instead, and a stale one is then a conflict
    (409) and no failed precondition (412). `answer` is None where nothing is left to tell.
    """

    status: int = 200
    location: str = ""
    version_in_body: bool = False

    @property
    def takes_file(self) -> bool:
        """Whether a file is handed in."""
        return FILE in self.parameters

    @property
    def takes_version(self) -> bool:
        """Whether a change must say which version of the record it is made for."""
        return VERSION in self.parameters


def private_responder(
    route: PrivateRoute[Any],
    opening: Opening,
    settings: Settings,
    read_json: Callable[[bytes], dict[str, object]],
) -> Callable[[dict[str, str]], Response]:
    """What answers a private route; errors raised on purpose pass through."""
    limits = settings.limits

    def respond(path_values: dict[str, str]) -> Response:
        geoname = opening.get()
        asking = caller(request.environ, geoname)
        demand(asking, route.needs)
        known = {**path_values}
        if route.takes_version and not route.version_in_body:
            known[VERSION] = str(version_of(request.headers.get(HEADER)))
        if route.method not in WITH_BODY:
            text: str = request.environ["QUERY_STRING"]
            asked = route.read_text(text, known, limits)
        elif route.takes_file:
            asked = route.read({**_without_version(route, _handed_in(limits)), **known}, limits)
        else:
            body = request.get_data(cache=False)
            # Nothing sent is nothing said: steps such as undoing need no body.
            if body and not request.is_json:
                raise InvalidInputError(
                    "the body is not application/json: send JSON",
                    zh="请求体不是 application/json：请发送 JSON",
                    field="body",
                )
            values = _without_version(route, read_json(body) if body else {})
            asked = route.read({**values, **known}, limits)
        try:
            answer = route.ask(geoname, asked, asking)
        except ChangedSinceError as error:
            if not route.version_in_body or HEADER in request.headers:
                raise
            raise ConflictError(
                error.message, zh=error.zh, field=error.field, version=error.version
            ) from None
        return _written(route, answer)

    return respond


def _without_version(route: PrivateRoute[Any], values: dict[str, object]) -> dict[str, object]:
    """What was sent, with the version where the body may tell it; elsewhere the header alone tells it."""
    if route.version_in_body:
        return _with_version(route, values)
    if route.takes_version and VERSION in values:
        others = ", ".join(name for name in route.parameters if name != VERSION)
        raise refused([Fault(VERSION, *word("extra_forbidden", known=f"{HEADER}, {others}"))])
    return values


def _with_version(route: PrivateRoute[Any], values: dict[str, object]) -> dict[str, object]:
    header = request.headers.get(HEADER)
    if header is None:
        if VERSION in values or not route.query.model_fields[VERSION].is_required():
            return values
        raise VersionNeededError(
            "the version is missing: read the record, then send its ETag as If-Match or its version",
            zh="缺少版本：请先读取记录，并把它的 ETag 放入 If-Match，或把它的 version 写入请求体",
            field=VERSION,
        )
    if VERSION in values:
        raise InvalidInputError(
            "the version is told twice: send it in the body or as If-Match, not both",
            zh="版本写了两处：请写入请求体或放入 If-Match，不要两处都写",
            field=VERSION,
        )
    return {**values, VERSION: version_of(header)}


def _handed_in(limits: Limits) -> dict[str, object]:
    """The options and the file of a form, or of an address and a raw body."""
    request.max_content_length = limits.upload_bytes + _FORM_OVERHEAD
    try:
        pairs = [*request.args.items(multi=True), *request.form.items(multi=True)]
        files = list(request.files.items(multi=True))
    except RequestEntityTooLarge:
        raise TooLargeError(
            f"the file holds more than {limits.upload_bytes} bytes: send it in parts",
            zh=f"文件超过 {limits.upload_bytes} 字节：请分成几份",
            field=FILE,
        ) from None
    values: dict[str, object] = {}
    faults = [Fault(name[:40], *word("repeated")) for name, _ in files if name != FILE]
    for name, value in pairs:
        if name in values or name == FILE:
            faults.append(Fault(name[:40], *word("repeated")))
        values[name] = value
    if len(files) > 1:
        faults.append(Fault(FILE, *word("repeated")))
    if faults:
        raise refused(faults)
    quota = Quota(limits.upload_bytes, limits.upload_rows, limits.open_jobs, limits.kept_days)
    if files:
        sent = files[0][1]
        values[FILE] = Upload(sent.filename or "", sent.stream, quota)
    elif request.mimetype != "multipart/form-data":
        values[FILE] = Upload(str(values.pop("filename", "")), request.stream, quota)
    return values


def _written(route: PrivateRoute[Any], answer: Any) -> Response:  # noqa: ANN401 - the route's answer
    headers = [
        ("Cache-Control", "private, no-cache"),
        ("Vary", "Accept-Language, Authorization"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "ETag, Link, Location, Content-Disposition"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if answer is None:
        return Response(None, 204, headers)
    if isinstance(answer, Download):
        # Encoded whole, so that no name can end the header or leave the folder it is kept in.
        named = f"attachment; filename*=UTF-8''{quote(answer.filename, safe='')}"
        return Response(
            answer.blocks, 200, [*headers, ("Content-Type", answer.media), ("Content-Disposition", named)]
        )
    body = orjson.dumps(answer)
    if route.location:
        headers.append(("Location", route.location.format(id=quote(answer.id, safe=""))))
    digest = blake2b(body, digest_size=12).hexdigest()
    if route.is_versioned:
        headers.append(("ETag", version_tag(answer.version, digest)))
    elif route.method == "GET":
        headers.append(("ETag", f'W/"{digest}"'))
    if route.method == "GET":
        if digest in request.headers.get("If-None-Match", ""):
            return Response(None, 304, headers)
        cursor = getattr(answer, "next_cursor", None)
        if cursor is not None:
            pairs = "&".join(
                f"{quote(name)}={quote(value)}"
                for name, value in [*request.args.items(multi=True), ("cursor", cursor)]
                if name != "cursor" or value == cursor
            )
            headers.append(("Link", f'<{quote(request.path)}?{pairs}>; rel="next"'))
    return Response(body, route.status, [*headers, ("Content-Type", route.media)])
