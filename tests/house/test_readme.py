"""The README's examples give what the README prints."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
WRITTEN_ADDRESS = "127.0.0.1:8000"


def examples(name="README.md"):
    """Each command with the output that is printed below it."""
    for block in BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = example.partition("\n")
            yield command, output


@pytest.fixture(scope="module")
def service(loaded):
    """A real `geoname serve` on a free port over the shipped data set."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "GEONAME_DATABASE": str(loaded / "geoname.gpkg"),
        "GEONAME_CACHE": str(loaded / "cache"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    process = subprocess.Popen(["geoname", "serve", "--port", str(port)], env=environment)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/ready"):
                break
            time.sleep(0.1)
        yield port, environment
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.parametrize("page", sorted(path.name for path in ROOT.glob("*.md")))
def test_every_link_leads_to_a_file(page):
    linked = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [path for path in linked if not (ROOT / path).is_file()] == []


def test_the_reference_is_what_the_code_says():
    told = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_reference.py", "--check"], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr


def test_there_are_at_least_five_examples():
    assert len(list(examples())) >= 5


@pytest.mark.parametrize(("command", "printed"), list(examples()), ids=lambda text: text[:60])
def test_an_example_prints_what_the_readme_says(service, command, printed):
    port, environment = service
    told = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace(WRITTEN_ADDRESS, f"127.0.0.1:{port}")],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert told.stdout == printed, told.stderr
