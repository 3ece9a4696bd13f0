"""Training the reader: its records, its networks, and the file they are written to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from assistant.errors import ConfigurationError
from assistant.interaction import Interactions
from assistant.reader import parse_reader
from eval.cases import Case
from eval.reader.asked import asked_of_cases, asked_of_written
from eval.reader.fit import as_file, fit_network, make_batch, with_unanswerable, wording_of
from eval.reader.network import loss
from eval.reader.records import Record, without_answer
from index.training.written import load_written

_PIECES, _WORDS = 6, 3


def _record(seed: int, *, right: int | None, form: str = "얼마/NP") -> Record:
    """A question whose right piece, if there is one, meets all its words."""
    random = np.random.default_rng(seed)
    pieces = _PIECES + seed % 3
    terms = random.random((pieces, _WORDS, 24)).astype(np.float32) * 0.3
    if right is not None:
        terms[right] = 0.9
    scores = random.random((pieces, 7)).astype(np.float32)
    scores[0, 6] = 1.0
    grades = np.zeros(pieces, dtype=np.float32)
    if right is not None:
        grades[right] = 1.0
    read = Interactions(
        terms=terms,
        words=random.random((_WORDS, 14)).astype(np.float32),
        vectors=random.normal(size=(_WORDS, 8)).astype(np.float32),
        profiles=random.random((pieces, 30)).astype(np.float32),
        scores=scores,
        question=random.random(3).astype(np.float32),
        morphemes=(form, "?/SF"),
    )
    sections = tuple(("doc", n // 2) for n in range(pieces))
    return Record(read, grades, sections, right is not None, "set", "citizen")


def _records(count: int) -> list[Record]:
    return [_record(n, right=n % _PIECES if n % 3 else None) for n in range(count)]


def test_without_its_answer_a_question_cannot_be_answered() -> None:
    record = _record(1, right=0)
    bare = without_answer(record)
    assert bare is not None
    assert not bare.answerable
    assert not bare.right.any()
    # The whole section goes, and what was found second is now found first.
    assert ("doc", 0) not in bare.sections
    assert len(bare.sections) == len(bare.read.terms) == len(record.sections) - 2
    assert bare.read.scores[:, 6].max() == pytest.approx(1.0)
    assert record.read.scores[0, 6] == 1.0


def test_a_question_without_an_answer_has_no_such_twin() -> None:
    assert without_answer(_record(1, right=None)) is None
    few = _record(1, right=0)
    assert without_answer(replace(few, sections=(("doc", 0),) * len(few.sections))) is None


def test_the_program_reads_as_the_trained_network_does() -> None:
    records = with_unanswerable(_records(40))
    wording = wording_of(records)
    networks = [fit_network(records, wording=wording, epochs=1, seed=s) for s in (0, 1)]
    reader = parse_reader(as_file(networks, wording=wording))
    ids = {form: n for n, form in enumerate(wording, 1)}
    for record in records[:5]:
        with torch.no_grad():
            found = [network(make_batch([record, records[7]], ids=ids)) for network in networks]
        reading = reader.read(record.read)
        pieces = len(record.right)
        order = torch.stack([order[0, :pieces] for order, _ in found]).mean(0)
        odds = torch.stack([odds[0] for _, odds in found]).mean()
        # The file holds half precision.
        assert reading.order == pytest.approx(order.numpy(), abs=0.02)
        assert reading.answered == pytest.approx(float(odds), abs=0.02)


def test_a_network_learns_what_is_right() -> None:
    records = with_unanswerable(_records(240))
    network = fit_network(records, wording=wording_of(records), epochs=12, seed=0)
    reader = parse_reader(as_file([network], wording=wording_of(records)))
    fresh = [_record(1000 + n, right=n % _PIECES) for n in range(40)]
    found = [int(np.argmax(reader.read(r.read).order)) == int(np.argmax(r.right)) for r in fresh]
    assert np.mean(found) > 0.9
    bare = [twin for r in fresh if (twin := without_answer(r)) is not None]
    answered = np.mean([reader.read(r.read).answered for r in fresh])
    assert answered > np.mean([reader.read(r.read).answered for r in bare]) + 2


def test_training_twice_gives_the_same_file() -> None:
    records = _records(30)
    wording = wording_of(records)
    one, two = (
        as_file([fit_network(records, wording=wording, epochs=1, seed=3)], wording=wording)
        for _ in range(2)
    )
    assert one == two


def test_padding_changes_nothing() -> None:
    records = _records(12)
    ids = {form: n for n, form in enumerate(wording_of(records), 1)}
    network = fit_network(records, wording=tuple(ids), epochs=1, seed=0)
    with torch.no_grad():
        alone, odds = network(make_batch([records[0]], ids=ids))
        together, more = network(make_batch(records, ids=ids))
    width = alone.shape[1]
    assert together[0, :width].numpy() == pytest.approx(alone[0].numpy(), abs=1e-4)
    assert float(more[0]) == pytest.approx(float(odds[0]), abs=1e-4)
    assert torch.isfinite(loss(together, more, make_batch(records, ids=ids)))


def test_a_damaged_file_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match="train reader"):
        parse_reader(b"no weights at all")


def test_written_questions_are_asked_of_their_own_file() -> None:
    documents = load_written()[:7]
    asked = list(asked_of_written(documents))
    first = asked[0]
    assert first.source in first.documents
    assert all(name.startswith(documents[0].batch) for name in first.documents)
    assert {one.group for one in asked} == {documents[0].area}
    assert any(one.voice.startswith("miss:") and not one.facts for one in asked)


def test_curated_questions_keep_their_set_and_history() -> None:
    case = Case(
        "a",
        "그럼 장소는요?",
        ("언제 하나요?",),
        "where",
        "followup",
        True,
        (),
        (("회관",),),
        "",
        "tune",
    )
    (asked,) = asked_of_cases([case])
    assert (asked.group, asked.history, asked.voice) == ("tune", ("언제 하나요?",), "followup")
