"""policy-qa serve."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from assistant.cli_common import Data, set_log_level, settings_for
from assistant.errors import ConfigurationError
from assistant.ports import Answering
from assistant.runtime import Runtime
from assistant.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    data: Data = None,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help="Port; 0 takes a free one.", show_default="8000"
        ),
    ] = None,
) -> None:
    """Serve the HTTP API and its pages until stopped."""
    settings = settings_for(data=data, host=host, port=port)
    set_log_level(settings.log_level.upper())
    listener = _listen(settings)
    # uvicorn raises the signal again once it has shut down; that is a normal end here.
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    _run(settings, listener)


def _run(settings: Settings, listener: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415 - only needed here

    from assistant.api.app import create_app  # noqa: PLC0415 - only needed here

    def open_answering(_: Path) -> Answering:
        from assistant import wiring  # noqa: PLC0415 - loads the models, off the request path

        return wiring.open_answering(settings)

    runtime = Runtime(data=settings.data, open_answering=open_answering)
    config = uvicorn.Config(
        create_app(runtime, settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
    address, port = listener.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    typer.echo(f"policy-qa: listening on http://{shown}:{port}", err=True)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    """The listening socket; raise ``ConfigurationError`` where the address cannot be used."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        message = (
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror or error}; "
            "choose another --host or --port"
        )
        raise ConfigurationError(message) from error


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
