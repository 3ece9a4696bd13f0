"""The policy lexicon: user words, exact aliases, everyday words and question expressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from corpus.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Policy words as data.

    ``user_words``: (form, tag) to keep whole; ``aliases``: groups of exact equivalents, official
    form first; ``everyday``: citizen's word -> (official word, weight 0..1); ``question_words``:
    (expression, answer type); ``function_words``: words that ask rather than name a subject;
    ``answer_cues``: answer type -> (label documents put beside such an answer, weight);
    ``places``: regions and countries, none of which stands for another.
    """

    user_words: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, ...], ...]
    everyday: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    question_words: tuple[tuple[str, str], ...]
    function_words: tuple[str, ...]
    answer_cues: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    places: tuple[str, ...]


def load_lexicon(folder: Traversable | None = None) -> Lexicon:
    """Load the lexicon of a folder (default: the bundled one); raise ``LexiconError``."""
    root = folder if folder is not None else files("corpus") / "lexicon"
    return Lexicon(
        user_words=tuple(_rows(root / "user_words.tsv")),
        aliases=tuple(
            (official, *_parts(others)) for official, others in _rows(root / "aliases.tsv")
        ),
        everyday=_weighted_rows(root / "everyday.tsv"),
        question_words=tuple(_rows(root / "question_words.tsv")),
        function_words=tuple(form for form, _ in _rows(root / "function_words.tsv")),
        answer_cues=_weighted_rows(root / "answer_cues.tsv"),
        places=tuple(name for name, _ in _rows(root / "places.tsv")),
    )


def _rows(path: Traversable) -> Iterator[tuple[str, str]]:
    for _, first, second in _entries(path):
        yield first, second


def _weighted_rows(path: Traversable) -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
    return tuple(
        (word, tuple(_weighted(where, targets))) for where, word, targets in _entries(path)
    )


def _entries(path: Traversable) -> Iterator[tuple[str, str, str]]:
    """Every entry of a file as its place ("file:line") and its two columns."""
    for number, line in enumerate(_text_of(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("\t")]
        if len(columns) != 2 or not all(columns):
            raise LexiconError(f"{path.name}:{number}: two tab-separated columns are needed")
        yield f"{path.name}:{number}", columns[0], columns[1]


def _text_of(path: Traversable) -> str:
    if not path.is_file():
        raise LexiconError(f"lexicon file {path.name} is missing; put it back or name a folder")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise LexiconError(f"{path.name}:{line}: not UTF-8; save the file as UTF-8") from error


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _weighted(where: str, targets: str) -> Iterator[tuple[str, float]]:
    for target in _parts(targets):
        official, _, weight = target.rpartition(":")
        try:
            value = float(weight)
        except ValueError:
            raise LexiconError(f"{where}: '{target}' needs word:weight") from None
        if not official.strip() or not 0.0 < value <= 1.0:
            raise LexiconError(f"{where}: the weight of '{target}' must be in 0..1")
        yield official.strip(), value
