"""Official words for everyday ones: the lexicon by index terms (``form/TT``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.lexicon import Lexicon

Terms = tuple[str, ...]
_ALIAS_WEIGHT = 0.95
_FROM_ONE = 4  # alternatives of a word that a search takes along


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for a term: all of ``terms`` together mean it with ``weight`` in 0..1."""

    terms: Terms
    weight: float
    surface: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What words of questions may also be called.

    ``of_terms``: term -> other words, by falling weight; ``of_phrases``: everyday phrases of
    several terms with theirs.
    """

    of_terms: Mapping[str, tuple[Alternative, ...]]
    of_phrases: tuple[tuple[Terms, tuple[Alternative, ...]], ...]
    phrases_by_term: Mapping[str, tuple[int, ...]]

    def expansions(self, terms: Sequence[str]) -> dict[str, float]:
        """Terms that a question with these terms may mean, with weights in 0..1."""
        asked = frozenset(terms)
        found: dict[str, float] = {}
        for alternatives in self._of(asked):
            for alternative in alternatives[:_FROM_ONE]:
                # Each part of a name of several words tells less.
                weight = alternative.weight / len(alternative.terms) ** 0.5
                for term in alternative.terms:
                    if term not in asked:
                        found[term] = max(found.get(term, 0.0), weight)
        return found

    def _of(self, asked: frozenset[str]) -> Iterator[tuple[Alternative, ...]]:
        for term in asked:
            if term in self.of_terms:
                yield self.of_terms[term]
            for place in self.phrases_by_term.get(term, ()):
                phrase, alternatives = self.of_phrases[place]
                if asked.issuperset(phrase):
                    yield alternatives


def make_alternatives(
    lexicon: Lexicon, *, terms_of: Callable[[str], Sequence[str]]
) -> Alternatives:
    """The lexicon's aliases and everyday words, segmented as the index is."""
    single: dict[str, list[Alternative]] = defaultdict(list)
    phrases: dict[Terms, list[Alternative]] = defaultdict(list)
    stop = frozenset(lexicon.function_words)
    for group in lexicon.aliases:
        for word in group:
            others = [(other, _ALIAS_WEIGHT) for other in group if other != word]
            _add(word, others, single=single, phrases=phrases, terms_of=terms_of, stop=stop)
    for word, targets in lexicon.everyday:
        _add(word, targets, single=single, phrases=phrases, terms_of=terms_of, stop=stop)
    of_phrases = tuple((terms, strongest(found)) for terms, found in phrases.items())
    by_first: dict[str, list[int]] = defaultdict(list)
    for place, (terms, _) in enumerate(of_phrases):
        by_first[terms[0]].append(place)
    return Alternatives(
        of_terms={term: strongest(found) for term, found in single.items()},
        of_phrases=of_phrases,
        phrases_by_term={term: tuple(places) for term, places in by_first.items()},
    )


def strongest(found: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Alternatives by falling weight, each set of terms once."""
    best: dict[Terms, Alternative] = {}
    for alternative in sorted(found, key=lambda a: -a.weight):
        best.setdefault(alternative.terms, alternative)
    return tuple(best.values())


def core_terms(text: str, *, terms_of: Callable[[str], Sequence[str]]) -> Terms:
    """The base terms of a word or phrase, without the joined compounds the index adds."""
    found = list(dict.fromkeys(terms_of(text)))
    forms = {term.rsplit("/", 1)[0] for term in found}
    base = [term for term in found if not _is_joined(term.rsplit("/", 1)[0], forms)]
    return tuple(base or found)


def _is_joined(form: str, forms: set[str]) -> bool:
    return any(form[:cut] in forms and form[cut:] in forms for cut in range(1, len(form)))


def _add(
    word: str,
    others: Sequence[tuple[str, float]],
    *,
    single: dict[str, list[Alternative]],
    phrases: dict[Terms, list[Alternative]],
    terms_of: Callable[[str], Sequence[str]],
    stop: frozenset[str],
) -> None:
    targets = [
        Alternative(terms, weight, other)
        for other, weight in others
        if (terms := core_terms(other, terms_of=terms_of))
    ]
    for verb in _verb_terms(word):
        single[verb].extend(targets)
    whole = list(dict.fromkeys(terms_of(word)))
    if not whole:
        return
    core = core_terms(word, terms_of=terms_of)
    # A question loses its function words ("쪽", "데") before phrases are looked for.
    kept = tuple(term for term in core if term.rsplit("/", 1)[0] not in stop)
    core = kept if len(kept) > 1 else core
    targets = [target for target in targets if target.terms != core]
    if len(core) == 1:
        single[core[0]].extend(targets)
        return
    if whole[0].rsplit("/", 1)[0] == word.replace(" ", ""):
        single[whole[0]].extend(targets)
    phrases[core].extend(targets)


def _verb_terms(word: str) -> tuple[str, ...]:
    """A dictionary form as index terms: alone, many of them read as something else (줄이다)."""
    if " " in word or not word.endswith("다") or len(word) < 3:
        return ()
    return (f"{word[:-1]}/VV", f"{word[:-1]}/VA")
