"""Loads a folder of published files as documents."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
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
    if not folder.is_dir():
        raise CorpusMissing(f"{folder}: no such folder; name one with --corpus")
    found = (path for path in folder.rglob("*") if path.is_file())
    paths = sorted(path for path in found if _is_visible(path, below=folder))
    documents: dict[str, Document] = {}
    skipped: list[str] = []
    for number, path in enumerate(paths, 1):
        if progress is not None:
            progress("read", number, len(paths))
        try:
            document = load_document(path, taken=documents.keys())
        except CorpusError as error:
            skipped.append(str(error))
        except OSError as error:
            skipped.append(f"{path.name}: cannot be opened: {error.strerror}")
        else:
            documents[document.document_id] = document
    if not documents:
        reasons = "; ".join(skipped[:3]) or "put text, Markdown or HTML files in it"
        raise CorpusMissing(f"{folder}: no readable document ({reasons})")
    return Loaded(tuple(documents.values()), tuple(skipped))


def load_document(path: Path, *, taken: Collection[str] = ()) -> Document:
    """Read one file as a document; raise ``UnsupportedFormat`` or ``UnreadableFile``."""
    return make_document(read_file(path), source=path.name, taken=taken)


def document_from_bytes(raw: bytes, *, name: str) -> Document:
    """Read the bytes of one file as a document; raise as ``load_document`` does."""
    return make_document(read_bytes(raw, name=name), source=name)


def make_document(read: ReadDocument, *, source: str, taken: Collection[str] = ()) -> Document:
    """Outline, head and contacts of a file that has been read."""
    if not any(char.isalnum() for char in read.text):
        raise UnreadableFile(f"{source}: no text in it; check the file")
    title, title_end = find_title(read)
    metadata = read_metadata(read, title=title or Path(source).stem)
    outline = parse_outline(read, title=metadata.title, title_end=title_end)
    return Document(
        document_id=_identify(source, taken=taken),
        metadata=metadata,
        text=read.text,
        sections=outline.sections,
        items=outline.items,
        contacts=find_contacts(read.text, outline.items),
        digest=_digest(read.text, metadata),
        source=source,
    )


def _identify(source: str, *, taken: Collection[str]) -> str:
    # macOS hands over Korean names decomposed.
    name = unicodedata.normalize("NFC", Path(source).stem)
    stem = _IDENTIFIER.sub("-", name).strip("-") or "document"
    names: Iterator[str] = (stem if n == 1 else f"{stem}-{n}" for n in range(1, 1_000_000))
    return next(name for name in names if name not in taken)


def _digest(text: str, metadata: Metadata) -> str:
    head = json.dumps(asdict(metadata), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{head}\x1f{text}".encode()).hexdigest()


def _is_visible(path: Path, *, below: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(below).parts)
    return not hidden and (
        path.suffix.lower() in supported_suffixes() or not path.name.lower().startswith("readme")
    )
