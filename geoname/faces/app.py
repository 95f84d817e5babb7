"""The web application (网络应用): API and page over one open database."""

from __future__ import annotations

from collections import defaultdict

from flask import Flask

from geoname.faces.api.catalogue import ROUTES
from geoname.faces.api.dispatch import view_of
from geoname.faces.api.documents import documents_blueprint
from geoname.faces.api.private import PrivateRoute
from geoname.faces.api.reading import Reader, reader_of
from geoname.faces.api.refusals import refuse_with_problems
from geoname.faces.api.running import running_blueprint
from geoname.faces.api.short_way import short_way
from geoname.faces.opening import Opening
from geoname.faces.page.page import page_blueprint
from geoname.service.opened import Geoname
from geoname.settings import Settings, read_settings


def create_app(settings: Settings | None = None, geoname: Geoname | None = None) -> Flask:
    """The application; without arguments it reads the environment and opens the database named there.

    The index is opened before this returns, so that no request waits for it. A database without data is
    looked for again while `/ready` and every question are answered 503; one that cannot be used raises.
    """
    settings = settings or read_settings()
    opening = Opening(settings, geoname)
    opening.warm_up()
    app = Flask("geoname.faces", static_folder=None)
    app.extensions["geoname"] = opening
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = settings.limits.body_bytes
    _add_routes(app, opening, settings)
    app.register_blueprint(running_blueprint(opening))
    app.register_blueprint(documents_blueprint(settings))
    app.register_blueprint(page_blueprint())
    refuse_with_problems(app, settings)
    return app


def _add_routes(app: Flask, opening: Opening, settings: Settings) -> None:
    methods: dict[str, list[str]] = defaultdict(lambda: ["OPTIONS"])
    for route in ROUTES:
        methods[route.path] += ["GET", "HEAD"] if route.method == "GET" else [route.method]
    preflighted: set[str] = set()
    short: dict[str, Reader] = {}
    for route in ROUTES:
        shared = route.method == "GET" and not isinstance(route, PrivateRoute)
        reader = reader_of(route, opening, settings) if shared else None
        if reader is not None and not route.placeholders:
            short[route.path] = reader
        own = ["GET"] if route.method == "GET" else [route.method]
        if route.path not in preflighted:
            preflighted.add(route.path)
            own.append("OPTIONS")
        app.add_url_rule(
            route.rule,
            endpoint=f"{route.method} {route.command}".replace(" ", "_"),
            view_func=view_of(route, tuple(methods[route.path]), opening, settings, reader),
            methods=own,
            provide_automatic_options=False,
        )
    app.wsgi_app = short_way(short, app.wsgi_app)  # type: ignore[method-assign, assignment]
