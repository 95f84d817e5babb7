"""Damage to the shipped files is found, and named by file, line, column and remedy."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geoname
from geoname.errors import DataFileError
from geoname.formats import shipped_data as shipped
from geoname.formats.shipped_files import verify_shipped

Damage = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(shipped.shipped_folder(), copy)
    return copy


def damage(folder: Path, name: str, change: Damage, *, list_again: bool = False) -> None:
    path = folder / name
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8", newline="")
    if list_again:
        manifest = folder / "MANIFEST.sha256"
        lines = manifest.read_text("utf-8").splitlines()
        fresh = f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}"
        manifest.write_text("".join(f"{fresh if line.endswith(name) else line}\n" for line in lines), "utf-8")


def refused(read: Callable[[Path], object], folder: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        read(folder)
    assert caught.value.field
    assert "restore it" in caught.value.message
    assert "请恢复" in caught.value.zh
    return caught.value.message


def test_where_the_files_lie(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "geoname"
    package.mkdir()
    monkeypatch.setattr(geoname, "__file__", str(package / "__init__.py"))
    assert shipped.shipped_folder() == folder  # a checkout: data/ beside the package
    shutil.copytree(folder, package / "shipped")
    assert shipped.shipped_folder() == package / "shipped"  # installed
    shutil.rmtree(package)
    shutil.rmtree(folder)
    with pytest.raises(DataFileError, match="install the package again"):
        shipped.shipped_folder()


@pytest.fixture(scope="module")
def only_neighbours(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    copy = tmp_path_factory.mktemp("cut")
    (copy / "guizhou").mkdir()
    shutil.copy(shipped.shipped_folder() / "MANIFEST.sha256", copy)
    return copy, (shipped.shipped_folder() / "guizhou/neighbours.csv").read_bytes()


@given(data=st.data())
def test_no_cut_goes_unseen(only_neighbours: tuple[Path, bytes], data: st.DataObject) -> None:
    copy, whole = only_neighbours
    length = data.draw(st.integers(0, len(whole) - 1))
    (copy / "guizhou/neighbours.csv").write_bytes(whole[:length])
    refused(shipped.read_neighbours, copy)


def test_all_files_together(folder: Path) -> None:
    assert verify_shipped(folder) == len(list(folder.rglob("*.csv")))
    damage(folder, "guizhou/repairs.csv", lambda text: text[:-5])
    assert "guizhou/repairs.csv does not match" in refused(verify_shipped, folder)


def test_a_sound_copy_is_read(folder: Path) -> None:
    assert shipped.read_neighbours(folder) == shipped.read_neighbours()


def test_cut_off_inside_a_row_names_the_line(folder: Path) -> None:
    damage(folder, "guizhou/neighbours.csv", lambda text: text[: text.index(",5002,") + 6])
    assert "guizhou/neighbours.csv line 36: 4 of 5 columns" in refused(shipped.read_neighbours, folder)


def test_cut_off_between_rows_is_told_by_the_checksum(folder: Path) -> None:
    damage(folder, "guizhou/neighbours.csv", lambda text: text[: text.index("\n", 5000) + 1])
    message = refused(shipped.read_neighbours, folder)
    assert "does not match its checksum" in message
    assert "rows read" in message


def test_one_changed_character_is_told_by_the_checksum(folder: Path) -> None:
    damage(folder, "guizhou/divisions.csv", lambda text: text.replace("㵲水街道", "舞水街道"))
    assert "guizhou/divisions.csv does not match" in refused(shipped.read_divisions, folder)


def test_a_wrong_header_says_both(folder: Path) -> None:
    damage(folder, "guizhou/divisions.csv", lambda text: text.replace("name_id", "nameid", 1))
    assert "line 1: the header is 'id,nameid,code,name'" in refused(shipped.read_divisions, folder)


def test_an_empty_file(folder: Path) -> None:
    damage(folder, "sources.csv", lambda _: "")
    assert "sources.csv line 1: the header is ''" in refused(shipped.read_sources, folder)


def test_bytes_that_are_not_utf8_name_the_line(folder: Path) -> None:
    path = folder / "guizhou/provincial_lines.csv"
    path.write_bytes(path.read_bytes().replace("渝黔线".encode(), "渝黔线".encode("gb18030"), 1))
    assert "line 4: is not UTF-8" in refused(shipped.read_provincial_lines, folder)


def test_a_missing_file(folder: Path) -> None:
    (folder / "place_classes.csv").unlink()
    assert "place_classes.csv cannot be read" in refused(shipped.read_class_table, folder)


def test_a_file_not_listed(folder: Path) -> None:
    manifest = folder / "MANIFEST.sha256"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if "sources.csv" not in line), "utf-8")
    assert "sources.csv is not listed" in refused(shipped.read_sources, folder)


def test_a_broken_manifest(folder: Path) -> None:
    (folder / "MANIFEST.sha256").write_text("nothing\n", "utf-8")
    assert "MANIFEST.sha256 line 1" in refused(shipped.read_sources, folder)


@pytest.mark.parametrize(
    ("name", "change", "read", "told"),
    [
        (
            "guizhou/divisions.csv",
            lambda text: text.replace(",520304,", ",5203O4,"),
            shipped.read_divisions,
            "column code: '5203O4' is not 2, 4, 6, 9 or 12 digits",
        ),
        (
            "guizhou/divisions.csv",
            lambda text: text.replace(",520304,", ",520303,"),
            shipped.read_divisions,
            "column code: 520303 stands twice",
        ),
        (
            "guizhou/divisions.csv",
            lambda text: text.replace(",5203,", ",5213,"),
            shipped.read_divisions,
            "no row before this one has the code 5203",
        ),
        (
            "guizhou/divisions.csv",
            lambda text: text.replace(",播州区", ","),
            shipped.read_divisions,
            "column name: is empty",
        ),
        (
            "guizhou/divisions.csv",
            lambda text: text.replace(",播州区", ",播州"),
            shipped.read_divisions,
            "column name: '播州' ends in no generic",
        ),
        (
            "guizhou/code_history.csv",
            lambda text: text.replace("gb2260,520304,", "gb2261,520304,"),
            shipped.read_code_history,
            "column scheme: 'gb2261' is not one of gb2260, nbs, mca",
        ),
        (
            "guizhou/division_events.csv",
            lambda text: text.replace("2016-03-20", "2016-02-30"),
            shipped.read_division_events,
            "column approved_on: '2016-02-30' is not in the calendar",
        ),
        (
            "guizhou/former_divisions.csv",
            lambda text: text.replace("1980-12-31", "1980-12"),
            shipped.read_former_divisions,
            "column known_on: '1980-12' is not one day",
        ),
        (
            "guizhou/former_divisions.csv",
            lambda text: text.replace(",520321,", ",520329,"),
            shipped.read_former_divisions,
            "column code: this code of this division is not in guizhou/code_history.csv",
        ),
        (
            "guizhou/populated_places.csv",
            lambda text: text.replace(",109.13500,", ",209.13500,"),
            shipped.read_populated_places,
            "line 2, column longitude: 209.135 is not between",
        ),
        (
            "guizhou/populated_places.csv",
            lambda text: text.replace(",109.13500,", ",nan,"),
            shipped.read_populated_places,
            "line 2, column longitude: nan is not between",
        ),
        (
            "guizhou/populated_places.csv",
            lambda text: text.replace(",1124,", ",many,"),
            shipped.read_populated_places,
            "line 2, column population: 'many' is not a whole number",
        ),
        (
            "characters/general_standard.csv",
            lambda text: text.replace("2,乙,1", "2,一,1"),
            shipped.read_character_table,
            "line 3, column character: '一' is not one character, or stands twice",
        ),
        (
            "nonstandard_terms.csv",
            lambda text: text.replace(",S,", ",Z,", 1),
            shipped.read_nonstandard_terms,
            "line 2, column mark: 'Z' is not one of V, V1, S, C, M",
        ),
    ],
)
def test_a_value_that_cannot_be_names_line_and_column(
    folder: Path, name: str, change: Damage, read: Callable[[Path], object], told: str
) -> None:
    damage(folder, name, change, list_again=True)
    message = refused(read, folder)
    assert message.startswith(f"{name} line ")
    assert told in message
