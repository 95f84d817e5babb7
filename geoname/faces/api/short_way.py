"""The short way (热路径): a plain GET is answered before Flask prepares for what it never needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import perf_counter
from typing import Any, NoReturn

from geoname.faces.api.metrics import timer
from geoname.faces.api.reading import Reader

RAISED = "geoname.raised"
"""Under this name the environment carries what raises the error again, for Flask's view to call."""

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def short_way(readers: Mapping[str, Reader], whole_way: Wsgi) -> Wsgi:
    """A WSGI application that answers GET of the paths in `readers`, and gives all else to `whole_way`.

    Flask's own work on a request took 40 µs, the answer to a point 15 µs.
    """
    known = {path: (reader, timer("GET", path, "2xx")) for path, reader in readers.items()}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI
        found = known.get(environ["PATH_INFO"])
        if found is None or environ["REQUEST_METHOD"] != "GET":
            return whole_way(environ, start_response)
        began = perf_counter()
        try:
            status, headers, body = found[0](environ, {})
        except Exception as error:
            raised = error

            def raise_again() -> NoReturn:
                """What was raised, now where every error is told and every defect logged."""
                raise raised

            environ[RAISED] = raise_again
            return whole_way(environ, start_response)
        found[1].observe(perf_counter() - began)
        start_response(status, headers)
        return [body]

    return application
