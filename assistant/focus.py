"""The words a question is about: what each weighs, and what else means it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.constraints import find_constraints
from assistant.vocabulary import Vocabulary
from index.alternatives import Alternative, core_terms, strongest
from index.segment import Morpheme, Segmenter
from index.telling import telling
from index.terms import LONGEST_NOUN, own_term, place_stem, term_of

_TAG_WEIGHT = {
    "NN": 1.0,
    "SL": 1.0,
    "SH": 1.0,
    "XR": 0.7,
    "SN": 0.7,
    "VV": 0.35,
    "VA": 0.35,
    "NR": 0.5,
    "MA": 0.2,
}
# A bound noun of counting ("명", "건") says what is counted; alone it names no subject.
_BOUND_NOUN_WEIGHT = 0.15
_MAX_MATCHERS = 12
_MAX_TERMS = 48  # more than twice as many as any of 8,500 questions in one sentence has
_STANDS_FOR = 0.4
_SAME_PLACE = 0.95


@dataclass(frozen=True, slots=True)
class FocusTerm:
    """A word the question is about.

    ``weight`` is its rarity and kind, in 0..1; ``matchers`` are the term sets that mean it, each
    with a strength in 0..1; ``carried`` marks a word taken over from an earlier question,
    ``chunk`` numbers the run of nouns it stands in, ``closed`` marks a region or country, for
    which no other one will do.
    """

    term: str
    surface: str
    weight: float
    matchers: tuple[Alternative, ...]
    known: bool = True
    carried: bool = False
    proper: bool = False
    chunk: int = -1
    closed: bool = False


class FocusReader:
    """Reads the focus terms of texts.

    ``idf`` gives a term's rarity, ``frequency`` in how many passages it stands.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter,
        vocabulary: Vocabulary,
        idf: Callable[[str], float],
        frequency: Callable[[str], int],
    ) -> None:
        self._segmenter = segmenter
        self._vocabulary = vocabulary
        self._idf = idf
        self._frequency = frequency

    def read(self, text: str) -> tuple[FocusTerm, ...]:
        """The words a text is about, in order; of a pasted letter those that say most."""
        spans = [(c.start, c.end) for c in find_constraints(text)]
        morphemes = [
            m
            for m in self._segmenter.morphemes(text)
            if self._counts(m, text) and not any(a <= m.start < b for a, b in spans)
        ]
        found: dict[str, FocusTerm] = {}
        chunk, end = 0, -1
        for morpheme in self._telling(morphemes):
            if morpheme.tag[0] not in "NSX" or morpheme.start > end + 1:
                chunk += 1
            end = morpheme.end
            term = replace(self._focus(morpheme), chunk=chunk)
            found.setdefault(term.term, term)
        return tuple(self._with_phrases(found))

    def _telling(self, morphemes: Sequence[Morpheme]) -> Sequence[Morpheme]:
        """Those of the heaviest terms, where a pasted letter has more than can be told apart."""
        named = [own_term(m) for m in morphemes]
        weights = {
            term: _TAG_WEIGHT[m.tag[:2]] * self._idf(term)
            for term, m in zip(named, morphemes, strict=True)
        }
        kept = telling(weights, stands=lambda t: bool(self._frequency(t)), most=_MAX_TERMS)
        return [m for term, m in zip(named, morphemes, strict=True) if term in kept]

    def _counts(self, morpheme: Morpheme, text: str) -> bool:
        if morpheme.tag[:2] not in _TAG_WEIGHT:
            return False
        if morpheme.form in self._vocabulary.function_forms:
            return False
        # Numbers with a unit are constraints; the bare number would match anywhere.
        return (
            morpheme.tag != "SN"
            or morpheme.end == len(text)
            or (text[morpheme.end].isascii() or text[morpheme.end].isspace())
        )

    def _focus(self, morpheme: Morpheme) -> FocusTerm:
        form = morpheme.form.lower() if morpheme.tag == "SL" else morpheme.form
        term = own_term(morpheme)
        surface = morpheme.form + ("다" if morpheme.tag[:2] in {"VV", "VA"} else "")
        matchers = [Alternative((term,), 1.0, surface)]
        splits = 3 < len(form) <= LONGEST_NOUN
        parts = core_terms(form, terms_of=self._segmenter.terms) if splits else ()
        if len(parts) > 1:
            matchers.append(Alternative(parts, 0.9, surface))
            # "기술수준" may stand in a column headed "수준": the last part is the kind of thing.
            matchers.append(Alternative(parts[-1:], 0.35, surface))
        stem = place_stem(form, morpheme.tag)
        if stem:
            matchers.append(Alternative((term_of(stem, "NN"),), _SAME_PLACE, surface))
        matchers.extend(self._vocabulary.alternatives.get(term, ()))
        if not self._frequency(term) and len(matchers) == 1 and morpheme.tag[:2] == "NN":
            matchers.extend(self._pieces(form, surface))
        known = any(
            all(self._frequency(part) for part in matcher.terms)
            for matcher in matchers
            if matcher.weight >= _STANDS_FOR
        )
        weight = self._weight(term, morpheme.tag, matchers)
        return FocusTerm(
            term,
            surface,
            weight,
            tuple(matchers),
            known,
            proper=morpheme.tag in {"NNP", "SL"},
            closed=bool({form, stem} & self._vocabulary.places),
        )

    def _pieces(self, form: str, surface: str) -> list[Alternative]:
        """An unknown noun may be a known one with something before it (총사업비, 지원액)."""
        for cut in range(1, len(form) - 1) if len(form) <= LONGEST_NOUN else ():
            term = term_of(form[cut:], "NNG")
            if self._frequency(term):
                return [Alternative((term,), 0.8, surface)]
        return []

    def _weight(self, term: str, tag: str, matchers: Sequence[Alternative]) -> float:
        if tag == "NNB":
            return _BOUND_NOUN_WEIGHT
        kind = _TAG_WEIGHT[tag[:2]]
        rarest = self._idf("\x00")
        own = self._idf(term)
        if not self._frequency(term):
            # An everyday word is as telling as the official word it stands for.
            standins = [
                max(self._idf(part) for part in matcher.terms)
                for matcher in matchers[1:]
                if all(self._frequency(part) for part in matcher.terms)
            ]
            own = max(standins, default=rarest if tag[0] == "N" or tag == "SL" else rarest / 4)
        return kind * min(1.0, own / rarest) if rarest else kind

    def _with_phrases(self, found: dict[str, FocusTerm]) -> list[FocusTerm]:
        """Everyday phrases of several terms give each of their terms the official words."""
        terms = set(found)
        for phrase, alternatives in self._vocabulary.phrases:
            if terms.issuperset(phrase):
                for part in phrase:
                    current = found[part]
                    found[part] = replace(current, matchers=(*current.matchers, *alternatives))
        return [
            replace(term, matchers=strongest(term.matchers)[:_MAX_MATCHERS])
            for term in found.values()
        ]
