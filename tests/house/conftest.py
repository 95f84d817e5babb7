"""The house's own files, each read and parsed once for all rules."""

import ast
import functools
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class House:
    """Files by their path from the root, those not yet committed included."""

    def __init__(self):
        self.python = self.tracked("*.py")
        self.package = [path for path in self.python if path.parts[0] == "geoname"]
        self.core = [path for path in self.package if path.parts[1] == "core"]
        self.syntax = functools.cache(lambda path: ast.parse(self.text(path)))

    def tracked(self, *patterns):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]

    def text(self, path):
        return (ROOT / path).read_text(encoding="utf-8")

    def nodes(self, path, kind):
        return (node for node in ast.walk(self.syntax(path)) if isinstance(node, kind))


@pytest.fixture(scope="session")
def house():
    return House()
