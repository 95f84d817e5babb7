"""Chinese is spoken unless English is asked for; a question may come in any bytes that are UTF-8."""

from __future__ import annotations

import re

import pytest

from geoname.faces.app import create_app
from geoname.settings import Settings

HAN = re.compile("[一-鿿]")


@pytest.mark.parametrize(
    "header", [None, "zh", "zh-CN,zh;q=0.9,en;q=0.8", "de", "*", "", "nonsense;;q=x", "en;q=0"]
)
def test_chinese_by_default(http, header):
    headers = {} if header is None else {"Accept-Language": header}
    problem = http.get("/v1/divisions/999999", headers=headers)
    assert problem.headers["Content-Language"] == "zh"
    assert HAN.search(problem.get_json()["title"])
    assert HAN.search(problem.get_json()["detail"])


@pytest.mark.parametrize("header", ["en", "en-US,en;q=0.9", "zh;q=0.1,en", "fr,en;q=0.5"])
def test_english_when_asked_for(http, header):
    problem = http.get("/v1/divisions/999999", headers={"Accept-Language": header})
    assert problem.headers["Content-Language"] == "en"
    assert problem.get_json()["detail"].isascii()
    assert problem.get_json()["title"].isascii()


def test_a_service_may_speak_english_by_default(guizhou):
    http = create_app(Settings(language="en"), guizhou).test_client()
    assert http.get("/v1/divisions/999999").headers["Content-Language"] == "en"
    chinese = http.get("/v1/divisions/999999", headers={"Accept-Language": "zh-CN"})
    assert chinese.headers["Content-Language"] == "zh"


@pytest.mark.parametrize(
    "address", ["/v1/nothing", "/v1/locate?lon=x&lat=1", "/v1/divisions/500105", "/docs", "/openapi.json"]
)
def test_every_text_has_both_languages(http, address):
    chinese = http.get(address, headers={"Accept-Language": "zh"}).text
    english = http.get(address, headers={"Accept-Language": "en"}).text
    assert chinese != english
    assert len(HAN.findall(chinese)) > len(HAN.findall(english))


def test_chinese_parameters_of_every_kind_of_writing_are_the_same(http):
    escaped = http.get("/v1/names?q=%E9%9D%92%E5%B2%A9&limit=3")
    raw = {"QUERY_STRING": "q=青岩&limit=3".encode().decode("latin-1")}
    as_curl_sends_it = http.get("/v1/names", environ_overrides=raw)
    assert as_curl_sends_it.status_code == 200
    assert as_curl_sends_it.get_json() == escaped.get_json()
    assert escaped.get_json()["items"][0]["name"].startswith("青岩")


def test_bytes_that_are_not_utf8_are_refused_unescaped_too(http):
    answer = http.get(
        "/v1/names", environ_overrides={"QUERY_STRING": b"q=\xc7\xe0\xd1\xd2".decode("latin-1")}
    )
    assert answer.status_code == 400
    assert answer.get_json()["errors"][0]["parameter"] == "q"


def test_plus_is_a_space_and_ampersands_are_escaped(http):
    assert (
        http.get("/v1/names?q=%E9%9D%92+%E5%B2%A9").get_json()
        == http.get("/v1/names?q=%E9%9D%92%20%E5%B2%A9").get_json()
    )
    assert http.get("/v1/names?q=a%26limit%3D1").get_json() != http.get("/v1/names?q=a&limit=1").get_json()


def test_next_page_of_an_unescaped_question_goes_on(http):
    raw = {"QUERY_STRING": "q=坪&limit=2".encode().decode("latin-1")}
    link = http.get("/v1/names", environ_overrides=raw).headers["Link"]
    assert link.isascii()
    following = http.get(link.partition(">")[0][1:])
    assert following.status_code == 200
    assert len(following.get_json()["items"]) == 2
