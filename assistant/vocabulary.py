"""The policy lexicon as the question analysis uses it: alternatives, types, cues, stop words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.lexicon import Lexicon

Terms = tuple[str, ...]
_ALIAS_WEIGHT = 0.95
_TELLING_CUE = 0.65
_TYPE_ORDER = (
    "contact",
    "rank",
    "percent",
    "when",
    "where",
    "who",
    "how_many",
    "how_much",
    "compare",
    "list",
    "may_i",
    "yes_no",
    "how",
    "why",
    "what_is",
    "which",
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for a term: all of ``terms`` together mean it with ``weight`` in 0..1."""

    terms: Terms
    weight: float
    surface: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Policy words keyed by index terms (``form/TT``).

    ``alternatives``: term -> other words; ``phrases``: everyday phrases of several terms with
    their alternatives; ``function_terms``: forms without weight; ``types``: expressions and the
    answer type they ask for, longest first; ``cues``: answer type -> labels; ``places``: names
    of regions and countries; ``words``: all other policy words, none of them misspelt.
    """

    alternatives: Mapping[str, tuple[Alternative, ...]]
    phrases: tuple[tuple[Terms, tuple[Alternative, ...]], ...]
    function_forms: frozenset[str]
    types: tuple[tuple[str, str], ...]
    cues: Mapping[str, tuple[Alternative, ...]]
    places: frozenset[str]
    words: frozenset[str]

    def answer_types(self, text: str) -> tuple[str, ...]:
        """The answer types a question's expressions ask for, most specific first."""
        squashed = re.sub(r"\s+", "", text)
        found: set[str] = set()
        for expression, kind in self.types:
            if expression in squashed:
                found.add(kind)
                # A longer expression speaks for the shorter ones inside it.
                squashed = squashed.replace(expression, "\x00")
        return tuple(kind for kind in _TYPE_ORDER if kind in found)

    def types_of_nouns(self, surfaces: Sequence[str]) -> tuple[str, ...]:
        """The answer types nouns alone ask for ("R&D 예산"), for questions without a verb."""
        return tuple(
            kind
            for kind in _TYPE_ORDER
            if any(
                cue.surface in surfaces and cue.weight >= _TELLING_CUE
                for cue in self.cues.get(kind, ())
            )
        )


def make_vocabulary(lexicon: Lexicon, *, terms_of: Callable[[str], Sequence[str]]) -> Vocabulary:
    """Segment the lexicon once; ``terms_of`` is the index's own segmentation into terms."""
    single: dict[str, list[Alternative]] = defaultdict(list)
    phrases: dict[Terms, list[Alternative]] = defaultdict(list)
    stop = frozenset(lexicon.function_words)
    for group in lexicon.aliases:
        for word in group:
            others = [(other, _ALIAS_WEIGHT) for other in group if other != word]
            _add(word, others, single=single, phrases=phrases, terms_of=terms_of, stop=stop)
    for word, targets in lexicon.everyday:
        _add(word, targets, single=single, phrases=phrases, terms_of=terms_of, stop=stop)
    return Vocabulary(
        alternatives={term: strongest(found) for term, found in single.items()},
        phrases=tuple((terms, strongest(found)) for terms, found in phrases.items()),
        function_forms=frozenset(lexicon.function_words),
        types=tuple(
            sorted(
                (
                    (re.sub(r"\s+", "", expression), kind)
                    for expression, kind in lexicon.question_words
                ),
                key=lambda row: -len(row[0]),
            )
        ),
        cues={
            kind: tuple(
                Alternative(core_terms(label, terms_of=terms_of), weight, label)
                for label, weight in targets
            )
            for kind, targets in lexicon.answer_cues
        },
        places=frozenset(lexicon.places),
        words=frozenset(form for form, _ in lexicon.user_words)
        | frozenset(name for group in lexicon.aliases for name in group),
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
