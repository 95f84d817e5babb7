"""Every error raised on purpose speaks both languages."""

import ast
from pathlib import Path

import pytest

from geoname import errors

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.GeonameError)
}
FILES = [path for path in sorted((ROOT / "geoname").rglob("*.py")) if path.name != "errors.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_error_says_it_in_chinese_too(path):
    silent = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in NAMES
        and not any(keyword.arg == "zh" for keyword in node.keywords)
    ]
    assert not silent, f"lines {silent} raise without zh="
