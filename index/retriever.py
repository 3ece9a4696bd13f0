"""The search as a LangChain retriever, and an embedder as LangChain embeddings."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.embedding import Embedder, encode_query
from index.hits import Hit
from index.search import SearchIndex


class PolicyRetriever(BaseRetriever):
    """Passages of an opened index as LangChain documents, best first.

    The metadata hold document_id, section_id, section_path, title, start, end and score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: SearchIndex = Field(exclude=True)
    limit: int = 20

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        del run_manager  # a search is too short to report on
        hits = self.index.search(query=query, limit=self.limit)
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> LangChainDocument:
        passage = hit.passage
        document = self.index.documents[passage.document_id]
        paths = {section.section_id: section.path for section in document.sections}
        metadata: dict[str, Any] = {
            "document_id": passage.document_id,
            "section_id": passage.section_id,
            "section_path": list(paths.get(passage.section_id, ())),
            "title": passage.title,
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
        }
        return LangChainDocument(
            id=passage.passage_id, page_content=passage.body, metadata=metadata
        )


class PolicyEmbeddings(Embeddings):
    """Any embedder of ours where LangChain wants its own kind."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        rows: list[list[float]] = self._embedder.encode(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        row: list[float] = encode_query(self._embedder, text).tolist()
        return row
