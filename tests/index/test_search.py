from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.build import build_index
from index.first_stage import SIGNALS
from index.opening import open_index
from index.retriever import PolicyEmbeddings, PolicyRetriever
from index.search import SearchIndex
from index.segment import Segmenter
from tests.index.documents import document
from tests.index.fakes import HashEmbedder


def test_the_passage_that_answers_comes_first(opened: SearchIndex) -> None:
    best = opened.search(query="지정 신청서는 언제까지 제출하나요?")[0]
    assert best.passage.section_id == "call-s0"
    assert best.lexical > 0
    text = opened.documents["call"].quote(start=best.passage.start, end=best.passage.end)
    assert text.strip() == best.passage.body


def test_headings_and_titles_are_searched(opened: SearchIndex) -> None:
    assert opened.search(query="추진 배경")[0].passage.document_id == "plan"


def test_a_table_row_is_found_by_its_header(opened: SearchIndex) -> None:
    hits = opened.search(query="2단계 금액은?")
    assert hits[0].passage.body == "구분: 2단계 | 금액: 200억 원"


def test_expansions_bring_passages_the_words_do_not(opened: SearchIndex) -> None:
    expanded = opened.search(query="인재", expansions=[("인력 양성", 0.5)])
    assert expanded[0].passage.document_id == "plan"
    assert expanded[0].lexical > 0


def test_without_the_lexicon_only_the_words_of_the_question_are_looked_for(
    opened: SearchIndex,
) -> None:
    with_lexicon = opened.observe(query="돈은 얼마나 주나요").first
    assert with_lexicon.signals[:, SIGNALS.index("expanded")].any()
    without = opened.without_lexicon().observe(query="돈은 얼마나 주나요").first
    assert not without.signals[:, SIGNALS.index("expanded")].any()


def test_a_search_can_be_restricted_to_documents(opened: SearchIndex) -> None:
    hits = opened.search(query="신청 기간", documents=["plan", "unknown"])
    assert {hit.passage.document_id for hit in hits} <= {"plan"}
    assert opened.search(query="신청 기간", documents=["unknown"]) == ()
    assert opened.search(query="신청 기간", documents=[]) == ()


def test_nothing_in_common_finds_nothing(opened: SearchIndex) -> None:
    assert opened.search(query="") == ()
    assert opened.search(query=" \n") == ()
    assert opened.search(query="신청", limit=0) == ()


def test_hits_are_ordered_and_limited(opened: SearchIndex) -> None:
    hits = opened.search(query="신청 요건과 기간", limit=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_rare_terms_weigh_more(opened: SearchIndex) -> None:
    assert opened.idf("반도체/NN") > opened.idf("단계/NN") > 0
    assert opened.document_frequency("반도체/NN") == 1


def test_threads_find_the_same(opened: SearchIndex) -> None:
    queries = ["신청 기간", "지방비 매칭", "예산 금액"] * 10
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: opened.search(query=query), queries))
    assert together == [opened.search(query=query) for query in queries]


def test_a_bare_heading_yields_to_the_text_under_it(segmenter: Segmenter, tmp_path: Path) -> None:
    embedder = HashEmbedder()
    made = document("d", [("지정 신청 세부내용", []), ("가. 개요", ["지정 신청은 5월에 한다."])])
    parent, child = made.sections
    nested = (parent, replace(child, parent=parent.ordinal, path=(*parent.path, *child.path)))
    outlined = replace(made, sections=nested)
    other = document("e", [("다른 글", ["예산 편성"])])
    data = {"data": tmp_path, "segmenter": segmenter, "embedder": embedder}
    build_index(documents=[outlined, other], **data)
    index = open_index(**data)
    first = index.observe(query="지정 신청 세부내용은?").first
    sections = [index.section_key(int(row))[1] for row in first.rows]
    assert sections[0] == "d-s1", "the text under the heading"
    bare = sections.index("d-s0")
    assert first.scores[bare] < (first.signals[bare] @ np.array([1.0, 0.3, 0.7, 0.5]))


def test_an_index_with_everything_in_memory_finds_the_same(opened: SearchIndex) -> None:
    before = opened.search(query="지정 신청서 제출")
    opened.warm()
    assert opened.search(query="지정 신청서 제출") == before


def test_the_retriever_speaks_langchain(opened: SearchIndex) -> None:
    found = PolicyRetriever(index=opened, limit=3).invoke("지방비 매칭 비율")
    assert found[0].metadata["section_path"] == ["신청 요건"]
    assert found[0].metadata["document_id"] == "call"
    assert "30%" in found[0].page_content


def test_embeddings_speak_langchain() -> None:
    embeddings = PolicyEmbeddings(HashEmbedder(dimension=4))
    assert len(embeddings.embed_documents(["신청", "기간"])) == 2
    assert len(embeddings.embed_query("신청")) == 4
