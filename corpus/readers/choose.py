"""Chooses the reader of a file by its name and, for text, by what it holds."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFile, UnsupportedFormat
from corpus.readers.base import ReadDocument, Reader
from corpus.readers.clean import decode
from corpus.readers.html import HtmlReader, looks_like_html
from corpus.readers.lines import LineReader

MAX_BYTES = 50 * 1024 * 1024


def readers() -> tuple[Reader, ...]:
    """All readers of this installation."""
    return (LineReader(), HtmlReader())


def supported_suffixes() -> tuple[str, ...]:
    """File name endings that some reader takes, lower-case."""
    return tuple(suffix for reader in readers() for suffix in reader.suffixes)


def read_file(path: Path) -> ReadDocument:
    """Read one file; raise ``UnsupportedFormat`` or ``UnreadableFile``."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableFile(f"{path.name}: {size} bytes, the limit is {MAX_BYTES}; split it")
    return read_bytes(path.read_bytes(), name=path.name)


def read_bytes(raw: bytes, *, name: str) -> ReadDocument:
    """Read a file's bytes under its name; raise ``UnsupportedFormat`` or ``UnreadableFile``."""
    suffix = Path(name).suffix.lower()
    reader = next((r for r in readers() if suffix in r.suffixes), None)
    if reader is None:
        known = ", ".join(supported_suffixes())
        raise UnsupportedFormat(f"{name}: no reader for '{suffix}' files; supported: {known}")
    if isinstance(reader, LineReader) and looks_like_html(decode(raw, name=name)):
        reader = HtmlReader()
    return reader.read(raw, name=name)
