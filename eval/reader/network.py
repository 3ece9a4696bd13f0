"""The reader's network for training; ``assistant.reader.Network`` computes the same."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

_HIDDEN, _INNER, _MEANING, _WORDING, _KIND, _READ = 32, 16, 16, 12, 12, 48
_DROPOUT = 0.15
_NONE = 1e-4
_MASKED = -1e4


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the inputs: channels a term, attributes a word, dimensions, forms, wordings."""

    channels: int
    attributes: int
    dimensions: int
    forms: int
    scores: int
    question: int
    wordings: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Records padded to one size: b questions, n pieces, m words.

    ``terms`` (b, n, m, c), ``words`` (b, m, a), ``vectors`` (b, m, d), ``is_word`` (b, m),
    ``is_piece`` (b, n), ``profiles`` (b, n, f), ``scores`` (b, n, s), ``question`` (b, q),
    ``wording`` (b, w) ids with 0 for none, ``right`` (b, n), ``answerable`` (b,).
    """

    terms: Tensor
    words: Tensor
    vectors: Tensor
    is_word: Tensor
    is_piece: Tensor
    profiles: Tensor
    scores: Tensor
    question: Tensor
    wording: Tensor
    right: Tensor
    answerable: Tensor


class ReaderNetwork(nn.Module):
    """See ``assistant.reader.Network``."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.meaning = nn.Linear(sizes.dimensions, _MEANING)
        self.matters = _layers(sizes.attributes + _MEANING, 24, 1, dropout=0.0)
        self.match = _layers(sizes.channels + sizes.attributes, _HIDDEN, _INNER + 1)
        self.wording = nn.Embedding(sizes.wordings + 1, _WORDING, padding_idx=0)
        self.kind = _layers(_WORDING + sizes.forms, 24, _KIND)
        width = 2 * _INNER + 4 + _KIND + sizes.scores + sizes.question + sizes.forms
        self.out = _layers(width, _READ, 2)
        nn.init.normal_(self.wording.weight, std=0.1)
        with torch.no_grad():
            self.wording.weight[0].zero_()

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Log-probabilities of the pieces (b, n) and the log-odds of an answer (b,)."""
        pieces = batch.terms.shape[1]
        matters = self._matters(batch)[:, None]
        words = batch.words[:, None].expand(-1, pieces, -1, -1)
        hidden = self.match(torch.cat((batch.terms, words), -1))
        met, inner = torch.sigmoid(hidden[..., 0]), functional.silu(hidden[..., 1:])
        total = matters.sum(-1) + _NONE
        missed = matters * (1 - met)
        worst = missed.amax(-1)
        read = torch.cat(
            (
                (matters[..., None] * inner).sum(2) / total[..., None],
                inner.masked_fill(~batch.is_word[:, None, :, None], _MASKED).amax(2),
                torch.stack(
                    ((matters * met).sum(-1) / total, missed.sum(-1), worst, worst / total), -1
                ),
                self._kind(batch),
                batch.scores,
                batch.question[:, None].expand(-1, pieces, -1),
                batch.profiles,
            ),
            -1,
        )
        out = self.out(read)
        order = torch.log_softmax(out[..., 0].masked_fill(~batch.is_piece, _MASKED), -1)
        return order, (order.exp() * out[..., 1]).sum(-1)

    def _matters(self, batch: Batch) -> Tensor:
        meaning = functional.dropout(self.meaning(batch.vectors), _DROPOUT, self.training)
        raw = self.matters(torch.cat((batch.words, meaning), -1)).squeeze(-1)
        return functional.softplus(raw) * batch.is_word

    def _kind(self, batch: Batch) -> Tensor:
        count = (batch.wording > 0).sum(1, keepdim=True).clamp(min=1)
        asked = self.wording(batch.wording).sum(1) / count**0.5
        asked = functional.dropout(asked, _DROPOUT, self.training)
        asked = asked[:, None].expand(-1, batch.profiles.shape[1], -1)
        kind: Tensor = self.kind(torch.cat((asked, batch.profiles), -1))
        return kind


def loss(order: Tensor, answered: Tensor, batch: Batch) -> Tensor:
    """Negative log-likelihood of the right pieces and of whether there is an answer."""
    right = torch.logsumexp(order + batch.right.clamp(min=1e-6).log(), -1)
    has = batch.right.sum(-1) > 0
    ranking = -(right * has).sum() / has.sum().clamp(min=1)
    return ranking + functional.binary_cross_entropy_with_logits(answered, batch.answerable)


def _layers(width: int, hidden: int, out: int, *, dropout: float = _DROPOUT) -> nn.Sequential:
    names = (
        ("0", nn.Linear(width, hidden)),
        ("act", nn.SiLU()),
        ("drop", nn.Dropout(dropout)),
        ("1", nn.Linear(hidden, out)),
    )
    layers = nn.Sequential()
    for name, layer in names:
        layers.add_module(name, layer)
    return layers
