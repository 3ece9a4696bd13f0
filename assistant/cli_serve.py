"""policy-qa serve."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli_common import Data, set_log_level, settings_for
from assistant.errors import ConfigurationError
from assistant.ports import Answering
from assistant.runtime import Runtime
from assistant.settings import Settings

if TYPE_CHECKING:
    from index.reranking import Reranking


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
    opener = _opener(settings)
    listener = _listen(settings)
    # uvicorn raises the signal again once it has shut down; that is a normal end here.
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    _run(settings, listener, opener)


def _opener(settings: Settings) -> Callable[[Path], Answering]:
    """Opens generations; a reranker is opened now, so that a wrong one is told at the start."""
    if not settings.reranker:
        return partial(_open, settings)
    from assistant import wiring  # noqa: PLC0415 - loads the models

    return partial(_open, settings, reranking=wiring.open_reranking(settings))


def _open(settings: Settings, _: Path, *, reranking: Reranking | None = None) -> Answering:
    from assistant import wiring  # noqa: PLC0415 - loads the models, off the request path

    return wiring.open_answering(settings, reranking=reranking, warm=True)


def _run(settings: Settings, listener: socket.socket, opener: Callable[[Path], Answering]) -> None:
    import uvicorn  # noqa: PLC0415 - only needed here

    from assistant.api.app import create_app  # noqa: PLC0415 - only needed here

    runtime = Runtime(data=settings.data, open_answering=opener)
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
