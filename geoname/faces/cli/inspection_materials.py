"""Commands about materials from the field (外业资料): track, attach, form, merge, and their lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import orjson

from geoname.core.inspections.form_merge import Side
from geoname.errors import DataFileError, InvalidInputError, TooLargeError
from geoname.faces.api.catalogue import route_of
from geoname.faces.cli.asking import Show, ask, ask_command, given, parameters_of, write
from geoname.faces.cli.handed_over import opened_file, save_download
from geoname.faces.cli.inspection_material_text import (
    show_attachment,
    show_attachments,
    show_merge,
    show_survey,
    show_track,
    show_tracks,
    to_look_into,
)
from geoname.faces.cli.loading import progress_line
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.service.handing_in import Quota, Upload
from geoname.service.inspection_material_answers import AttachmentList

Taken = dict[str, dict[str, str]]


def materials(session: Session) -> list[click.Command]:
    """The commands, for the group `inspections`."""
    say = session.say
    return [
        _handing_in(session, "inspections track", show_track),
        ask_command(session, "inspections tracks", show_tracks, ["id"]),
        ask_command(session, "inspections withdraw-track", show_track, ["id", "track"]),
        _attach(session),
        ask_command(session, "inspections attachments", show_attachments, ["id"]),
        _taking(session, "inspections attachment", ["id", "attachment"], say("附件", "the attachment")),
        ask_command(session, "inspections withdraw-attachment", show_attachment, ["id", "attachment"]),
        _taking(session, "inspections form", ["id"], say("外业表", "the form")),
        _merge(session),
        _handing_in(session, "inspections survey", show_survey, to_look_into),
        _taking(session, "inspections report", ["id"], say("报告", "the report")),
        _archive(session),
    ]


def _handing_in(
    session: Session, command: str, show: Show, finds: Callable[[Any], bool] = lambda _: False
) -> click.Command:
    """A command that sends a file; `finds` tells by the answer whether there is something to look into."""
    route, arguments = route_of(command), ("id", "file")

    def run(id_: str, file_: str, **values: Any) -> int:  # noqa: ANN401 - what click parsed
        with opened_file(file_) as content:
            sent = {"id": id_, "file": _upload(session, file_, content), **given(values)}
            found = ask(session, route, sent, arguments)
        write(session, found, show)
        return FINDINGS if finds(found) else DONE

    return click.Command(
        command.split()[-1],
        params=[*parameters_of(session, route, arguments), *shared_options(session)],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def _attach(session: Session) -> click.Command:
    """One photograph or many; those before one that is refused are kept, and kept once when given again."""
    route, arguments = route_of("inspections attach"), ("id", "file")

    def run(id_: str, file_: tuple[str, ...], **values: Any) -> int:  # noqa: ANN401 - what click parsed
        found = []
        step, finish = progress_line()
        try:
            for number, name in enumerate(file_, start=1):
                with opened_file(name) as content, _naming(name, file_):
                    sent = {"id": id_, "file": _upload(session, name, content), **given(values)}
                    found.append(ask(session, route, sent, arguments))
                if step is not None:
                    step("attach", number, len(file_))
        finally:
            finish()
        if len(found) == 1:
            write(session, found[0], show_attachment)
        else:
            write(session, AttachmentList(tuple(found)), show_attachments)
        return DONE

    made = _handing_in(session, "inspections attach", show_attachment)
    made.callback = run
    (argument,) = [one for one in made.params if one.name == "file_"]
    made.params[made.params.index(argument)] = click.Argument(
        ["file_"], metavar="FILE...", nargs=-1, required=True
    )
    return made


@contextmanager
def _naming(name: str, files: Sequence[str]) -> Iterator[None]:
    """Says which of several files it is that is refused."""
    try:
        yield
    except (InvalidInputError, TooLargeError) as error:
        if len(files) == 1:
            raise
        raise type(error)(f"{name}: {error.message}", zh=f"{name}：{error.zh}", field="FILE") from None


def _taking(session: Session, command: str, arguments: list[str], what: str) -> click.Command:
    """A command that writes what is given to a new file; the format follows from the file's ending."""
    route = route_of(command)

    def run(output: str | None, **values: Any) -> int:  # noqa: ANN401 - what click parsed
        asked = given(values)
        if output is not None and "format" in route.parameters and "format" not in asked:
            asked["format"] = Path(output).suffix.lower().lstrip(".")
        target = None if output is None else Path(output)
        if target is not None and target.exists():
            raise InvalidInputError(
                f"{target} exists already: name a new file",
                zh=f"{target} 已存在：请另取文件名",
                field="--output",
            )
        download = ask(session, route, asked, arguments)
        target = target or Path(download.filename)
        save_download(download, target)
        click.echo(
            orjson.dumps({"output": str(target)}).decode()
            if session.as_json
            else session.say(f"{what}已写入 {target}", f"{what} was written to {target}")
        )
        return DONE

    output = click.Option(
        ["-o", "--output"], metavar="OUT", help=session.say("写到哪个新文件", "the new file to write")
    )
    return click.Command(
        command.split()[-1],
        params=[*parameters_of(session, route, arguments), output, *shared_options(session)],
        callback=run,
        help=session.say(route.zh, route.en),
    )


