"""Cleaning of text: blanks, stray tags, bold marks, links, and the head of a file."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from corpus.model import ItemKind
from corpus.readers.clean import normalise, strip_links, strip_markup
from corpus.readers.front_matter import prose_of, split_head
from tests.corpus.helpers import headings, letters, of_kind, outline, read


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("가\r\n나\r다\f라\v마\u2028바\u0085사", "가\n나\n다\n라\n마\n바\n사"),
        ("가\u00a0나\u3000다\u2003라", "가 나 다 라"),
        ("가\u200b나\ufeff다\u00ad라\u2060", "가나다라"),
        ("가\x00나\x07다\uf0a7", "가나다"),
        ("☎\ufe0f 02", "☎ 02"),
        ("\u1100\u1161", "가"),
        ("탭\t줄\n", "탭\t줄\n"),
    ],
)
def test_normalise(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<ul><li>하나</li><li>둘</li></ul>", " 하나 둘"),
        ("가<br>나<br/>다", "가 나 다"),
        ("<p>가</p><p>나</p>", "가 나"),
        ("10<sup>2</sup> <b>굵게</b> <a href='x'>곳</a>", "102 굵게 곳"),
        ("<안건 1> < 추진 방향 > <참고>", "<안건 1> < 추진 방향 > <참고>"),
        ("3<5 이고 7>6", "3<5 이고 7>6"),
        ("**굵은 글** 뒤", "굵은 글 뒤"),
        ("붙임1**개요**", "붙임1 개요"),
        ("* 각주 ** 둘째 각주", "* 각주 ** 둘째 각주"),
        ("**(비율) 절반", "**(비율) 절반"),
    ],
)
def test_stray_markup(raw: str, clean: str) -> None:
    assert strip_markup(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("[누리집](https://example.invalid/a?b=c)", "누리집"),
        ("![그림](img/a.png) 뒤", "그림 뒤"),
        ("[문의](mailto:a@example.invalid)", "문의"),
        ("[위로](#top), [다음](../b.md)", "위로, 다음"),
        ("[별표 1](시행규칙)", "[별표 1](시행규칙)"),
        ("[별지 2](제3호)", "[별지 2](제3호)"),
        ("[가](나 다)", "[가](나 다)"),
    ],
)
def test_links_keep_their_text_and_brackets_stay(raw: str, clean: str) -> None:
    assert strip_links(raw) == clean


@pytest.mark.parametrize(
    ("line", "heading"),
    [("## 개요", "개요"), ("## 개요 ##", "개요"), ("## C# 언어", "C# 언어"), ("## 언어 C#", "언어 C#"),
     ("## 개요\t", "개요"), ("##  **개요**", "개요")],
)  # fmt: skip
def test_markdown_headings(line: str, heading: str) -> None:
    assert headings(read(f"# 제목\n\n글이다.\n\n{line}\n\n글이다.\n", name="a.md")) == [heading]


@pytest.mark.parametrize("line", ["#해시태그 글이다", "####### 일곱", "#"])
def test_a_hash_alone_is_no_heading(line: str) -> None:
    assert read(f"글이다.\n{line}\n○ 끝이다.\n", name="a.md").sections[0].heading == "a"


def test_a_tab_that_indents_makes_no_table() -> None:
    document = read("□ 개요\n○ 마을이다.\n\t- 세부이다.\n○ 둘째이다.\t\n")
    assert of_kind(document, ItemKind.TABLE_ROW) == []
    assert of_kind(document, ItemKind.LIST_ITEM) == ["○ 마을이다.", "- 세부이다.", "○ 둘째이다."]


def test_bold_marks_and_lists_in_cells() -> None:
    document = read("| 구분 | 값 |\n|---|---|\n| **국비** | <ul><li>하나</li><li>둘</li></ul> |\n")
    assert of_kind(document, ItemKind.TABLE_ROW) == ["국비 | 하나 둘"]


def test_a_head_gives_the_metadata() -> None:
    document = read(
        "---\ntitle: 별빛  마을\nissuer: 가상정책부\npublished: 2026-04-17\nkind: 공고\n"
        "embargo: 2026-04-17T06:00:00+09:00\nlanguage: ko\nsource_title: 원래 이름\n---\n\n글이다.\n"
    )
    head = document.metadata
    assert (head.title, head.issuer, head.kind) == ("별빛 마을", "가상정책부", "공고")
    assert (head.language, head.source_title) == ("ko", "원래 이름")
    assert head.published is not None
    assert head.published.isoformat() == "2026-04-17"
    assert head.embargo is not None
    assert head.embargo.isoformat() == "2026-04-17T06:00:00+09:00"
    assert document.text.strip() == "글이다."


@pytest.mark.parametrize("value", ["2026-04-17 09:00:00", "'2026. 4. 17.'", "2026년 4월 17일"])
def test_a_published_date_in_other_forms(value: str) -> None:
    published = read(f"---\npublished: {value}\n---\n글이다.\n").metadata.published
    assert published is not None
    assert published.isoformat() == "2026-04-17"


@pytest.mark.parametrize("value", ["[가, 나]", "{가: 나}", "''", "null", "[[[]]]"])
def test_a_head_value_that_is_no_text_is_passed_over(value: str) -> None:
    assert read(f"---\nissuer: {value}\ntitle: {value}\n---\n글이다.\n").metadata.issuer == ""


@pytest.mark.parametrize(
    "head",
    ["가: 나: 다", "[", "published: 2026-13-45", "a: !!bool x", "a: !!timestamp x", "a: !!int x",
     "a: *b", "\tx: y", "a: !!python/object:os.system {}", "[" * 3000],
)  # fmt: skip
def test_a_broken_head_is_refused(head: str) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.md: the head between --- lines"):
        read(f"---\n{head}\n---\n글이다.\n", name="a.md")


@pytest.mark.parametrize("head", ["그냥 글", "- 하나\n- 둘", "2026-04-17"])
def test_a_head_that_is_no_mapping_is_text(head: str) -> None:
    text = f"---\n{head}\n---\n글이다.\n"
    assert split_head(text, name="a.md") == ({}, text)
    assert letters(read(text).text) == letters(text)


@pytest.mark.parametrize("text", ["글\n---\na: b\n---\n", "---\na: b\n", "--- a\n---\n"])
def test_rules_elsewhere_are_no_head(text: str) -> None:
    assert split_head(text, name="a.md") == ({}, text)


def test_prose_of_a_head_is_read_once() -> None:
    prose = "별빛 마을은 주민이 함께 가꾸는 곳으로, 물길과 숲길을 차례로 고쳐 나갈 계획이다."
    head = {"title": prose, "excerpt": f"## {prose}", "summary": prose, "tags": "짧은 글", "n": 1}
    assert prose_of(head) == (prose,)
    assert prose in read(f"---\nexcerpt: {prose}\n---\n글이다.\n").text


def test_a_head_in_an_html_file() -> None:
    document = read("---\ntitle: 별빛\n---\n<h1>공고</h1><p>글이다.</p>", name="a.html")
    assert document.metadata.title == "별빛"
    assert outline(document) == []
