"""Index files: whole or not at all, mapped, checked, one builder at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from geoname.errors import DataFileError, InvalidInputError, NotFoundError, StorageError
from geoname.store import index_files
from geoname.store.index_files import IndexFiles

SEVEN = {"numbers": np.arange(7, dtype=np.uint32), "records": np.zeros(3, dtype=[("a", "<f8"), ("b", "S12")])}


@pytest.fixture
def files(tmp_path: Path) -> IndexFiles:
    return IndexFiles(tmp_path / "cache")


def test_what_is_saved_is_opened_mapped_and_read_only(files):
    saved = files.save("names", "3-abc", SEVEN)
    opened = files.open("names", "3-abc")
    assert opened.keys() == saved.keys() == SEVEN.keys()
    for name, array in SEVEN.items():
        assert opened[name].dtype == array.dtype
        assert np.array_equal(opened[name], array)
        assert isinstance(opened[name].base, np.memmap)
        assert not opened[name].flags.writeable
    assert files.verify("names", "3-abc") == ()


def test_empty_arrays_and_scalars_come_back(files):
    opened = files.save("names", "0", {"none": np.zeros((0, 2), np.float64), "one": np.array(5.5)})
    assert opened["none"].shape == (0, 2)
    assert float(opened["one"]) == 5.5


def test_a_generation_that_is_not_there_is_none(files):
    assert files.open("names", "1") is None
    files.save("names", "1", SEVEN)
    assert files.open("names", "2") is None
    assert files.open("points", "1") is None
    assert files.generations("names") == ["1"]


def test_a_file_cut_off_is_named_with_its_remedy(files):
    files.save("names", "1", SEVEN)
    file = files.folder / "names" / "1" / "numbers.npy"
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(DataFileError, match=r"numbers\.npy.*remove the folder") as error:
        files.open("names", "1")
    assert "请删除" in error.value.zh


def test_a_file_with_something_after_its_end_is_not_taken(files):
    files.save("names", "1", SEVEN)
    with (files.folder / "names" / "1" / "numbers.npy").open("ab") as more:
        more.write(b"more")
    with pytest.raises(DataFileError, match="bytes instead of"):
        files.open("names", "1")


def test_a_missing_file_or_manifest_is_damage_not_absence(files):
    files.save("names", "1", SEVEN)
    place = files.folder / "names" / "1"
    (place / "records.npy").unlink()
    with pytest.raises(DataFileError, match=r"records\.npy"):
        files.open("names", "1")
    (place / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"manifest\.json"):
        files.open("names", "1")
    (place / "manifest.json").unlink()
    with pytest.raises(DataFileError, match="no manifest"):
        files.open("names", "1")


def test_a_damaged_generation_is_replaced_by_saving_it_again(files):
    files.save("names", "1", SEVEN)
    (files.folder / "names" / "1" / "numbers.npy").write_bytes(b"")
    assert np.array_equal(files.save("names", "1", SEVEN)["numbers"], SEVEN["numbers"])
    assert [each.name for each in (files.folder / "names").iterdir()] == ["1"]


def test_a_flipped_bit_is_found_by_checksum_only(files):
    files.save("names", "1", SEVEN)
    file = files.folder / "names" / "1" / "numbers.npy"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert files.open("names", "1") is not None
    assert files.verify("names", "1") == ("numbers.npy",)
    with pytest.raises(NotFoundError):
        files.verify("names", "2")


def test_files_of_another_format_are_made_anew(files, monkeypatch):
    files.save("names", "1", SEVEN)
    monkeypatch.setattr(index_files, "FORMAT", index_files.FORMAT + 1)
    assert files.open("names", "1") is None
    files.save("names", "1", {"numbers": np.arange(2)})
    assert len(files.open("names", "1")["numbers"]) == 2


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b", ".hidden", "begun-1", "名"])
def test_a_name_that_would_leave_the_folder_is_refused(files, name):
    with pytest.raises(InvalidInputError, match="use letters") as error:
        files.open("names", name)
    assert error.value.field == "generation"
    with pytest.raises(InvalidInputError):
        files.save("names", "1", {name: np.arange(1)})
    assert files.open("names", "1") is None


def test_prune_keeps_what_is_asked_and_what_is_mapped_stays_readable(files):
    for generation in "123":
        files.save("names", generation, SEVEN)
    files.save("points", "1", SEVEN)
    mapped = files.open("names", "1")["numbers"]
    assert files.prune({("names", "3"), ("points", "1")}) == [("names", "1"), ("names", "2")]
    assert files.generations("names") == ["3"]
    assert files.generations("points") == ["1"]
    assert mapped.sum() == 21


def test_a_failing_disk_changes_nothing(files, monkeypatch):
    files.save("names", "1", SEVEN)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(StorageError, match="No space left"):
        files.save("names", "1", {"numbers": np.arange(2)})
    assert len(files.open("names", "1")["numbers"]) == 7
    assert [each.name for each in (files.folder / "names").iterdir()] == ["1"]


def test_a_cache_that_is_a_file_is_said(tmp_path):
    (tmp_path / "cache").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be written"):
        IndexFiles(tmp_path / "cache").save("names", "1", SEVEN)


KILLED = """
import sys
from pathlib import Path
import numpy as np
from geoname.store import index_files
files = index_files.IndexFiles(Path(sys.argv[1]))
step = sys.argv[2]
def halt(*_):
    print("halted", flush=True)
    sys.stdin.read()
if step == "arrays":
    written = index_files._digest
    index_files._digest = lambda file: halt() if file.name == "b.npy" else written(file)
else:
    index_files._swap_in = halt
files.save("names", sys.argv[3], {"a": np.arange(9), "b": np.arange(9)})
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX systems")
@pytest.mark.parametrize("step", ["arrays", "swap"])
@pytest.mark.parametrize("generation", ["1", "2"])
def test_a_killed_writer_leaves_the_old_generation_whole(files, step, generation):
    files.save("names", "1", SEVEN)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, files.folder, step, generation],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout.readline() == "halted\n"
        files.prune({("names", "1")})
        begun = [each for each in (files.folder / "names").glob("begun-*") if each.is_dir()]
        assert len(begun) == 1, "a living writer's folder was cleared away"
        writer.send_signal(signal.SIGKILL)
    assert files.generations("names") == ["1"]
    assert files.verify("names", "1") == ()
    assert files.open("names", "2") is None
    assert files.prune({("names", "1")}) == []
    assert [each.name for each in (files.folder / "names").iterdir()] == ["1"]
    assert np.array_equal(files.save("names", generation, SEVEN)["numbers"], SEVEN["numbers"])


BUILDER = """
import sys, time
from pathlib import Path
import numpy as np
from geoname.store.index_files import IndexFiles
files = IndexFiles(Path(sys.argv[1]))
with files.building("names", "1"):
    if files.open("names", "1") is None:
        time.sleep(0.2)
        files.save("names", "1", {"a": np.arange(3)})
        print("built")
    else:
        print("found")
"""


def test_of_many_builders_one_builds_and_the_others_find_it_made(files):
    builders = [
        subprocess.Popen([sys.executable, "-c", BUILDER, files.folder], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = sorted(builder.communicate()[0].strip() for builder in builders)
    assert said == ["built", "found", "found"]


def test_threads_wait_for_each_other_too(files):
    inside: list[int] = []
    most: list[int] = []

    def build(number: int) -> None:
        with files.building("names", "1"):
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.02)
            inside.remove(number)

    threads = [threading.Thread(target=build, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]
