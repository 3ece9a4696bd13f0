"""What was segmented, kept between builds: they go on where another stopped.

One SQLite file. A key stands for a document's content and for all that makes its segments of
it, so that an entry never grows old; it is removed when no generation holds it any more.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from index.errors import IndexUnreadable
from index.segment import Segmenter

FILE = "segmented.sqlite3"
_COMMIT_AFTER_S = 2.0
_MAKERS = (
    "arrays",
    "bare",
    "bigrams",
    "numbers",
    "passages",
    "pieces",
    "segment",
    "segmented",
    "sentences",
)
_SCHEMA = "CREATE TABLE IF NOT EXISTS segmented (key BLOB PRIMARY KEY, content BLOB NOT NULL)"


class SegmentCache:
    """An opened cache; one process writes it, under the lock of the build."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._committed = time.monotonic()

    def known(self) -> set[bytes]:
        """The keys it holds."""
        return {bytes(key) for (key,) in self._connection.execute("SELECT key FROM segmented")}

    def get(self, key: bytes) -> bytes:
        """What was kept under a key; raises IndexUnreadable where it is not there."""
        row = self._connection.execute(
            "SELECT content FROM segmented WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise IndexUnreadable(f"{FILE} changed during the build; build again")
        return bytes(row[0])

    def put(self, key: bytes, content: bytes) -> None:
        """Keeps content under a key; it is on the disk a few seconds later."""
        self._connection.execute("INSERT OR REPLACE INTO segmented VALUES (?, ?)", (key, content))
        if time.monotonic() - self._committed > _COMMIT_AFTER_S:
            self.commit()

    def commit(self) -> None:
        """Writes what was put."""
        self._connection.commit()
        self._committed = time.monotonic()

    def keep(self, keys: Collection[bytes]) -> None:
        """Removes everything but the entries of these keys."""
        gone = [(key,) for key in self.known() - set(keys)]
        self._connection.executemany("DELETE FROM segmented WHERE key = ?", gone)
        self.commit()
        if gone:
            self._connection.execute("PRAGMA incremental_vacuum").fetchall()
            self.commit()


@contextmanager
def opened_cache(data: Path) -> Iterator[SegmentCache]:
    """The cache of a data folder; one that is damaged is begun anew."""
    path = data / FILE
    with closing(_connected(path)) as connection:
        cache = SegmentCache(connection)
        try:
            yield cache
            cache.commit()
        except sqlite3.DatabaseError as error:
            raise IndexUnreadable(
                f"{path} cannot be read or written ({error}); see that the disk has room, or "
                "delete the file, and build again"
            ) from error
        finally:
            with suppress(sqlite3.DatabaseError):  # what was put last is made again
                cache.commit()


def recipe(segmenter: Segmenter, *, passage_size: int) -> bytes:
    """Thirty-two bytes that change whenever the same document would be segmented otherwise."""
    made = hashlib.sha256(
        f"{passage_size} {segmenter.version} {unicodedata.unidata_version}".encode()
    )
    made.update(repr(segmenter.user_words).encode())
    index = [files("index").joinpath(f"{name}.py") for name in (*_MAKERS, "terms")]
    for source in (*_sources(files("corpus")), *index):
        made.update(source.name.encode() + source.read_bytes())
    return made.digest()


def cache_key(recipe: bytes, content: bytes) -> bytes:
    """The key of a document's content under a recipe."""
    return hashlib.sha256(recipe + content).digest()[:20]


def _sources(folder: Traversable) -> Sequence[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found.extend(_sources(entry))
        elif entry.name.endswith(".py"):
            found.append(entry)
    return found


def _connected(path: Path) -> sqlite3.Connection:
    try:
        return _opened(path)
    except sqlite3.OperationalError:
        raise  # no room, no permission: nothing is wrong with what it holds
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA page_size = 32768")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_SCHEMA)
        connection.commit()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
