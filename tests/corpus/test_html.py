"""HTML pages: what is dropped, what is kept, and pages that are broken or hostile."""

from __future__ import annotations

import pytest

from corpus.model import ItemKind
from corpus.readers.html import looks_like_html
from tests.corpus.helpers import check, headings, of_kind, page, read, records


def test_menus_scripts_and_footers_are_dropped() -> None:
    document = page(
        "<nav>메뉴</nav><script>var 비밀 = 1;</script><style>.가{}</style><h1>공고</h1>"
        "<p>본문이다.<script>alert('숨김')</script></p><noscript>켜세요</noscript>"
        "<template>틀</template><svg><text>그림</text></svg><footer>꼬리</footer>"
    )
    assert document.text.split() == ["공고", "본문이다."]


@pytest.mark.parametrize(
    "body",
    [
        "<script>비밀</script>본문",
        "<SCRIPT type='x'>비밀</SCRIPT>본문",
        "<script>'<p>비밀</p>'</script>본문",
        "<p>본문</p><script>비밀",
        "<p>본문<script>비밀</script ></p>",
        "본문<!-- 비밀 -->",
        "<div hidden></div>본문<iframe>비밀</iframe>",
        "<table><tr><td>본문<script>비밀</script></td></tr></table>",
        "<h2>본문<style>비밀</style></h2>",
    ],
)
def test_no_script_reaches_the_text(body: str) -> None:
    assert page(body).text.strip() == "본문"


def test_entities_are_decoded() -> None:
    document = page("<p>&lt;안건 1&gt; R&amp;D &#44032;&nbsp;나 &middot; &quot;다&quot;</p>")
    assert document.text.strip() == '<안건 1> R&D 가 나 · "다"'


def test_links_and_inline_tags_keep_their_text_unbroken() -> None:
    document = page("<p><a href='/x'>누리집</a>에서 <b>신</b>청 <span>1</span>,000원</p>")
    assert document.text.strip() == "누리집에서 신청 1,000원"


def test_blocks_part_words() -> None:
    document = page("<h2>첫째<br>둘째</h2><table><tr><td><p>가</p><p>나</p></td></tr></table>")
    assert document.text.split() == ["첫째", "둘째", "가", "나"]


def test_headings_become_sections() -> None:
    document = page("<h1>공고</h1><h2>개요</h2><p>글이다.</p><h3>세부</h3><h2>일정</h2><p>글.</p>")
    assert headings(document) == ["개요", "세부", "일정"]


def test_list_items_keep_their_bullets() -> None:
    document = page("<ul><li>첫째</li><li><p>둘째</p><ul><li>안쪽</li></ul></li><li></li></ul>")
    assert of_kind(document, ItemKind.LIST_ITEM) == ["- 첫째", "- 둘째", "- 안쪽"]


def test_text_after_a_list_is_no_list_item() -> None:
    document = page("<ul><li></li></ul><p>이것은 문단이다.</p>")
    assert of_kind(document, ItemKind.PARAGRAPH) == ["이것은 문단이다."]


def test_paragraphs_are_not_joined() -> None:
    document = page(
        "<h1>공고</h1><p>마을은 모두 12곳, 주민은 300명</p><p>물길은 내년에 고친다.</p>"
    )
    assert all("\n" not in document.text[i.start : i.end] for i in document.items)


def test_preformatted_lines_stay_lines() -> None:
    document = page("<pre>□ 개요\n ○ 마을을 가꾼다.\n\n ○ 물길을 고친다.</pre>")
    assert of_kind(document, ItemKind.LIST_ITEM) == ["○ 마을을 가꾼다.", "○ 물길을 고친다."]


def test_a_page_inside_one_form_is_read() -> None:
    document = page(
        "<form><select><option>고르기</option></select><button>찾기</button><label>검색</label>"
        "<h1>공고</h1><p>본문이다.</p></form>"
    )
    assert document.text.split() == ["공고", "본문이다."]


def test_a_tables_caption_is_kept() -> None:
    document = page(
        "<p>마을이 늘고</p><table><caption>연도별 예산</caption>"
        "<tr><th>구분</th><th>금액</th></tr><tr><td>국비</td><td>10</td></tr></table>"
    )
    assert of_kind(document, ItemKind.CAPTION) == ["연도별 예산"]


def test_a_table_inside_a_cell_stays_in_the_cell() -> None:
    document = page(
        "<table><tr><td>밖<table><tr><td>안</td><td>쪽</td></tr></table></td><td>곁</td></tr></table>"
    )
    assert [[text for _, text in row] for row in records(document)] == [["밖 안 쪽", "곁"]]


@pytest.mark.parametrize(
    "body",
    ["<p>본문", "본문</p></div>", "<b><i>본문</b></i>", "<table><td>본문", "<ul><li>본문<li>",
     "<p>본문<p<", "<tr><td>본문", "<table>본문<tr></tr></table>", "<a href='>'>본문", "<h1>본문</h2>",
     "<table><tr></tr><tr><td>본문</td></tr></table>", "<svg><p>본문", "<frameset></frameset>본문"],
)  # fmt: skip
def test_malformed_pages_are_read(body: str) -> None:
    document = page(body)
    check(document)
    assert "본문" in document.text


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "h2", "pre"])
def test_deep_nesting_is_read(tag: str) -> None:
    document = page(f"<{tag}>" * 1500 + "깊은 곳의 글")
    check(document)
    assert "깊은 곳의 글" in document.text


def test_the_title_names_a_page() -> None:
    document = read(
        "<html><head><title> 별빛\n공고 </title></head><body><p>글이다.</p>", name="a.htm"
    )
    assert document.metadata.title == "별빛 공고"


def test_a_text_file_that_holds_a_page_is_read_as_one() -> None:
    document = read("<html><body><h1>공고</h1>\n<p>가</p>\n<p>나</p>\n</body></html>", name="a.txt")
    assert document.text.split() == ["공고", "가", "나"]


@pytest.mark.parametrize(
    "text",
    [
        "<안건 1> 숲길 조성\n\n<안건 2> 물길 정비\n\n<안건 3> 별빛 축제\n\n< 추진 방향 >\n",
        "□ 개요\n<p>하나</p>\n" + "○ 내용이다.\n" * 40,
        "표의 칸<br>둘째 줄<br>셋째 줄",
        "",
    ],
)
def test_korean_angle_brackets_make_no_page(text: str) -> None:
    assert not looks_like_html(text)


def test_agenda_headings_of_a_text_file_are_sections() -> None:
    document = read("<안건 1> 숲길 조성\n\n숲길을 낸다.\n\n<안건 2> 물길 정비\n\n물길을 고친다.\n")
    assert headings(document) == ["<안건 1> 숲길 조성", "<안건 2> 물길 정비"]
