"""Question analysis: what is asked about, with which constraints, for which kind of answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.constraints import Constraint, find_constraints
from assistant.focus import FocusReader, FocusTerm
from assistant.vocabulary import Vocabulary
from index.alternatives import core_terms
from index.nearest import NearestWord
from index.repair import Wording
from index.segment import Morpheme, Segmenter
from index.terms import term_of

_ELLIPTIC = re.compile(
    r"^(?:그럼|그러면|그렇다면|그런데|근데|그리고|그래서|또|혹시)?\s*"
    r"(?:그|거기|그거|그것|그건|그곳|그때|그중|이건|이거|이것|저건|그분|해당)"
    r"(?:\s|$|[은는이가을를의도에엔서])|^(?:그럼|그러면|그렇다면|그런데|근데|그리고)(?:\s|$)"
)
_PARTICLE_END = re.compile(r"[은는]\s?(?:요|여|용)?\s*[?？]*\s*$")
_SHORT_QUESTION = 3


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """A question ready for search.

    ``text`` is what was asked, ``repaired`` the wording after typing repair (equal where none
    was needed), ``types`` the answer types, most specific first.
    """

    text: str
    repaired: str
    terms: tuple[FocusTerm, ...]
    types: tuple[str, ...]
    constraints: tuple[Constraint, ...]
    elliptic: bool = False

    @property
    def type(self) -> str:
        """The most specific answer type, or ``which`` where the wording names none."""
        return self.types[0] if self.types else "which"


class QuestionAnalyser:
    """Analyses questions with the index's own segmentation and word statistics.

    ``idf`` gives a term's rarity, ``frequency`` in how many passages it stands, ``spelling`` the
    indexed word nearest to a misspelt one, ``is_word`` whether a term is a word of Korean.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter,
        vocabulary: Vocabulary,
        idf: Callable[[str], float],
        frequency: Callable[[str], int],
        spelling: NearestWord,
        is_word: Callable[[str], bool],
    ) -> None:
        self._segmenter = segmenter
        self._vocabulary = vocabulary
        self._frequency = frequency
        self._focus = FocusReader(
            segmenter=segmenter, vocabulary=vocabulary, idf=idf, frequency=frequency
        )
        self._is_word = is_word
        self._wording = Wording(segmenter, spelling, self._is_known, self._is_real)

    def analyse(self, text: str, *, history: Sequence[str] = ()) -> QuestionAnalysis:
        """Analyse a question; an elliptic one takes its subject from the questions before it."""
        analysis = self._single(text)
        if not history:
            return analysis
        elliptic = (
            bool(_ELLIPTIC.search(text.strip()))
            or (
                (
                    len([term for term in analysis.terms if term.weight > 0.2]) <= _SHORT_QUESTION
                    and bool(_PARTICLE_END.search(text))
                )
                or not analysis.terms
            )
            or self._lacks_subject(analysis)
        )
        return self._with_history(analysis, history) if elliptic else analysis

    def _lacks_subject(self, analysis: QuestionAnalysis) -> bool:
        """Whether fewer than three nouns are left to say what the question is about."""
        nouns = [
            t for t in analysis.terms if t.term.endswith(("/NN", "/SL", "/SN")) and t.weight > 0.2
        ]
        return len(nouns) < _SHORT_QUESTION

    def _single(self, text: str) -> QuestionAnalysis:
        terms = self._focus.read(text)
        repaired = text
        if any(not term.known for term in terms):
            candidate = self._wording.repaired(text)
            if candidate != text:
                again = self._focus.read(candidate)
                if _unknown_weight(again) < _unknown_weight(terms):
                    repaired, terms = candidate, again
        types = (
            self._vocabulary.answer_types(repaired)
            or self._vocabulary.answer_types(text)
            or self._vocabulary.types_of_nouns([term.surface for term in terms[-2:]])
        )
        return QuestionAnalysis(text, repaired, terms, types, find_constraints(repaired))

    def _is_real(self, morpheme: Morpheme) -> bool:
        parts = core_terms(morpheme.form, terms_of=self._segmenter.terms)
        term = term_of(morpheme.form, morpheme.tag)
        whole = morpheme.form in self._vocabulary.words or self._is_word(term)
        return whole or (len(parts) > 1 and all(self._is_word(part) for part in parts))

    def _is_known(self, morpheme: Morpheme) -> bool:
        term = term_of(morpheme.form, morpheme.tag)
        return (
            bool(self._frequency(term))
            or term in self._vocabulary.alternatives
            or (morpheme.form in self._vocabulary.function_forms)
        )

    def _with_history(self, analysis: QuestionAnalysis, history: Sequence[str]) -> QuestionAnalysis:
        """Take over the subject of the last questions, fading with their distance."""
        own = {term.term for term in analysis.terms}
        carried: list[FocusTerm] = []
        constraints = list(analysis.constraints)
        for distance, earlier in enumerate(reversed(history[-3:])):
            before = self._single(earlier)
            for term in before.terms:
                if term.term in own:
                    continue
                own.add(term.term)
                carried.append(
                    replace(term, weight=term.weight * 0.6 * 0.6**distance, carried=True)
                )
            kinds = {constraint.unit for constraint in constraints}
            constraints.extend(
                replace(c, carried=True) for c in before.constraints if c.unit not in kinds
            )
        types = analysis.types
        if not types:
            types = self._single(history[-1]).types
        return replace(
            analysis,
            terms=(*analysis.terms, *carried),
            types=types,
            constraints=tuple(constraints),
            elliptic=True,
        )


def _unknown_weight(terms: Sequence[FocusTerm]) -> float:
    return sum(term.weight for term in terms if not term.known) + 0.01 * len(terms)
