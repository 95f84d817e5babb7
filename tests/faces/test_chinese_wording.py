"""Chinese that a user reads is punctuated as Chinese is."""

from __future__ import annotations

import re

from geoname.faces.api.catalogue import ROUTES
from geoname.faces.api.openapi import openapi
from geoname.faces.api.wording import _WORDS
from geoname.settings import Limits

NARROW = re.compile(r"[\u4e00-\u9fff][,:;?()]|[,:;?()][\u4e00-\u9fff]")
# What is to be written so.
FORMAT = re.compile(r"西,南,东,北|\b(?:marker|segment|record|finding|peace|paper):")


def narrow(text):
    return NARROW.search(FORMAT.sub("", text))


def texts(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from texts(inner)


def test_descriptions_and_messages():
    said = [
        *texts(openapi(Limits(), "zh")["paths"]),
        *(route.zh for route in ROUTES),
        *(zh for _, zh in _WORDS.values()),
    ]
    assert len(said) > 100
    assert [text for text in said if narrow(text)] == []


def test_the_check_sees_what_is_wrong():
    assert narrow("太长:最多")
    assert narrow("（度)度")
    assert not narrow("按 西,南,东,北 写：106.5,26.4")
