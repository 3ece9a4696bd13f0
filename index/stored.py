"""Documents and passages of a generation, read from its files when they are asked for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from pydantic import TypeAdapter

from corpus.model import Document
from index.passages import Passage, identity

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DECODED = 256  # documents: all that the passages of one question come from


class StoredDocuments(Mapping[str, Document]):
    """The documents by id, in the order of building.

    ``content`` holds them compressed end to end, ``starts`` their borders; ``heads`` is for
    each what is known without its text and outline.
    """

    def __init__(
        self, *, content: memoryview, starts: NDArray[np.int64], heads: Sequence[Mapping[str, Any]]
    ) -> None:
        self._content = content
        self._starts = starts
        self._heads = heads
        self.places = {str(head["document_id"]): place for place, head in enumerate(heads)}
        self._adapter = TypeAdapter(Document)
        self._decoded = lru_cache(maxsize=_DECODED)(self._decode)

    def __getitem__(self, document_id: str) -> Document:
        return self._decoded(self.places[document_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def titles(self) -> tuple[str, ...]:
        """The titles in the order of building."""
        return tuple(str(head["metadata"]["title"]) for head in self._heads)

    def heads(self) -> Iterator[Document]:
        """Every document without its text and outline, which costs little."""
        return map(self._adapter.validate_python, self._heads)

    def _decode(self, place: int) -> Document:
        packed = self._content[int(self._starts[place]) : int(self._starts[place + 1])]
        document = self._adapter.validate_json(zlib.decompress(packed))
        return replace(document, document_id=self._heads[place]["document_id"])


def heads(documents: Mapping[str, Document]) -> Iterable[Document]:
    """The documents for a list, without text and outline where these were not read yet."""
    return documents.heads() if isinstance(documents, StoredDocuments) else documents.values()


class StoredPassages(Sequence[Passage]):
    """The passages by row.

    ``content`` holds them as lines, ``starts`` the borders of the lines, shape (passages + 1,),
    ``rows`` the borders of the documents' rows, shape (documents + 1,), ``ids`` and ``titles``
    what the documents are called.
    """

    def __init__(
        self,
        *,
        content: memoryview,
        starts: NDArray[np.int64],
        rows: NDArray[np.int64],
        ids: Sequence[str],
        titles: Sequence[str],
    ) -> None:
        self._content = content
        self._starts = starts
        self._rows = rows
        self._ids = ids
        self._titles = titles

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, row: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(row, slice):
            return tuple(self._read(one) for one in range(*row.indices(len(self))))
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        return self._read(int(row) % len(self))

    def _read(self, row: int) -> Passage:
        line = bytes(self._content[int(self._starts[row]) : int(self._starts[row + 1])])
        section_id, kind, start, end, heading, body, copy = json.loads(line)
        place = int(np.searchsorted(self._rows, row, side="right")) - 1
        passage = Passage(
            passage_id="",
            document_id=self._ids[place],
            section_id=section_id,
            kind=kind,
            start=start,
            end=end,
            title=self._titles[place],
            heading=heading,
            body=body,
        )
        return replace(passage, passage_id=identity(passage, copy=copy))
