"""The folder of index generations: which one serves, and how another takes its place.

<data>/CURRENT                     the name of the generation that serves
<data>/SERVED                      the names of those that served before it, and its own
<data>/generations/<name>/         one whole generation with its manifest.json
<data>/generations/.tmp-*          a build under way, or what a killed one left
<data>/segmented.sqlite3           what was segmented, for the next build: see segment_cache
<data>/.build.lock                 held while a build or a rollback runs
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import BuildLocked, IndexMissing, IndexUnreadable
from index.files import PARTIAL_PREFIX, sync, sync_tree, write_atomically
from index.manifest import Manifest, read_manifest, verify
from index.served import record, served

KEPT = 3
VERIFIED_UP_TO = 512 << 20  # bytes: SHA-256 of so much takes about half a second
_CURRENT = "CURRENT"
_FOLDER = "generations"
_LOCK = ".build.lock"


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index on disk."""

    name: str
    path: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class GenerationStatus:
    """What a data folder holds: the serving generation's name and all names, oldest first.

    ``broken`` maps a generation that would not open to the reason.
    """

    current: str | None
    names: tuple[str, ...]
    manifest: Manifest | None
    broken: dict[str, str]


def current(data: Path) -> Generation:
    """The generation that serves, its files verified as ``opened`` does.

    Raises IndexMissing before the first build and IndexUnreadable when it is damaged.
    """
    name = current_name(data)
    if name is None:
        raise IndexMissing(
            f"{data} holds no index yet; run: policy-qa index build --corpus DIR --data {data}"
        )
    return opened(data, name)


def current_name(data: Path) -> str | None:
    """The name in CURRENT, without looking at the generation itself."""
    path = data / _CURRENT
    return path.read_text(encoding="utf-8").strip() or None if path.is_file() else None


def opened(data: Path, name: str, *, wholly: bool = False) -> Generation:
    """A generation by name, its files verified against its manifest.

    Of files larger than a second can read, only the sizes are, unless ``wholly``.
    """
    path = data / _FOLDER / name
    manifest = read_manifest(path)
    verify(path, manifest, contents=wholly or manifest.size <= VERIFIED_UP_TO)
    return Generation(name=name, path=path, manifest=manifest)


def folders(data: Path) -> tuple[Path, ...]:
    """The folders of the finished generations, oldest first."""
    return tuple(data / _FOLDER / name for name in names(data))


def names(data: Path) -> tuple[str, ...]:
    """The names of the finished generations, oldest first."""
    folder = data / _FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(p.name for p in found if p.is_dir() and p.name[0] != "."))


@contextmanager
def building(data: Path) -> Iterator[Path]:
    """A new empty folder to build in; the lock is held until the block ends.

    Raises BuildLocked when another build of this data folder is running.
    """
    with _locked(data):
        folder = data / _FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        partial = folder / f"{PARTIAL_PREFIX}{os.getpid()}"
        partial.mkdir()
        try:
            yield partial
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def publish(data: Path, partial: Path, *, keep: int = KEPT) -> Generation:
    """Gives a finished build its name and lets it serve; older ones are pruned.

    Its digests have just been made, so that only the sizes of its files are verified.
    """
    manifest = read_manifest(partial)
    verify(partial, manifest, contents=False)
    sync_tree(partial)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{manifest.digest[:8]}"
    path = data / _FOLDER / name
    before = served(data, serving=current_name(data), held=names(data))
    partial.rename(path)
    sync(path.parent)
    record(data, [*before, name])
    write_atomically(data / _CURRENT, name + "\n")
    _prune(data, keep=keep)
    return Generation(name=name, path=path, manifest=manifest)


def rollback(data: Path) -> Generation:
    """Lets the generation serve again that served before this one.

    One that was gone back from is not gone back to. Raises IndexMissing when there is none.
    """
    with _locked(data):
        before = served(data, serving=current_name(data), held=names(data))
        if current_name(data) in before:
            before.pop()
        if not before:
            raise IndexMissing(f"{data} holds no earlier index to go back to; build one instead")
        generation = opened(data, before[-1], wholly=True)
        record(data, before)
        write_atomically(data / _CURRENT, generation.name + "\n")
    return generation


def status(data: Path) -> GenerationStatus:
    """What the data folder holds; damaged generations are told, not raised."""
    broken: dict[str, str] = {}
    manifests: dict[str, Manifest] = {}
    for name in names(data):
        try:
            manifests[name] = opened(data, name, wholly=True).manifest
        except IndexUnreadable as error:
            broken[name] = str(error)
    serving = current_name(data)
    manifest = manifests.get(serving) if serving else None
    return GenerationStatus(serving, names(data), manifest, broken)


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BuildLocked(
            f"another build of {data} is running; wait for it to end and try again"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _remove_leftovers(folder: Path) -> None:
    """Builds that were killed; the lock is held, so none of them is still running."""
    for path in folder.glob(f"{PARTIAL_PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)


def _prune(data: Path, *, keep: int) -> None:
    """Removes all but ``keep`` generations, those that were gone back from first."""
    held = names(data)
    way_back = served(data, serving=current_name(data), held=held)
    rejected = [name for name in held if name not in way_back]
    for name in [*rejected, *way_back][:-keep]:
        if name != current_name(data):
            shutil.rmtree(data / _FOLDER / name, ignore_errors=True)
