"""Loads a folder of published files as documents."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.contacts import find_contacts
from corpus.errors import CorpusError, CorpusMissing, UnreadableFile
from corpus.heads import find_title, read_metadata
from corpus.model import Document, Metadata
from corpus.outline import parse_outline
from corpus.readers.base import ReadDocument
from corpus.readers.choose import read_bytes, read_file, supported_suffixes

_IDENTIFIER = re.compile(r"[^0-9A-Za-z가-힣_-]+")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The documents of a folder and, for each file left out, one line that says why."""

    documents: tuple[Document, ...]
    skipped: tuple[str, ...]


def load_corpus(folder: Path, *, progress: Callable[[str, int, int], None] | None = None) -> Loaded:
    """Read every file below a folder; unreadable ones are reported, not fatal.

    Raises ``CorpusMissing`` where the folder is absent or none of its files could be read.
    """
    paths = corpus_files(folder)
    names = Identifiers()
    documents: list[Document] = []
    skipped: list[str] = []
    for number, path in enumerate(paths, 1):
        if progress is not None:
            progress("read", number, len(paths))
        try:
            document = load_document(path)
        except (CorpusError, OSError) as error:
            skipped.append(why_skipped(path, error))
        else:
            documents.append(replace(document, document_id=names.next_for(path.name)))
    if not documents:
        raise nothing_readable(folder, skipped)
    return Loaded(tuple(documents), tuple(skipped))


def corpus_files(folder: Path) -> tuple[Path, ...]:
    """The visible files below a folder in order; raise ``CorpusMissing`` where it is absent."""
    if not folder.is_dir():
        raise CorpusMissing(f"{folder}: no such folder; name one with --corpus")
    found = (path for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if _is_visible(path, below=folder)))


def why_skipped(path: Path, error: CorpusError | OSError) -> str:
    """The line that tells why a file was left out."""
    if isinstance(error, OSError):
        return f"{path.name}: cannot be opened: {error.strerror}"
    return str(error)


def nothing_readable(folder: Path, skipped: Sequence[str]) -> CorpusMissing:
    """What to raise where every file of a folder was left out."""
    reasons = "; ".join(skipped[:3]) or "put text, Markdown or HTML files in it"
    return CorpusMissing(f"{folder}: no readable document ({reasons})")


class Identifiers:
    """Gives each file of a corpus its document id; equal stems are numbered as they come."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def next_for(self, source: str) -> str:
        """The id of the next file, given its name."""
        stem = identify(source)
        number = self._last.get(stem, 0) + 1
        while (name := stem if number == 1 else f"{stem}-{number}") in self._taken:
            number += 1
        self._last[stem] = number
        self._taken.add(name)
        return name


def load_document(path: Path) -> Document:
    """Read one file as a document; raise ``UnsupportedFormat`` or ``UnreadableFile``."""
    return make_document(read_file(path), source=path.name)


def document_from_bytes(raw: bytes, *, name: str) -> Document:
    """Read the bytes of one file as a document; raise as ``load_document`` does."""
    return make_document(read_bytes(raw, name=name), source=name)


def make_document(read: ReadDocument, *, source: str) -> Document:
    """Outline, head and contacts of a file that has been read."""
    if not any(char.isalnum() for char in read.text):
        raise UnreadableFile(f"{source}: no text in it; check the file")
    title, title_end = find_title(read)
    metadata = read_metadata(read, title=title or Path(source).stem)
    outline = parse_outline(read, title=metadata.title, title_end=title_end)
    return Document(
        document_id=identify(source),
        metadata=metadata,
        text=read.text,
        sections=outline.sections,
        items=outline.items,
        contacts=find_contacts(read.text, outline.items),
        digest=_digest(read.text, metadata),
        source=source,
    )


def identify(source: str) -> str:
    """The document id a file of this name has where no other has it."""
    # macOS hands over Korean names decomposed.
    name = unicodedata.normalize("NFC", Path(source).stem)
    return _IDENTIFIER.sub("-", name).strip("-") or "document"


def _digest(text: str, metadata: Metadata) -> str:
    head = json.dumps(asdict(metadata), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{head}\x1f{text}".encode()).hexdigest()


def _is_visible(path: Path, *, below: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(below).parts)
    return not hidden and (
        path.suffix.lower() in supported_suffixes() or not path.name.lower().startswith("readme")
    )
