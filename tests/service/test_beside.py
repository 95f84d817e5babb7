"""A process beside the service ends with it, and tells nobody its password."""

from __future__ import annotations

import subprocess
import sys
import time

from geoname.service.beside import Beside

WAITING = """
from geoname.service.beside import told_by_starter
told, ended = told_by_starter()
assert told["address"] == "somewhere" and told["beyond"] == "all"
print("told", flush=True)
assert ended.wait(60)
"""


def test_a_password_is_not_among_the_words_of_the_process(tmp_path):
    folding = Beside("geoname.service.fold_names", "postgresql://user:secret@127.0.0.1:1/none", tmp_path)
    folding.begin(beyond="none")
    assert folding.is_working()
    assert "secret" not in " ".join(map(str, folding._process.args))
    folding.begin(beyond="none")
    folding.stop()
    assert not folding.is_working()


def test_it_learns_that_its_starter_has_ended():
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdin.write('{"address": "somewhere", "beyond": "all"}\n')
    process.stdin.flush()
    assert process.stdout.readline() == "told\n"
    time.sleep(0.1)
    assert process.poll() is None
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


def test_it_may_end_before_its_starter():
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING.replace("assert ended.wait(60)", "assert not ended.is_set()")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdin.write('{"address": "somewhere", "beyond": "all"}\n')
    process.stdin.flush()
    assert process.wait(30) == 0
    for pipe in (process.stdin, process.stdout):
        pipe.close()
    assert process.stderr.read() == ""
    process.stderr.close()
