"""The command that serves the API and the pages."""

from __future__ import annotations

import socket
from dataclasses import replace

import click

from corpus.errors import UsageError
from search_api.cli.base import settings, tell
from search_api.cli.bilingual import Command
from search_api.stores import opened


@click.command("serve", cls=Command, help="启动服务和网页，直到停下（Ctrl+C）")
@click.option("--host", help="监听地址（JINDIANZI_HOST）")
@click.option("--port", type=click.IntRange(1, 65535), help="端口（PORT）")
def serve_command(host: str | None, port: int | None) -> int:
    from search_api.app import server  # what serves is loaded only where it serves

    chosen = settings()
    chosen = replace(chosen, host=host or chosen.host, port=port or chosen.port)
    _refuse_taken_port(chosen.host, chosen.port)
    with opened(chosen):  # what is wrong with the stores is said here, in a sentence
        pass
    tell("正在 http://{host}:{port} 提供服务，按 Ctrl+C 停下", host=chosen.host, port=chosen.port)
    running = server(chosen)
    running.run()
    return 0 if running.started else 3


def _refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything is opened. Raises UsageError."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise UsageError(
            f"不能在 {host}:{port} 监听（{error.strerror}）",
            where="PORT",
            remedy="请换一个端口，例如 PORT=8001",
            en="the port cannot be used",
        ) from error


COMMANDS = (serve_command,)
