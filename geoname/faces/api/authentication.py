"""Who asks over HTTP (身份验证): the bearer of a token, by RFC 6750."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from geoname.core.register.token import ANYONE, Caller
from geoname.errors import ForbiddenError, GeonameError, UnauthenticatedError
from geoname.service.keep_tokens import caller_of
from geoname.service.opened import Geoname

_LOG = logging.getLogger("geoname.access")


def caller(environ: Mapping[str, Any], geoname: Geoname) -> Caller:
    """The caller of a request; UnauthenticatedError for credentials that are not a token in force."""
    header = environ.get("HTTP_AUTHORIZATION")
    if header is None:
        return ANYONE
    scheme, _, written = str(header).strip().partition(" ")
    if scheme.lower() != "bearer" or not written.strip():
        raise UnauthenticatedError(
            "Authorization is not a bearer token: send Authorization: Bearer TOKEN",
            zh="Authorization 不是持有者令牌：请发送 Authorization: Bearer 令牌",
        )
    try:
        return caller_of(geoname, written.strip())
    except UnauthenticatedError:
        # The id is no secret; what follows it is.
        _LOG.warning("refused token %.12s at %s", ascii(written.strip().partition(".")[0])[1:-1],
                     environ.get("PATH_INFO"))  # fmt: skip
        raise


def challenge_of(error: GeonameError) -> str | None:
    """The `WWW-Authenticate` that goes with a refusal, None for other errors."""
    if isinstance(error, ForbiddenError):
        return 'Bearer realm="geoname", error="insufficient_scope"'
    if isinstance(error, UnauthenticatedError):
        return 'Bearer realm="geoname"' + (', error="invalid_token"' if error.given else "")
    return None
