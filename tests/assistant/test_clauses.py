from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses import clauses, step_around

PROSE = st.text(st.sampled_from("가다고며하여국비 ,;./→■▲\n1")).map(
    lambda text: " ".join(text.split())
)


def test_a_sentence_falls_into_its_clauses() -> None:
    body = "국비를 지원하고, 지방비를 매칭하며, 민간은 제외한다. 신청은 5월까지 한다."
    assert [piece.strip() for piece in clauses(body)] == [
        "국비를 지원하고,",
        "지방비를 매칭하며,",
        "민간은 제외한다.",
        "신청은 5월까지 한다.",
    ]


@given(PROSE)
def test_joined_clauses_give_the_sentence_back(body: str) -> None:
    assert "".join(clauses(body)) == body


@given(st.text())
def test_clauses_of_any_text_are_pieces_of_it(body: str) -> None:
    pieces = clauses(body)
    assert all(piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(body.split())


def test_the_step_of_a_process() -> None:
    body = "신청 접수(~5.18) → 보완(~5.27) → 발표(6.1)"
    for date, step in (("5.18", "신청 접수"), ("5.27", "보완"), ("6.1", "발표")):
        start = body.index(date)
        around = step_around(body, start, start + len(date))
        assert step in around
        assert date in around
        assert "→" not in around


@given(PROSE, st.data())
def test_a_step_holds_its_span(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    assert body[start:end] in step_around(body, start, end)
