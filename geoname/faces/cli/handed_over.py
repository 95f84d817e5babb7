"""Files that a command reads or writes (命令的文件): opened and saved; errors name the remedy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO

from geoname.errors import DataFileError, InvalidInputError, StorageError
from geoname.faces.api.private import Download


@contextmanager
def opened_file(file: str) -> Iterator[IO[bytes]]:
    """The content of a file, or of the standard input for `-`; DataFileError when it cannot be read."""
    if file == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            content = stack.enter_context(Path(file).open("rb"))
        except OSError as error:
            raise DataFileError(
                f"{file} cannot be read ({error.strerror}): check its name",
                zh=f"无法读取 {file}（{error.strerror}）：请核对文件名",
                field="FILE",
            ) from None
        yield content


def save_download(download: Download, target: Path) -> None:
    """Write a download to a new file; InvalidInputError when there is one of that name already."""
    try:
        with closing(download.blocks), target.open("xb") as out:
            for block in download.blocks:
                out.write(block)
    except FileExistsError:
        raise InvalidInputError(
            f"{target} exists already: name a new file",
            zh=f"{target} 已存在：请另取文件名",
            field="--output",
        ) from None
    except OSError as error:
        raise StorageError(
            f"{target} cannot be written ({error.strerror}): make room or name another place",
            zh=f"无法写入 {target}（{error.strerror}）：请腾出空间或换一处",
            field="--output",
        ) from error
