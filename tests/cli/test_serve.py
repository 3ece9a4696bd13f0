"""policy-qa serve: listens, answers, ends cleanly, says when it cannot listen."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run, environment


@contextmanager
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.fake_program", "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment(tmp_path, POLICY_QA_LOG_LEVEL="warning"),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        found = re.search(r"http://\S+", process.stderr.readline())
        assert found is not None
        yield process, found.group()
    finally:
        process.kill()
        process.communicate()


def wait_until_ready(address: str) -> httpx.Response:
    for _ in range(100):
        reply = httpx.get(f"{address}/readyz")
        if reply.status_code == 200:
            return reply
        time.sleep(0.05)
    return reply


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_told_to_end(tmp_path: Path, end: signal.Signals) -> None:
    with serving(tmp_path) as (process, address):
        assert wait_until_ready(address).json()["generation"] == "g1"
        reply = httpx.post(f"{address}/api/chat", json={"question": "언제까지?"})
        assert reply.json()["status"] == "answered"
        process.send_signal(end)
        assert process.wait(timeout=20) == 0


def test_serves_before_the_first_build(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, address):
        assert httpx.get(f"{address}/readyz").status_code == 503
        (tmp_path / "var").mkdir()
        (tmp_path / "var" / "CURRENT").write_text("g1", "utf-8")
        assert wait_until_ready(address).status_code == 200


def test_port_in_use(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "choose another --host or --port" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_reranker_is_told_before_it_listens(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment(tmp_path, POLICY_QA_RERANKER="empty"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "listening" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("policy-qa: POLICY_QA_RERANKER: the reranker 'empty' cannot be opened")
