"""Citations: quotes with exact offsets, numbered in the order they are used."""

from __future__ import annotations

from urllib.parse import quote as url_quote
from urllib.parse import urlencode

from assistant.model import Citation
from corpus.model import Document, Section


class CitationList:
    """Collects citations; the same span keeps its marker."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int], Citation] = {}

    def cite(self, document: Document, *, start: int, end: int) -> Citation:
        """The citation of a span, new or already there."""
        key = (document.document_id, start, end)
        if key not in self._found:
            self._found[key] = make_citation(
                document, start=start, end=end, marker=len(self._found) + 1
            )
        return self._found[key]

    def all(self) -> tuple[Citation, ...]:
        """The citations by marker."""
        return tuple(self._found.values())


def make_citation(document: Document, *, start: int, end: int, marker: int) -> Citation:
    """A citation of ``document.text[start:end]``."""
    section = section_at(document, start)
    head = document.metadata
    return Citation(
        marker=marker,
        document_id=document.document_id,
        document_title=head.title,
        issuer=head.issuer,
        published=head.published,
        section_id=section.section_id,
        section_path=section.path,
        page=section.page,
        quote=document.quote(start=start, end=end),
        start=start,
        end=end,
        url=url_of(document, section, start=start, end=end),
    )


def url_of(document: Document, section: Section, *, start: int, end: int) -> str:
    """The page that shows a span highlighted."""
    query = urlencode({"section": section.section_id, "start": start, "end": end})
    return f"/documents/{url_quote(document.document_id)}?{query}#quote"


def section_at(document: Document, offset: int) -> Section:
    """The section whose span holds an offset."""
    for section in document.sections:
        if section.start <= offset < section.end:
            return section
    return document.sections[-1]
