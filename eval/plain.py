"""Texts without an outline as documents, as public collections hold them."""

from __future__ import annotations

import hashlib

from corpus.model import Document, Metadata, Section

SECTION = "s0"


def plain_document(name: str, text: str, *, title: str = "") -> Document:
    """A text as a document of one section, ``SECTION``, under its title if it has one."""
    whole = Section(
        section_id=SECTION,
        ordinal=0,
        heading=title,
        path=(title,) if title else (),
        level=0,
        start=0,
        end=len(text),
    )
    return Document(
        document_id=name,
        metadata=Metadata(),
        text=text,
        sections=(whole,),
        items=(),
        contacts=(),
        digest=hashlib.sha256(f"{title}\x1f{text}".encode()).hexdigest(),
        source=name,
    )
