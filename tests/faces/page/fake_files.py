"""A small stand-in for the API of files to check: private to a token, done a little more at each look."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

TOKEN = "a1b2c3.secret"
COLUMNS = ["编号", "地名", "备注"]
ROWS = [
    ("南明区", "standard", [], "贵州省/贵阳市/南明区"),
    ("遵义县", "corrected", [], "贵州省/遵义市/播州区"),
    ("龙场镇", "ambiguous", [("n3", "修文县"), ("n4", "水城区")], ""),
    ("<img src=x onerror=alert(1)>", "unknown", [], ""),
]


def files_blueprint() -> Blueprint:
    """`/v1/validations…`; what was handed in stands in `blueprint.handed`."""
    blueprint = Blueprint("files", __name__)
    state: dict[str, Any] = {"looks": 0, "chosen": {}, "files": [], "handed": []}
    blueprint.state = state  # type: ignore[attr-defined]

    @blueprint.before_request
    def bearer() -> Response | None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return problem(401, "令牌有误或已撤销")
        return None

    @blueprint.post("/v1/validations/preview")
    def preview() -> Response:
        file = request.files["file"]
        content = file.read()
        if not content:
            return problem(400, "文件是空的")
        pasted = content.startswith(b'"')
        lines = [line.strip('"') for line in content.decode().splitlines()]
        columns = lines[:1] if pasted else COLUMNS
        rows = [[line] for line in lines[1:6]] if pasted else [["1", "南明区", "=1+1"], ["2", "遵义县", ""]]
        return jsonify(
            filename=file.filename, kind="csv", columns=columns, rows=rows, guess=columns[0 if pasted else 1]
        )

    @blueprint.post("/v1/validations")
    def begin() -> Response:
        state["handed"].append(
            (request.files["file"].filename, request.files["file"].read(), dict(request.form))
        )
        if request.form.get("within") == "99":
            return problem(413, "文件超过 1000000 行：请分成几份")
        state["looks"] = 0
        state["files"] = ["f1"]
        answer = jsonify(shown())
        answer.status_code = 202
        return answer

    @blueprint.get("/v1/validations")
    def listed() -> Response:
        return jsonify(items=[shown() for _ in state["files"]])

    @blueprint.get("/v1/validations/<id_>")
    def one(id_: str) -> Response:
        if id_ not in state["files"]:
            return problem(404, f"没有您的文件 {id_}")
        state["looks"] += 1
        return jsonify(shown())

    @blueprint.delete("/v1/validations/<id_>")
    def remove(id_: str) -> tuple[str, int]:
        state["files"].remove(id_)
        return "", 204

    @blueprint.get("/v1/validations/<id_>/rows")
    def rows(id_: str) -> Response:
        status = request.args.get("status")
        items = [row(number) for number in range(1, len(ROWS) + 1)]
        kept = [one for one in items if status in (None, "chosen" if one["chosen"] else one["status"])]
        return jsonify(items=kept, next_cursor=None)

    @blueprint.post("/v1/validations/<id_>/choices")
    def choose(id_: str) -> Response:
        asked = request.get_json()
        state["chosen"][asked["row"]] = asked.get("choice")
        return jsonify(row(asked["row"]))

    @blueprint.get("/v1/validations/<id_>/result")
    def result(id_: str) -> Response:
        ending = request.args.get("format", "csv")
        named = f"attachment; filename*=UTF-8''%E8%A1%A8.{ending}"
        return Response(
            "编号,地名,核查状态\n", headers={"Content-Disposition": named, "Content-Type": "text/csv"}
        )

    def row(number: int) -> dict[str, Any]:
        text, status, offers, path = ROWS[number - 1]
        candidates = [
            {
                "id": id_,
                "name": text,
                "code": "520123100",
                "path": ["贵州省", county, text],
                "confidence": 0.5,
            }
            for id_, county in offers
        ]
        picked = state["chosen"].get(number)
        chosen = next((one for one in candidates if one["id"] == picked), None)
        return {
            "row": number, "text": text, "status": status, "standard": path.rpartition("/")[2], "path": path,
            "code": "520102" if path else "", "confidence": 0.9, "chosen": chosen,
            "steps": "旧区划：遵义县→播州区（2016-03-20，国函〔2016〕56号）" if status == "corrected" else "",
            "findings": "", "candidates": [] if chosen else candidates,
        }  # fmt: skip

    def shown() -> dict[str, Any]:
        looks = state["looks"]
        now = ("queued", "running", "done")[min(looks, 2)]
        done = {"queued": 0, "running": 2, "done": 4}[now]
        chosen = sum(1 for one in state["chosen"].values() if one)
        counts = (
            {"standard": 1, "corrected": 1, "ambiguous": 1 - chosen, "unknown": 1} if now == "done" else {}
        )
        return {
            "id": "f1", "filename": "表.csv", "kind": "csv", "state": now,
            "options": {"column": "地名"}, "created_at": "2026-01-02T03:04:05Z", "started_at": None,
            "finished_at": None, "expires_at": "2026-01-09T03:04:05Z",
            "rows_total": 4 if now == "done" else None, "rows_done": done, "fraction": done / 4,
            "rows_per_second": 2000.0 if now == "running" else None,
            "seconds_left": 65.0 if now == "running" else None, "counts": counts, "chosen": chosen,
            "trouble": None,
        }  # fmt: skip

    return blueprint


def problem(status: int, detail: str) -> Response:
    response = jsonify(type="about:blank", title="Problem", status=status, detail=detail)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response
