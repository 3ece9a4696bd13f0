from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Document
from index.build import build_index
from index.opening import open_index
from index.search import SearchIndex
from index.segment import Segmenter
from tests.index.documents import document, table
from tests.index.fakes import HashEmbedder

WORDS = (("양자클러스터", "NNP"), ("매칭", "NNG"), ("붙임", "NNG"))


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter(user_words=WORDS)


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    call = document(
        "call",
        [
            ("신청 기간", ["지정 신청서는 2026년 5월 18일(월) 오후 6시까지 제출한다."]),
            (
                "신청 요건",
                ["국비 대비 30% 이상 지방비 현금 매칭이 필요하다.", "※ 현물은 제외한다."],
            ),
            ("문의처", ["양자클러스터 담당관실로 연락한다."]),
        ],
        title="양자클러스터 지정 공고",
    )
    plan = document(
        "plan",
        [("추진 배경", ["반도체 인력을 양성한다.", "대학과 기업이 함께한다."])],
        title="계획",
    )
    return call, plan, table()


@pytest.fixture(scope="session")
def opened(
    segmenter: Segmenter, documents: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory
) -> SearchIndex:
    data: Path = tmp_path_factory.mktemp("data")
    embedder = HashEmbedder()
    build_index(documents=documents, data=data, segmenter=segmenter, embedder=embedder)
    return open_index(data, segmenter=segmenter, embedder=embedder)
