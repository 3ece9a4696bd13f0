"""Runs the program in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def environment(tmp_path: Path, **extra: str) -> dict[str, str]:
    clean = {name: v for name, v in os.environ.items() if not name.startswith("POLICY_QA_")}
    paths = os.pathsep.join([str(tmp_path / "plug-ins"), str(ROOT)])
    return clean | {"PYTHONPATH": paths, "PYTHONWARNINGS": "error", "COLUMNS": "100"} | extra


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``policy-qa`` with the fake wiring, in an empty folder."""

    def call(*arguments: str, **extra: str) -> Done:
        return subprocess.run(
            [sys.executable, "-m", "tests.cli.fake_program", *arguments],
            cwd=tmp_path,
            env=environment(tmp_path, **extra),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return call


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A data folder with a generation."""
    data = tmp_path / "var"
    data.mkdir()
    (data / "CURRENT").write_text("g1\n", "utf-8")
    return data
