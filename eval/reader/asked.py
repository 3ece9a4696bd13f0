"""The questions the reader learns from: the written ones and the curated sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.cases import Case
from eval.reader.records import Asked
from index.training.written import WrittenDocument


def write_documents(documents: Sequence[WrittenDocument], folder: Path) -> None:
    """The written documents as files to index; their ids are their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        (folder / f"{document.name}.md").write_text(document.markdown(), encoding="utf-8")


def asked_of_written(documents: Sequence[WrittenDocument]) -> Iterator[Asked]:
    """All written questions, each to be searched in the handful of documents of its file.

    Among 420 documents a question that names no programme would have other right answers.
    """
    batches: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        batches[document.batch].append(document.name)
    for document in documents:
        among = tuple(batches[document.batch])
        for passage in document.passages:
            for question in passage.questions:
                facts = tuple((fact,) for fact in question.facts)
                yield Asked(
                    question.text,
                    facts,
                    group=document.area,
                    documents=among,
                    source=document.name,
                    voice=question.voice,
                )
            for miss in passage.misses:
                yield Asked(
                    miss.text, (), group=document.area, documents=among, voice=f"miss:{miss.kind}"
                )


def asked_of_cases(cases: Sequence[Case]) -> Iterator[Asked]:
    """Curated cases, grouped by their set."""
    for case in cases:
        yield Asked(
            case.question,
            case.facts,
            group=case.source,
            history=case.history,
            voice=case.wording if case.answerable else "miss:curated",
        )
