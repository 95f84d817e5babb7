"""Measures (指标) of the service in Prometheus's format, right with one process or several."""

from __future__ import annotations

import os
from functools import cache

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from geoname.faces.api.shared_folder import SHARED_FOLDER

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)

_REQUESTS = Histogram(
    "geoname_http_request_seconds",
    "Time to answer, by route and class of status",
    ["method", "route", "status"],
    buckets=_SECONDS,
)


@cache
def timer(method: str, route: str, status: str) -> Histogram:
    """The histogram of one route and class of status (`2xx` …); kept, since finding it costs."""
    return _REQUESTS.labels(method, route, status)


def exposition() -> bytes:
    """All measures of all processes as text."""
    if SHARED_FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
