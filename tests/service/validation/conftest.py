"""The stand-in for the matcher, importable also in the processes that a test starts."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the stand-in lies beside the tests, in no package

from stand_in_matcher import FakeMatcher, Opener, chunks_of

from geoname.service.validation_rows import Question
from geoname.service.validation_runners import OneProcess


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch):
    """A tenth of what a chunk usually holds, so that tables of few rows have many."""
    chunks_of(2_000, monkeypatch.setitem)


@pytest.fixture
def matcher():
    return FakeMatcher()


@pytest.fixture
def opener():
    return Opener()


@pytest.fixture
def runner(matcher):
    return OneProcess(matcher)


@pytest.fixture
def question():
    return Question("地名")


@pytest.fixture
def names(tmp_path):
    """Write a table of names; its path."""

    def write(*texts, header="编号,地名,备注", file="in.csv", encoding="utf-8"):
        lines = [f"{number},{text},x" for number, text in enumerate(texts, 1)]
        path = tmp_path / file
        path.write_text("\n".join([header, *lines]) + "\n", encoding=encoding)
        return path

    return write
