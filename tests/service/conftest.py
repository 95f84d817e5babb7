"""Boundary files of a department's own for the tests of services."""

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def lines_of():
    """The functions of line_samples.py, which stands beside this file."""
    spec = importlib.util.spec_from_file_location("line_samples", Path(__file__).with_name("line_samples.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def own():
    """The functions of own_polygons.py, which stands beside this file."""
    spec = importlib.util.spec_from_file_location("own_polygons", Path(__file__).with_name("own_polygons.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def table():
    """The functions of name_files.py, which stands beside this file."""
    spec = importlib.util.spec_from_file_location("name_files", Path(__file__).with_name("name_files.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
