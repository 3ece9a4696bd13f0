"""Holds the open generation and changes it for a newer one without dropping a request."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from assistant.errors import NotReady
from assistant.ports import Answering

CURRENT = "CURRENT"
RETRY_SECONDS = 30.0
_Stamp = tuple[int, int, int]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A generation that could not be opened, and the kind of error."""

    generation: str
    reason: str


@dataclass(frozen=True, slots=True)
class State:
    """What a readiness check reports."""

    ready: bool
    generation: str | None
    documents: int
    loading: bool
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class _Held:
    """What is served now: swapped as one object, so a request never sees half a change."""

    name: str
    answering: Answering


class Runtime:
    """The current ``Answering`` of a data folder.

    ``current`` is cheap: one ``stat`` of the CURRENT file. A new generation is opened in a thread
    and takes over only once it is open; one that cannot be opened never replaces a working one.
    """

    def __init__(
        self,
        *,
        data: Path,
        open_answering: Callable[[Path], Answering],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._data = data
        self._open = open_answering
        self._clock = clock
        self._lock = Lock()
        self._held: _Held | None = None
        self._failure: Failure | None = None
        self._stamp: _Stamp | None = None
        self._retry_at = 0.0
        self._thread: Thread | None = None

    def current(self) -> Answering:
        """What answers now; raise ``NotReady`` while nothing has been opened."""
        self.refresh()
        held = self._held
        if held is None:
            message = f"no usable index in {self._data}; run: policy-qa index build"
            raise NotReady(message)
        return held.answering

    def state(self) -> State:
        """Whether questions can be answered, by which generation, and what failed."""
        self.refresh()
        held = self._held
        return State(
            ready=held is not None,
            generation=held.answering.generation if held else None,
            documents=len(held.answering.documents) if held else 0,
            loading=self._is_loading(),
            failure=self._failure,
        )

    def refresh(self) -> None:
        """Start opening the generation CURRENT names, if it is not the one served."""
        stamp = _stamp_of(self._data / CURRENT)
        if stamp is None or (stamp == self._stamp and not self._is_retry_due()):
            return
        with self._lock:
            if self._is_loading():
                return
            self._stamp = stamp
            name = current_generation(self._data)
            if name is None or (self._held is not None and self._held.name == name):
                self._failure = None
                return
            self._thread = Thread(target=self._load, args=(name,), name="open-index", daemon=True)
            self._thread.start()

    def wait(self, *, timeout: float | None = None) -> None:
        """Wait until a generation that is being opened is open or has failed."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)

    def _load(self, name: str) -> None:
        try:
            answering = self._open(self._data)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, keep serving
            _log.error("generation %s cannot be opened: %s", name, error, exc_info=error)
            self._retry_at = self._clock() + RETRY_SECONDS
            self._failure = Failure(generation=name, reason=type(error).__name__)
            return
        self._held = _Held(name, answering)
        self._failure = None
        _log.info("serving generation %s (%d documents)", name, len(answering.documents))

    def _is_loading(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _is_retry_due(self) -> bool:
        return self._failure is not None and self._clock() >= self._retry_at


def current_generation(data: Path) -> str | None:
    """The name in a data folder's CURRENT file, None where there is none."""
    try:
        return (data / CURRENT).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _stamp_of(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
