"""The way from a question to a reply, as a list of steps one can read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.citations import section_at
from assistant.clauses import step_around
from assistant.clock import now_kst
from assistant.compose import Composer
from assistant.evidence import Evidence, EvidenceReader
from assistant.interaction import Interactions, interactions
from assistant.matching import Floats, Matcher
from assistant.model import Answer, Question, Status
from assistant.people import FoundContact, find_contact
from assistant.question import QuestionAnalyser, QuestionAnalysis
from assistant.ranking import Ranked, Ranker, reordered, term_shares
from assistant.reader import Reader
from assistant.replies import Replies
from assistant.reply import ReplyWriter
from assistant.select import select
from assistant.shape import answer_pattern
from assistant.sufficiency import Calibration, Verdict, judge
from assistant.vocabulary import Vocabulary
from corpus.model import Document
from index.hits import Hit
from index.search import SearchIndex

READ = 32  # pieces of evidence the reader sees, the best ones by ranking
_PASSAGES = 30
_TOP_HITS = 8
_GREETING = re.compile(
    r"^\s*(?:안녕(?:하세요|하십니까)?|반갑습니다|하이|hello|hi)[\s!.~^?]*$", re.IGNORECASE
)
# Orders to the program itself; no question about a document is worded so.
_ORDER = re.compile(
    r"(?:이전|앞|지금까지)의?\s*(?:모든\s*)?(?:지시|명령)\S*\s*(?:무시하고|무시해|잊고|잊어)"
    r"|시스템\s*프롬프트|\bsystem prompts?\b"
    r"|\b(?:ignore|forget)\b.{0,20}\b(?:previous|prior|above|earlier)\b.{0,20}\binstructions?\b",
    re.IGNORECASE,
)
_NOT_A_PHONE = re.compile(r"이메일|전자우편|메일|팩스|주소")
_OFFICE = re.compile(r"(?:부|처|청|원|과|관|실|국|팀|담당|책임|총괄|주무|해당|어느|무슨)$")
_PERSON = re.compile(
    r"(?<![가-힣])([가-힣]{3})\s?(?:제?\d?차관|장관|차관|국장|정책관|원장|위원장|과장|사무관|서기관|팀장)"
)
_THANKS = re.compile(
    r"^\s*(?:네|예)?[\s,.]*(?:정말|너무|매우|대단히)?\s*"
    r"(?:감사(?:합니다|해요|드립니다|드려요)?|고마워요?|고맙(?:습니다|네요)?"
    r"|수고(?:하세요|하셨습니다)?|thanks?)[\s!.~^]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the later steps need: the question, what was found, how it was matched.

    ``nearest`` is what ranked best before the reader, which puts forms of answers above subjects;
    ``odds`` are the reader's log-odds that the evidence answers, 0 where it cannot tell.
    """

    analysis: QuestionAnalysis
    hits: tuple[Hit, ...]
    ranked: tuple[Ranked, ...]
    matcher: Matcher
    nearest: Ranked | None
    odds: float


