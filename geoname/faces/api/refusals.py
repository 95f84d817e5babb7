"""Problems of requests that reach no route (无法分派的请求): address, method, size, or our own fault."""

from __future__ import annotations

import logging
from uuid import uuid4

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError

from geoname.errors import GeonameError
from geoname.faces.api.dispatch import kept_back
from geoname.faces.api.language import preferred
from geoname.faces.api.metrics import timer
from geoname.faces.api.problems import (
    OF_STATUSES,
    OTHER,
    Problem,
    members_of,
    problem_of,
    write_problem,
)
from geoname.settings import Settings

_LOG = logging.getLogger("geoname.http")


def refuse_with_problems(app: Flask, settings: Settings) -> None:
    """Answer every error of the application with problem+json, never with a trace."""

    def language() -> str:
        return preferred(request.headers.get("Accept-Language"), settings.language)

    @app.errorhandler(GeonameError)
    def on_purpose(error: GeonameError) -> Response:
        problem, spoken = problem_of(error), language()
        if not problem.told:
            return kept(problem, error)
        more = members_of(error, error.field, spoken)
        return write_problem(problem, problem.status, error.in_language(spoken), spoken, **more)

    @app.errorhandler(HTTPException)
    def by_http(error: HTTPException) -> Response:
        status = error.code or 500
        if error.response is not None or status < 400:
            return app.make_response(error.get_response(request.environ))
        spoken = language()
        detail = _detail(status, spoken, settings) or error.description or ""
        response = write_problem(OF_STATUSES.get(status, OTHER), status, detail, spoken)
        for name, value in error.get_headers(request.environ):
            if name.lower() == "allow":
                response.headers[name] = value
        timer("other", "", f"{status // 100}xx").observe(0.0)
        return response

    @app.errorhandler(InternalServerError)
    def internal(error: InternalServerError) -> Response:
        return kept(OF_STATUSES[500], error.original_exception)

    def kept(problem: Problem, cause: BaseException | None) -> Response:
        number, spoken = uuid4().hex, language()
        _LOG.error("%s %s %s", number, request.method, request.path, exc_info=cause)
        timer("other", "", "5xx").observe(0.0)
        return write_problem(problem, problem.status, kept_back(number, spoken), spoken, id=number)


def _detail(status: int, language: str, settings: Settings) -> str:
    most = settings.limits.body_bytes
    details = {
        404: (
            f"没有地址 {request.path}：可用的地址见 /docs",
            f"there is no address {request.path}: see /docs for those there are",
        ),
        405: (
            f"{request.path} 不接受 {request.method}：可用的方法见 Allow",
            f"{request.path} does not take {request.method}: see Allow for what it takes",
        ),
        413: (
            f"请求体最多 {most} 字节：请分批发送",
            f"the body holds more than {most} bytes: send less at a time",
        ),
    }
    pair = details.get(status)
    return "" if pair is None else pair[0] if language == "zh" else pair[1]
