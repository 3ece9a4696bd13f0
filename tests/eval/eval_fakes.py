"""A small document, answers about it and something that gives them."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.model import Answer, Citation, Question, Status
from corpus.model import Document, Item, ItemKind, Metadata, Section
from eval.cases import Case, Gold

HEADING = "□ 개요\n"
LINE = "○ (신청 기간) '26. 5. 18.(월)까지 총 1,263억원을 신청한다.\n"
NOTE = "※ 세부 일정은 공고를 따른다.\n"
OTHER = "□ 문의\n○ 담당은 044-202-0000이다.\n"
TEXT = HEADING + LINE + NOTE + OTHER


def make_document(document_id: str = "call") -> Document:
    """Two sections; the note belongs to the labelled line."""
    line, note, other = (TEXT.index(part) for part in (LINE, NOTE, OTHER))
    return Document(
        document_id=document_id,
        metadata=Metadata(title="공고"),
        text=TEXT,
        sections=(
            Section("s1", 0, "개요", ("공고", "개요"), 1, 0, other),
            Section("s2", 1, "문의", ("공고", "문의"), 1, other, len(TEXT)),
        ),
        items=(
            Item(0, ItemKind.HEADING, 0, line, 0),
            Item(1, ItemKind.LIST_ITEM, line, note, 0, parent=0, label="신청 기간"),
            Item(2, ItemKind.NOTE, note, other, 0, parent=1),
        ),
        contacts=(),
        digest="d",
        source="call.md",
    )


def cite(quote: str, *, marker: int = 1, section: str = "s1", shift: int = 0) -> Citation:
    """A citation of the small document; ``shift`` spoils its offsets."""
    start = TEXT.index(quote) + shift
    return Citation(
        marker=marker,
        document_id="call",
        document_title="공고",
        issuer="",
        published=None,
        section_id=section,
        section_path=("공고", "개요" if section == "s1" else "문의"),
        page=None,
        quote=quote,
        start=start,
        end=start + len(quote),
        url="",
    )


def make_answer(
    text: str, *citations: Citation, status: Status = Status.ANSWERED, short: str = ""
) -> Answer:
    """An answer with its citations."""
    return Answer(status=status, text=text, short_answer=short, citations=citations)


GOOD = make_answer("5월 18일까지 1,263억 원입니다. [1]", cite(LINE.strip()))
REFUSAL = make_answer("찾지 못했습니다.", status=Status.NOT_FOUND)


def make_case(case_id: str = "c1", **changes: object) -> Case:
    """An answerable case about the small document."""
    values: dict[str, object] = {
        "case_id": case_id,
        "question": f"{case_id}: 언제까지 신청합니까?",
        "history": (),
        "kind": "when",
        "wording": "near",
        "answerable": True,
        "gold": (Gold("call", "신청 기간"),),
        "facts": (("5.18", "5월 18일"),),
        "why": "",
        "source": "tune",
    }
    return Case(**{**values, **changes})  # type: ignore[arg-type]


def unanswerable(case_id: str = "u1", **changes: object) -> Case:
    """A case the small document does not answer."""
    blank = {"answerable": False, "gold": (), "facts": (), "why": "기간만 있음"}
    return make_case(case_id, **{**blank, **changes})


class FakeAnswering:
    """Answers from a table by question, else refuses; remembers what it was asked."""

    generation = "g-1"

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        self.documents = {"call": make_document()}
        self.asked: list[Question] = []
        self._answers = dict(answers or {})

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return self._answers.get(question.text, REFUSAL)
