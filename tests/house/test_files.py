"""The house's rules about its own files."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMPTY_WORDS = re.compile(r"(^|[/_])(utils?|helpers?|common|misc)([/_.]|$)")


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


PYTHON = tracked("*.py")
PACKAGE = [path for path in PYTHON if path.parts[0] == "geoname"]
CORE = [path for path in PACKAGE if path.parts[1] == "core"]


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_house_has_rooms():
    assert len(PACKAGE) > 30
    assert len(CORE) > 15


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_no_file_has_two_subjects(path):
    assert text(path).count("\n") <= 400


def lines_of(function):
    """How long a function is, without the functions defined in it."""
    inner = [
        node for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function
    ]
    own = set(range(function.lineno, function.end_lineno + 1))
    return len(own.difference(*(range(node.lineno, node.end_lineno + 1) for node in inner)))


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_every_function_can_be_read_at_once(path):
    functions = [node for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.FunctionDef)]
    assert [f"{node.name}: {lines_of(node)} lines" for node in functions if lines_of(node) > 70] == []


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_names_of_files_say_something(path):
    assert not EMPTY_WORDS.search(str(path))


@pytest.mark.parametrize("path", PACKAGE, ids=str)
def test_every_module_says_in_one_sentence_what_lives_there(path):
    docstring = ast.get_docstring(ast.parse(text(path)))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", "。", "?"))


@pytest.mark.parametrize("path", CORE, ids=str)
def test_core_asks_neither_clock_nor_disk_nor_environment(path):
    reached = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Call)
        and re.fullmatch(
            r"open|print|input|.*\.(today|now|utcnow|getenv|read_text|write_text)", ast.unparse(node.func)
        )
    ]
    assert not reached


@pytest.mark.parametrize("path", PACKAGE, ids=str)
def test_nothing_is_swallowed(path):
    broad = [
        node.lineno
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(step, ast.Raise) for step in ast.walk(node))
    ]
    assert not broad, f"lines {broad} catch everything"


@pytest.mark.parametrize("path", PACKAGE, ids=str)
def test_no_promise_is_left_in_the_code(path):
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK|for now|raise NotImplementedError)\b", text(path))


def test_the_project_names_no_machine_and_no_registry():
    machine = re.compile(r"/work/|/tmp/|/root/|registry\.npmjs|pypi\.org/simple|files\.pythonhosted")
    for path in tracked("*.py", "*.md", "*.toml", "*.lock", "Makefile", ".ci/run", "data/*"):
        if path == Path(__file__).resolve().relative_to(ROOT):
            continue
        found = machine.search(text(path))
        assert not found, f"{path}: {found and found.group()}"


def test_every_data_file_has_its_provenance():
    sources = text(Path("data/SOURCES.md"))
    missing = [
        str(path.relative_to("data")) for path in tracked("data/*")
        if path.name not in ("SOURCES.md", "MANIFEST.sha256") and str(path.relative_to("data")) not in sources
    ]  # fmt: skip
    assert not missing
