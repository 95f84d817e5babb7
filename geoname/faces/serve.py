"""The production server (生产服务器): granian over the application, checked first, stopped gracefully."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from importlib import import_module

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from geoname.errors import InvalidInputError
from geoname.faces.api.shared_folder import SHARED_FOLDER
from geoname.faces.job_worker import job_worker
from geoname.service.opened import open_geoname
from geoname.settings import Settings

APPLICATION = "geoname.faces.serve:serving_application"
STOP_SECONDS = 30
"""How long requests in flight may take to end after a stop is asked for."""
THREADS = 8
"""Of one process. One answers fastest, but an upload that stalls would hold up everybody. Of eight busy
connections, one answer in a hundred waited half a second for its turn with two to four threads, 20 ms with
eight."""


def run_server(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT, with a worker for jobs beside; `announce` is given the address.

    The database is read before anything listens, so that a missing, damaged or empty one is told in one line;
    the index is opened by the serving processes, built by the first of them. InvalidInputError when the port
    is taken.
    """
    _check_port(settings.host, settings.port)
    with closing(open_geoname(settings.database, settings.cache)) as geoname:
        if geoname.store.active_edition() is None:
            geoname.live()
    with tempfile.TemporaryDirectory(prefix="geoname-metrics-") as folder:
        os.environ |= _environment(settings, folder)
        # Imported once, for the serving processes that are forked off, and only now that the folder is set.
        import_module("geoname.faces.app")
        logging.getLogger("_granian").addFilter(_is_news)
        server = Server(
            APPLICATION,
            factory=True,
            address=settings.host,
            port=settings.port,
            interface=Interfaces.WSGI,
            workers=settings.workers,
            blocking_threads=THREADS,
            websockets=False,
            workers_kill_timeout=STOP_SECONDS,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        )
        with job_worker(settings):
            threading.Thread(target=_announce, args=(settings, announce), daemon=True).start()
            server.serve()


def serving_application() -> Flask:
    """The application of one serving process."""
    # Until granian sets its own handlers this process has its parent's, which would let a stop go unheard.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from geoname.faces.app import create_app

    return create_app()


def _environment(settings: Settings, metrics_folder: str) -> dict[str, str]:
    """What the serving processes must be told; they read their settings anew."""
    told = {
        "GEONAME_DATABASE": settings.database,
        "GEONAME_CACHE": str(settings.cache),
        "GEONAME_FILES": str(settings.files),
        "GEONAME_LANGUAGE": settings.language,
    }
    return told | ({SHARED_FOLDER: metrics_folder} if settings.workers > 1 else {})


def _is_news(record: logging.LogRecord) -> bool:
    """Whether the server's message tells the keeper anything: how many threads there are is meant so."""
    return "spawning up to" not in record.getMessage()


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise InvalidInputError(
            f"cannot listen on {host}:{port} ({error.strerror}): stop what uses it, or choose another --port",
            zh=f"无法监听 {host}:{port}（{error.strerror}）：请停止占用者，或用 --port 另选端口",
            field="port",
        ) from None


def _announce(settings: Settings, announce: Callable[[str], None]) -> None:
    """Say the address as soon as it answers."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    waiting = threading.Event()
    while not waiting.wait(0.05):
        connection = http.client.HTTPConnection(host, settings.port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == http.client.OK:
                announce(f"http://{settings.host}:{settings.port}")
                return
        except OSError:
            continue
        finally:
            connection.close()
