from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import ItemKind
from index.passages import make_passages
from tests.index.documents import document, table

LINES = st.lists(
    st.one_of(
        st.text(max_size=60).map(lambda line: line.replace("\n", " ")),
        st.text("가나다. ", min_size=200, max_size=400),
        st.just("※ 참고할 것"),
    ),
    max_size=6,
)
HEADINGS = st.text("가나다라", max_size=5)


@given(st.lists(st.tuples(HEADINGS, LINES), max_size=5), st.integers(20, 300))
@settings(max_examples=150, deadline=None)
def test_passages_stay_in_their_section_and_cover_all_items(
    sections: list[tuple[str, list[str]]], size: int
) -> None:
    made = document("d", sections)
    passages = make_passages(made, size=size)
    by_id = {section.section_id: section for section in made.sections}
    covered = set[int]()
    for passage in passages:
        section = by_id[passage.section_id]
        assert section.start <= passage.start < passage.end <= section.end
        assert passage.body == made.text[passage.start : passage.end].strip()
        covered.update(range(passage.start, passage.end))
    for item in made.items:
        blank = {at for at in range(item.start, item.end) if made.text[at].isspace()}
        assert set(range(item.start, item.end)) - blank <= covered
    assert len({passage.passage_id for passage in passages}) == len(passages)


def test_a_note_stays_with_what_it_explains() -> None:
    made = document("d", [("제목", ["가" * 60, "※ " + "나" * 40])])
    assert [p.body[-1] for p in make_passages(made, size=80)] == ["나"]


def test_whole_items_make_up_a_passage() -> None:
    made = document("d", [("제목", ["가" * 40, "나" * 40, "다" * 40])])
    bodies = [passage.body for passage in make_passages(made, size=90)]
    assert bodies == ["제목\n" + "가" * 40 + "\n" + "나" * 40, "다" * 40]


def test_a_row_is_a_passage_with_its_headers_and_caption() -> None:
    passages = make_passages(table())
    rows = [passage for passage in passages if passage.kind == "row"]
    assert [row.body for row in rows] == [
        "구분: 1단계 | 금액: 100억 원",
        "구분: 2단계 | 금액: 200억 원",
    ]
    assert rows[0].heading == "사업 개요 > 지원 규모 > < 연도별 예산 >"
    assert table().quote(start=rows[1].start, end=rows[1].end) == "2단계\t200억 원"
    assert rows[0].title == "예산안"


def test_ids_survive_a_change_elsewhere_in_the_document() -> None:
    before = document("d", [("하나", ["첫째"]), ("둘", ["둘째"])])
    after = document("d", [("하나", ["첫째가 길어졌다"]), ("둘", ["둘째"])])
    ids = [{p.passage_id for p in make_passages(made)} for made in (before, after)]
    assert len(ids[0] & ids[1]) == 1


def test_equal_rows_have_ids_of_their_own() -> None:
    made = document("d", [("제목", ["같은 줄" * 20, "같은 줄" * 20])])
    assert len({p.passage_id for p in make_passages(made, size=30)}) == 3


def test_a_section_without_items_is_indexed_as_it_stands() -> None:
    made = document("d", [("제목", ["본문"])])
    bare = type(made)(
        made.document_id, made.metadata, made.text, made.sections, (), (), made.digest, made.source
    )
    assert [p.body for p in make_passages(bare)] == ["제목\n본문"]
    assert ItemKind.HEADING not in {item.kind for item in bare.items}
