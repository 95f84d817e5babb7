"""Lists are followed by `Link: rel="next"` to their end: every item once, in the order of one long page."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

LINK = re.compile(r'<([^>]+)>; rel="next"')


def followed(http, address):
    """The ids of all items, and how many pages there were."""
    ids, pages = [], 0
    while address is not None:
        answer = http.get(address)
        assert answer.status_code == 200, answer.text
        body = answer.get_json()
        ids += [item["id"] for item in body["items"]]
        pages += 1
        assert pages < 200
        link = LINK.fullmatch(answer.headers.get("Link", ""))
        assert (link is None) == (body["next_cursor"] is None)
        address = link and link[1]
    return ids, pages


@pytest.mark.parametrize(
    ("address", "size"),
    [
        (f"/v1/names?q={quote('坪上')}", 7),
        (f"/v1/names?q={quote('坪上')}&mode=contains", 7),
        (f"/v1/names?q={quote('大方县')}&mode=fuzzy", 3),
        ("/v1/names?q=qingyan", 3),
        ("/v1/names?q=qy&mode=pinyin&within=5201", 2),
        (f"/v1/names?q={quote('青')}&mode=prefix&status=current&within=52", 50),
        ("/v1/names?within=520102&class=21500", 9),
        ("/v1/names?bbox=106,26,107,27", 5),
        ("/v1/divisions?level=county&within=52", 25),
        (f"/v1/divisions?q={quote('苗族')}&kind=autonomous_county&within=52", 3),
    ],
)
def test_every_item_is_met_once(http, address, size):
    ids, pages = followed(http, f"{address}&limit={size}")
    whole = http.get(f"{address}&limit=1000").get_json()
    assert whole["next_cursor"] is None
    assert ids == [item["id"] for item in whole["items"]]
    assert len(set(ids)) == len(ids)
    assert pages == max(1, -(-len(ids) // size))
    assert pages > 1


def test_a_page_filled_exactly_has_none_after_it(http):
    counties = "/v1/divisions?level=county&within=52"
    count = len(http.get(f"{counties}&limit=1000").get_json()["items"])
    assert followed(http, f"{counties}&limit={count}")[1] == 1


def test_the_link_keeps_every_other_parameter(http):
    answer = http.get("/v1/names?status=current&status=historical&within=52&limit=2&class=")
    link = LINK.fullmatch(answer.headers["Link"])[1]
    assert link.startswith("/v1/names?")
    for kept in ("status=current", "status=historical", "within=52", "limit=2", "class="):
        assert kept in link
    second = http.get(link).headers["Link"]
    assert second.count("cursor=") == 1
