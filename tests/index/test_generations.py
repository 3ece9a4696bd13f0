from __future__ import annotations

import json
import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.model import Document
from index import generations
from index.build import build_index
from index.errors import BuildLocked, EmptyCorpus, IndexMissing, IndexUnreadable
from index.opening import open_index
from index.segment import Segmenter
from tests.index.documents import document
from tests.index.fakes import HashEmbedder

Built = dict[str, Any]


@pytest.fixture
def parts(segmenter: Segmenter, documents: tuple[Document, ...], tmp_path: Path) -> Built:
    embedder = HashEmbedder()
    return {
        "documents": documents,
        "data": tmp_path,
        "segmenter": segmenter,
        "embedder": embedder,
    }


def test_a_build_serves_and_says_what_it_holds(parts: Built) -> None:
    told: list[tuple[str, int, int]] = []
    built = build_index(**parts, progress=lambda *step: told.append(step))
    status = generations.status(parts["data"])
    assert status.current == built.name
    assert status.names == (built.name,)
    assert not status.broken
    assert status.manifest == built.manifest
    assert (built.manifest.documents, built.manifest.embedder) == (3, "hash")
    assert {what for what, done, total in told if done == total} >= {"embedding", "segmenting"}


def test_documents_come_back_as_they_were(parts: Built) -> None:
    build_index(**parts)
    opened = open_index(parts["data"], segmenter=parts["segmenter"], embedder=parts["embedder"])
    assert tuple(opened.documents.values()) == parts["documents"]


def test_unchanged_passages_are_not_embedded_again(parts: Built) -> None:
    first = build_index(**parts)
    encoded = parts["embedder"].encoded
    second = build_index(**parts)
    assert parts["embedder"].encoded == encoded
    assert second.manifest.digest == first.manifest.digest
    build_index(**{**parts, "embedder": (other := HashEmbedder(name="other"))})
    assert other.encoded == encoded


def test_rollback_serves_the_generation_before(parts: Built) -> None:
    with pytest.raises(IndexMissing, match="no earlier index"):
        generations.rollback(parts["data"])
    first, second = build_index(**parts), build_index(**parts)
    assert generations.current(parts["data"]).name == second.name
    assert generations.rollback(parts["data"]).name == first.name
    assert generations.current(parts["data"]).name == first.name


def test_what_was_gone_back_from_is_not_gone_back_to(parts: Built) -> None:
    data = parts["data"]
    good, bad = build_index(**parts), build_index(**parts)
    assert generations.rollback(data).name == good.name
    assert build_index(**parts).name not in {good.name, bad.name}
    assert generations.rollback(data).name == good.name
    with pytest.raises(IndexMissing, match="no earlier index"):
        generations.rollback(data)


def test_what_was_gone_back_from_is_pruned_first(parts: Built) -> None:
    data = parts["data"]
    first, second, bad = (build_index(**parts).name for _ in range(3))
    generations.rollback(data)
    last = build_index(**parts).name
    assert generations.names(data) == (first, second, last)
    assert bad not in generations.names(data)


def test_a_data_folder_without_a_record_goes_back_in_order(parts: Built) -> None:
    data = parts["data"]
    first, _ = build_index(**parts), build_index(**parts)
    (data / "SERVED").unlink()
    assert generations.rollback(data).name == first.name


def test_the_last_generations_are_kept(parts: Built) -> None:
    built = [build_index(**parts).name for _ in range(5)]
    assert generations.names(parts["data"]) == tuple(built[-3:])


def test_a_missing_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="policy-qa index build"):
        open_index(tmp_path)


def test_nothing_to_index_is_an_error_and_changes_nothing(parts: Built) -> None:
    built = build_index(**parts)
    for nothing in ((), (document("빈", []),)):
        with pytest.raises(EmptyCorpus):
            build_index(**{**parts, "documents": nothing})
    assert generations.current(parts["data"]).name == built.name


@pytest.mark.parametrize("harm", ["absent", "changed", "manifest", "format"])
def test_a_damaged_generation_never_serves(parts: Built, harm: str) -> None:
    built = build_index(**parts)
    _damage(built.path, harm)
    with pytest.raises(IndexUnreadable, match="policy-qa index"):
        open_index(parts["data"], segmenter=parts["segmenter"], embedder=parts["embedder"])
    assert list(generations.status(parts["data"]).broken) == [built.name]
    again = build_index(**parts)
    assert generations.current(parts["data"]).name == again.name


def _damage(path: Path, harm: str) -> None:
    manifest = path / "manifest.json"
    if harm == "absent":
        (path / "passages.jsonl").unlink()
    elif harm == "changed":
        content = (path / "dense.faiss").read_bytes()
        (path / "dense.faiss").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    elif harm == "manifest":
        manifest.write_text("{", encoding="utf-8")
    else:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        manifest.write_text(json.dumps({**content, "format": 999}), encoding="utf-8")


def test_of_a_large_generation_status_and_rollback_verify_the_contents(
    parts: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = build_index(**parts)
    build_index(**parts)
    _damage(built.path, "changed")
    monkeypatch.setattr(generations, "VERIFIED_UP_TO", 0)
    assert generations.opened(parts["data"], built.name).name == built.name
    assert list(generations.status(parts["data"]).broken) == [built.name]
    with pytest.raises(IndexUnreadable, match="has changed since the build"):
        generations.rollback(parts["data"])
    (built.path / "dense.faiss").write_bytes(b"short")
    with pytest.raises(IndexUnreadable, match="has changed since the build"):
        generations.opened(parts["data"], built.name)


def test_another_embedding_is_refused(parts: Built) -> None:
    build_index(**parts)
    with pytest.raises(IndexUnreadable, match="built with the embedding 'hash'"):
        open_index(parts["data"], segmenter=parts["segmenter"], embedder=HashEmbedder(name="other"))


def test_a_second_builder_is_refused(parts: Built) -> None:
    with generations.building(parts["data"]), pytest.raises(BuildLocked, match="try again"):
        build_index(**parts)
    build_index(**parts)


def test_user_words_of_the_build_are_used_when_searching(parts: Built) -> None:
    build_index(**parts)
    opened = open_index(parts["data"], segmenter=Segmenter(), embedder=parts["embedder"])
    assert opened.segmenter.user_words == parts["segmenter"].user_words


class KilledEmbedder(HashEmbedder):
    """Ends its own process the hard way, in the middle of a build."""

    def encode(self, texts: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)
        return np.empty(0)


def _build_and_die(documents: tuple[Document, ...], data: Path, when: str) -> None:
    if when == "publishing":
        generations.sync_tree = lambda _: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    embedder = KilledEmbedder(name="killed") if when == "embedding" else HashEmbedder()
    build_index(documents=documents, data=data, segmenter=Segmenter(), embedder=embedder)


@pytest.mark.parametrize("when", ["embedding", "publishing"])
def test_a_killed_build_leaves_the_served_index_alone(parts: Built, when: str) -> None:
    served = build_index(**parts)
    arguments = (parts["documents"], parts["data"], when)
    process = multiprocessing.get_context("spawn").Process(target=_build_and_die, args=arguments)
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL
    folder = parts["data"] / "generations"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".tmp-")]
    assert generations.current(parts["data"]).name == served.name
    again = build_index(**parts)
    assert sorted(path.name for path in folder.iterdir()) == [served.name, again.name]
