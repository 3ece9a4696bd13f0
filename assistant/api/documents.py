"""GET /api/documents and one document as data."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter

from assistant.api.responses import problems
from assistant.api.schemas import DocumentList, DocumentOut, DocumentSummary, SectionOut
from assistant.api.services import Provided, find_document
from corpus.model import Document
from index.stored import heads

router = APIRouter(prefix="/api/documents", tags=["문서"])


@router.get("", summary="문서 목록", responses=problems(503))
def list_documents(services: Provided) -> DocumentList:
    """색인된 모든 문서의 제목과 발행 정보."""
    documents = heads(services.runtime.current().documents)
    return DocumentList(documents=tuple(summary_of(document) for document in documents))


@router.get("/{document_id}", summary="문서 한 건", responses=problems(404, 422, 503))
def read_document(document_id: str, services: Provided) -> DocumentOut:
    """문서의 본문과 차례. 인용의 위치는 `text`의 글자 위치(유니코드 코드 포인트)다."""
    document = find_document(services.runtime.current(), document_id)
    return DocumentOut(
        **summary_of(document).model_dump(),
        digest=document.digest,
        text=document.text,
        sections=tuple(SectionOut.model_validate(section) for section in document.sections),
    )


def summary_of(document: Document) -> DocumentSummary:
    """What a list says about a document."""
    about = document.metadata
    return DocumentSummary(
        document_id=document.document_id,
        title=about.title or document.document_id,
        issuer=about.issuer,
        kind=about.kind,
        published=about.published,
        language=about.language,
        source=document.source,
        url=f"/documents/{quote(document.document_id, safe='')}",
    )
