"""What was fitted to a generation, and how later builds take it along.

adapted/ranker.safetensors    the ranking
adapted/reviewed.jsonl        the reviewed questions
adapted/report.json           what it brought

The adapted words are a folder of word vectors like any other, named by the manifest.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from index import generations
from index.errors import IndexMissing, IndexUnreadable
from index.generations import Generation

ADAPTED = "adapted"
RANKER, REVIEWED, REPORT = "ranker.safetensors", "reviewed.jsonl", "report.json"


def carry_over(data: Path, folder: Path, *, embedder: str) -> None:
    """Takes the adaptation of the serving generation along where the same embedder is used."""
    serving = _adapted(data)
    if serving is not None and serving.manifest.embedder == embedder:
        shutil.copytree(serving.path / ADAPTED, folder / ADAPTED)


def adapted_embedding(data: Path) -> str | None:
    """The embedding of the serving generation where it was adapted, else None."""
    serving = _adapted(data)
    return None if serving is None else serving.manifest.embedding


def _adapted(data: Path) -> Generation | None:
    """The serving generation where it was adapted; a damaged one has nothing worth taking."""
    try:
        serving = generations.current(data)
    except (IndexMissing, IndexUnreadable):
        return None
    return serving if (serving.path / ADAPTED).is_dir() else None
