"""The readable document, the first page, the API page: escaped, marked, without inline code."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from tests.api.fakes import DEADLINE, FakeAnswering


def page(
    client: TestClient, answering: FakeAnswering, quote: str = "", **params: object
) -> HTMLParser:
    document = answering.document
    if quote:
        at = document.text.index(quote)
        params |= {"start": at, "end": at + len(quote)}
    reply = client.get(f"/documents/{document.document_id}", params=params)  # type: ignore[arg-type]
    assert reply.status_code == 200
    return HTMLParser(reply.text)


def marked(tree: HTMLParser) -> str:
    return "".join(node.text() for node in tree.css("mark"))


def find(tree: HTMLParser, selector: str) -> Node:
    node = tree.css_first(selector)
    assert node is not None
    return node


def test_quote_is_marked(client: TestClient, answering: FakeAnswering) -> None:
    tree = page(client, answering, DEADLINE)
    assert marked(tree) == DEADLINE
    assert len(tree.css("#quote")) == 1
    assert find(tree, ".jump a").attributes["href"] == "#quote"


def test_quote_over_items_and_cells_is_marked_in_each(
    client: TestClient, answering: FakeAnswering
) -> None:
    text = answering.document.text
    start, end = text.index("토요일"), text.index("200억원") + len("200억원")
    tree = page(client, answering, start=start, end=end)
    assert "토요일과 공휴일은 제외한다." in marked(tree)
    assert [cell.text() for cell in tree.css("td mark")] == ["국비", "100억원", "200억원"]
    assert len(tree.css("#quote")) == 1
    assert find(tree, "#quote").text().startswith("토요일")


def test_script_in_a_document_stays_text(client: TestClient, answering: FakeAnswering) -> None:
    for quote in ("", '<script>alert("x")', 'alert("x")</script>'):
        tree = page(client, answering, quote)
        assert [node.attributes.get("src") for node in tree.css("script")] == ["/static/page.js"]
        assert '<script>alert("x")</script>' in find(tree, "article").text()


def test_table_has_header_cells(client: TestClient, answering: FakeAnswering) -> None:
    tree = page(client, answering)
    head = [
        (node.text(), node.attributes.get("colspan"), node.attributes.get("rowspan"))
        for node in tree.css("thead th")
    ]
    assert head == [
        ("구분", None, "2"),
        ("1단계", "2", None),
        ("합계", None, "2"),
        ("'25", None, None),
        ("'26", None, None),
    ]
    assert [node.text() for node in tree.css("tbody tr:first-child td")] == [
        "국비", "100억원", "200억원", "300억원",
    ]  # fmt: skip


def test_every_word_of_the_document_is_on_the_page(
    client: TestClient, answering: FakeAnswering
) -> None:
    shown = find(page(client, answering), "article").text()
    words = set(re.findall(r"\w+", answering.document.text))
    assert words <= set(re.findall(r"\w+", shown))


def test_sections_have_permanent_anchors(client: TestClient, answering: FakeAnswering) -> None:
    sections = answering.document.sections
    tree = page(client, answering, section=sections[-1].section_id)
    assert {node.attributes["id"] for node in tree.css("article section")} == {
        section.section_id for section in sections
    }
    assert find(tree, "section.cited").attributes["id"] == sections[-1].section_id
    targets = {node.attributes["href"] for node in tree.css("nav a")}
    assert targets <= {f"#{section.section_id}" for section in sections}
    assert targets


def test_section_that_is_gone_is_said(client: TestClient, answering: FakeAnswering) -> None:
    assert "찾을 수 없습니다" in find(page(client, answering, section="gone"), ".warn").text()


@pytest.mark.parametrize(
    "query",
    ["start=a&end=5", "start=5&end=5", "start=9&end=2", "start=0&end=999999", "start=-1&end=4",
     "start=1", "end=1", "start=&end=", "start=1.5&end=2", "start=%EF%BC%91&end=5"],
)  # fmt: skip
def test_wrong_span_is_refused(client: TestClient, answering: FakeAnswering, query: str) -> None:
    address = f"/documents/{answering.document.document_id}?{query}"
    reply = client.get(address)
    assert reply.status_code == 422
    assert reply.headers["content-type"].startswith("text/html")
    assert "인용 위치가 올바르지 않습니다" in reply.text
    as_data = client.get(address, headers={"accept": "application/json"})
    assert as_data.json()["type"] == "urn:policy-qa:problem:invalid-span"


def test_unknown_document_is_a_page(client: TestClient) -> None:
    reply = client.get("/documents/<b>", headers={"accept": "text/html"})
    assert reply.status_code == 404
    assert "그런 문서가 없습니다" in reply.text


@pytest.mark.parametrize("path", ["/", "/docs", "/documents/없음"])
def test_pages_need_no_inline_code(client: TestClient, path: str) -> None:
    reply = client.get(path)
    tree = HTMLParser(reply.text)
    policy = reply.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert find(tree, "html").attributes["lang"] == "ko"
    assert tree.css_first("style, [style], script:not([src])") is None
    assert find(tree, "main#content") is not None


def test_first_page_says_the_answer_is_automatic(client: TestClient) -> None:
    text = client.get("/").text
    assert "인공지능" in text
    assert "별빛 창업 지원 공고" in text


@pytest.mark.parametrize("name", ["page.css", "page.js", "ask.js"])
def test_static_files_need_no_other_host(client: TestClient, name: str) -> None:
    reply = client.get(f"/static/{name}")
    assert reply.status_code == 200
    assert "http://" not in reply.text
    assert "https://" not in reply.text
    assert "innerHTML" not in reply.text
