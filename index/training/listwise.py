"""Fits the network that orders candidates, with a softmax over the candidates of a question.

ListNet's top-one loss (Cao et al. 2007): the likelihood of a right candidate among all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from index.ranker import FEATURES, Ranker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_FAR = -9.0  # standard deviations; where there is no candidate
_LOW = -1e9
_CONSTANT = 1e-6
_LEARNED = ("linear", "hidden", "bias", "out")


@dataclass(frozen=True, slots=True)
class Fit:
    """How networks are fitted: how many are averaged, how wide and how long they learn."""

    networks: int = 5
    hidden: int = 24
    epochs: int = 12
    rate: float = 0.02
    decay: float = 1e-4
    batch: int = 256
    dropout: float = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Candidates of questions, padded: features (n, k, f), ``there`` and ``right`` (n, k)."""

    features: Floats
    there: NDArray[np.bool_]
    right: NDArray[np.bool_]


def padded(features: Sequence[Floats], right: Sequence[NDArray[np.bool_]]) -> Lists:
    """Lists of differing length as arrays."""
    longest = max(map(len, features))
    made = np.zeros((len(features), longest, len(FEATURES)), dtype=np.float32)
    there = np.zeros((len(features), longest), dtype=np.bool_)
    answers = np.zeros((len(features), longest), dtype=np.bool_)
    for place, (one, answer) in enumerate(zip(features, right, strict=True)):
        made[place, : len(one)] = one
        there[place, : len(one)] = True
        answers[place, : len(one)] = answer
    return Lists(made, there, answers)


def fit_ranker(
    lists: Lists, fit: Fit | None = None, *, progress: Callable[[int, int], None] | None = None
) -> Ranker:
    """The mean of several networks; the same lists and number of threads give the same one.

    Features that never differ get no weight, so that they can be learned by adaptation.
    """
    fit = fit or Fit()
    seen = lists.features[lists.there]
    mean, scale = seen.mean(axis=0), seen.std(axis=0)
    live = scale > _CONSTANT
    scale = np.where(live, scale, 1.0).astype(np.float32)
    own = torch.from_numpy(((lists.features - mean) / scale)[:, :, live])
    there, right = torch.from_numpy(lists.there), torch.from_numpy(lists.right)
    networks = []
    for seed in range(fit.networks):
        networks.append(_fitted(own, there, right, fit=fit, seed=seed))
        if progress is not None:
            progress(seed + 1, fit.networks)
    return _merged(networks, mean=mean, scale=scale, live=live)


def refit_ranker(
    begin: Ranker, lists: Lists, fit: Fit, *, progress: Callable[[int, int], None] | None = None
) -> Ranker:
    """A ranker that goes on from where another one is; ``fit.networks`` and width do not count."""
    own = torch.from_numpy((lists.features - begin.mean) / begin.scale)
    network = _Begun(begin)
    _learn(
        network, own, torch.from_numpy(lists.there), torch.from_numpy(lists.right), fit=fit, seed=0
    )
    if progress is not None:
        progress(1, 1)
    learned = {name: _array(getattr(network, name)) for name in _LEARNED}
    return replace(begin, **learned)


def between(one: Ranker, other: Ranker, *, share: float) -> Ranker:
    """The ranker on the way from one to another that went on from it; 1 is the other."""
    mixed = {
        name: (1 - share) * getattr(one, name) + share * getattr(other, name) for name in _LEARNED
    }
    return replace(one, **{name: values.astype(np.float32) for name, values in mixed.items()})


class _Begun(nn.Module):
    """The network of a ranker, to be trained further."""

    def __init__(self, begin: Ranker) -> None:
        super().__init__()
        self.linear = _parameter(begin.linear)
        self.hidden = _parameter(begin.hidden)
        self.bias = _parameter(begin.bias)
        self.out = _parameter(begin.out)

    def forward(self, own: Tensor, there: Tensor) -> Tensor:
        """Scores, shape (questions, candidates)."""
        top = own.masked_fill(~there[..., None], _FAR).amax(1, keepdim=True)
        seen = torch.cat((own, own - top, top.expand_as(own)), -1)
        scores: Tensor = own @ self.linear + torch.tanh(seen @ self.hidden.T + self.bias) @ self.out
        return scores.masked_fill(~there, _LOW)


def _parameter(array: Floats) -> nn.Parameter:
    return nn.Parameter(torch.from_numpy(array.copy()))


class _Network(nn.Module):
    def __init__(self, features: int, fit: Fit) -> None:
        super().__init__()
        self.linear = nn.Linear(features, 1, bias=False)
        self.hidden = nn.Linear(3 * features, fit.hidden)
        self.out = nn.Linear(fit.hidden, 1, bias=False)
        self.dropout = nn.Dropout(fit.dropout)

    def forward(self, own: Tensor, there: Tensor) -> Tensor:
        """Scores, shape (questions, candidates)."""
        top = own.masked_fill(~there[..., None], _FAR).amax(1, keepdim=True)
        seen = torch.cat((own, own - top, top.expand_as(own)), -1)
        hidden = self.out(self.dropout(torch.tanh(self.hidden(seen))))
        scores: Tensor = (self.linear(own) + hidden).squeeze(-1)
        return scores.masked_fill(~there, _LOW)


def _fitted(own: Tensor, there: Tensor, right: Tensor, *, fit: Fit, seed: int) -> _Network:
    torch.manual_seed(seed)
    network = _Network(own.shape[-1], fit)
    _learn(network, own, there, right, fit=fit, seed=seed)
    return network.eval()


def _learn(
    network: nn.Module, own: Tensor, there: Tensor, right: Tensor, *, fit: Fit, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=fit.rate, weight_decay=fit.decay)
    steps = fit.epochs * -(-len(own) // fit.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    network.train()
    for _ in range(fit.epochs):
        order = torch.from_numpy(chance.permutation(len(own)))
        for start in range(0, len(order), fit.batch):
            batch = order[start : start + fit.batch]
            scores = network(own[batch], there[batch])
            answers = scores.masked_fill(~right[batch], _LOW)
            loss = (scores.logsumexp(1) - answers.logsumexp(1)).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()


def _merged(
    networks: Sequence[_Network], *, mean: Floats, scale: Floats, live: NDArray[np.bool_]
) -> Ranker:
    """One network that gives the mean of all: their hidden units side by side."""
    count = len(networks)
    linear = np.zeros(len(live), dtype=np.float32)
    linear[live] = np.mean([_array(one.linear.weight)[0] for one in networks], axis=0)
    narrow = np.concatenate([_array(one.hidden.weight) for one in networks])
    hidden = np.zeros((len(narrow), 3 * len(live)), dtype=np.float32)
    hidden[:, np.tile(live, 3)] = narrow
    return Ranker(
        mean=mean.astype(np.float32),
        scale=scale,
        linear=linear,
        hidden=hidden,
        bias=np.concatenate([_array(one.hidden.bias) for one in networks]),
        out=(np.concatenate([_array(one.out.weight)[0] for one in networks]) / count).astype(
            np.float32
        ),
    )


def _array(tensor: Tensor) -> Floats:
    return tensor.detach().numpy().astype(np.float32)
