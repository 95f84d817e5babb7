"""Commands for those who keep the service (维护): `db …` for the database, `doctor` for everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import orjson

from geoname.faces.cli.anchoring import anchors, verify
from geoname.faces.cli.moving import move
from geoname.faces.cli.session import DONE, FINDINGS, Session, shared_options
from geoname.faces.cli.tables import facts, table


def database(session: Session) -> click.Group:
    """`geoname db …`."""
    say = session.say
    return click.Group(
        "db",
        commands=[
            _command(session, "info", _info, say("数据库里有什么", "what the database holds")),
            _command(
                session, "upgrade", _upgrade, say("升级到本版本的结构", "bring an older database up to date")
            ),
            _command(
                session,
                "backup",
                _backup,
                say("备份到一个新文件", "write a consistent copy to a new file"),
                "TARGET",
            ),
            _command(
                session,
                "restore",
                _restore,
                say("用备份恢复", "put a backup in the database's place"),
                "BACKUP",
            ),
            verify(session),
            anchors(session),
            move(session),
        ],
        help=say("数据库", "the database"),
    )


def doctor(session: Session) -> click.Command:
    """`geoname doctor`."""
    help_text = session.say("检查本机、数据和索引", "what is wrong with this machine, data or index")
    return _command(session, "doctor", _doctor, help_text)


def _command(
    session: Session, name: str, run: Callable[..., int], help_text: str, argument: str | None = None
) -> click.Command:
    own: list[click.Parameter] = []
    if argument is not None:
        own = [click.Argument(["file"], metavar=argument)]
    return click.Command(
        name,
        params=[*own, *shared_options(session)],
        callback=lambda **values: run(session, *values.values()),
        help=help_text,
    )


def _info(session: Session) -> int:
    from geoname.service.keep_database import database_info

    with session.opened() as geoname:
        shown = database_info(geoname)
    say, info = session.say, shown.info
    text = facts(
        (
            (say("地址", "address"), info.address),
            (say("类型", "kind"), info.dialect),
            (say("结构版本", "schema"), info.schema_version),
            (say("大小（MB）", "size (MB)"), f"{info.size_bytes / 1e6:.1f}"),
            (say("数据版本", "data version"), shown.data_version),
            (say("启用的界线版本", "active edition"), shown.active_edition),
            (say("已载入", "releases"), ", ".join(shown.releases)),
        )
    )
    rows = table((say("表", "table"), say("行数", "rows")), info.rows.items())
    _tell(session, shown, f"{text}\n\n{rows}")
    return DONE


def _upgrade(session: Session) -> int:
    from geoname.service.keep_database import upgrade_database

    version = upgrade_database(session.settings().database)
    _tell(
        session, {"schema_version": version}, session.say(f"结构版本 {version}", f"schema version {version}")
    )
    return DONE


def _backup(session: Session, file: str) -> int:
    from geoname.service.keep_database import backup_database

    with session.opened() as geoname:
        backup_database(geoname, Path(file))
    _tell(session, {"backup": file}, session.say(f"已备份到 {file}", f"backed up to {file}"))
    return DONE


def _restore(session: Session, file: str) -> int:
    from geoname.service.keep_database import restore_database

    address = restore_database(Path(file), session.settings().database)
    _tell(session, {"database": address}, session.say(f"已恢复 {address}", f"{address} is restored"))
    return DONE


def _doctor(session: Session) -> int:
    from geoname.service.examine import examine

    settings = session.settings()
    findings = examine(settings.database, settings.cache)
    heads = ("", session.say("项目", "what"), session.say("情况", "seen"), session.say("处理", "remedy"))
    rows = [("✓" if one.ok else "✗", one.what, one.detail, one.remedy) for one in findings]
    _tell(session, {"findings": findings}, table(heads, rows))
    return DONE if all(one.ok for one in findings) else FINDINGS


def _tell(session: Session, value: object, text: str) -> None:
    click.echo(orjson.dumps(value).decode() if session.as_json else text)
