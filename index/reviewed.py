"""Questions that officers reviewed for sections, as a further field of those sections."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.embedding import Embedder, WordEmbedder
from index.errors import IndexUnreadable
from index.lexical import LexicalIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Section = tuple[str, str]  # document id and section id


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question, its ``form/TT`` terms, and the section that answers it."""

    question: str
    terms: tuple[str, ...]
    section: Section


class ReviewedIndex:
    """How like a question is to those reviewed for each section.

    Sections are numbered from 0 in the order in which they first occur.
    """

    def __init__(self, questions: Sequence[Reviewed]) -> None:
        self.sections = tuple(dict.fromkeys(one.section for one in questions))
        self.places = {section: place for place, section in enumerate(self.sections)}
        self._owners = np.array([self.places[one.section] for one in questions], dtype=np.int64)
        self._single = LexicalIndex.build([one.terms for one in questions])
        together: list[list[str]] = [[] for _ in self.sections]
        for one in questions:
            together[self.places[one.section]].extend(one.terms)
        self._together = LexicalIndex.build(together)

    def likeness(self, terms: Sequence[str], cosines: Floats) -> Floats:
        """Shape (sections, 3): as ``index.ranker.ASKED`` names them, each 1 at best.

        ``cosines`` are those of the question to each of the reviewed ones.
        """
        found = np.zeros((len(self.sections), 3), dtype=np.float32)
        np.maximum.at(found[:, 0], self._owners, _share(self._single, terms))
        found[:, 1] = _share(self._together, terms)
        np.maximum.at(found[:, 2], self._owners, cosines)
        return found


def save_reviewed(questions: Iterable[Reviewed], path: Path) -> None:
    """Writes the questions as lines of JSON."""
    lines = (json.dumps(asdict(one), ensure_ascii=False) for one in questions)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def load_reviewed(path: Path) -> tuple[Reviewed, ...]:
    """What ``save_reviewed`` wrote; raise ``IndexUnreadable`` from another file."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        return tuple(
            Reviewed(
                str(row["question"]), tuple(row["terms"]), (row["section"][0], row["section"][1])
            )
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise IndexUnreadable(
            f"the reviewed questions {path} cannot be read ({error}); adapt the index again or go "
            "back with 'policy-qa index rollback'"
        ) from error


def _share(index: LexicalIndex, terms: Sequence[str]) -> Floats:
    counts = Counter(terms)
    total = max(sum(index.idf(term) for term in counts), 1e-9)
    return index.weighted_scores(counts.items()) / np.float32(total)


def question_vectors(questions: Sequence[Reviewed], embedder: Embedder) -> Floats:
    """A vector for each question, shape (questions, d)."""
    if not questions:
        return np.zeros((0, embedder.dimension), dtype=np.float32)
    if isinstance(embedder, WordEmbedder):
        return embedder.encode_terms([one.terms for one in questions])
    return embedder.encode([one.question for one in questions])
