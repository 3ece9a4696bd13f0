from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.nearest import NearestWord

WORDS = ("클러스터", "도서관", "설명회", "공모", "공고", "구름정원", "전략기술")
NEAREST = NearestWord([*(f"{word}/NN" for word in WORDS), "지원하/VV", "AI/SL"])
SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("클러스타", "클러스터"),
        ("클라스터", "클러스터"),
        ("도서간", "도서관"),
        ("설멍회", "설명회"),
        ("구룸정원", "구름정원"),
        ("전략기슬", "전략기술"),
    ],
)
def test_misspelt_nouns(misspelt: str, meant: str) -> None:
    assert NEAREST.nearest(misspelt) == meant


@pytest.mark.parametrize(
    "word", ["양자", "여권", "글러스터", "클", "", "abc", "AI", "지원", "도서관장실"]
)
def test_words_with_nothing_near_stay(word: str) -> None:
    assert NEAREST.nearest(word) == word


@given(st.lists(st.text(SYLLABLES, min_size=2, max_size=6), min_size=1, max_size=30))
def test_known_words_never_change(words: list[str]) -> None:
    nearest = NearestWord(f"{word}/NN" for word in words)
    assert [nearest.nearest(word) for word in words] == words


@given(st.text())
def test_any_text_gives_a_known_word_or_itself(text: str) -> None:
    assert NEAREST.nearest(text) in {text, *WORDS}


@given(st.text(SYLLABLES, min_size=2, max_size=6))
def test_an_empty_vocabulary_changes_nothing(word: str) -> None:
    assert NearestWord(()).nearest(word) == word
