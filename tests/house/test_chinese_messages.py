"""Every Chinese message of an error is punctuated as Chinese is."""

from __future__ import annotations

import ast
import re

CHINESE = "\u3400-\u9fff"
NARROW = re.compile(rf"[{CHINESE}\ufffc][,:;?!()](?![/\ufffc])|[,:;?!()][{CHINESE}]")
QUOTED = re.compile(r"`[^`]*`|西,南,东,北|\b(?:marker|segment|record|finding|peace|paper):")


def messages(syntax):
    """The texts given as `zh=`, with their line; what a message fills in stands as an object mark."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.keyword) and node.arg == "zh":
            parts = node.value.values if isinstance(node.value, ast.JoinedStr) else [node.value]
            yield (
                node.value.lineno,
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "\ufffc"
                    for part in parts
                    if isinstance(part, ast.Constant | ast.FormattedValue)
                ),
            )


def narrow(text: str) -> bool:
    return bool(re.search(f"[{CHINESE}]", text) and NARROW.search(QUOTED.sub("", text)))


def test_messages_are_punctuated_as_chinese(house):
    found = [
        f"{path}:{line}: {text}"
        for path in house.package
        for line, text in messages(house.syntax(path))
        if narrow(text)
    ]
    assert found == []


def test_what_is_wrong_is_seen():
    told = ast.parse('f(zh=f"{x}:请改正"); f(zh="太长:请"); f(zh="（度）")')
    assert [narrow(text) for _, text in messages(told)] == [True, True, False]
    assert not narrow("按 西,南,东,北 写：106.5,26.4，见 `geoname load a,b`")
