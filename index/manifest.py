"""The manifest of a generation: what it holds, and how to tell that it is whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexUnreadable
from index.files import digest, write_atomically

FORMAT = 4
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the generation, its size in bytes and SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from and consists of.

    ``embedding`` is the setting that opens the embedder ("words", "kiwi", a folder or a name),
    ``embedder`` the name the embedder gave itself, ``created`` an ISO time in UTC.
    """

    format: int
    created: str
    embedding: str
    embedder: str
    dimension: int
    documents: int
    sections: int
    passages: int
    user_words: tuple[tuple[str, str], ...]
    files: tuple[FileEntry, ...]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(entry.size for entry in self.files)

    @property
    def digest(self) -> str:
        """The SHA-256 over all file digests: equal for equal content."""
        lines = sorted(f"{entry.sha256} {entry.path}" for entry in self.files)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def list_files(folder: Path) -> tuple[FileEntry, ...]:
    """Entries of every file under a folder except the manifest itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return tuple(
        FileEntry(path.relative_to(folder).as_posix(), path.stat().st_size, digest(path))
        for path in paths
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest, which makes the folder a generation."""
    text = TypeAdapter(Manifest).dump_json(manifest, indent=1).decode()
    write_atomically(folder / NAME, text + "\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexUnreadable when absent or malformed."""
    try:
        manifest = TypeAdapter(Manifest).validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError) as error:
        raise _unreadable(folder, "its manifest is absent or malformed") from error
    if manifest.format != FORMAT:
        raise _unreadable(folder, f"it has format {manifest.format}, this program reads {FORMAT}")
    return manifest


def verify(folder: Path, manifest: Manifest, *, contents: bool = True) -> None:
    """Raises IndexUnreadable unless every file stands as it was written.

    Without ``contents`` it is enough that the files have their sizes.
    """
    for entry in manifest.files:
        path = folder / entry.path
        if not path.is_file():
            raise _unreadable(folder, f"{entry.path} is absent")
        if path.stat().st_size != entry.size or (contents and digest(path) != entry.sha256):
            raise _unreadable(folder, f"{entry.path} has changed since the build")


def _unreadable(folder: Path, reason: str) -> IndexUnreadable:
    return IndexUnreadable(
        f"the index {folder} cannot be used: {reason}; "
        "go back with 'policy-qa index rollback' or build it anew with 'policy-qa index build'"
    )
