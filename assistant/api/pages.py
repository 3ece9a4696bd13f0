"""The pages people read: the first page and a document with its quote highlighted."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from assistant.api.documents import summary_of
from assistant.api.page_marks import read_span
from assistant.api.page_model import view_document
from assistant.api.services import Provided, find_document
from assistant.api.templates import render
from assistant.errors import NotReady
from assistant.surface import group
from index.stored import heads

router = APIRouter(include_in_schema=False)


@router.get("/")
def landing(services: Provided) -> HTMLResponse:
    """What this is, a form to ask with, the documents."""
    try:
        documents = [summary_of(one) for one in heads(services.runtime.current().documents)]
    except NotReady:
        documents = []
    return render(
        "landing.html",
        text=group("landing"),
        documents=documents,
        limit=services.settings.max_question_length,
    )


@router.get("/documents/{document_id}")
def document_page(
    document_id: str,
    services: Provided,
    section: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> HTMLResponse:
    """A document as people read it; ``start`` and ``end`` mark the cited words."""
    document = find_document(services.runtime.current(), document_id)
    quote = read_span(start, end, length=len(document.text))
    view = view_document(document, section=section, quote=quote)
    is_known = any(one.section_id == section for one in document.sections)
    return render(
        "document.html",
        document=summary_of(document),
        contacts=document.contacts,
        view=view,
        cited=section if is_known else None,
        lost=bool(section) and not is_known,
    )
