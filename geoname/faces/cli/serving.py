"""Commands about the HTTP service (服务): serve, openapi."""

from __future__ import annotations

from dataclasses import replace

import click

from geoname.faces.cli.session import DONE, Session, shared_options


def serve(session: Session) -> click.Command:
    """`geoname serve`."""

    def run(host: str | None, port: int | None, workers: int | None) -> int:
        from geoname.faces.serve import run_server

        settings = session.settings()
        chosen = replace(
            settings,
            host=host or settings.host,
            port=port or settings.port,
            workers=workers or settings.workers,
            language=session.language,
        )
        run_server(chosen, lambda address: click.echo(address))
        return DONE

    say = session.say
    return click.Command(
        "serve",
        params=[
            click.Option(["--host"], metavar="ADDRESS", help=say("监听地址", "address to listen on")),
            click.Option(
                ["--port"], type=click.IntRange(1, 65_535), help=say("监听端口", "port to listen on")
            ),
            click.Option(
                ["--workers"], type=click.IntRange(1, 256), help=say("进程数", "number of processes")
            ),
            *shared_options(session),
        ],
        callback=run,
        help=say("启动 HTTP 服务和网页", "the HTTP service and the web page"),
    )


def describe(session: Session) -> click.Command:
    """`geoname openapi`."""

    def run() -> int:
        import orjson

        from geoname.faces.api.openapi import openapi

        click.echo(orjson.dumps(openapi(session.settings().limits, session.language)).decode())
        return DONE

    return click.Command(
        "openapi",
        params=shared_options(session),
        callback=run,
        help=session.say("输出 OpenAPI 文档", "write the OpenAPI document"),
    )
