"""Every route has its twin on the command line, which gives the same JSON."""

from __future__ import annotations

import click
import pytest

from geoname.faces.api.catalogue import ROUTES
from geoname.faces.app import create_app
from geoname.faces.cli.main import LazyGroup
from geoname.faces.cli.session import Session
from geoname.settings import Settings

TWINS = {
    "search": [("青岩", "q=青岩"), ("qingyan --mode pinyin --limit 3", "q=qingyan&mode=pinyin&limit=3"),
               ("坪 --status current --status historical", "q=坪&status=current&status=historical"),
               ("大方 --class 21300 --on 2001-01-01", "q=大方&class=21300&on=2001-01-01"),
               ("上 --bbox 106,26,107,27", "q=上&bbox=106,26,107,27")],
    "suggest": [("gy", "q=gy"), ("青 --limit 3 --within 5201", "q=青&limit=3&within=5201")],
    "match": [("花溪青岩龙井", "text=花溪青岩龙井"), ("遵义县 --on 2015-01-01", "text=遵义县&on=2015-01-01"),
              ("龙场镇 --within 520524", "text=龙场镇&within=520524"),
              ("龙场镇 --lon 105.77 --lat 26.66", "text=龙场镇&lon=105.77&lat=26.66")],
    "locate": [("106.7135 26.5783", "lon=106.7135&lat=26.5783"), ("-5 -10.5", "lon=-5&lat=-10.5"),
               ("106.7 26.6 --crs gcj02 --on 2001-01-01", "lon=106.7&lat=26.6&crs=gcj02&on=2001-01-01")],
    "nearby": [("106.7135 26.5783 --radius 9000 --limit 4", "lon=106.7135&lat=26.5783&radius=9000&limit=4")],
    "divisions list": [("--level county --within 5201", "level=county&within=5201"),
                       ("--limit 2", "limit=2")],
    "divisions show": [("520102", ""), ("500105 --scheme nbs", "scheme=nbs"),
                       ("520121 --on 1990-01-01", "on=1990-01-01")],
    "divisions children": [("5201", "")],
    "divisions neighbours": [("520102", "")],
    "divisions history": [("520115", "")],
    "boundaries list": [("--within 520102 --tolerance 50", "within=520102&tolerance=50")],
    "boundaries show": [("520102-520103", "")],
    "boundaries territories": [("--within 520102 --tolerance 100", "within=520102&tolerance=100")],
    "editions list": [("", "")],
}  # fmt: skip
"""By command: the words after it, and what is asked over HTTP instead."""
CASES = [(route, *pair) for route in ROUTES for pair in TWINS.get(route.command, ())]


def commands(group: click.Group, before: str = ""):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        path = f"{before} {name}".strip()
        yield path, command
        if isinstance(command, click.Group):
            yield from commands(command, path)


KNOWN = dict(commands(LazyGroup(Session())))


@pytest.fixture(scope="module")
def http(guizhou):
    return create_app(Settings(), guizhou).test_client()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_has_its_twin_with_every_parameter(route):
    name, _, option = route.command.partition(" --")
    command = KNOWN[name]
    written = {word.rstrip("_") for parameter in command.params for word in (parameter.name, *parameter.opts)}
    assert not option or f"--{option}" in written
    for parameter in route.parameters:
        assert {parameter, f"--{parameter}"} & written, f"geoname {route.command} lacks {parameter}"


@pytest.mark.parametrize(
    ("route", "words", "query"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_twin_gives_the_same_json(geoname, http, route, words, query):
    given = words.split()
    path = route.path.replace("{code}", given[0] if given else "").replace("{id}", given[0] if given else "")
    answer = http.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    ran = geoname(*route.command.split(), *given, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert without_cursor(ran.json) == without_cursor(answer.get_json())


def without_cursor(answer):
    """An answer without what is bound to its asker's role."""
    if answer.get("next_cursor") is not None:
        answer["next_cursor"] = "there is more"
    return answer


@pytest.mark.parametrize("command", ["show", "history"])
def test_names_by_id_are_the_same(geoname, http, command):
    id_ = http.get("/v1/names?q=大方县").get_json()["items"][0]["id"]
    ending = "/history" if command == "history" else ""
    ran = geoname("names", command, id_, "--json")
    assert ran.json == http.get(f"/v1/names/{id_}{ending}").get_json()


def test_many_points_are_the_same(geoname, http, tmp_path):
    points = tmp_path / "points.json"
    points.write_text('{"lon": [106.7135, 0], "lat": [26.5783, 0]}')
    body = {"lon": [106.7135, 0], "lat": [26.5783, 0], "level": "prefecture", "crs": "gcj02"}
    ran = geoname("locate", "--points", str(points), "--level", "prefecture", "--crs", "gcj02", "--json")
    assert ran.json == http.post("/v1/locate", json=body).get_json()
    assert geoname("locate", "--points", str(points)).out == "520102\n\n"


def test_the_description_is_the_same(geoname, http):
    assert geoname("openapi").json == http.get("/openapi.json").get_json()
    english = http.get("/openapi.json", headers={"Accept-Language": "en"}).get_json()
    assert geoname("openapi", "--language", "en").json == english


def test_pages_are_followed_to_the_end(geoname, http):
    counties, more = [], ()
    for _ in range(10):
        page = geoname(
            "divisions", "list", "--level", "county", "--within", "52", "--limit", "25", "--json", *more
        )
        counties += [item["id"] for item in page.json["items"]]
        if page.json["next_cursor"] is None:
            break
        more = ("--cursor", page.json["next_cursor"])
    whole = http.get("/v1/divisions?level=county&within=52&limit=1000").get_json()["items"]
    assert counties == [item["id"] for item in whole]


def test_every_command_explains_itself_in_both_languages():
    english = dict(commands(LazyGroup(Session("en"))))
    for path, command in KNOWN.items():
        assert command.help, path
        assert english[path].help != command.help, path
        assert english[path].help.isascii(), path
