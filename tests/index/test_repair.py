from __future__ import annotations

import pytest

from index.repair import QueryRepair
from index.search import SearchIndex
from index.words import bundled_terms


@pytest.fixture(scope="module")
def repair(opened: SearchIndex) -> QueryRepair:
    words = bundled_terms()
    return QueryRepair(
        segmenter=opened.segmenter,
        nearest=opened.nearest,
        idf=opened.idf,
        stands=lambda term: bool(opened.document_frequency(term)),
        written=lambda word: any(word in passage.searched for passage in opened.passages),
        is_word=words.__contains__,
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("양자크러스터 담당관실", "양자클러스터 담당관실"),
        ("지방비 메칭", "지방비 매칭"),
        ("반도채 인력", "반도체 인력"),
    ],
)
def test_words_that_stand_nowhere_are_repaired(repair: QueryRepair, typed: str, meant: str) -> None:
    assert repair.repaired(typed) == meant
    assert repair.unknown(typed) > repair.limit >= repair.unknown(meant)


@pytest.mark.parametrize(
    "query",
    [
        "지방비 매칭은 몇 %인가요?",
        "반도체 인력 양성",
        "주차장이 있나요?",
        "기초연금",
        "",
        "?!",
        "GPU",
    ],
)
def test_known_words_and_words_of_the_language_stay(repair: QueryRepair, query: str) -> None:
    assert repair.repaired(query) == query


def test_the_unknown_share_lies_between_nothing_and_all(repair: QueryRepair) -> None:
    assert repair.unknown("지방비 매칭") == 0
    assert repair.unknown("뷁쉛쿩") == 1
    assert 0 < repair.unknown("지방비 뷁쉛쿩") < 1
    assert repair.unknown("") == 0


def test_a_word_the_documents_segment_otherwise_stays(opened: SearchIndex) -> None:
    assert not opened.document_frequency("지방비/NN")
    assert opened.search(query="지방비") == opened.search(query="지방비", repair=False) != ()


def test_a_query_with_little_unknown_does_not_fail(opened: SearchIndex) -> None:
    patient = QueryRepair(
        segmenter=opened.segmenter,
        nearest=opened.nearest,
        idf=opened.idf,
        stands=lambda term: bool(opened.document_frequency(term)),
        written=lambda word: any(word in passage.searched for passage in opened.passages),
        is_word=lambda term: False,
        limit=1.0,
    )
    assert patient.repaired("양자크러스터 담당관실") == "양자크러스터 담당관실"


def test_a_search_repairs_unless_told_not_to(opened: SearchIndex) -> None:
    meant = opened.search(query="양자클러스터 담당관실")
    assert opened.search(query="양자크러스터 담당관실") == meant
    assert opened.search(query="양자크러스터 담당관실", repair=False) != meant


def test_a_long_text_is_left_as_it_is_and_not_even_analysed(repair: QueryRepair) -> None:
    analysed = repair.segmenter.morphemes.cache_info().misses
    long = "가" * 1500
    assert repair.repaired(long) == long
    assert repair.repaired("양자크러스터 담당관실 " * 20) == "양자크러스터 담당관실 " * 20
    assert repair.segmenter.morphemes.cache_info().misses == analysed
