"""Search of an open index as ranked sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from corpus.model import Document
from eval.retrieval import RankedSection, Search
from index.hits import Hit
from index.opening import open_index
from index.reranking import Reranking
from index.search import SearchIndex

# Enough passages to hold ten sections even where the rows of one table crowd the front.
_PASSAGES = 60


def open_search(data: Path, *, reranking: Reranking | None = None) -> Search:
    """Search over the generation that serves; raises as ``open_index`` does."""
    return partial(search_sections, open_index(data, reranking=reranking))


def search_sections(index: SearchIndex, text: str) -> Sequence[RankedSection]:
    """The sections of the best passages, each at the rank of its first one."""
    return rank_sections(index.search(query=text, limit=_PASSAGES), index.documents)


def rank_sections(
    hits: Sequence[Hit], documents: Mapping[str, Document]
) -> tuple[RankedSection, ...]:
    """Hits gathered by section, best first, with the words of all passages found in each."""
    words: dict[tuple[str, str], list[str]] = {}
    for hit in hits:
        key = (hit.passage.document_id, hit.passage.section_id)
        words.setdefault(key, []).append(f"{hit.passage.heading} {hit.passage.body}")
    return tuple(
        RankedSection(
            document_id=document_id,
            path=_path(documents[document_id], section_id),
            words=" ".join(found),
        )
        for (document_id, section_id), found in words.items()
    )


def _path(document: Document, section_id: str) -> tuple[str, ...]:
    return next((s.path for s in document.sections if s.section_id == section_id), ())
