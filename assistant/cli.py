"""The command line: exit status 0, 1 (failed, one clear line on stderr) or 2 (usage)."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import EntryPoint, entry_points

import typer

from assistant import cli_ask, cli_index, cli_serve
from assistant.errors import AssistantError, QuestionError
from assistant.surface import explain
from corpus.errors import CorpusError
from index.errors import RetrievalError

PLUG_INS = "policy_qa.commands"
_log = logging.getLogger(__name__)


def make_app() -> typer.Typer:
    """The program with its own commands and those other packages plug in."""
    app = typer.Typer(
        name="policy-qa",
        help="Answers questions on Korean policy documents with citations to exact sections.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for part in (cli_index, cli_ask, cli_serve):
        part.register(app)
    for plug_in in sorted(entry_points(group=PLUG_INS), key=lambda found: found.name):
        _plug_in(app, plug_in)
    return app


def main() -> None:
    """Run the program; every failure is one line."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        make_app()(prog_name="policy-qa")
    except QuestionError as error:
        _fail(explain(error)[1])
    except (AssistantError, CorpusError, RetrievalError) as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or 'input/output'}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - a failure is one line, the trace is for debugging
        _log.debug("unexpected error", exc_info=error)
        _fail(f"unexpected {type(error).__name__}: {error}; POLICY_QA_LOG_LEVEL=debug shows more")


def _plug_in(app: typer.Typer, plug_in: EntryPoint) -> None:
    """Let a package add its commands; one that cannot be loaded says so only when called."""
    try:
        plug_in.load()(app)
    except Exception as error:  # noqa: BLE001 - a broken plug-in must not take the program along
        message = f"{plug_in.name} is not available: {type(error).__name__}: {error}"

        def unavailable() -> None:
            raise AssistantError(message)

        settings = {"allow_extra_args": True, "ignore_unknown_options": True}
        app.command(plug_in.name, help="Not available.", context_settings=settings)(unavailable)


def _fail(message: str) -> None:
    typer.echo(f"policy-qa: {' '.join(message.split())}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
