"""Korean morphemes, sentences, spacing and typing errors: the only user of Kiwi."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from index.sentences import partition
from index.spelling import Reading, corrected
from index.terms import LONG_NOUN, Morpheme, TermReader, whole_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Morpheme", "Segmenter"]

_CACHED = 512  # texts: a question is analysed by several steps
_CACHED_NOUNS = 1 << 18  # a large corpus asks for each of its long nouns many times
_TYPOS = "basic_with_continual"
_LONE = re.compile("[\ud800-\udfff]")


class Segmenter:
    """A Korean analyser that knows the given user words, as (form, tag) pairs.

    Loading takes a few seconds and happens on first use. Safe to share between threads.
    """

    def __init__(self, *, user_words: Sequence[tuple[str, str]] = (), num_workers: int = 1) -> None:
        self.user_words = tuple((form, tag) for form, tag in user_words)
        self._workers = num_workers
        self._loaded: Any = None
        self._lock = Lock()
        self.morphemes = lru_cache(maxsize=_CACHED)(self._morphemes)
        self._noun_parts = lru_cache(maxsize=_CACHED_NOUNS)(self._split_noun)
        self._reader = TermReader(self._noun_parts)

    @property
    def model_version(self) -> str:
        """The version of Kiwi's language model."""
        return version("kiwipiepy_model")

    @property
    def version(self) -> str:
        """The versions of Kiwi and of its model: another may segment otherwise."""
        return f"{version('kiwipiepy')} {self.model_version}"

    def load(self) -> None:
        """Loads Kiwi now, so that the first question does not wait for it."""
        self._kiwi()

    def sentences(self, text: str) -> tuple[tuple[int, int], ...]:
        """Spans of the sentences; every non-blank character is in exactly one."""
        found = self._kiwi().split_into_sents(_encodable(text))
        return partition(text, ((sentence.start, sentence.end) for sentence in found))

    def terms(self, text: str) -> list[str]:
        """Content terms for lexical search, compounds whole and split, as ``form/TT``."""
        return self._reader.terms(text, self.morphemes(text))

    def new_terms(self, text: str) -> list[str]:
        """What ``terms`` gives, for a text that is not going to be analysed again."""
        return self._reader.terms(text, self._morphemes(text))

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """(form, tag) of every morpheme, as Kiwi gives them and without the cache."""
        return [(token.form, token.tag) for token in self._kiwi().tokenize(_encodable(text))]

    def respace(self, text: str) -> str:
        """The text with its spacing repaired; spacing is begun anew where there is none."""
        text = _encodable(text)
        bare = not any(character.isspace() for character in text.strip())
        return str(self._kiwi().space(text, reset_whitespace=bare))

    def correct(self, text: str) -> str:
        """The text with typing errors repaired; digits, ASCII and spaces never change."""
        text = _encodable(text)
        tokens = self._kiwi().tokenize(text, typos=_TYPOS)
        readings = [Reading(_morpheme(token), token.typo_cost) for token in tokens]
        return corrected(text, readings, join=self._join)

    def vocabulary(self) -> tuple[tuple[str, str], ...]:
        """(form, tag) of every morpheme of the semantic model, by model id."""
        rows = self._kiwi().most_similar_morphemes(0, top_n=1_000_000)
        pairs = {row.id: (row.form, _plain(row.tag)) for row in rows}
        return tuple(pairs[number] for number in range(len(pairs)))

    def similarities(self, morpheme_id: int, *, size: int) -> NDArray[np.float32]:
        """Cosine of one morpheme of the semantic model to all ``size`` of them, by id."""
        rows = self._kiwi().most_similar_morphemes(morpheme_id, top_n=size)
        cosines = np.zeros(size, dtype=np.float32)
        cosines[[row.id for row in rows]] = [row.score for row in rows]
        cosines[morpheme_id] = 1.0  # Kiwi marks the morpheme itself with -1e5
        return cosines

    def _morphemes(self, text: str) -> tuple[Morpheme, ...]:
        tokens = self._kiwi().tokenize(_encodable(text))
        return tuple(map(_morpheme, tokens))

    def _split_noun(self, noun: str) -> tuple[str, ...]:
        """The nouns a long noun is made of; empty when it does not split.

        Unknown words are taken by rule here, which splits wherever the dictionary can,
        so that the parts do not depend on the context the noun stood in.
        """
        tokens = self._kiwi().tokenize(noun, blocklist=[noun], oov_handling="rule")
        if not all(token.tag[0] in "NXS" for token in tokens):
            return ()
        parts = whole_parts([token.form for token in tokens])
        return tuple(part for piece in parts for part in self._smaller(piece))

    def _smaller(self, noun: str) -> tuple[str, ...]:
        parts = self._noun_parts(noun) if len(noun) >= LONG_NOUN else ()
        return parts or (noun,)

    def _join(self, morphemes: Sequence[Morpheme]) -> str:
        pairs = [(morpheme.form, morpheme.tag, False) for morpheme in morphemes]
        return str(self._kiwi().join(pairs))

    def _kiwi(self) -> Any:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self.user_words, workers=self._workers)
        return self._loaded


def _load(words: Sequence[tuple[str, str]], *, workers: int) -> Any:
    from kiwipiepy import Kiwi  # noqa: PLC0415 - seconds to load, and not every command needs it

    kiwi = Kiwi(num_workers=workers)
    for form, tag in words:
        kiwi.add_user_word(form, tag)
    kiwi.tokenize("")  # builds the dictionary now, under the caller's lock
    return kiwi


def _morpheme(token: Any) -> Morpheme:
    return Morpheme(token.form, _plain(token.tag), token.start, token.end)


def _plain(tag: str) -> str:
    """The tag without "-R" or "-I", the regularity of a verb."""
    return tag.partition("-")[0] if "-" in tag else tag


def _encodable(text: str) -> str:
    """Lone surrogates, which Kiwi cannot take, replaced one for one so that offsets hold."""
    return text if text.isascii() or not _LONE.search(text) else _LONE.sub("\ufffd", text)
