"""Fits word vectors to an operator's own questions and sections, staying near where they were.

A softmax over all sections at once (Henderson et al. 2017, arXiv 1705.00652), and one over the
other questions of a batch, of which those of the same section are right (supervised contrast,
Khosla et al. 2020, arXiv 2004.11362): a new question is compared with sections and with reviewed
questions. Only words that occur are moved, and each is drawn back to where it began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.semantics import WordVectors, unit

_SCALE = 12.0
_FAR = -1e9
_RATE, _WEIGHT_RATE = 2e-3, 1e-2
_WEIGHTS = 6.0
_TINY = 1e-4
_QUESTION, _SECTION = 24, 220  # words


@dataclass(frozen=True, slots=True)
class AdaptFit:
    """How long vectors learn, how much questions count for each other, and what holds back."""

    epochs: int = 8
    batch: int = 512
    together: float = 1.0
    anchor: float = 0.2


def adapt_words(
    words: WordVectors,
    *,
    questions: Sequence[Sequence[str]],
    answers: Sequence[int],
    sections: Sequence[Sequence[str]],
    fit: AdaptFit | None = None,
) -> WordVectors:
    """Vectors fitted to questions whose answer is ``sections[answers[i]]``; terms throughout.

    The same input and number of threads give the same vectors.
    """
    fit = fit or AdaptFit()
    torch.manual_seed(0)
    chance = np.random.default_rng(0)
    model = _Model(words, (*questions, *sections))
    held = model.bags(sections, longest=_SECTION)
    optimiser = torch.optim.Adam(
        [
            {"params": [model.directions], "lr": _RATE},
            {"params": [model.weights], "lr": _WEIGHT_RATE},
        ]
    )
    targets = torch.tensor(list(answers), dtype=torch.long)
    steps = fit.epochs * -(-len(questions) // fit.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(fit.epochs):
        order = chance.permutation(len(questions))
        for start in range(0, len(order), fit.batch):
            rows = order[start : start + fit.batch]
            bags = model.bags([questions[row] for row in rows], longest=_QUESTION)
            asked, right = model.pooled(bags), targets[torch.from_numpy(rows)]
            loss = functional.cross_entropy(_SCALE * asked @ model.pooled(held).T, right)
            loss = loss + fit.together * _apart(asked, right) + fit.anchor * model.drift()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return model.merged(words)


def _apart(asked: Tensor, right: Tensor) -> Tensor:
    """How unlikely each question finds one of its own section among the others of a batch."""
    own = torch.eye(len(asked), dtype=torch.bool)
    scores = (_SCALE * asked @ asked.T).masked_fill(own, _FAR)
    same = (right[:, None] == right) & ~own
    found = scores.logsumexp(1) - scores.masked_fill(~same, _FAR).logsumexp(1)
    held = same.any(1)
    return found[held].mean() if held.any() else scores.new_zeros(())


Bags = tuple[Tensor, Tensor]


class _Model:
    """The words that occur; row 0 stands for a text without any."""

    def __init__(self, words: WordVectors, texts: Sequence[Sequence[str]]) -> None:
        places = {term: row for row, term in enumerate(words.terms)}
        used = dict.fromkeys(term for text in texts for term in text if term in places)
        self.rows = np.array([places[term] for term in used], dtype=np.int64)
        self._numbers = {term: number for number, term in enumerate(used, 1)}
        lengths = np.linalg.norm(words.vectors[self.rows], axis=1)
        nothing = np.zeros((1, words.vectors.shape[1]), dtype=np.float32)
        begin = np.concatenate((nothing, unit(words.vectors[self.rows])))
        weights = np.concatenate(([0.0], np.log(np.maximum(lengths, _TINY)))).astype(np.float32)
        self.directions = torch.nn.Parameter(torch.from_numpy(begin))
        self.weights = torch.nn.Parameter(torch.from_numpy(weights))
        self._start = self.directions.detach().clone()

    def bags(self, texts: Sequence[Sequence[str]], *, longest: int) -> Bags:
        """Numbers of the words of texts end to end, and where each text begins."""
        rows = [[self._numbers[t] for t in text if t in self._numbers][:longest] for text in texts]
        rows = [row or [0] for row in rows]
        starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        return torch.tensor([n for row in rows for n in row]), torch.from_numpy(starts)

    def pooled(self, bags: Bags) -> Tensor:
        """Unit vectors of texts, shape (texts, dimension)."""
        counts = self.weights.clamp(-_WEIGHTS, _WEIGHTS).exp()[:, None]
        table = functional.normalize(self.directions, dim=-1) * counts
        table = torch.cat((torch.zeros_like(table[:1]), table[1:]))
        summed = functional.embedding_bag(bags[0], table, bags[1], mode="sum")
        return functional.normalize(summed, dim=-1)

    def drift(self) -> Tensor:
        """How far the words have moved, on average; near 0 where they stayed."""
        return ((self.directions - self._start) ** 2).sum() / len(self._start) * 10

    def merged(self, words: WordVectors) -> WordVectors:
        """All words, those that occur where they are now."""
        vectors = words.vectors.copy()
        weights = self.weights.detach().clamp(-_WEIGHTS, _WEIGHTS).exp().numpy()[1:]
        vectors[self.rows] = unit(self.directions.detach().numpy()[1:]) * weights[:, None]
        return WordVectors(words.terms, vectors)
