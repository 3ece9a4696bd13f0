from __future__ import annotations

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.bigrams import BigramReader, bigram
from index.lexical import character_bigrams

TEXTS = st.lists(
    st.text(
        st.one_of(st.sampled_from("가나다 ab1,\n\u3000ΑΣİß㈜①²"), st.characters()), max_size=30
    ),
    max_size=6,
)
READER = BigramReader()


@given(TEXTS)
@example([])
@example(["", " ", "가"])
@example(["ΑΣ", "Σα", "\ud800가나"])
@settings(deadline=None, max_examples=300)
def test_counts_are_those_of_the_bigrams_of_each_text(texts: list[str]) -> None:
    found = READER.counts(texts)
    assert len(found.indptr) == len(texts) + 1
    for row, text in enumerate(texts):
        part = slice(found.indptr[row], found.indptr[row + 1])
        pairs = [bigram(code) for code in found.codes[found.numbers[part]].tolist()]
        assert len(set(pairs)) == len(pairs)
        counted = dict(zip(pairs, found.counts[part].tolist(), strict=True))
        assert counted == Counter(character_bigrams(text))