def _archive(session: Session) -> click.Command:
    """A zip, or the same files in a new folder when the name does not end in .zip."""
    route = route_of("inspections archive")
    say = session.say

    def run(id_: str, output: str | None) -> int:
        from geoname.formats.archive_zip import unpack_archive

        target = None if output is None else Path(output)
        if target is not None and target.exists():
            raise InvalidInputError(
                f"{target} exists already: name a new folder or file",
                zh=f"{target} 已存在：请另取名称",
                field="--output",
            )
        download = ask(session, route, {"id": id_}, ["id"])
        target = target or Path(download.filename)
        if target.suffix.lower() == ".zip":
            save_download(download, target)
        else:
            packed = target.with_name(f"{target.name}.zip.part")
            save_download(download, packed)
            try:
                unpack_archive(packed, target)
            finally:
                packed.unlink()
        click.echo(
            orjson.dumps({"output": str(target)}).decode()
            if session.as_json
            else say(f"归档材料已写入 {target}", f"the archive set was written to {target}")
        )
        return DONE

    output = click.Option(
        ["-o", "--output"],
        metavar="OUT",
        help=say("新的文件夹，或以 .zip 结尾的文件", "a new folder, or a file that ends in .zip"),
    )
    return click.Command(
        "archive",
        params=[*parameters_of(session, route, ["id"]), output, *shared_options(session)],
        callback=run,
        help=say(route.zh, route.en),
    )


def _merge(session: Session) -> click.Command:
    route, arguments = route_of("inspections merge"), ("id", "file")
    say = session.say

    def run(id_: str, file_: str, take: tuple[str, ...], decisions: str | None, **values: Any) -> int:  # noqa: ANN401
        decided = _from_file(decisions) if decisions is not None else {}
        for written in take:
            item, field, side = _taken(written)
            decided.setdefault(item, {})[field] = side
        with opened_file(file_) as content:
            sent = {
                "id": id_,
                "file": _upload(session, file_, content),
                "decisions": decided,
                **given(values),
            }
            found = ask(session, route, sent, arguments)
        write(session, found, show_merge)
        return FINDINGS if any(not one.written and one.undecided for one in found.items) else DONE

    own = [
        click.Option(
            ["--take"],
            multiple=True,
            metavar="ITEM[/FIELD]=mine|theirs",
            help=say(
                "以外业表（mine）或登记（theirs）为准", "whose value holds: the form's or the register's"
            ),
        ),
        click.Option(
            ["--decisions"],
            metavar="FILE",
            help=say("写有决定的 JSON 文件", 'JSON file of decisions: {"ITEM": {"FIELD": "mine"}}'),
        ),
    ]
    others = [one for one in parameters_of(session, route, arguments) if one.name != "decisions_"]
    return click.Command(
        "merge",
        params=[*others, *own, *shared_options(session)],
        callback=run,
        help=say(route.zh, route.en),
    )


def _taken(written: str) -> tuple[str, str, str]:
    """Item, field (`*` for all of the item's) and side of what `--take` says."""
    what, equals, side = written.rpartition("=")
    if not equals or not what or side not in tuple(Side):
        raise InvalidInputError(
            f"{written!r} is no decision: write ITEM=mine, ITEM=theirs or ITEM/FIELD=mine",
            zh=f"{written!r} 不是决定：请写 项目=mine、项目=theirs 或 项目/字段=mine",
            field="--take",
        )
    item, _, field = what.partition("/")
    return item, field or "*", side


def _from_file(file: str) -> Taken:
    try:
        read = orjson.loads(Path(file).read_bytes())
    except OSError as error:
        raise DataFileError(
            f"{file} cannot be read ({error.strerror}): check its name",
            zh=f"无法读取 {file}（{error.strerror}）：请核对文件名",
            field="--decisions",
        ) from None
    except orjson.JSONDecodeError as error:
        raise _no_decisions(file, str(error)) from None
    if not isinstance(read, dict) or not all(isinstance(fields, dict) for fields in read.values()):
        raise _no_decisions(file, "no object of objects")
    return read


def _no_decisions(file: str, trouble: str) -> InvalidInputError:
    return InvalidInputError(
        f'{file} holds no decisions ({trouble}): write {{"ITEM": {{"FIELD": "mine"}}}}',
        zh=f'{file} 中没有决定（{trouble}）：请写 {{"项目": {{"字段": "mine"}}}}',
        field="--decisions",
    )


def _upload(session: Session, file: str, content: Any) -> Upload:  # noqa: ANN401 - an open file
    limits = session.settings().limits
    quota = Quota(limits.upload_bytes, limits.upload_rows, limits.open_jobs, limits.kept_days)
    return Upload(Path(file).name, content, quota)
