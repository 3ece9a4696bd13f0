"""Says which extra is missing where a peer's library is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from eval.errors import BenchmarkError


@contextmanager
def needed(package: str) -> Iterator[None]:
    """Turn a failed import into a ``BenchmarkError`` that says what to install."""
    try:
        yield
    except ImportError as error:
        message = f"{package} is not installed; install the extra: pip install 'policy-qa[bench]'"
        raise BenchmarkError(message) from error
