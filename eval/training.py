"""The ``train`` group: how the weights that come with the program are made."""

from __future__ import annotations

import typer

from eval.ranker.command import train_ranker
from eval.reader.command import train_reader
from eval.words import train_words


def register(app: typer.Typer) -> None:
    """Add ``train words``, ``train ranker`` and ``train reader``."""
    group = typer.Typer(help="Make the weights that come with the program anew.")
    group.command("words")(train_words)
    group.command("ranker")(train_ranker)
    group.command("reader")(train_reader)
    app.add_typer(group, name="train")
