"""What is measured of one answer; pure functions without a threshold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.model import Answer, Citation, Status
from corpus.model import Document, Item
from eval.cases import Gold
from eval.documents import DocumentMap
from eval.matching import contains, squash
from eval.stats import Rate, rate

_MARKER = re.compile(r"\s?\[(\d+)\]")
_REFUSALS = frozenset({Status.NOT_FOUND, Status.DECLINED, Status.NEEDS_CLARIFICATION})

Facts = Sequence[Sequence[str]]


def refused(answer: Answer) -> bool:
    """Whether the answer says nothing about the matter; a partial answer does say something."""
    return answer.status in _REFUSALS


def spoken(answer: Answer) -> str:
    """The words of the answer and its short answer, without markers."""
    return _MARKER.sub(" ", f"{answer.text}\n{answer.short_answer}")


def length(answer: Answer) -> int:
    """Characters of the answer's text without markers."""
    return len(_MARKER.sub("", answer.text).strip())


def used_citations(answer: Answer) -> tuple[Citation, ...]:
    """The citations the text points to; those of notices and the contact do not support it."""
    markers = {int(marker) for marker in _MARKER.findall(answer.text)}
    return tuple(citation for citation in answer.citations if citation.marker in markers)


def dangling_markers(answer: Answer) -> tuple[int, ...]:
    """Markers in the text without a citation, in order."""
    known = {citation.marker for citation in answer.citations}
    found = (int(marker) for marker in _MARKER.findall(answer.text))
    return tuple(dict.fromkeys(marker for marker in found if marker not in known))


def missing_facts(facts: Facts, text: str) -> tuple[int, ...]:
    """Indices of the fact groups of which no alternative stands in the text."""
    return tuple(
        index
        for index, group in enumerate(facts)
        if not any(contains(text, alternative) for alternative in group)
    )


def fact_recall(facts: Facts, text: str) -> float:
    """The share of fact groups the text satisfies, 1 where there are none."""
    return 1.0 - len(missing_facts(facts, text)) / len(facts) if facts else 1.0


def missing_in_answer(facts: Facts, answer: Answer) -> tuple[int, ...]:
    """Indices of the fact groups the answer does not say."""
    return missing_facts(facts, spoken(answer))


def facts_in_answer(facts: Facts, answer: Answer) -> bool:
    """Whether the answer says every fact."""
    return not missing_in_answer(facts, answer)


def missing_in_evidence(
    facts: Facts, answer: Answer, documents: Mapping[str, Document]
) -> tuple[int, ...]:
    """Indices of the fact groups that neither the quotes nor their sections say."""
    return missing_facts(facts, "\n".join(_evidence(answer, documents)))


def facts_in_evidence(facts: Facts, answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether the cited quotes and their sections say every fact."""
    return not missing_in_evidence(facts, answer, documents)


def right_section(
    gold: Iterable[Gold], answer: Answer, documents: Mapping[str, Document], names: DocumentMap
) -> bool:
    """Whether a citation the text uses stands in one of the gold places."""
    places = [
        (citation.document_id, _context(citation, documents.get(citation.document_id)))
        for citation in used_citations(answer)
    ]
    return any(in_place(each, *place, names=names) for each in gold for place in places)


def in_place(gold: Gold, document_id: str, context: str, *, names: DocumentMap) -> bool:
    """Whether a document is the gold one and the words around a quote name the gold section."""
    return names.matches(gold.document, document_id) and squash(gold.section) in squash(context)


def exact_quotes(answer: Answer, documents: Mapping[str, Document]) -> Rate:
    """How many citations quote their document letter for letter."""
    return rate(quote_exact(citation, documents) for citation in answer.citations)


def quote_exact(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Whether ``document.text[start:end]`` is the quote, and not empty."""
    document = documents.get(citation.document_id)
    if document is None or not citation.quote:
        return False
    return document.text[citation.start : citation.end] == citation.quote


def _evidence(answer: Answer, documents: Mapping[str, Document]) -> Iterator[str]:
    for citation in used_citations(answer):
        yield citation.quote
        document = documents.get(citation.document_id)
        for section in document.sections if document else ():
            if document and section.section_id == citation.section_id:
                yield document.text[section.start : section.end]


def _context(citation: Citation, document: Document | None) -> str:
    words = [*citation.section_path, citation.quote]
    for item in _around(citation, document) if document else ():
        words += [item.label, document.text[item.start : item.end] if document else ""]
    return " ".join(words)


def _around(citation: Citation, document: Document) -> Iterator[Item]:
    """The items the quote touches and, above them, what they belong to."""
    above = {item.ordinal: item for item in document.items}
    touched = (i for i in document.items if i.start < citation.end and citation.start < i.end)
    for item in touched:
        found: Item | None = item
        seen: set[int] = set()
        while found is not None and found.ordinal not in seen:
            yield found
            seen.add(found.ordinal)
            found = above.get(found.parent) if found.parent is not None else None
