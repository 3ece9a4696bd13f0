"""Turns ranked evidence into claims: polite sentences, cells with headers, whole lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.cells import CellChoice, choose_cells, row_sentence, short_of, table_name
from assistant.claims import Claim
from assistant.clauses import clauses, step_around
from assistant.evidence import is_grid
from assistant.extract import candidates
from assistant.korean import polite, strip_marks, with_particle
from assistant.lists import (
    WholeList,
    entry_line,
    list_around,
    list_opened_by,
    rows_around,
)
from assistant.matching import Matcher
from assistant.question import QuestionAnalysis
from assistant.ranking import Ranked, term_shares
from assistant.replies import Replies
from assistant.shape import answer_pattern
from corpus.lines import ends_sentence
from corpus.model import ItemKind
from index.segment import Segmenter

_LONG = 170
_SHORT_TYPES = {"when", "how_much", "how_many", "percent", "rank", "contact"}
_LABEL_HEAD = re.compile(
    r"^\s*(?:[(\[【]\s*[^()\[\]【】]{1,24}\s*[)\]】]\s*|[^|:：]{1,40}[|:：]\s*)"
)
_AS_WELL = 0.95
_LIST_DEPTH, _LIST_NEAR = 12, 0.7
_COUNTED = frozenset({"대", "극"})
_COUNT = re.compile(r"(?<!\d)(\d{1,2})\s?(?:대|개|가지|건|종|곳)(?!\d)")
_PLURAL = re.compile(
    r"뭐뭐|무엇무엇|어떤\s?것들|들은|들이|들을|모두|전부|나열|목록|종류|각각|가지|항목"
)


class Composer:
    """Composes the claims of one question."""

    def __init__(
        self,
        *,
        analysis: QuestionAnalysis,
        matcher: Matcher,
        segmenter: Segmenter,
        replies: Replies,
    ) -> None:
        self._analysis = analysis
        self._matcher = matcher
        self._segmenter = segmenter
        self._replies = replies
        self._shares = term_shares(analysis)

    @property
    def wants_list(self) -> bool:
        """Whether the wording asks for all of several things."""
        return "list" in self._analysis.types or bool(_PLURAL.search(self._analysis.repaired))

    @property
    def wants_details(self) -> bool:
        """Whether the answer is words rather than one number or date."""
        return self._analysis.type not in _SHORT_TYPES and self._analysis.type != "where"

    def claim(self, ranked: Ranked) -> Claim:
        """The claim of one piece of evidence by its kind."""
        evidence = ranked.evidence
        if evidence.item.kind is ItemKind.HEADING:
            whole = list_opened_by(evidence)
            if whole is not None:
                return self.whole_list(ranked, whole)
        if evidence.item.cells and not is_grid(evidence.item):
            return self._row(ranked)
        return self._sentence(ranked)

    def list_claim(self, ranked: Sequence[Ranked]) -> Claim | None:
        """The whole list the question names: by its number of entries, its head or its entries."""
        floor = _LIST_NEAR * ranked[0].score
        near = [
            r
            for place, r in enumerate(ranked)
            if r.score >= floor
            and (place < _LIST_DEPTH or r.evidence.item.kind is ItemKind.HEADING)
        ]
        numbers = {c.number for c in self._analysis.constraints if c.unit in _COUNTED}
        numbers |= {int(n) for n in _COUNT.findall(self._analysis.repaired)}
        opened = [(r, whole) for r in near if (whole := list_opened_by(r.evidence)) is not None]
        for candidate, whole in opened:
            if len(whole.entries) in numbers and candidate.coverage >= 0.5:
                return self.whole_list(candidate, whole)
        top = ranked[0]
        for candidate, whole in opened[:1]:
            if candidate is top or _meets_as_well(candidate, top):
                return self.whole_list(candidate, whole)
        around = list_around(top.evidence) or rows_around(top.evidence)
        if around is None or not self._asks_for_all(top, ranked, around):
            return None
        return self.whole_list(top, around)

    def whole_list(self, ranked: Ranked, whole: WholeList) -> Claim:
        """A list with its head."""
        document = ranked.evidence.document
        lines = tuple(dict.fromkeys(entry_line(document, item) for item in whole.entries))
        head = whole.head if len(whole.head) <= 60 else whole.head[:59] + "…"
        text = (
            self._replies.render("list_head", head=f"「{head}」")
            if head
            else self._replies.render("list_plain")
        )
        return Claim(text, ranked.evidence, whole.start, whole.end, "", lines)

    def _asks_for_all(self, top: Ranked, ranked: Sequence[Ranked], around: WholeList) -> bool:
        """The question names what the list is of, not one of its entries."""
        inside = {item.ordinal for item in around.entries}
        near = [other for other in ranked[:8] if other.score >= 0.8 * top.score]
        siblings = [
            other
            for other in near
            if other.evidence.item.ordinal in inside
            and other.evidence.document is top.evidence.document
        ]
        alike = len(siblings) >= 2 and top.own <= 0.6 * max(top.coverage, 1e-6)
        return alike or len(siblings) >= 3 or len(siblings) == len(inside)

    def _row(self, ranked: Ranked) -> Claim:
        evidence = ranked.evidence
        choice = self._choice(ranked)
        text = row_sentence(evidence, choice)
        table = table_name(evidence)
        if table:
            text = self._replies.render("row_of_table", table=table, sentence=text)
        return Claim(text, evidence, evidence.start, evidence.end, short_of(evidence, choice))

    def _choice(self, ranked: Ranked) -> CellChoice:
        cells = ranked.evidence.item.cells
        terms = self._segmenter.terms
        return choose_cells(
            ranked.evidence,
            analysis=self._analysis,
            strengths=[self._matcher.strength(frozenset(terms(c.text))) for c in cells],
            header_strengths=[
                self._matcher.strength(frozenset(terms(" ".join(c.header)))) for c in cells
            ],
            shares=self._shares,
        )

    def _sentence(self, ranked: Ranked) -> Claim:
        evidence = ranked.evidence
        label = strip_marks(evidence.item.label) if evidence.start == evidence.item.start else ""
        body = strip_marks(evidence.text)
        if label:
            body = _LABEL_HEAD.sub("", body, count=1) if _LABEL_HEAD.match(body) else body
        body = self._trim(body)
        short = self._short(body, label)
        return Claim(
            self._spoken(body, label, ranked), evidence, evidence.start, evidence.end, short
        )

    def _spoken(self, body: str, label: str, ranked: Ranked) -> str:
        if ends_sentence(body):
            return polite(body)
        if label:
            subject = with_particle(label, "은")
            return self._replies.render("quoted_with_label", label=subject, text=body)
        head = strip_marks(ranked.evidence.lead_in) or strip_marks(ranked.evidence.section.heading)
        if ranked.evidence.item.kind is ItemKind.NOTE:
            head = ""
        if head and len(head) <= 40 and not ends_sentence(head) and head not in body:
            return self._replies.render("quoted_under", head=head, text=body)
        return self._replies.render("quoted", text=with_particle(f"‘{body}’", "이라고"))

    def _trim(self, body: str) -> str:
        """Cut a long sentence to the run of clauses that says most of what is asked."""
        if len(body) <= _LONG:
            return body
        pieces = clauses(body)
        worth = [self._worth(piece) for piece in pieces]
        best, chosen = -1.0, (0, len(pieces))
        for first in range(len(pieces)):
            for last in range(first + 1, len(pieces) + 1):
                length = sum(len(piece) for piece in pieces[first:last])
                if length > _LONG and last - first > 1:
                    break
                gain = sum(worth[first:last]) - 0.0008 * length
                if gain > best:
                    best, chosen = gain, (first, last)
        text = "".join(pieces[chosen[0] : chosen[1]]).strip(" ,")
        before = "… " if chosen[0] else ""
        after = " …" if chosen[1] < len(pieces) else ""
        return before + text[: _LONG + 60] + after

    def _worth(self, piece: str) -> float:
        strength = self._matcher.strength(frozenset(self._segmenter.terms(piece)))
        typed = 0.3 if candidates(self._analysis.type, piece) else 0.0
        return float(self._shares @ strength) + typed

    def _short(self, body: str, label: str) -> str:
        kind = self._analysis.type
        if kind in _SHORT_TYPES:
            shape = answer_pattern(self._analysis.repaired)
            found = tuple(c for c in candidates(kind, body) if shape is None or shape.search(c))
            return self._nearest(body, found) if found else ""
        if label and len(body) <= 60:
            return body
        return ""

    def _nearest(self, body: str, found: Sequence[str]) -> str:
        """The candidate whose step of the text meets most of the question's words."""
        best, chosen, position = -1.0, found[0], 0
        for candidate in found:
            position = body.find(candidate, position)
            step = step_around(body, position, position + len(candidate))
            window = body[max(0, position - 35) : position + len(candidate) + 25]
            worth = self._met(step) + 0.3 * self._met(window)
            position += len(candidate)
            if worth > best + 1e-6:
                best, chosen = worth, candidate
        return chosen

    def _met(self, text: str) -> float:
        strength = self._matcher.strength(frozenset(self._segmenter.terms(text)))
        return float(self._shares @ strength)


def _meets_as_well(head: Ranked, top: Ranked) -> bool:
    """Whether the head of a list meets the question by its own words as well as the best does."""
    return head.own >= _AS_WELL * top.own and head.coverage >= _AS_WELL * top.coverage
