"""Fits the reader's networks to records and writes them as one file."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save
from torch import nn

from eval.reader.network import Batch, ReaderNetwork, Sizes, loss
from eval.reader.records import Record, without_answer

_BATCH, _RATE, _DECAY, _CLIP, _WARM_UP = 48, 2e-3, 1e-2, 2.0, 0.1
_SEEN = 4  # questions a morpheme must stand in to be learned

Progress = Callable[[int, int], None]


def wording_of(records: Sequence[Record]) -> tuple[str, ...]:
    """The morphemes of questions that are frequent enough to learn, in order."""
    counts = Counter(m for record in records for m in set(record.read.morphemes))
    return tuple(sorted(m for m, count in counts.items() if count >= _SEEN))


def with_unanswerable(records: Sequence[Record]) -> list[Record]:
    """The records, and each answerable one again without the sections that answer it."""
    return [*records, *(bare for r in records if (bare := without_answer(r)) is not None)]


def fit_network(
    records: Sequence[Record],
    *,
    wording: Sequence[str],
    epochs: int,
    seed: int,
    progress: Progress | None = None,
) -> ReaderNetwork:
    """Train one network; the same records, seed and number of threads give the same one."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    ids = {morpheme: number for number, morpheme in enumerate(wording, 1)}
    network = ReaderNetwork(_sizes(records[0], wordings=len(wording)))
    steps = epochs * math.ceil(len(records) / _BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps, pct_start=_WARM_UP
    )
    network.train()
    done = 0
    for _ in range(epochs):
        for chosen in _shuffled(records, random):
            batch = make_batch([records[i] for i in chosen], ids=ids)
            order, answered = network(batch)
            optimiser.zero_grad()
            loss(order, answered, batch).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
            optimiser.step()
            schedule.step()
            done += 1
            if progress is not None:
                progress(done, steps)
    return network.eval()


def make_batch(records: Sequence[Record], *, ids: dict[str, int]) -> Batch:
    """Records padded with zeros to the largest of them."""
    reads = [record.read for record in records]
    wording = [
        np.array([ids[m] for m in read.morphemes if m in ids], dtype=np.int64) for read in reads
    ]
    return Batch(
        terms=_padded([read.terms for read in reads]),
        words=_padded([read.words for read in reads]),
        vectors=_padded([read.vectors for read in reads]),
        is_word=_padded([np.ones(len(read.words), dtype=np.bool_) for read in reads]),
        is_piece=_padded([np.ones(len(read.terms), dtype=np.bool_) for read in reads]),
        profiles=_padded([read.profiles for read in reads]),
        scores=_padded([read.scores for read in reads]),
        question=_padded([read.question for read in reads]),
        wording=_padded(wording),
        right=_padded([record.right for record in records]),
        answerable=torch.tensor([float(record.answerable) for record in records]),
    )


def as_file(networks: Sequence[ReaderNetwork], *, wording: Sequence[str]) -> bytes:
    """The networks in half precision, as ``assistant.reader.parse_reader`` reads them."""
    tensors: dict[str, NDArray[np.float16]] = {}
    for number, network in enumerate(networks):
        for name, value in network.state_dict().items():
            array = value.detach().numpy()
            # Row 0 stands for padding, which only training knows.
            array = array[1:] if name == "wording.weight" else array
            tensors[f"{number}/{name}"] = np.ascontiguousarray(array, dtype=np.float16)
    return save(tensors, metadata={"wording": json.dumps(list(wording), ensure_ascii=False)})


def _sizes(record: Record, *, wordings: int) -> Sizes:
    read = record.read
    return Sizes(
        channels=read.terms.shape[2],
        attributes=read.words.shape[1],
        dimensions=read.vectors.shape[1],
        forms=read.profiles.shape[1],
        scores=read.scores.shape[1],
        question=len(read.question),
        wordings=wordings,
    )


def _shuffled(
    records: Sequence[Record], random: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """Batches in random order, questions of like length together to spare padding."""
    lengths = np.array([record.read.terms.shape[1] for record in records])
    order = np.argsort(lengths + 2 * random.random(len(records)), kind="stable")
    starts = np.arange(0, len(order), _BATCH)
    random.shuffle(starts)
    for start in starts:
        yield order[start : start + _BATCH]


def _padded(arrays: Sequence[NDArray[np.generic]]) -> torch.Tensor:
    shape = tuple(max(array.shape[axis] for array in arrays) for axis in range(arrays[0].ndim))
    whole = np.zeros((len(arrays), *shape), dtype=arrays[0].dtype)
    for row, array in enumerate(arrays):
        whole[row][tuple(slice(0, size) for size in array.shape)] = array
    return torch.from_numpy(whole)
