"""Writes replies: markers, notices about time, contacts, follow-up questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from assistant.citations import CitationList
from assistant.claims import Claim
from assistant.deadlines import Deadline, find_deadline
from assistant.focus import FocusTerm
from assistant.korean import with_particle
from assistant.model import Answer, Citation, ContactPoint, Notice, NoticeKind, Status
from assistant.people import FoundContact, contact_of, person_of
from assistant.question import QuestionAnalysis
from assistant.ranking import Ranked
from assistant.replies import Replies
from assistant.sufficiency import Verdict
from corpus.dates import find_dates
from corpus.model import Document, ItemKind

_APPLYING = (
    "신청",
    "접수",
    "제출",
    "응모",
    "공모",
    "마감",
    "모집",
    "지원할 수",
    "지원하려",
    "기한",
)
# A briefing on a call is not the call: its place and date have nothing to do with the deadline.
_EVENTS = re.compile(r"(?:공모|모집|신청)\s?(?:설명회|안내서|안내문|결과)")
_UNTIL = ("마감", "까지", "기한", "언제")
_OUTDATED = timedelta(days=3 * 365)
_MAX_FOLLOW_UPS = 3
_MAX_CITATIONS = 3
# Below this share of the question's words a document is no nearer than any other.
_NEAREST = 0.45
_WEEKDAYS = "월화수목금토일"


class ReplyWriter:
    """Writes the reply to one question as of one moment (KST)."""

    def __init__(
        self,
        *,
        replies: Replies,
        as_of: datetime,
        analysis: QuestionAnalysis,
        documents: Mapping[str, Document],
    ) -> None:
        self._replies = replies
        self._as_of = as_of
        self._analysis = analysis
        self._documents = documents
        self._citations = CitationList()

    def answered(self, claims: Sequence[Claim], *, verdict: Verdict) -> Answer:
        """A reply that states the claims."""
        document = claims[0].evidence.document
        deadline = find_deadline(document) if self._asks_to_apply() else None
        about = deadline is not None and self._asks_for_deadline() and _states(claims, deadline)
        lines: list[str] = []
        short = next((claim.short for claim in claims[:1] if claim.short), "")
        if deadline is not None and about:
            short = _spoken(deadline)
            claims = [claim for claim in claims if _states([claim], deadline)][:1]
        notices = self._notices(document, deadline, lines, about=about)
        claims = claims[: max(1, _MAX_CITATIONS - len(self._citations.all()))]
        lines.extend(self._line(claim) for claim in claims)
        room = len(self._citations.all()) < _MAX_CITATIONS
        # Before the citations are listed: the contact adds its own.
        contact = self._contact_point(document, claims[0].evidence.section.path) if room else None
        return Answer(
            Status.ANSWERED,
            "\n".join(lines),
            short,
            self._citations.all(),
            notices,
            contact,
            self._follow_ups(claims),
            as_of=self._as_of.date(),
            score=verdict.probability,
        )

    def contact(self, found: FoundContact) -> Answer:
        """A reply that names whom to ask."""
        contact, document = found.contact, found.document
        citation = self._citations.cite(document, start=contact.start, end=contact.end)
        mark = f"[{citation.marker}]"
        person = person_of(contact)
        subject = contact.topic or document.metadata.title
        if person:
            text = self._replies.render(
                "contact_person",
                subject=f"「{subject}」",
                department=contact.department,
                person=person,
                phone=contact.phone,
            )
        else:
            text = self._replies.render(
                "contact_desk", department=contact.department or subject, phone=contact.phone
            )
        point = ContactPoint(contact.department, contact.phone, citation.marker)
        return Answer(
            Status.ANSWERED,
            f"{text} {mark}",
            contact.phone,
            self._citations.all(),
            self._outdated(document),
            point,
            (),
            as_of=self._as_of.date(),
            score=1.0,
        )

    def _what_is_missing(self, missing: Sequence[FocusTerm]) -> str:
        """Only of words that stand nowhere it is said that the documents do not hold them."""
        absent = [term for term in missing if not term.known]
        words = ", ".join(f"‘{term.surface}’" for term in (absent or missing)[:3])
        if not words:
            return self._replies.render("not_found")
        name = "not_found_words" if absent else "not_found_unmet"
        return self._replies.render(name, words=words)

    def not_found(self, best: Ranked | None, *, missing: Sequence[FocusTerm]) -> Answer:
        """A reply that says what the documents do not hold, and whom to ask."""
        parts = [self._what_is_missing(missing)]
        contact = None
        if best is not None and best.coverage >= _NEAREST:
            document = best.evidence.document
            parts.append(self._replies.render("not_found_nearest", title=document.metadata.title))
            contact = self._contact_point(document, best.evidence.section.path)
            if contact is not None:
                parts.append(
                    self._replies.render(
                        "not_found_contact",
                        department=contact.department,
                        phone=contact.phone,
                        marker=f"[{contact.marker}]",
                    )
                )
        return Answer(
            Status.NOT_FOUND,
            " ".join(parts),
            "",
            self._citations.all(),
            (),
            contact,
            as_of=self._as_of.date(),
        )

    def clarify(self) -> Answer:
        """A reply that asks which programme is meant."""
        examples = ", ".join(
            f"「{document.metadata.title}」" for document in list(self._documents.values())[:3]
        )
        return Answer(
            Status.NEEDS_CLARIFICATION,
            self._replies.render("clarify", examples=examples),
            as_of=self._as_of.date(),
        )

    def _line(self, claim: Claim) -> str:
        citation = self._citations.cite(claim.evidence.document, start=claim.start, end=claim.end)
        mark = f"[{citation.marker}]"
        if not claim.lines:
            return f"{claim.text} {mark}"
        return "\n".join([f"{claim.text} {mark}", *(f"- {line} {mark}" for line in claim.lines)])

    def _notices(
        self, document: Document, deadline: Deadline | None, lines: list[str], *, about: bool
    ) -> tuple[Notice, ...]:
        if deadline is None:
            return self._outdated(document)
        may_i = self._analysis.type == "may_i"
        if self._as_of <= deadline.at and not (about or may_i):
            return self._outdated(document)
        citation = self._citations.cite(document, start=deadline.start, end=deadline.end)
        shown = _spoken(deadline)
        if self._as_of <= deadline.at:
            left = (deadline.at.date() - self._as_of.date()).days
            text = (
                self._replies.render("deadline_open", deadline=shown, left=str(left))
                if left
                else self._replies.render("deadline_today", deadline=shown)
            )
            lines.append(self._marked(text, citation))
            return self._outdated(document)
        lines.append(
            self._marked(self._replies.render("deadline_closed", deadline=shown), citation)
        )
        text = self._replies.render(
            "deadline_notice", deadline=shown, as_of=_day(self._as_of.date())
        )
        notice = Notice(NoticeKind.DEADLINE_PASSED, text, deadline.at.date(), citation.marker)
        return (notice, *self._outdated(document))

    def _outdated(self, document: Document) -> tuple[Notice, ...]:
        published = document.metadata.published
        if published is None or self._as_of.date() - published < _OUTDATED:
            return ()
        text = self._replies.render("outdated_notice", published=_day(published))
        return (Notice(NoticeKind.OUTDATED, text, published, 1),)

    def _asks_to_apply(self) -> bool:
        """Whether the question itself is about applying; its subject may come from before."""
        asked = _EVENTS.sub("", self._analysis.repaired)
        if self._analysis.type in {"when", "may_i"}:
            asked += " ".join(term.surface for term in self._analysis.terms if term.carried)
        return any(word in asked for word in _APPLYING)

    def _asks_for_deadline(self) -> bool:
        return "when" in self._analysis.types and any(
            word in self._analysis.repaired for word in _UNTIL
        )

    @staticmethod
    def _marked(text: str, citation: Citation) -> str:
        return f"{text} [{citation.marker}]"

    def _contact_point(self, document: Document, path: Sequence[str]) -> ContactPoint | None:
        contact = contact_of(document, topic=path)
        if contact is None or not contact.department:
            return None
        citation = self._citations.cite(document, start=contact.start, end=contact.end)
        person = person_of(contact)
        department = f"{contact.department} {person}".strip()
        return ContactPoint(department, contact.phone, citation.marker)

    def _follow_ups(self, claims: Sequence[Claim]) -> tuple[str, ...]:
        """Questions on what else stands under the same heading."""
        evidence = claims[0].evidence
        used = {claim.evidence.item.label for claim in claims}
        labels = [
            item.label
            for item in evidence.document.items
            if item.section == evidence.section.ordinal
            and item.label not in used
            and 2 <= len(item.label) <= 12
            and item.kind is ItemKind.LIST_ITEM
        ]
        return tuple(
            self._replies.render("follow_up", label=with_particle(label, "은"))
            for label in list(dict.fromkeys(labels))[:_MAX_FOLLOW_UPS]
        )


def _states(claims: Sequence[Claim], deadline: Deadline) -> bool:
    """Whether what is cited speaks of the deadline itself, not of another date."""
    day = deadline.at.date()
    return any(
        found.day == day
        for claim in claims
        for found in find_dates(claim.evidence.text, default_year=day.year)
    )


def _spoken(deadline: Deadline) -> str:
    moment = deadline.at
    day = f"{_day(moment.date())}({_WEEKDAYS[moment.weekday()]})"
    if not deadline.timed:
        return day
    half = "오전" if moment.hour < 12 else "오후"
    hour = moment.hour if moment.hour <= 12 else moment.hour - 12
    minute = f" {moment.minute}분" if moment.minute else ""
    return f"{day} {half} {hour}시{minute}"


def _day(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"
