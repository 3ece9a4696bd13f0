"""Where the documents of a build come from: files, or documents at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter

from corpus.load import Identifiers, load_document
from corpus.model import Document


class Source(Protocol):
    """One document to be; it is sent to other processes, so it stays small."""

    @property
    def size(self) -> int:
        """About how many bytes there are to read and segment."""
        ...

    def digest(self) -> bytes:
        """Thirty-two bytes that tell contents apart; raises as ``document`` does."""
        ...

    def document(self) -> Document:
        """The document; raises CorpusError or OSError."""
        ...

    def name(self, names: Identifiers) -> str:
        """The document's id, given after those of the sources before it."""
        ...


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file of the corpus."""

    path: Path
    size: int

    def digest(self) -> bytes:
        """See Source; the name counts too, since a title may be taken from it."""
        content = hashlib.sha256(self.path.name.encode("utf-8", "surrogateescape") + b"\0")
        with self.path.open("rb") as stream:
            while block := stream.read(1 << 20):
                content.update(block)
        return content.digest()

    def document(self) -> Document:
        """See Source."""
        return load_document(self.path)

    def name(self, names: Identifiers) -> str:
        """See Source."""
        return names.next_for(self.path.name)


@dataclass(frozen=True, slots=True)
class GivenSource:
    """A document that is there already."""

    given: Document

    @property
    def size(self) -> int:
        """See Source."""
        return 3 * len(self.given.text)  # bytes of a Hangul syllable

    def digest(self) -> bytes:
        """See Source; everything but the id counts."""
        whole = TypeAdapter(Document).dump_json(replace(self.given, document_id=""))
        return hashlib.sha256(whole).digest()

    def document(self) -> Document:
        """See Source."""
        return self.given

    def name(self, names: Identifiers) -> str:
        """See Source."""
        del names
        return self.given.document_id


def file_sources(paths: Sequence[Path]) -> tuple[FileSource, ...]:
    """The files as sources."""
    return tuple(FileSource(path, path.stat().st_size) for path in paths)


def given_sources(documents: Sequence[Document]) -> tuple[GivenSource, ...]:
    """The documents as sources."""
    return tuple(map(GivenSource, documents))
