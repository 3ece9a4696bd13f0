"""Builds that go on where another stopped, and do again only what has changed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from corpus.errors import CorpusMissing
from corpus.model import Document
from index import build, contents, segmenting
from index.build import Choices, build_folder, build_index
from index.errors import BuildInterrupted, IndexUnreadable
from index.opening import open_index
from index.segment import Segmenter
from index.segment_cache import FILE, opened_cache, recipe
from index.segmented import DocumentSegmenter
from index.segmenting import Outcome
from index.sources import GivenSource
from tests.index.conftest import WORDS
from tests.index.documents import document
from tests.index.fakes import HashEmbedder

Told = list[tuple[str, int, int]]
Builder = Callable[[tuple[Document, ...], Path, HashEmbedder], Told]
Named = Callable[[tuple[Document, ...], Path], list[str]]


def _document(number: int, *, more: str = "") -> Document:
    lines = [f"제{number}호 사업의 신청 기간은 {number}일이다.", *([more] if more else [])]
    return document(f"d{number}", [("신청 기간", lines), ("문의처", [f"담당 {number}과"])])


DOCUMENTS = tuple(_document(number) for number in range(8))


def _build(
    documents: tuple[Document, ...], data: Path, embedder: HashEmbedder, segmenter: Segmenter
) -> Told:
    told: Told = []
    build_index(
        documents=documents,
        data=data,
        segmenter=segmenter,
        embedder=embedder,
        progress=lambda *step: told.append(step),
    )
    return told


@pytest.fixture
def make(segmenter: Segmenter) -> Builder:
    return partial(_build, segmenter=segmenter)


@pytest.fixture
def segmented(make: Builder) -> Named:
    """Builds, and tells the ids of the documents that were segmented for it."""
    real = DocumentSegmenter.segment

    def call(documents: tuple[Document, ...], data: Path) -> list[str]:
        seen: list[str] = []

        def noted(self: DocumentSegmenter, one: Document) -> object:
            seen.append(one.document_id)
            return real(self, one)

        with patch.object(DocumentSegmenter, "segment", noted):
            make(documents, data, HashEmbedder())
        return seen

    return call


def test_one_changed_document_is_all_that_is_done_again(
    make: Builder, segmented: Named, tmp_path: Path
) -> None:
    embedder = HashEmbedder()
    make(DOCUMENTS, tmp_path, embedder)
    first = embedder.encoded
    changed = (*DOCUMENTS[:3], _document(3, more="기간은 늘릴 수 있다."), *DOCUMENTS[4:])
    assert segmented(changed, tmp_path) == ["d3"]
    again = HashEmbedder()
    make(DOCUMENTS, tmp_path, again)
    make(changed, tmp_path, again)
    assert first == 16
    # Back to the first documents and on again: each time one section has another text.
    assert again.encoded == 2


def test_a_document_may_move_and_change_its_name(
    make: Builder, segmented: Named, segmenter: Segmenter, tmp_path: Path
) -> None:
    make(DOCUMENTS, tmp_path, HashEmbedder())
    moved = tuple(replace(one, document_id=f"새-{one.document_id}") for one in DOCUMENTS[::-1])
    assert segmented(moved, tmp_path) == []
    opened = open_index(tmp_path, segmenter=segmenter, embedder=HashEmbedder())
    assert tuple(opened.documents.values()) == moved
    fresh = tmp_path / "fresh"
    make(moved, fresh, HashEmbedder())
    again = open_index(fresh, segmenter=segmenter, embedder=HashEmbedder())
    assert list(opened.passages) == list(again.passages)


def _build_and_die(data: Path) -> None:
    """Ends its own process the hard way after half of the documents."""
    real = segmenting.segment_all

    def dying(*args: object, **options: object) -> Iterator[Outcome]:
        for done, outcome in enumerate(real(*args, **options)):  # type: ignore[arg-type]
            if done == 4:
                os.kill(os.getpid(), signal.SIGKILL)
            yield outcome

    with patch.object(build, "segment_all", dying), patch("index.segment_cache._COMMIT_AFTER_S", 0):
        _build(DOCUMENTS, data, HashEmbedder(), Segmenter(user_words=WORDS))


def test_a_killed_build_is_gone_on_with(
    segmented: Named, segmenter: Segmenter, tmp_path: Path
) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_build_and_die, args=(tmp_path,))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL
    assert segmented(DOCUMENTS, tmp_path) == ["d4", "d5", "d6", "d7"]
    opened = open_index(tmp_path, segmenter=segmenter, embedder=HashEmbedder())
    assert tuple(opened.documents.values()) == DOCUMENTS


def test_processes_make_what_one_process_makes(
    segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segmenting, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(segmenting, "_TASK", 200)
    made = [
        build_index(
            documents=DOCUMENTS,
            data=tmp_path / str(workers),
            segmenter=segmenter,
            embedder=HashEmbedder(),
            workers=workers,
        )
        for workers in (1, 2)
    ]
    assert made[0].manifest.digest == made[1].manifest.digest


class _Deadly(GivenSource):
    def document(self) -> Document:
        os.kill(os.getpid(), signal.SIGKILL)
        return super().document()


def test_a_worker_that_ends_is_told(segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmenting, "_WORTH_PROCESSES", 0)
    sources = [(0, _Deadly(DOCUMENTS[0]))]
    with pytest.raises(BuildInterrupted, match="fewer workers"):
        list(segmenting.segment_all(sources, segmenter=segmenter, passage_size=500, workers=2))


def test_files_are_indexed_and_those_left_out_are_told(
    segmenter: Segmenter, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    for name in ("가/안내.txt", "나/안내.txt", "다/빈.txt", "라/표.xlsx", "마/안내.txt"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("" if "빈" in name else f"{name} 신청 안내\n신청을 받는다.")
    with_fakes = {"segmenter": segmenter, "embedder": HashEmbedder()}
    built = build_folder(folder, choices=Choices(tmp_path / "data"), **with_fakes)
    assert [line.partition(":")[0] for line in built.skipped] == ["빈.txt", "표.xlsx"]
    documents = contents.load_documents(built.generation.path)
    assert list(documents) == ["안내", "안내-2", "안내-3"]
    (folder / "가/안내.txt").unlink()
    built = build_folder(folder, choices=Choices(tmp_path / "data"), **with_fakes)
    documents = contents.load_documents(built.generation.path)
    assert documents["안내"].text.startswith("나/")


def test_a_folder_of_nothing_readable_says_why(segmenter: Segmenter, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "빈.txt").touch()
    with pytest.raises(CorpusMissing, match=r"빈\.txt: the file is empty"):
        build_folder(folder, choices=Choices(tmp_path / "data"), segmenter=segmenter)


def test_what_no_generation_holds_is_forgotten(make: Builder, tmp_path: Path) -> None:
    for number in range(5):
        make((_document(number),), tmp_path, HashEmbedder())
    with opened_cache(tmp_path) as cache:
        assert len(cache.known()) == 3


def test_a_damaged_cache_is_begun_anew(make: Builder, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    make(DOCUMENTS, tmp_path, HashEmbedder())
    with opened_cache(tmp_path) as cache:
        assert len(cache.known()) == len(DOCUMENTS)
        with pytest.raises(IndexUnreadable, match="build again"):
            cache.get(b"unknown")


def test_trouble_with_the_cache_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable, match="disk has room"), opened_cache(tmp_path):
        raise sqlite3.OperationalError("database or disk is full")


def test_another_recipe_shares_no_keys() -> None:
    plain = recipe(Segmenter(), passage_size=500)
    assert plain == recipe(Segmenter(), passage_size=500)
    assert plain != recipe(Segmenter(), passage_size=400)
    assert plain != recipe(Segmenter(user_words=[("매칭", "NNG")]), passage_size=500)
