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


STATES = ("queued", "running", "done")


class FakeFiles:
    """What `/v1/validations…` answers; a file handed in is a step further each time it is looked at."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew: nothing handed in, nothing chosen."""
        self.looks = 0
        self.chosen: dict[int, str | None] = {}
        self.files: list[str] = []
        self.handed: list[tuple[str | None, bytes, dict[str, str]]] = []

    def blueprint(self) -> Blueprint:
        """The routes, which ask for the token."""
        made = Blueprint("files", __name__, url_prefix="/v1/validations")
        made.before_request(bearer)
        made.add_url_rule("/preview", view_func=preview, methods=["POST"])
        made.add_url_rule("", view_func=self.begin, methods=["POST"])
        made.add_url_rule("", view_func=self.all_of_them)
        made.add_url_rule("/<id_>", view_func=self.look)
        made.add_url_rule("/<id_>", view_func=self.remove, methods=["DELETE"])
        made.add_url_rule("/<id_>/rows", view_func=self.rows)
        made.add_url_rule("/<id_>/choices", view_func=self.choose, methods=["POST"])
        made.add_url_rule("/<id_>/result", view_func=result)
        return made

    def begin(self) -> Response:
        self.handed.append((request.files["file"].filename, request.files["file"].read(), dict(request.form)))
        if request.form.get("within") == "99":
            return problem(413, "文件超过 1000000 行：请分成几份")
        self.looks = 0
        self.files = ["f1"]
        answer = jsonify(self.shown())
        answer.status_code = 202
        return answer

    def all_of_them(self) -> Response:
        return jsonify(items=[self.shown() for _ in self.files])

    def look(self, id_: str) -> Response:
        if id_ not in self.files:
            return problem(404, f"没有您的文件 {id_}")
        self.looks += 1
        return jsonify(self.shown())

    def remove(self, id_: str) -> tuple[str, int]:
        self.files.remove(id_)
        return "", 204

    def rows(self, id_: str) -> Response:
        status = request.args.get("status")
        items = [self.row(number) for number in range(1, len(ROWS) + 1)]
        kept = [one for one in items if status in (None, "chosen" if one["chosen"] else one["status"])]
        return jsonify(items=kept, next_cursor=None)

    def choose(self, id_: str) -> Response:
        asked = request.get_json()
        self.chosen[asked["row"]] = asked.get("choice")
        return jsonify(self.row(asked["row"]))

    def row(self, number: int) -> dict[str, Any]:
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
        picked = self.chosen.get(number)
        chosen = next((one for one in candidates if one["id"] == picked), None)
        return {
            "row": number, "text": text, "status": status, "standard": path.rpartition("/")[2], "path": path,
            "code": "520102" if path else "", "confidence": 0.9, "chosen": chosen,
            "steps": "旧区划：遵义县→播州区（2016-03-20，国函〔2016〕56号）" if status == "corrected" else "",
            "findings": "", "candidates": [] if chosen else candidates,
        }  # fmt: skip

    def shown(self) -> dict[str, Any]:
        now = STATES[min(self.looks, 2)]
        done = {"queued": 0, "running": 2, "done": 4}[now]
        chosen = sum(1 for one in self.chosen.values() if one)
        counts = {"standard": 1, "corrected": 1, "ambiguous": 1 - chosen, "unknown": 1}
        return {
            "id": "f1", "filename": "表.csv", "kind": "csv", "state": now,
            "options": {"column": "地名"}, "created_at": "2026-01-02T03:04:05Z", "started_at": None,
            "finished_at": None, "expires_at": "2026-01-09T03:04:05Z",
            "rows_total": 4 if now == "done" else None, "rows_done": done, "fraction": done / 4,
            "rows_per_second": 2000.0 if now == "running" else None,
            "seconds_left": 65.0 if now == "running" else None,
            "counts": counts if now == "done" else {}, "chosen": chosen, "trouble": None,
        }  # fmt: skip


def bearer() -> Response | None:
    if request.headers.get("Authorization") != f"Bearer {TOKEN}":
        return problem(401, "令牌有误或已撤销")
    return None


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


def result(id_: str) -> Response:
    ending = request.args.get("format", "csv")
    named = f"attachment; filename*=UTF-8''%E8%A1%A8.{ending}"
    return Response(
        "编号,地名,核查状态\n", headers={"Content-Disposition": named, "Content-Type": "text/csv"}
    )


def problem(status: int, detail: str) -> Response:
    response = jsonify(type="about:blank", title="Problem", status=status, detail=detail)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response
