"""Typing errors: repeatable, small, and of every kind."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from eval.bench.noise import noised

TEXT = "양자클러스터 지정 공모는 2026년 5월에 신청합니다 (R&D)."
SEEDS = [str(number) for number in range(200)]


def test_the_same_seed_makes_the_same_errors() -> None:
    assert [noised(TEXT, seed=seed) for seed in SEEDS] == [noised(TEXT, seed=s) for s in SEEDS]
    assert len({noised(TEXT, seed=seed) for seed in SEEDS}) > 40


def test_one_error_is_one_small_change() -> None:
    for seed in SEEDS:
        found = noised(TEXT, seed=seed)
        assert found != TEXT
        assert abs(len(found) - len(TEXT)) <= 1
        if len(found) == len(TEXT):
            changed = [a != b for a, b in zip(found, TEXT, strict=True)]
            assert sum(changed) <= 2


def test_every_kind_of_error_is_made() -> None:
    lengths = [len(noised(TEXT, seed=seed)) - len(TEXT) for seed in SEEDS]
    letters = [
        len(unicodedata.normalize("NFD", noised(TEXT, seed=seed)))
        - len(unicodedata.normalize("NFD", TEXT))
        for seed, change in zip(SEEDS, lengths, strict=True)
        if change == 0
    ]
    assert set(lengths) == {-1, 0, 1}
    assert {-1, 0} <= set(letters)


def test_digits_and_latin_letters_stay() -> None:
    def kept(text: str) -> str:
        return "".join(c for c in text if c.isascii() and not c.isspace())

    assert {kept(noised(TEXT, seed=seed, errors=3)) for seed in SEEDS} == {kept(TEXT)}


def test_more_errors_change_more() -> None:
    def distance(errors: int) -> int:
        found = [noised(TEXT, seed=seed, errors=errors).replace(" ", "") for seed in SEEDS]
        return sum(
            a != b for text in found for a, b in zip(text, TEXT.replace(" ", ""), strict=False)
        )

    assert noised(TEXT, seed="1", errors=0) == TEXT
    assert distance(1) < distance(3)


@given(st.text(), st.integers(0, 4))
def test_any_text_can_be_noised(text: str, errors: int) -> None:
    assert isinstance(noised(text, seed="1", errors=errors), str)


@given(st.text(st.characters(max_codepoint=0x7F, exclude_characters=" ")))
def test_a_text_without_hangul_or_spaces_stays(text: str) -> None:
    assert noised(text, seed="1", errors=3) == text
