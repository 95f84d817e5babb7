"""Pieces of what came since a base (增量分片) as index files, which one process makes and all map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from geoname.core.register.name_index.delta import NamePiece
from geoname.errors import DataFileError
from geoname.store.build_lock import locked
from geoname.store.index_files import IndexFiles
from geoname.store.packed_arrays import pack_arrays, unpack_arrays

SINCE = "since"


@dataclass(frozen=True, slots=True)
class PiecePlace:
    """Of which changes a piece is: those of the log after a position up to another, over a base.

    `data_version` is that of its end. `editions` says whether boundaries changed as well.
    """

    base: str
    after: int
    position: int
    data_version: int
    editions: bool

    def text(self) -> str:
        """As its index files are named."""
        return f"{self.base}.{self.after}.{self.position}.{self.data_version}.{self.editions:d}"

    @classmethod
    def parse(cls, text: str) -> PiecePlace | None:
        """What a name of index files says; None for any other."""
        base, *numbers = text.split(".")
        if len(numbers) != 4 or not all(map(str.isdigit, numbers)):
            return None
        after, position, data_version, editions = map(int, numbers)
        return cls(base, after, position, data_version, bool(editions))


def pieces_over(files: IndexFiles, base: str) -> list[PiecePlace]:
    """All pieces over a base that are there."""
    folder = files.folder / SINCE
    names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    places = (PiecePlace.parse(name) for name in names)
    return [place for place in places if place is not None and place.base == base]


def chain_over(files: IndexFiles, base: str, position: int) -> list[PiecePlace]:
    """The pieces over a base that together tell all from a position of the log to as late as there is."""
    following: dict[int, PiecePlace] = {}
    for place in pieces_over(files, base):
        known = following.get(place.after)
        if known is None or place.position > known.position:
            following[place.after] = place
    return list(_linked(following, position))


def _linked(following: Mapping[int, PiecePlace], position: int) -> Iterator[PiecePlace]:
    while (place := following.get(position)) is not None and place.position > position:
        yield place
        position = place.position


def save_piece(files: IndexFiles, place: PiecePlace, piece: NamePiece) -> None:
    """Keep a piece for all processes; StorageError when it cannot be written."""
    files.save(SINCE, place.text(), pack_arrays(piece.to_arrays()))


def open_piece(files: IndexFiles, place: PiecePlace) -> NamePiece | None:
    """A piece; None when it is no longer there, since a longer one tells the same."""
    try:
        packed = files.open(SINCE, place.text())
    except DataFileError:
        return None
    return None if packed is None else NamePiece.from_arrays(unpack_arrays(packed))


def making_pieces(files: IndexFiles) -> AbstractContextManager[bool]:
    """Be the one that makes them; gives whether no other is, and does not wait for it."""
    return locked(files.folder / SINCE / "maker.lock", wait=False)


def are_pieces_made(files: IndexFiles) -> bool:
    """Whether a process is making them."""
    with making_pieces(files) as free:
        return not free
