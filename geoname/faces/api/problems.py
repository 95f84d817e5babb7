"""Which error becomes which HTTP status, and how a problem (RFC 9457, 错误说明) is written."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from flask import Response, request

from geoname.errors import (
    AgainstRulesError,
    AmbiguousCodeError,
    ChangedSinceError,
    ConflictError,
    DatabaseError,
    DataFileError,
    ForbiddenError,
    GeonameError,
    InvalidInputError,
    NotFoundError,
    NotReadyError,
    OutOfOrderError,
    StorageError,
    TooLargeError,
    UnauthenticatedError,
    VersionNeededError,
)
from geoname.faces.api.wording import RefusedInputError

MEDIA = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of trouble: its page is `/problems/{kind}`. `told` false keeps the detail in the log."""

    kind: str
    status: int
    zh: str
    en: str
    told: bool = True

    def title(self, language: str) -> str:
        """The title in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


OF_ERRORS: dict[type[GeonameError], Problem] = {
    InvalidInputError: Problem("invalid-input", 400, "请求有误", "The request cannot be right"),
    NotFoundError: Problem("not-found", 404, "没有所问的对象", "What was asked for is not there"),
    AmbiguousCodeError: Problem("ambiguous-code", 409, "代码不止一义", "The code means more than one place"),
    UnauthenticatedError: Problem("token-needed", 401, "令牌缺失或无效", "The token is missing or not valid"),
    ForbiddenError: Problem("not-allowed", 403, "权限不足", "The token does not allow this"),
    TooLargeError: Problem("too-much", 413, "超出限额", "More than is allowed"),
    ConflictError: Problem("conflict", 409, "他人正在改动", "Somebody else is changing the same thing"),
    ChangedSinceError: Problem("changed-since", 412, "记录已有改动", "The record was changed meanwhile"),
    VersionNeededError: Problem("version-needed", 428, "缺少版本", "The version that was read is not told"),
    OutOfOrderError: Problem(
        "out-of-order", 409, "次序不符", "The step does not follow from where it stands"
    ),
    AgainstRulesError: Problem("against-rules", 422, "不合命名规则", "Against the naming rules"),
    NotReadyError: Problem("not-ready", 503, "尚未就绪", "Not ready"),
    DataFileError: Problem("data-file", 500, "数据文件损坏", "A data file is damaged", told=False),
    DatabaseError: Problem("database", 500, "数据库不可用", "The database cannot be used", told=False),
    StorageError: Problem("storage", 507, "存储空间不可用", "Storage is full or not writable", told=False),
}

OF_STATUSES: dict[int, Problem] = {
    problem.status: problem
    for problem in (
        Problem("no-such-address", 404, "没有这个地址", "There is no such address"),
        Problem("method-not-allowed", 405, "方法不适用", "The method does not apply here"),
        Problem("too-large", 413, "请求体过大", "The request body is too large"),
        Problem("media-type", 415, "请求体类型不符", "The request body is not JSON"),
        Problem("internal", 500, "服务内部出错", "Something went wrong inside the service"),
    )
}
OTHER = Problem("http", 400, "请求未能处理", "The request could not be served")


def problem_of(error: GeonameError) -> Problem:
    """The problem that an error's class, or the nearest class above it, stands for."""
    return next(OF_ERRORS[kind] for kind in type(error).__mro__ if kind in OF_ERRORS)


def write_problem(problem: Problem, status: int, detail: str, language: str, **more: object) -> Response:
    """The response that tells a problem; `more` are members beside the standard five."""
    body = {
        "type": f"/problems/{problem.kind}",
        "title": problem.title(language),
        "status": status,
        "detail": detail,
        "instance": request.path,
        **more,
    }
    headers = [
        ("Content-Type", MEDIA),
        ("Content-Language", language),
        ("Cache-Control", "no-store"),
        ("Vary", "Accept-Language, Authorization"),
        ("Access-Control-Allow-Origin", "*"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if status == 503:
        headers.append(("Retry-After", "5"))
    return Response(orjson.dumps(body), status, headers)


def members_of(error: GeonameError, parameter: str | None, language: str) -> dict[str, object]:
    """What an error tells beside its text: `errors` by parameter, `meanings`, `version`, `findings`."""
    more: dict[str, object] = {}
    if isinstance(error, RefusedInputError):
        more["errors"] = [
            {"parameter": fault.parameter, "message": fault.in_language(language)} for fault in error.faults
        ]
    elif parameter is not None:
        more["errors"] = [{"parameter": parameter, "message": error.in_language(language)}]
    if isinstance(error, AmbiguousCodeError):
        more["meanings"] = [
            {"scheme": scheme, "code": code, "name": name} for scheme, code, name in error.meanings
        ]
    if isinstance(error, ConflictError) and error.version is not None:
        more["version"] = error.version
    if isinstance(error, AgainstRulesError):
        more["findings"] = [
            {"id": id_, "rule": rule, "message": zh if language == "zh" else en}
            for id_, rule, en, zh in error.findings
        ]
    return more
