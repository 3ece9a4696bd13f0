"""Trains word vectors so that a question's words lie near those of the passage that answers it.

In-batch negatives (Henderson et al. 2017, arXiv 1705.00652) over two similarities at once: late
interaction, each word of the question against its nearest in the passage (Khattab and Zaharia
2020, arXiv 2004.12832), which ranking uses, and the mean of the words, which the index uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.semantics import WordVectors, unit
from index.training.batches import Step

_SCALE = 20.0
_POOLED = 0.5
_ANCHOR = 0.02
_RATE, _WEIGHT_RATE = 1e-3, 5e-3
_WEIGHTS = 4.0  # natural logarithms of how much a word may count, each way
_START = 0.5
_TINY = 1e-6
_QUESTION, _PASSAGE = 24, 110  # words

Progress = Callable[[int, int], None]


class WordModel(nn.Module):
    """Directions and weights of words; row 0 stands for no word."""

    def __init__(self, words: WordVectors) -> None:
        super().__init__()
        lengths = np.maximum(np.linalg.norm(words.vectors, axis=1), _TINY)
        weights = _START * (np.log(lengths) - np.log(lengths).mean())
        self.rows = {term: row for row, term in enumerate(words.terms, 1)}
        self.directions = _table(unit(words.vectors))
        self.weights = _table(weights[:, None].astype(np.float32))
        self.register_buffer("start", self.directions.weight.detach().clone())

    def ids(self, texts: Sequence[Sequence[str]], *, longest: int) -> Tensor:
        """The known distinct words of texts, shape (texts, words), 0 where there are fewer."""
        rows = [
            [self.rows[term] for term in dict.fromkeys(text) if term in self.rows][:longest]
            for text in texts
        ]
        padded = torch.zeros((len(rows), max(1, *map(len, rows))), dtype=torch.long)
        for place, row in enumerate(rows):
            padded[place, : len(row)] = torch.tensor(row, dtype=torch.long)
        return padded

    def late(self, questions: Tensor, passages: Tensor) -> Tensor:
        """Weighted mean of each word's cosine to its nearest, shape (questions, passages)."""
        shares = self._counts(questions)
        shares = shares / (shares.sum(1, keepdim=True) + _TINY)
        cosines = torch.einsum("qid,njd->qinj", self._units(questions), self._units(passages))
        nearest = cosines.masked_fill((passages == 0)[None, None], -1.0).amax(-1)
        return (nearest * shares[..., None]).sum(1)

    def pooled(self, texts: Tensor) -> Tensor:
        """Unit vectors of texts, shape (texts, dimension)."""
        mean = (self._units(texts) * self._counts(texts)[..., None]).sum(1)
        return functional.normalize(mean, dim=-1)

    def drift(self, used: Tensor) -> Tensor:
        """Mean squared distance of words from where they began."""
        start = self.get_buffer("start")[used]
        moved: Tensor = ((self.directions(used) - start) ** 2).sum(-1).mean()
        return moved

    def words(self) -> WordVectors:
        """The vectors as they are now, their lengths the weights."""
        directions = unit(self.directions.weight.detach().numpy()[1:])
        weights = self.weights.weight.detach().clamp(-_WEIGHTS, _WEIGHTS).exp().numpy()[1:]
        return WordVectors(tuple(self.rows), np.asarray(directions * weights, dtype=np.float32))

    def _units(self, ids: Tensor) -> Tensor:
        return functional.normalize(self.directions(ids), dim=-1)

    def _counts(self, ids: Tensor) -> Tensor:
        weights: Tensor = self.weights(ids).squeeze(-1).clamp(-_WEIGHTS, _WEIGHTS).exp()
        return weights * (ids > 0)


def train(words: WordVectors, steps: Sequence[Step], *, progress: Progress) -> WordVectors:
    """Train on steps; the same start, steps and number of threads give the same vectors."""
    model = WordModel(words)
    optimiser = torch.optim.Adam(
        [
            {"params": model.directions.weight, "lr": _RATE},
            {"params": model.weights.weight, "lr": _WEIGHT_RATE},
        ]
    )
    for done, step in enumerate(steps, 1):
        questions = model.ids(step.questions, longest=_QUESTION)
        passages = model.ids(step.passages, longest=_PASSAGE)
        answers = torch.tensor(list(step.answers), dtype=torch.long)
        used = torch.unique(torch.cat((questions.flatten(), passages.flatten())))
        late = functional.cross_entropy(_SCALE * model.late(questions, passages), answers)
        means = model.pooled(questions) @ model.pooled(passages).T
        pooled = functional.cross_entropy(_SCALE * means, answers)
        optimiser.zero_grad()
        (late + _POOLED * pooled + _ANCHOR * model.drift(used)).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        progress(done, len(steps))
    return model.words()


def _table(rows: NDArray[np.float32]) -> nn.Embedding:
    """A table to train that begins with ``rows``, after one row of zeros for no word."""
    nothing = np.zeros((1, rows.shape[1]), dtype=np.float32)
    table = nn.Embedding(len(rows) + 1, rows.shape[1], padding_idx=0)
    table.weight.data = torch.from_numpy(np.concatenate((nothing, rows)))
    return table