class Pipeline:
    """Answers questions from one opened generation of the index."""

    def __init__(
        self,
        *,
        index: SearchIndex,
        vocabulary: Vocabulary,
        calibration: Calibration,
        replies: Replies,
        vectors: Callable[[Sequence[str]], Floats],
        reader: Reader | None,
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._calibration = calibration
        self._replies = replies
        self._vectors = vectors
        self._answer_reader = reader
        self._reader = EvidenceReader(segmenter=index.segmenter)
        self._analyser = QuestionAnalyser(
            segmenter=index.segmenter,
            vocabulary=vocabulary,
            idf=index.idf,
            frequency=index.document_frequency,
            spelling=index.nearest,
            is_word=lambda term: bool(vectors([term]).any()),
        )

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents of the generation, by id."""
        return self._index.documents

    @property
    def generation(self) -> str:
        """The generation's name."""
        return self._index.generation.name

    def answer(self, question: Question) -> Answer:
        """Answer a question; see the steps below."""
        as_of = question.as_of or now_kst()
        small_talk = self._small_talk(question.text, as_of)
        if small_talk is not None:
            return small_talk
        found = self.find(question)
        writer = ReplyWriter(
            replies=self._replies, as_of=as_of, analysis=found.analysis, documents=self.documents
        )
        if not found.analysis.terms:
            return writer.clarify()
        if not found.ranked:
            return writer.not_found(None, missing=found.analysis.terms)
        contact = self.contact_for(found)
        if contact is not None:
            return writer.contact(contact)
        verdict = self.judge(found)
        if not verdict.sufficient:
            return writer.not_found(found.nearest, missing=verdict.missing)
        return self._answered(found, verdict, writer)

    def find(self, question: Question) -> Found:
        """Analyse the question, search passages, read their evidence and rank it."""
        analysis = self._analyser.analyse(question.text, history=question.history)
        hits = self._search(analysis, question)
        candidates, retrieval = self._read(hits, analysis=analysis)
        matcher = Matcher(terms=analysis.terms, candidates=candidates, vectors=self._vectors)
        cues = self._vocabulary.cues.get(analysis.type, ())
        ranker = Ranker(analysis=analysis, matcher=matcher, cues=cues)
        ranked = ranker.rank(candidates, retrieval=retrieval)
        nearest = ranked[0] if ranked else None
        if self._answer_reader is None or not ranked or not analysis.terms:
            return Found(analysis, hits, ranked, matcher, nearest, 0.0)
        reading = self._answer_reader.read(self.interactions(analysis, ranked[:READ]))
        again = reordered(ranked, reading.order)
        return Found(analysis, hits, again, matcher, nearest, reading.answered)

    def interactions(self, analysis: QuestionAnalysis, ranked: Sequence[Ranked]) -> Interactions:
        """What the reader reads of a question and evidence for it."""
        morphemes = self._index.segmenter.morphemes(analysis.repaired)
        return interactions(
            analysis,
            ranked,
            morphemes=[f"{m.form}/{m.tag}" for m in morphemes],
            vectors=self._vectors,
        )

    def judge(self, found: Found) -> Verdict:
        """Whether the best evidence answers the question."""
        best = found.ranked[0]
        return judge(
            found.analysis,
            best,
            support=self.support(found, best),
            odds=found.odds,
            calibration=self._calibration,
        )

    def support(self, found: Found, best: Ranked) -> float:
        """How well the clause that holds the answer meets the question's words, in 0..1."""
        pattern = answer_pattern(found.analysis.repaired)
        if pattern is None or best.evidence.item.cells:
            return best.own
        text = best.evidence.text
        steps = {step_around(text, *match.span()) for match in pattern.finditer(text)}
        shares = term_shares(found.analysis)
        return max(
            (
                float(shares @ found.matcher.strength(frozenset(self._index.segmenter.terms(step))))
                for step in steps
            ),
            default=0.0,
        )

    def _search(self, analysis: QuestionAnalysis, question: Question) -> tuple[Hit, ...]:
        expansions = [
            (matcher.surface, round(0.5 * matcher.weight, 3))
            for term in analysis.terms
            for matcher in term.matchers[1:]
            if matcher.weight >= 0.5
        ]
        expansions.extend(
            (term.surface, 0.6) for term in analysis.terms if term.carried and term.weight > 0.1
        )
        return self._index.search(
            query=analysis.repaired,
            expansions=expansions[:60],
            limit=_PASSAGES,
            documents=question.documents or None,
            repair=False,  # the analysis did, and knows everyday words besides those of the index
            context=question.history[-1] if analysis.elliptic and question.history else "",
        )

    def _read(
        self, hits: Sequence[Hit], *, analysis: QuestionAnalysis
    ) -> tuple[tuple[Evidence, ...], Mapping[tuple[str, int, int], float]]:
        found: dict[tuple[str, int, int], Evidence] = {}
        retrieval: dict[tuple[str, int, int], float] = {}
        best = max((hit.score for hit in hits), default=1.0)
        worst = min((hit.score for hit in hits), default=0.0)
        for hit in hits:
            share = (hit.score - worst) / (best - worst) if best > worst else 1.0
            for evidence in self._reader.read(self.documents[hit.passage.document_id], hit.passage):
                found.setdefault(evidence.key, evidence)
                retrieval[evidence.key] = max(retrieval.get(evidence.key, 0.0), share)
            if "list" in analysis.types:
                for evidence in self._headings_above(hit):
                    found.setdefault(evidence.key, evidence)
        if "list" in analysis.types:
            for evidence in self._headings_of_number(hits, analysis):
                found.setdefault(evidence.key, evidence)
        return tuple(found.values()), retrieval

    def _headings_above(self, hit: Hit) -> Iterator[Evidence]:
        """The headings over a passage, any of which may open the list that is asked for."""
        document = self.documents[hit.passage.document_id]
        section = section_at(document, hit.passage.start)
        while section.parent is not None:
            yield from self._reader.of_section(document, section.section_id)[:1]
            section = document.sections[section.parent]

    def _headings_of_number(
        self, hits: Sequence[Hit], analysis: QuestionAnalysis
    ) -> Iterator[Evidence]:
        """Headings that state the number of things a list question asks for ("12대 …")."""
        numbers = [c for c in analysis.constraints if c.unit == "대"]
        for name in dict.fromkeys(hit.passage.document_id for hit in hits[:_TOP_HITS]):
            document = self.documents[name]
            for section in document.sections:
                if numbers and all(c.holds_in(section.heading) for c in numbers):
                    yield from self._reader.of_section(document, section.section_id)[:1]

    def contact_for(self, found: Found) -> FoundContact | None:
        """The contact a question asks for; None where it asks for something else."""
        if "contact" not in found.analysis.types:
            return None
        relevance: dict[str, float] = {}
        top = found.ranked[0].score
        for ranked in found.ranked[:12]:
            name = ranked.evidence.document.document_id
            relevance.setdefault(name, max(0.0, ranked.score / top) if top > 0 else 0.0)
        pairs = [(self.documents[name], share) for name, share in relevance.items()]
        contact = find_contact(found.analysis, pairs)
        verdict = self.judge(found)
        if contact is None or _names_another(found.analysis, contact):
            return None
        best = found.ranked[0].evidence.document
        about = contact.document.document_id == best.document_id
        return contact if contact.fit >= 1.15 or (verdict.sufficient and about) else None

    def _answered(self, found: Found, verdict: Verdict, writer: ReplyWriter) -> Answer:
        composer = Composer(
            analysis=found.analysis,
            matcher=found.matcher,
            segmenter=self._index.segmenter,
            replies=self._replies,
        )
        claims = select(found.ranked, composer=composer, analysis=found.analysis)
        return writer.answered(claims, verdict=verdict)

    def _small_talk(self, text: str, as_of: datetime) -> Answer | None:
        for pattern, name in ((_GREETING, "greeting"), (_THANKS, "thanks")):
            if pattern.match(text):
                return Answer(Status.DECLINED, self._replies.render(name), as_of=as_of.date())
        if _ORDER.search(text):
            return Answer(Status.DECLINED, self._replies.render("order"), as_of=as_of.date())
        return None


def _names_another(analysis: QuestionAnalysis, found: FoundContact) -> bool:
    """Whether a question asks for what a contact is not: a person not named there, an e-mail."""
    if _NOT_A_PHONE.search(analysis.repaired):
        return True
    asked = _PERSON.search(analysis.repaired)
    return (
        asked is not None
        and asked.group(1) != found.contact.name
        and not _OFFICE.search(asked.group(1))
    )
