from __future__ import annotations

from pathlib import Path

import pytest

import corpus

DOCUMENTS = Path(corpus.__file__).parent / "documents"


@pytest.fixture(scope="session")
def bundled_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index of the bundled documents, built once for this session."""
    from assistant import wiring  # noqa: PLC0415 - heavy; only the tests that ask need it
    from assistant.settings import Settings  # noqa: PLC0415

    data = tmp_path_factory.mktemp("eval-data")
    settings = Settings(data=data)
    wiring.build_corpus(corpus=DOCUMENTS, settings=settings, progress=lambda *_: None)
    return data
