"""A run asks every case, judges it and adds up."""

from __future__ import annotations

from collections.abc import Iterator

from eval_fakes import GOOD, LINE, REFUSAL, FakeAnswering, cite, make_answer, make_case
from eval_fakes import unanswerable as nothing

from assistant.model import Status
from eval.cases import Gold
from eval.checks import check
from eval.documents import DocumentMap
from eval.retrieval import RankedSection
from eval.run import AS_OF, Report, Setup, run
from eval.stats import Rate

KNOWN, UNKNOWN = make_case("c1"), nothing("u1")


def reasons(case: object, answer: object) -> tuple[str, ...]:
    fake = FakeAnswering()
    return check(case, answer, documents=fake.documents, names=DocumentMap()).reasons  # type: ignore[arg-type]


def test_a_good_answer_has_no_reasons() -> None:
    assert reasons(KNOWN, GOOD) == ()
    assert reasons(UNKNOWN, REFUSAL) == ()


def test_a_refusal_of_what_the_documents_say() -> None:
    assert reasons(KNOWN, REFUSAL) == ("refused (not_found) although the documents answer it",)


def test_an_answer_the_documents_do_not_give() -> None:
    assert reasons(UNKNOWN, GOOD) == ("answered although the documents do not say: 기간만 있음",)


def test_reasons_say_what_is_missing_and_where() -> None:
    case = make_case(facts=(("5.18",), ("9억", "구억")), gold=(Gold("call", "문의"),))
    answer = make_answer("5월 18일 [1] [2]", cite(LINE.strip(), shift=1))
    assert reasons(case, answer) == (
        "1 of 1 quotes are not verbatim",
        "markers without a citation: 2",
        "fact group 1 not in answer: 5.18",
        "fact group 2 not in answer: 9억 / 구억",
        "fact group 2 not in evidence: 9억 / 구억",
        "wrong section: call › 개요 cited, not call › 문의",
    )


def test_a_partial_answer_is_no_refusal() -> None:
    assert reasons(KNOWN, make_answer("5월 18일 [1]", cite(LINE), status=Status.PARTIAL)) == ()


def ticking() -> Iterator[float]:
    yield from (second / 100 for second in range(1000))


def make_report() -> Report:
    cases = [
        KNOWN,
        make_case("c2", wording="citizen", source="report"),
        make_case("c3", kind="list", history=("공고가 있나요?",)),
        UNKNOWN,
        nothing("u2", source="report"),
    ]
    answers = {cases[i].question: GOOD for i in (0, 2, 4)}
    ticks = ticking()
    setup = Setup(
        clock=lambda: next(ticks),
        search=lambda text: [RankedSection("call", ("문의",)), RankedSection("call", (text,))],
    )
    return run(cases, FakeAnswering(answers), setup=setup)


def test_figures_overall() -> None:
    overall = make_report().overall
    assert (overall.cases, overall.answerable) == (5, 3)
    assert overall.facts_in_answer == Rate(2, 3)
    assert overall.facts_in_evidence == Rate(2, 3)
    assert overall.right_section == Rate(2, 3)
    assert overall.quotes_exact == Rate(3, 3)
    assert overall.false_refusals == Rate(1, 3)
    assert overall.correct_refusals == Rate(1, 2)
    assert overall.passed == Rate(3, 5)
    assert overall.median_quotes == overall.median_quotes_of_lists == 1
    assert overall.recall[1] == Rate(0, 3)
    assert round(overall.ms_median or 0) == 10


def test_figures_by_group() -> None:
    report = make_report()
    assert report.by_set["report"].cases == 2
    assert report.by_wording["citizen"].false_refusals == Rate(1, 1)
    assert report.by_type["list"].median_quotes is None
    assert report.by_document["call"].answerable == 3
    assert report.by_document["(none)"].correct_refusals == Rate(1, 2)


def test_every_question_is_asked_as_of_the_same_moment_with_its_history() -> None:
    fake, seen = FakeAnswering(), []
    case = make_case(history=("공고가 있나요?",))
    run([case], fake, progress=lambda done, total: seen.append((done, total)))
    assert fake.asked[0].as_of == AS_OF
    assert fake.asked[0].history == case.history
    assert seen == [(1, 1)]


def test_a_follow_up_is_searched_with_its_history() -> None:
    asked: list[str] = []

    def search(text: str) -> list[RankedSection]:
        asked.append(text)
        return []

    report = run([make_case(history=("앞",)), UNKNOWN], FakeAnswering(), setup=Setup(search=search))
    assert asked == ["앞 c1: 언제까지 신청합니까?"]
    assert report.overall.recall[10] == Rate(0, 1)
