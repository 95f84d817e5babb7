"""The web page (网页): one document at `/` and its files, under a strict content-security policy."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, render_template, request

from geoname.faces.page.assets import Asset, Assets, compressed

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",  # the map library's own icons
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


def page_blueprint() -> Blueprint:
    """The blueprint `page`: `GET /` and `GET /assets/…`; what it shows, the browser asks of the API."""
    blueprint = Blueprint("page", __name__, template_folder="templates")
    assets = Assets()

    @blueprint.get("/")
    def show() -> Response:
        """The page."""
        response = make_response(render_template("page.html", version=assets.version))
        response.headers["Cache-Control"] = _ASK_EACH_TIME
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.add_etag()
        response.make_conditional(request)
        return response

    @blueprint.get("/assets/vendor/<path:path>")
    def vendored(path: str) -> Response:
        """A file of a library, whose release stands in its address."""
        return _answer(assets.get(f"vendor/{path}"), _FOR_GOOD)

    @blueprint.get("/assets/<version>/<path:path>")
    def own(version: str, path: str) -> Response:
        """A file of the page; an address of another release gets today's file, not to be kept."""
        return _answer(assets.get(f"app/{path}"), _FOR_GOOD if version == assets.version else _ASK_EACH_TIME)

    return blueprint


def _answer(asset: Asset | None, caching: str) -> Response:
    if asset is None:
        abort(404)
    squeezed = request.accept_encodings["gzip"] > 0
    response = Response(compressed(asset) if squeezed else asset.body, content_type=asset.media_type)
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = caching
    response.headers["Content-Security-Policy"] = _POLICY  # a worker obeys the policy of its own file
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(f"{asset.digest}-gz" if squeezed else asset.digest)
    response.make_conditional(request)
    return response
