"""Routes for those who run the service (运行状况): alive, ready, measures."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from flask import Blueprint, Response

from geoname import __version__
from geoname.faces.api.metrics import CONTENT_TYPE, exposition
from geoname.faces.opening import Opening


@dataclass(frozen=True, slots=True)
class Health:
    """The process answers."""

    status: str
    version: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Questions are answered, from the data of this generation."""

    status: str
    generation: str


def running_blueprint(opening: Opening) -> Blueprint:
    """`/health`, `/ready` (503 until the index is open) and `/metrics`; none of them is to be cached."""
    blueprint = Blueprint("running", __name__)

    @blueprint.get("/health")
    def health() -> Response:
        """The process is alive, whether or not it has data."""
        return _plain(orjson.dumps(Health("ok", __version__)), "application/json")

    @blueprint.get("/ready")
    def ready() -> Response:
        """The index is open; otherwise the problem that keeps it shut."""
        return _plain(orjson.dumps(Readiness("ready", opening.get().generation)), "application/json")

    @blueprint.get("/metrics")
    def metrics() -> Response:
        """Measures in Prometheus's text format."""
        return _plain(exposition(), CONTENT_TYPE)

    return blueprint


def _plain(body: bytes, media: str) -> Response:
    return Response(
        body,
        200,
        [("Content-Type", media), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")],
    )
