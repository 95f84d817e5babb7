"""Runs the typesetter (排版): a template with its values and pictures, no network, one font family."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import typst

from geoname.errors import DataFileError

_FONT = "fonts/ofl/notosanssc"
_FONT_PACKAGE = "justmytype_intl_cjk"


@lru_cache(maxsize=1)
def font_folder() -> Path:
    """The folder of Noto Sans SC, which covers the rare characters of Guizhou's names."""
    folder = Path(str(files(_FONT_PACKAGE))) / _FONT
    if not any(folder.glob("*.ttf")):
        raise DataFileError(
            f"the font of {_FONT_PACKAGE} is not there: install the package again",
            zh=f"找不到 {_FONT_PACKAGE} 的字体：请重新安装该软件包",
            field="font",
        )
    return folder


def template(name: str) -> bytes:
    """A template that lies beside this module."""
    return files("geoname.formats.typesetting").joinpath(name).read_bytes()


def typeset(
    source: bytes,
    parts: Mapping[str, bytes],
    form: Literal["pdf", "png"] = "pdf",
    *,
    ppi: float = 200.0,
    timestamp: int = 0,
) -> bytes:
    """The PDF, or the one page as PNG, that a template makes of the files `parts`.

    Nothing outside is read: packages are looked for in an empty folder, fonts in ours alone. Equal input and
    `timestamp` (seconds since 1970) give equal bytes. DataFileError when the template cannot be set.
    """
    with tempfile.TemporaryDirectory(prefix="geoname-typeset-") as folder:
        root = Path(folder) / "root"
        nothing = Path(folder) / "nothing"
        root.mkdir()
        nothing.mkdir()
        (root / "main.typ").write_bytes(source)
        for name, content in parts.items():
            (root / Path(name).name).write_bytes(content)
        try:
            made = typst.compile(
                root / "main.typ", root=root, font_paths=[font_folder()], ignore_system_fonts=True,
                format=form, ppi=ppi, package_path=nothing, package_cache_path=nothing, timestamp=timestamp,
            )  # fmt: skip
        except typst.TypstError as error:
            raise DataFileError(
                f"the document cannot be set: {error.message}",
                zh=f"文书无法排版：{error.message}",
                field="document",
            ) from error
    if not isinstance(made, bytes):
        raise DataFileError(
            "the picture has more than one page: make it smaller",
            zh="图片超过一页：请缩小",
            field="document",
        )
    return made
