from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.files import digest, replaced_folder, write_atomically


def test_a_file_is_replaced_and_nothing_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "new" / "CURRENT"
    write_atomically(path, "하나")
    write_atomically(path, "둘")
    assert path.read_text(encoding="utf-8") == "둘"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_takes_its_place_whole(tmp_path: Path) -> None:
    for content in ("first", "second"):
        with replaced_folder(tmp_path / "model") as partial:
            (partial / "weights").write_text(content, encoding="utf-8")
    assert (tmp_path / "model" / "weights").read_text(encoding="utf-8") == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def _fail(partial: Path) -> None:
    (partial / "half").touch()
    raise OSError("no space left")


def test_a_failure_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no space"), replaced_folder(tmp_path / "model") as partial:
        _fail(partial)
    assert list(tmp_path.iterdir()) == []


def test_folders_of_killed_processes_go_after_an_hour(tmp_path: Path) -> None:
    (tmp_path / ".tmp-old").mkdir()
    (tmp_path / ".tmp-new").mkdir()
    os.utime(tmp_path / ".tmp-old", (0, 0))
    with replaced_folder(tmp_path / "model"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".tmp-new", "model"]


def test_a_digest_is_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert digest(tmp_path / "empty").startswith("e3b0c44298fc1c14")
