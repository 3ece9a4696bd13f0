"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL_PREFIX = ".tmp-"
_ABANDONED_AFTER_S = 3600


def write_atomically(path: Path, text: str) -> None:
    """Replaces a text file such that readers see the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = _beside(path)
    try:
        with partial.open("x", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    sync(path.parent)


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder beside ``folder`` that takes its place when the block succeeds."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(folder.parent)
    partial = _beside(folder)
    partial.mkdir()
    try:
        yield partial
        sync_tree(partial)
        # Another process may have finished the same folder meanwhile: the last one stays.
        if folder.exists():
            shutil.rmtree(folder)
        partial.replace(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    """Partial folders of processes that were killed; writing one takes seconds, not an hour."""
    for path in parent.glob(f"{PARTIAL_PREFIX}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED_AFTER_S:
            shutil.rmtree(path, ignore_errors=True)


def _beside(path: Path) -> Path:
    """An unused name in the same folder; unlike tempfile's, readable to other accounts."""
    return path.with_name(f"{PARTIAL_PREFIX}{uuid.uuid4().hex}")


def sync(path: Path) -> None:
    """Forces a file's content or a folder's list of names to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Forces everything under a folder to the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def digest(path: Path) -> str:
    """The SHA-256 of a file's content in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def folder_digest(folder: Path) -> str:
    """The SHA-256 over the names and contents of a folder's files; hidden ones do not count."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    kept = {name: path for name, path in files.items() if path.is_file() and "/." not in f"/{name}"}
    lines = (f"{digest(path)} {name}" for name, path in sorted(kept.items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
