"""The house's rules about its own files."""

import ast
import re
from pathlib import Path

EMPTY_WORDS = re.compile(r"(^|[/_])(utils?|helpers?|common|misc)([/_.]|$)")
REACHING = re.compile(r"open|print|input|.*\.(today|now|utcnow|getenv|read_text|write_text)")
PROMISE = re.compile(r"\b(TODO|FIXME|XXX|HACK|for now|raise NotImplementedError)\b")
MACHINE = re.compile(r"/work/|/tmp/|/root/|registry\.npmjs|pypi\.org/simple|files\.pythonhosted")


def test_the_house_has_rooms(house):
    assert len(house.package) > 30
    assert len(house.core) > 15


def test_no_file_has_two_subjects(house):
    lengths = {str(path): house.text(path).count("\n") for path in house.python}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def lines_of(function):
    """How long a function is, without the functions defined in it."""
    inner = [
        node for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function
    ]
    own = set(range(function.lineno, function.end_lineno + 1))
    return len(own.difference(*(range(node.lineno, node.end_lineno + 1) for node in inner)))


def test_every_function_can_be_read_at_once(house):
    long = [
        f"{path}: {node.name}: {lines_of(node)} lines"
        for path in house.python
        for node in house.nodes(path, ast.FunctionDef)
        if node.end_lineno - node.lineno >= 70 and lines_of(node) > 70
    ]
    assert long == []


def test_names_of_files_say_something(house):
    assert [path for path in house.python if EMPTY_WORDS.search(str(path))] == []


def test_every_module_says_in_one_sentence_what_lives_there(house):
    told = {path: ast.get_docstring(house.syntax(path)) or "" for path in house.package}
    assert [
        path for path, said in told.items() if not said or not said.splitlines()[0].endswith((".", "。", "?"))
    ] == []


def test_core_asks_neither_clock_nor_disk_nor_environment(house):
    reached = [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for path in house.core
        for node in house.nodes(path, ast.Call)
        if REACHING.fullmatch(ast.unparse(node.func))
    ]
    assert reached == []


def test_nothing_is_swallowed(house):
    broad = [
        f"{path}:{node.lineno}"
        for path in house.package
        for node in house.nodes(path, ast.ExceptHandler)
        if (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(step, ast.Raise) for step in ast.walk(node))
    ]
    assert broad == []


def test_no_promise_is_left_in_the_code(house):
    assert [path for path in house.package if PROMISE.search(house.text(path))] == []


def test_the_project_names_no_machine_and_no_registry(house):
    here = Path(__file__).name
    files = house.tracked("*.py", "*.md", "*.toml", "*.lock", "Makefile", ".ci/run", "data/*")
    named = {path: MACHINE.search(house.text(path)) for path in files if path.name != here}
    assert {str(path): found.group() for path, found in named.items() if found} == {}


def test_every_data_file_has_its_provenance(house):
    sources = house.text(Path("data/SOURCES.md"))
    missing = [
        str(path.relative_to("data")) for path in house.tracked("data/*")
        if path.name not in ("SOURCES.md", "MANIFEST.sha256") and str(path.relative_to("data")) not in sources
    ]  # fmt: skip
    assert not missing
