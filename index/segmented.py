"""One document made ready for the index: all that does not depend on the other documents."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import TypeAdapter

from corpus.model import Document
from index.arrays import borders
from index.bare import bare_headings
from index.bigrams import BigramReader
from index.numbers import Numbers
from index.passages import Passage, copies, make_passages
from index.segment import Segmenter

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIGEST = 16  # bytes that identify the text an embedding sees
_REMEMBERED = 1 << 14
_DEEPEST = 255


@dataclass(frozen=True, slots=True, eq=False)
class Segmented:
    """A document, its passages and their terms, as arrays; it knows nothing of its own id.

    ``document`` and ``head`` are compressed and plain JSON, the latter without text and outline.
    ``lines`` holds the passages as ``passage_line`` writes them, ``line_ends`` where each ends.
    Rows of ``terms`` (a JSON list) are ``body[body_ends[i - 1]:body_ends[i]]`` and so on;
    ``levels`` tells of each heading term whether of the title (0) or of which heading below;
    ``codes``, ``pairs`` and ``pair_counts`` are bigrams as ``BigramCounts`` has them. ``bare``
    marks headings without text, ``digests`` the searched text, shape (passages, 16). ``places``
    is the section each passage belongs to, from 0, ``singles`` marks single rows of a table.
    """

    document: NDArray[np.uint8]
    head: NDArray[np.uint8]
    sections: NDArray[np.int64]
    lines: NDArray[np.uint8]
    line_ends: NDArray[np.int64]
    bare: NDArray[np.uint8]
    places: NDArray[np.int32]
    singles: NDArray[np.uint8]
    digests: NDArray[np.uint8]
    terms: NDArray[np.uint8]
    body: NDArray[Any]
    body_ends: NDArray[np.int64]
    heading: NDArray[Any]
    heading_ends: NDArray[np.int64]
    levels: NDArray[np.uint8]
    codes: NDArray[np.int64]
    pairs: NDArray[Any]
    pair_counts: NDArray[Any]
    pair_ends: NDArray[np.int64]

    def packed(self) -> bytes:
        """The record as a safetensors file."""
        from safetensors.numpy import save  # noqa: PLC0415 - only needed when indexing

        return save({field.name: getattr(self, field.name) for field in fields(self)})

    @classmethod
    def unpacked(cls, raw: bytes) -> Segmented:
        """The record that ``packed`` wrote."""
        from safetensors.numpy import load  # noqa: PLC0415 - as above

        return cls(**load(raw))


class DocumentSegmenter:
    """Makes documents ready for the index; one for each process."""

    def __init__(self, *, segmenter: Segmenter, passage_size: int) -> None:
        self._segmenter = segmenter
        self._size = passage_size
        self._bigrams = BigramReader()
        self._adapter = TypeAdapter(Document)
        # Headings such as "제1장 총칙" stand in every other document.
        self._heading_terms = lru_cache(maxsize=_REMEMBERED)(segmenter.new_terms)

    def segment(self, document: Document) -> Segmented:
        """The document, whatever its id, with its passages and their terms."""
        document = replace(document, document_id="")
        passages = make_passages(document, size=self._size)
        lines = [passage_line(p, copy=n) for p, n in zip(passages, copies(passages), strict=True)]
        numbers = Numbers()
        new_terms = self._segmenter.new_terms
        body, body_ends = _rows([[numbers[t] for t in new_terms(p.body)] for p in passages])
        headings = [self._above(passage, numbers) for passage in passages]
        heading, heading_ends = _rows([[n for part in parts for n in part] for parts in headings])
        pairs = self._bigrams.counts([passage.searched for passage in passages])
        text = self._adapter.dump_json(document)
        head = self._adapter.dump_json(
            replace(document, text="", sections=(), items=(), contacts=())
        )
        return Segmented(
            document=_bytes(zlib.compress(text, 1)),
            head=_bytes(head),
            sections=np.asarray([len(document.sections)], dtype=np.int64),
            lines=_bytes(b"".join(lines)),
            line_ends=borders([len(line) for line in lines])[1:],
            bare=np.asarray(bare_headings(document, passages), dtype=np.uint8),
            places=_places(passages),
            singles=np.asarray([p.kind == "row" for p in passages], dtype=np.uint8),
            digests=_bytes(b"".join(map(_digest, passages))).reshape(len(passages), DIGEST),
            terms=_bytes(json.dumps(list(numbers), ensure_ascii=False).encode()),
            body=_small(body),
            body_ends=body_ends,
            heading=_small(heading),
            heading_ends=heading_ends,
            levels=_levels(headings),
            codes=pairs.codes,
            pairs=_small(pairs.numbers),
            pair_counts=_small(pairs.counts),
            pair_ends=pairs.indptr[1:],
        )

    def _above(self, passage: Passage, numbers: Numbers) -> list[list[int]]:
        """The terms of the title, then of each heading; many passages stand under one."""
        parts = (passage.title, *passage.heading.split(" > "))
        return [[numbers[term] for term in self._heading_terms(part)] for part in parts]


def passage_line(passage: Passage, *, copy: int) -> bytes:
    """A passage as a line of JSON, without what its document knows."""
    kept = (passage.section_id, passage.kind, passage.start, passage.end)
    return (
        json.dumps((*kept, passage.heading, passage.body, copy), ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
        + b"\n"
    )


def _levels(headings: Sequence[Sequence[Sequence[int]]]) -> NDArray[np.uint8]:
    """For each term whether it stands in the title, 0, or in which heading of the path."""
    depths = (
        min(level, _DEEPEST) for parts in headings for level, part in enumerate(parts) for _ in part
    )
    return np.fromiter(depths, dtype=np.uint8)


def _rows(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    flat = np.fromiter((number for row in rows for number in row), dtype=np.int64)
    return flat, borders([len(row) for row in rows])[1:]


def _places(passages: Sequence[Passage]) -> NDArray[np.int32]:
    """The section of each passage; the passages of one stand together."""
    order: dict[str, int] = {}
    return np.asarray([order.setdefault(p.section_id, len(order)) for p in passages], np.int32)


def _digest(passage: Passage) -> bytes:
    searched = passage.searched.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(searched, digest_size=DIGEST).digest()


def _bytes(raw: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(raw, dtype=np.uint8)


def _small(numbers: NDArray[Any]) -> NDArray[Any]:
    """The numbers in as few bytes as hold the largest."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
