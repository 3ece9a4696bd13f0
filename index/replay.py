"""Observed questions of the training texts, kept so that adaptation does not forget them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from index.errors import IndexUnreadable
from index.observe import Observation
from index.ranker import FEATURES

FILE = "replay.safetensors"
_HELD = 3  # every third is never learned from, and shows what is forgotten


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """Observations to learn beside new ones, and others to measure forgetting with."""

    learned: list[Observation]
    held: list[Observation]


def bundled_replay() -> Replay:
    """The observations that come with the program."""
    return parse_replay((files("index") / "weights" / FILE).read_bytes())


def packed_replay(observations: Sequence[Observation]) -> bytes:
    """Observations as a safetensors file, 16 bits a feature."""
    from safetensors.numpy import save  # noqa: PLC0415 - see parse_replay

    texts = json.dumps([one.text for one in observations], ensure_ascii=False)
    return save(
        {
            "features": np.concatenate([one.features for one in observations]).astype(np.float16),
            "right": np.concatenate([one.right for one in observations]).astype(np.uint8),
            "places": np.concatenate([one.places for one in observations]).astype(np.uint8),
            "lengths": np.array([len(one.right) for one in observations], dtype=np.int64),
            "texts": np.frombuffer(texts.encode(), dtype=np.uint8),
        }
    )


def parse_replay(raw: bytes) -> Replay:
    """What ``packed_replay`` wrote; raise ``IndexUnreadable`` from other bytes."""
    from safetensors import SafetensorError  # noqa: PLC0415 - only adaptation needs it
    from safetensors.numpy import load  # noqa: PLC0415 - as above

    try:
        tensors = load(raw)
        ends = np.cumsum(tensors["lengths"])[:-1]
        parts = (np.split(tensors[name], ends) for name in ("features", "right", "places"))
        every = [
            Observation(f.astype(np.float32), r.astype(np.bool_), p.astype(np.int64), text)
            for f, r, p, text in zip(*parts, json.loads(tensors["texts"].tobytes()), strict=True)
        ]
    except (SafetensorError, KeyError, ValueError) as error:
        raise IndexUnreadable(
            f"the older questions that come with the program are damaged ({error}); "
            "install it again"
        ) from error
    if any(one.features.shape[1] != len(FEATURES) for one in every):
        raise IndexUnreadable(
            "the older questions were observed by another version; install the program again"
        )
    held = [one for place, one in enumerate(every) if place % _HELD == 0]
    return Replay([one for place, one in enumerate(every) if place % _HELD], held)
