"""What must hold for every answer to any question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.citations import section_at
from assistant.model import Answer, Citation, Status
from corpus.model import Document

_MARK = re.compile(r" \[(\d+)\]$")
_MARKS = re.compile(r"\[(\d+)\]")


def assert_sound(answer: Answer, documents: Mapping[str, Document]) -> None:
    """Markers, citations and offsets agree, and the status allows what is there."""
    assert answer.text.strip()
    assert answer.generator == "extractive"
    assert 0 <= answer.score <= 1
    assert answer.as_of is not None
    for citation in answer.citations:
        _assert_exact(citation, documents[citation.document_id])
    known = [citation.marker for citation in answer.citations]
    assert known == list(range(1, len(known) + 1))
    beside = _markers_beside(answer)
    assert beside <= set(known)
    assert set(known) <= beside | set(_markers_in(answer)), "a citation nothing refers to"
    _ASSERT[answer.status](answer, known)


def _assert_exact(citation: Citation, document: Document) -> None:
    assert document.text[citation.start : citation.end] == citation.quote
    assert citation.quote.strip()
    assert section_at(document, citation.start).section_id == citation.section_id
    assert citation.document_title == document.metadata.title


def _markers_in(answer: Answer) -> list[int]:
    """Markers of the text; numbers in brackets that a document prints are none."""
    if answer.status is not Status.ANSWERED:
        return [int(number) for number in _MARKS.findall(answer.text)]
    return [int(mark.group(1)) for line in answer.text.splitlines() if (mark := _MARK.search(line))]


def _markers_beside(answer: Answer) -> set[int]:
    found = {notice.marker for notice in answer.notices if notice.marker is not None}
    if answer.contact is not None:
        assert answer.contact.marker is not None
        assert answer.contact.phone
        found.add(answer.contact.marker)
    return found


def _assert_answered(answer: Answer, known: list[int]) -> None:
    for line in answer.text.splitlines():
        mark = _MARK.search(line)
        assert mark, f"no marker: {line!r}"
        assert int(mark.group(1)) in known
        assert line[: mark.start()].strip(" -"), f"only a marker: {line!r}"


def _assert_not_found(answer: Answer, known: list[int]) -> None:
    contact = [] if answer.contact is None else [answer.contact.marker]
    assert known == contact
    assert set(_markers_in(answer)) <= set(known)
    assert not answer.short_answer


def _assert_without_sources(answer: Answer, known: list[int]) -> None:
    assert not known
    assert answer.contact is None
    assert not answer.notices
    assert not answer.short_answer


_ASSERT = {
    Status.ANSWERED: _assert_answered,
    Status.PARTIAL: _assert_answered,
    Status.NOT_FOUND: _assert_not_found,
    Status.NEEDS_CLARIFICATION: _assert_without_sources,
    Status.DECLINED: _assert_without_sources,
}
