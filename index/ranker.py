"""Orders candidates: a small network over their features, learned from questions.

A linear sum plus one layer of hyperbolic tangents, which also sees how far a candidate falls
behind the best one in each feature. Learned with a softmax over the candidates of a question
(ListNet, Cao et al. 2007) by ``eval.ranker``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from index.errors import IndexUnreadable
from index.features import COMPUTED
from index.first_stage import SIGNALS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = "ranker.safetensors"
ASKED = ("asked_once", "asked_all", "asked_near")  # against questions reviewed for the section
FEATURES = (*SIGNALS, *COMPUTED, *ASKED)


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """Weights of the network for n = len(FEATURES) features and h hidden units.

    ``mean`` and ``scale`` have shape (n,), ``linear`` (n,), ``hidden`` (h, 3 n), ``bias`` (h,),
    ``out`` (h,).
    """

    mean: Floats
    scale: Floats
    linear: Floats
    hidden: Floats
    bias: Floats
    out: Floats

    def scores(self, features: Floats) -> Floats:
        """One score a candidate, shape (candidates,), from their features together."""
        if not len(features):
            return np.zeros(0, dtype=np.float32)
        own = (features - self.mean) / self.scale
        top = own.max(axis=0)
        seen = np.concatenate((own, own - top, np.broadcast_to(top, own.shape)), axis=1)
        found = own @ self.linear + np.tanh(seen @ self.hidden.T + self.bias) @ self.out
        return np.asarray(found, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """A ranker fitted to one field of questions, beside the usual one for all others."""

    usual: Ranker
    own: Ranker

    @classmethod
    def of(cls, ranker: Ranker) -> Blend:
        """One ranker for every question."""
        return cls(ranker, ranker)

    def scores(self, features: Floats, *, familiar: float) -> Floats:
        """One score a candidate; ``familiar`` tells in 0..1 how far a question is of the field."""
        own = self.own.scores(features)
        if self.usual is self.own:
            return own
        return np.asarray((1 - familiar) * self.usual.scores(features) + familiar * own)


def parse_ranker(raw: bytes) -> Ranker:
    """A ranker from what ``packed_ranker`` wrote; raise ``IndexUnreadable`` from other bytes."""
    from safetensors import SafetensorError  # noqa: PLC0415 - not every command searches
    from safetensors.numpy import load  # noqa: PLC0415 - as above

    try:
        tensors = load(raw)
        names = tensors.pop("features").tobytes().decode()
        ranker = Ranker(**{name: np.asarray(one, np.float32) for name, one in tensors.items()})
    except (SafetensorError, KeyError, ValueError, TypeError) as error:
        raise IndexUnreadable(
            f"the weights of the ranking are damaged ({error}); install the program again, or "
            "go back with 'policy-qa index rollback' where they were adapted"
        ) from error
    if names != ",".join(FEATURES):
        raise IndexUnreadable(
            "the weights of the ranking are for other features than this version computes; "
            "install the program again, or adapt the index again"
        )
    return ranker


def packed_ranker(ranker: Ranker) -> bytes:
    """A ranker as a safetensors file."""
    from safetensors.numpy import save  # noqa: PLC0415 - see parse_ranker

    names = ("mean", "scale", "linear", "hidden", "bias", "out")
    tensors = {name: np.ascontiguousarray(getattr(ranker, name)) for name in names}
    stated = np.frombuffer(",".join(FEATURES).encode(), dtype=np.uint8)
    return save({**tensors, "features": stated})


def unlearned_ranker() -> Ranker:
    """A ranker to which all candidates are equal: for observing before there is any."""
    count = len(FEATURES)
    nothing, one = np.zeros(count, dtype=np.float32), np.ones(count, dtype=np.float32)
    hidden = np.zeros((0, 3 * count), dtype=np.float32)
    return Ranker(nothing, one, nothing, hidden, hidden[:, 0], hidden[:, 0])


def bundled_ranker() -> Ranker:
    """The ranker that comes with the program."""
    return parse_ranker((files("index") / "weights" / FILE).read_bytes())
