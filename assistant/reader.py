"""A small network that reads evidence for a question: which piece answers, and whether any does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.errors import ConfigurationError
from assistant.interaction import Interactions
from assistant.matching import Floats

_NONE = 1e-4


@dataclass(frozen=True, slots=True)
class Reading:
    """``order``: log-probability that a piece is the answer, shape (pieces,), one sum over all;
    ``answered``: log-odds that the best of them answers the question at all.
    """

    order: Floats
    answered: float


class Network:
    """One trained network; ``weights`` by name, matrices of shape (out, in).

    Each word of the question is met by a piece of evidence to a degree, and matters to a degree;
    both are learned, the second from the word alone. What is met and missed, what the wording
    asks for and what the piece holds by its form together give the two results.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights

    def read(self, x: Interactions, *, morphemes: Sequence[int]) -> tuple[Floats, Floats]:
        """Scores and log-odds of each piece, both of shape (pieces,)."""
        matters = self._matters(x)
        hidden = self._layers(
            "match",
            np.concatenate(
                (x.terms, np.broadcast_to(x.words, (*x.terms.shape[:2], x.words.shape[1]))), axis=2
            ),
        )
        met, inner = _sigmoid(hidden[..., 0]), _silu(hidden[..., 1:])
        total = matters.sum() + _NONE
        missed = matters * (1 - met)
        worst = missed.max(axis=1)
        sums = np.stack(
            ((matters * met).sum(axis=1) / total, missed.sum(axis=1), worst, worst / total), axis=1
        )
        read = np.concatenate(
            (
                (matters[:, None] * inner).sum(axis=1) / total,
                inner.max(axis=1),
                sums,
                self._kind(x, morphemes),
                x.scores,
                np.broadcast_to(x.question, (len(x.terms), len(x.question))),
                x.profiles,
            ),
            axis=1,
        )
        out = self._layers("out", read)
        return out[:, 0], out[:, 1]

    def _matters(self, x: Interactions) -> Floats:
        meaning = self._linear("meaning", x.vectors)
        raw = self._layers("matters", np.concatenate((x.words, meaning), axis=1))[:, 0]
        return np.asarray(np.logaddexp(raw, 0), dtype=np.float32)

    def _kind(self, x: Interactions, morphemes: Sequence[int]) -> Floats:
        """The kind of answer the wording asks for against what each piece holds."""
        rows = self._weights["wording.weight"][list(morphemes)]
        asked = rows.sum(axis=0) / max(len(rows), 1) ** 0.5
        both = np.concatenate(
            (np.broadcast_to(asked, (len(x.profiles), len(asked))), x.profiles), 1
        )
        return self._layers("kind", both)

    def _layers(self, name: str, x: Floats) -> Floats:
        return self._linear(f"{name}.1", _silu(self._linear(f"{name}.0", x)))

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(
            x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], dtype=np.float32
        )


class Reader:
    """Several networks trained alike from other beginnings, whose results are averaged."""

    def __init__(self, *, networks: Sequence[Network], wording: Mapping[str, int]) -> None:
        self._networks = tuple(networks)
        self._wording = wording

    def read(self, x: Interactions) -> Reading:
        """The order of the pieces and the log-odds that they answer."""
        known = [self._wording[m] for m in x.morphemes if m in self._wording]
        orders: list[Floats] = []
        odds: list[float] = []
        for network in self._networks:
            scores, answers = network.read(x, morphemes=known)
            order = scores - np.logaddexp.reduce(scores)
            orders.append(order)
            odds.append(float(np.exp(order) @ answers))
        return Reading(np.mean(orders, axis=0, dtype=np.float32), float(np.mean(odds)))


def parse_reader(raw: bytes) -> Reader:
    """A reader from a safetensors file; raise ``ConfigurationError`` where it is none."""
    from safetensors import SafetensorError  # noqa: PLC0415 - with the one that loads
    from safetensors.numpy import load  # noqa: PLC0415 - not every command reads

    try:
        tensors = {name: value.astype(np.float32) for name, value in load(raw).items()}
        size = int.from_bytes(raw[:8], "little")
        wording = json.loads(json.loads(raw[8 : 8 + size])["__metadata__"]["wording"])
        count = 1 + max(int(name.partition("/")[0]) for name in tensors)
    except (SafetensorError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"the reader's weights cannot be read ({error}); "
            "write them again with policy-qa train reader"
        ) from error
    networks = [
        Network({n.partition("/")[2]: v for n, v in tensors.items() if n.startswith(f"{k}/")})
        for k in range(count)
    ]
    return Reader(networks=networks, wording={form: n for n, form in enumerate(wording)})


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)), dtype=np.float32)


def _silu(x: Floats) -> Floats:
    return x * _sigmoid(x)
