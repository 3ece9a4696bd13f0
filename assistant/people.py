"""Whom to ask: contacts that fit a question, and the contact of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import QuestionAnalysis
from corpus.model import Contact, Document

_ROLES = (
    "과장",
    "사무관",
    "서기관",
    "팀장",
    "주무관",
    "국장",
    "실장",
    "담당관",
    "책임자",
    "연구관",
)
_OPERATIVE = ("사무관", "서기관", "주무관", "담당자")


@dataclass(frozen=True, slots=True)
class FoundContact:
    """A contact, the document that names it, and how well it fits a question (0 and up)."""

    document: Document
    contact: Contact
    fit: float


def find_contact(
    analysis: QuestionAnalysis, documents: Sequence[tuple[Document, float]]
) -> FoundContact | None:
    """The contact a question asks for among documents given with their relevance in 0..1."""
    found = [
        FoundContact(document, contact, relevance + _fit(analysis, contact))
        for document, relevance in documents
        for contact in document.contacts
    ]
    return max(found, key=lambda f: f.fit, default=None)


def contact_of(document: Document, *, topic: Sequence[str] = ()) -> Contact | None:
    """Whom a document names for questions: the desk for the topic, else its operative person."""
    named = [c for c in document.contacts if c.topic and any(c.topic in part for part in topic)]
    pool: Sequence[Contact] = named or document.contacts
    operative = [contact for contact in pool if contact.role in _OPERATIVE]
    return next(iter(operative or pool), None)


def person_of(contact: Contact) -> str:
    """Role and name as an officer writes them ("사무관 박지연")."""
    return " ".join(part for part in (contact.role, contact.name) if part)


def _fit(analysis: QuestionAnalysis, contact: Contact) -> float:
    asked = re.sub(r"\s+", "", analysis.repaired)
    fit = 0.0
    for part in re.split(r"[\s·]+", contact.department):
        if len(part) >= 3 and part in asked:
            fit += 0.8
    squashed = contact.department.replace(" ", "")
    fit += _overlap(asked, squashed)
    if contact.name and contact.name in asked:
        fit += 1.0
    for role in _ROLES:
        if role in asked and contact.role == role:
            fit += 0.4
    if not any(role in asked for role in _ROLES) and contact.role in _OPERATIVE:
        fit += 0.05
    for constraint in analysis.constraints:
        if contact.topic and constraint.unit in {"안건", "호"}:
            fit += 0.6 * constraint.holds_in(contact.topic)
    described = squashed + " " + contact.topic.replace(" ", "")
    for term in analysis.terms:
        for matcher in term.matchers:
            if len(matcher.surface) >= 2 and matcher.surface in described:
                fit += 0.5 * term.weight * matcher.weight
                break
    return fit


def _overlap(asked: str, department: str) -> float:
    """The longest run of a department's name that the question holds, as a share of the name."""
    best = 0
    for start in range(len(department)):
        for end in range(len(department), start + best, -1):
            if department[start:end] in asked:
                best = end - start
                break
    return best / len(department) if department and best >= 3 else 0.0
