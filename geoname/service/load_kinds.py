"""The kinds of files that can be loaded (载入种类), each with what loads, publishes and undoes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoname.errors import InvalidInputError
from geoname.service.opened import Geoname

Progress = Callable[[str, int, int], None]
"""Called with the step, how much is done and of how much."""


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """A file to load: its definition (None: beside it), who loads it, whether it is only to be looked at.

    Rows that fail are written to `rejects`, a CSV file; nowhere when it is None. `acts_for` are the codes of
    the divisions whose records may be touched, None for all. `most_rows` is how long a table of names may be;
    every change of names that were there is written to `changes`, a CSV file, if one is named.
    """

    file: Path
    definition: Path | None
    actor: str
    dry_run: bool = False
    rejects: Path | None = None
    acts_for: tuple[str, ...] | None = None
    most_rows: int | None = None
    changes: Path | None = None


Loader = Callable[[Geoname, LoadRequest, Progress | None], Any]
"""Loads a file and gives back its report, a dataclass whose fields are JSON's.

Errors raised on purpose tell why nothing was loaded. The same request again changes nothing.
"""
After = Callable[[Geoname, dict[str, Any], str], Any]
"""Does something with what was loaded, told by its report as JSON and the actor; gives back a dataclass."""


def _usual_within(definition: str) -> tuple[str, ...]:
    from geoname.formats.definition import parse_definition_text

    return parse_definition_text(definition).within


def _divisions_within(definition: str) -> tuple[str, ...]:
    from geoname.formats.division_definition import parse_division_definition_text

    return parse_division_definition_text(definition).within


@dataclass(frozen=True, slots=True)
class LoadKind:
    """One kind: how a file of it is loaded; how a loaded draft is published and a load undone, if it can be.

    Without `publish` a load is served when it ends well; a dry run is published by loading it. `within` tells
    from a definition the codes of the divisions that a file covers, and refuses a definition that is none.
    """

    name: str
    load: Loader
    publish: After | None = None
    undo: After | None = None
    within: Callable[[str], tuple[str, ...]] = _usual_within


@dataclass(frozen=True, slots=True)
class ActiveEdition:
    """The edition that answers are given from now."""

    active_edition: str


def kind_named(name: str) -> LoadKind:
    """The kind of a name; InvalidInputError lists the known ones."""
    found = KINDS.get(name)
    if found is None:
        raise InvalidInputError(
            f"{name!r} is no kind of file to load: use one of {', '.join(KINDS)}",
            zh=f"不能载入 {name!r} 这一种：可用 {'、'.join(KINDS)}",
            field="kind",
        )
    return found


# What loads files imports half of the house, which is needed for the kind at hand only.


def _names(geoname: Geoname, request: LoadRequest, progress: Progress | None) -> object:
    from geoname.service.load_names import load_names

    return load_names(geoname, request, progress)


def _undo_release(geoname: Geoname, report: dict[str, Any], actor: str) -> object:
    from geoname.service.load_undo import undo_load

    return undo_load(geoname, str(report["release"]), actor)


def _boundaries(geoname: Geoname, request: LoadRequest, progress: Progress | None) -> object:
    from geoname.service.load_boundaries import Wish, load_boundaries

    wish = Wish(dry_run=request.dry_run)
    return load_boundaries(geoname, request.file, request.actor, wish, request.definition, progress)


def _divisions(geoname: Geoname, request: LoadRequest, progress: Progress | None) -> object:
    from geoname.service.load_divisions import load_divisions

    return load_divisions(geoname, request, progress)


def _changes(geoname: Geoname, request: LoadRequest, progress: Progress | None) -> object:
    from geoname.service.load_changes import load_changes

    return load_changes(geoname, request, progress)


def _lines(geoname: Geoname, request: LoadRequest, progress: Progress | None) -> object:
    from geoname.service.load_lines import load_lines

    return load_lines(geoname, request, progress)


def _markers(geoname: Geoname, request: LoadRequest, progress: Progress | None) -> object:
    from geoname.service.load_markers import load_markers

    return load_markers(geoname, request, progress)


def _activate(geoname: Geoname, report: dict[str, Any], actor: str) -> ActiveEdition:
    return _activated(geoname, str(report["edition"]), actor)


def _activate_former(geoname: Geoname, report: dict[str, Any], actor: str) -> ActiveEdition:
    """The edition that was the active one when the draft was loaded becomes it again."""
    return _activated(geoname, str(report["active_edition"]), actor)


def _activated(geoname: Geoname, edition_id: str, actor: str) -> ActiveEdition:
    from geoname.service.activate_edition import activate_edition

    activate_edition(geoname, edition_id, actor)
    return ActiveEdition(edition_id)


KINDS: dict[str, LoadKind] = {
    kind.name: kind
    for kind in (
        LoadKind("names", _names, undo=_undo_release),
        LoadKind("boundaries", _boundaries, publish=_activate, undo=_activate_former),
        LoadKind("divisions", _divisions, undo=_undo_release, within=_divisions_within),
        LoadKind("lines", _lines),
        LoadKind("markers", _markers),
        LoadKind("changes", _changes, undo=_undo_release, within=_divisions_within),
    )
}
"""Every kind by its name; to add one, write its function above and list it here."""
