"""A newer generation takes over between requests; a broken one never does."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from assistant.errors import NotReady
from assistant.runtime import Runtime, current_generation
from tests.api.fakes import FakeAnswering, open_fake


def switch(data: Path, name: str) -> None:
    (data / "NEXT").write_text(name, "utf-8")
    (data / "NEXT").replace(data / "CURRENT")


def opened(data: Path) -> Runtime:
    runtime = Runtime(data=data, open_answering=open_fake)
    runtime.refresh()
    runtime.wait(timeout=10)
    return runtime


def test_nothing_built_yet(tmp_path: Path) -> None:
    runtime = opened(tmp_path)
    with pytest.raises(NotReady, match="policy-qa index build"):
        runtime.current()
    switch(tmp_path, "g1")
    runtime.refresh()
    runtime.wait(timeout=10)
    assert runtime.current().generation == "g1"


def test_requests_keep_the_old_generation_while_the_new_one_opens(tmp_path: Path) -> None:
    switch(tmp_path, "g1")
    may_open = Event()

    def slowly(data: Path) -> FakeAnswering:
        if current_generation(data) == "g2":
            may_open.wait(10)
        return open_fake(data)

    runtime = Runtime(data=tmp_path, open_answering=slowly)
    runtime.refresh()
    runtime.wait(timeout=10)
    held = runtime.current()
    switch(tmp_path, "g2")
    assert runtime.current() is held
    assert runtime.state().loading
    may_open.set()
    runtime.wait(timeout=10)
    assert runtime.current().generation == "g2"
    assert held.generation == "g1"


def test_broken_generation_is_reported_and_tried_again_later(tmp_path: Path) -> None:
    switch(tmp_path, "g1")
    now = 0.0
    tries: list[str] = []

    def count(data: Path) -> FakeAnswering:
        tries.append(current_generation(data) or "")
        return open_fake(data)

    runtime = Runtime(data=tmp_path, open_answering=count, clock=lambda: now)
    for name in ("g1", "broken"):
        switch(tmp_path, name)
        runtime.refresh()
        runtime.wait(timeout=10)
    assert runtime.current().generation == "g1"
    failure = runtime.state().failure
    assert failure is not None
    assert (failure.generation, failure.reason) == ("broken", "ValueError")
    assert tries == ["g1", "broken"]
    now = 31.0
    runtime.refresh()
    runtime.wait(timeout=10)
    assert tries == ["g1", "broken", "broken"]


def test_rollback_to_the_served_generation_clears_the_failure(tmp_path: Path) -> None:
    switch(tmp_path, "g1")
    runtime = opened(tmp_path)
    switch(tmp_path, "broken")
    runtime.refresh()
    runtime.wait(timeout=10)
    held = runtime.current()
    switch(tmp_path, "g1")
    assert runtime.state().failure is None
    assert runtime.current() is held


def test_data_folder_that_vanishes_keeps_what_is_open(tmp_path: Path) -> None:
    switch(tmp_path, "g1")
    runtime = opened(tmp_path)
    (tmp_path / "CURRENT").unlink()
    assert runtime.current().generation == "g1"
