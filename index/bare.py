"""Passages that are no more than the heading over other sections."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Document, ItemKind
from index.passages import Passage


def bare_headings(document: Document, passages: Sequence[Passage]) -> list[bool]:
    """Which passages of a document are only the heading over other sections.

    They match a question about what stands under them better than the text that answers it.
    """
    spans = _heading_spans(document)
    return [p.kind == "text" and p.end <= spans.get(p.section_id, -1) for p in passages]


def _heading_spans(document: Document) -> dict[str, int]:
    """For each section that has subsections, where its last heading item ends."""
    parents = {section.parent for section in document.sections}
    over = {s.ordinal: s.section_id for s in document.sections if s.ordinal in parents}
    return {
        over[item.section]: item.end
        for item in document.items
        if item.kind is ItemKind.HEADING and item.section in over
    }
