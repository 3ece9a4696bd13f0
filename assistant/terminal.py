"""An answer as an officer reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.intake import without_hidden
from assistant.model import Answer, Citation, ContactPoint
from assistant.surface import say


def as_text(answer: Answer) -> str:
    """Notices, the answer, its citations with the quoted words, whom to ask."""
    blocks = [
        "\n".join(_notices(answer)),
        answer.text,
        "\n".join(_citations(answer)),
        _contact(answer.contact) if answer.contact else "",
        "\n".join(_follow_ups(answer)),
        say("terminal.footer", as_of=str(answer.as_of)) if answer.as_of else "",
    ]
    # Documents come from elsewhere: their control characters must not reach the terminal.
    return without_hidden("\n\n".join(block for block in blocks if block))


def _notices(answer: Answer) -> Iterator[str]:
    for notice in answer.notices:
        yield say("terminal.notice", text=notice.text) + _mark(notice.text, notice.marker)


def _citations(answer: Answer) -> Iterator[str]:
    if answer.citations:
        yield say("terminal.citations")
    for citation in answer.citations:
        yield f"[{citation.marker}] {_place(citation)}"
        yield f"    「{' '.join(citation.quote.split())}」"


def _place(citation: Citation) -> str:
    path = citation.section_path
    if path and path[0] == citation.document_title:
        path = path[1:]
    where = " › ".join((citation.document_title, *path))
    issuer = citation.issuer or say("terminal.no_issuer")
    published = f", {citation.published.isoformat()}" if citation.published else ""
    return f"{where} ({issuer}{published})"


def _contact(contact: ContactPoint) -> str:
    text = say("terminal.contact", department=contact.department, phone=contact.phone)
    return text.rstrip() + _mark(text, contact.marker)


def _follow_ups(answer: Answer) -> Iterator[str]:
    if answer.follow_ups:
        yield say("terminal.follow_ups")
    for question in answer.follow_ups:
        yield f"  - {question}"


def _mark(text: str, marker: int | None) -> str:
    """The marker, unless the text already carries it."""
    return "" if marker is None or f"[{marker}]" in text else f" [{marker}]"
