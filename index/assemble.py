"""Writing the documents of a build, one after another, as the files of a generation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import contents
from index.arrays import borders, save_array
from index.bigrams import bigram
from index.lexical import LexicalIndex
from index.numbers import Numbers
from index.rows import TermRows
from index.segmented import Segmented
from index.term_table import TermTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAMELESS = b'{"document_id":"",'


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the build: its id and its key in the cache of segments."""

    document_id: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a generation holds."""

    documents: int
    sections: int
    passages: int


def assemble(entries: Iterable[tuple[Entry, Segmented]], folder: Path) -> Counts:
    """Writes all of a generation but its vectors and manifest."""
    with ExitStack() as stack:
        texts, lines, heads = (
            stack.enter_context((folder / name).open("wb"))
            for name in (contents.DOCUMENTS, contents.PASSAGES, contents.HEADS)
        )
        taken = _Taken()
        for entry, segmented in entries:
            taken.add(entry, segmented)
            texts.write(segmented.document.tobytes())
            lines.write(segmented.lines.tobytes())
            heads.write(_named(segmented.head.tobytes(), entry.document_id))
    taken.save(folder)
    return Counts(len(taken.keys), taken.sections, sum(taken.passages))


class _Taken:
    """What has to be kept in memory until the last document is known."""

    def __init__(self) -> None:
        self.keys: list[bytes] = []
        self.sections = 0
        self.passages: list[int] = []
        self._texts: list[int] = []
        self._lines: list[NDArray[Any]] = []
        self._bare: list[NDArray[Any]] = []
        self._places: list[NDArray[Any]] = []
        self._singles: list[NDArray[Any]] = []
        self._levels: list[NDArray[Any]] = []
        self._placed = 0
        self._digests: list[NDArray[Any]] = []
        self._terms = Numbers()
        self._codes: list[NDArray[np.int64]] = []
        self._body, self._heading, self._bigrams, self._counts = (_Rows() for _ in range(4))

    def add(self, entry: Entry, one: Segmented) -> None:
        """Takes a document after those before it."""
        self.keys.append(entry.key)
        self.sections += int(one.sections[0])
        self.passages.append(len(one.line_ends))
        self._texts.append(len(one.document))
        self._lines.append(np.diff(one.line_ends, prepend=0))
        self._bare.append(one.bare)
        self._places.append(one.places + np.int32(self._placed))
        self._placed += int(one.places.max(initial=-1)) + 1
        self._singles.append(one.singles)
        self._digests.append(one.digests)
        terms = self._terms.of(json.loads(one.terms.tobytes()))
        self._body.add(terms[one.body], one.body_ends)
        self._heading.add(terms[one.heading], one.heading_ends)
        self._levels.append(one.levels)
        self._codes.append(one.codes)
        self._bigrams.add(one.pairs, one.pair_ends)
        self._counts.add(one.pair_counts, one.pair_ends)

    def save(self, folder: Path) -> None:
        """Writes what was taken; the largest parts are let go as soon as they are written."""
        save_array(folder / contents.DOCUMENT_STARTS, borders(self._texts))
        save_array(folder / contents.PASSAGE_STARTS, borders(_joined(self._lines, np.int64)))
        save_array(folder / contents.ROWS, borders(self.passages))
        save_array(folder / contents.BARE, _joined(self._bare, np.bool_))
        save_array(folder / contents.SECTIONS, _joined(self._places, np.int32))
        save_array(folder / contents.SINGLES, _joined(self._singles, np.bool_))
        save_array(folder / contents.LEVELS, _joined(self._levels, np.uint8))
        save_array(folder / contents.DIGESTS, _joined(self._digests, np.uint8))
        save_array(
            folder / contents.KEYS,
            np.frombuffer(b"".join(self.keys), np.uint8).reshape(len(self.keys), -1),
        )
        self._save_bigrams(folder / contents.BIGRAMS)
        terms = TermTable.build(self._terms)
        terms.save(folder / contents.TERMS)
        for rows, forward, index in (
            (self._body, contents.BODY_ROWS, contents.BODY),
            (self._heading, contents.HEADING_ROWS, contents.HEADING),
        ):
            numbers, indptr = rows.joined(np.int32)
            TermRows(terms, numbers, indptr).save(folder / forward)
            made = LexicalIndex.build_from(numbers, indptr, terms)
            made.save(folder / index, with_terms=False)

    def _save_bigrams(self, folder: Path) -> None:
        counts, _ = self._counts.joined(np.uint16)
        codes = np.unique(np.concatenate(self._codes))
        places = (np.searchsorted(codes, own).astype(np.int32) for own in self._codes)
        self._bigrams.renumber(places)
        numbers, indptr = self._bigrams.joined(np.int32)
        table = TermTable.build(map(bigram, codes.tolist()))
        LexicalIndex.build_from(numbers, indptr, table, counts=counts).save(folder)


class _Rows:
    """Rows of numbers of one document after another."""

    def __init__(self) -> None:
        self._numbers: list[NDArray[Any]] = []
        self._lengths: list[NDArray[Any]] = []

    def add(self, numbers: NDArray[Any], ends: NDArray[np.int64]) -> None:
        """Takes the rows of a document, given where each ends."""
        self._numbers.append(numbers)
        self._lengths.append(np.diff(ends, prepend=0))

    def renumber(self, tables: Iterable[NDArray[np.int32]]) -> None:
        """Replaces the numbers of each document by those its table has in their place."""
        for place, table in enumerate(tables):
            self._numbers[place] = table[self._numbers[place]]

    def joined(self, dtype: Any) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """All numbers and the borders of all rows; they are no longer kept here."""
        numbers = _joined(self._numbers, dtype)
        lengths = _joined(self._lengths, np.int64)
        self._numbers, self._lengths = [], []
        return numbers, borders(lengths)


def _joined(parts: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    found = np.empty((sum(map(len, parts)), *parts[0].shape[1:]), dtype=dtype)
    np.concatenate(parts, out=found, casting="unsafe")
    return found


def _named(head: bytes, document_id: str) -> bytes:
    """The head of a document with its id, as a line."""
    name = json.dumps(document_id, ensure_ascii=False).encode()
    return b'{"document_id":' + name + b"," + head.removeprefix(_NAMELESS) + b"\n"
