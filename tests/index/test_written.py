"""The training texts and their form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.errors import TrainingTextInvalid
from index.training.written import VOICES, load_written, parse_written

_HEAD = (
    "# 가온시 텃밭 분양 | 가온시 | 2025-03-02 | 공고 | 텃밭 분양\n## 분양 면적\n한 구획은 10㎡임\n"
)


def _file(folder: Path, text: str) -> Path:
    path = folder / "area" / "01.txt"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_the_bundled_texts_are_as_many_and_as_varied_as_they_say() -> None:
    documents = load_written()
    passages = [p for d in documents for p in d.passages]
    questions = [q for p in passages for q in p.questions]
    assert (len(documents), len(passages)) == (420, 1680)
    assert (len(questions), sum(len(p.misses) for p in passages)) == (11281, 3361)
    assert all(len(p.questions) >= 6 and len(p.misses) >= 2 for p in passages)
    voices = Counter(q.voice for q in questions)
    assert set(voices) == VOICES
    # No more than a question in five hundred is worded like another.
    assert len({q.text for q in questions}) > 0.998 * len(questions) - 20
    assert len({p.body for p in passages}) == len(passages)


def test_a_file_gives_its_documents(tmp_path: Path) -> None:
    text = _HEAD + "? near | 한 구획은 몇 ㎡인가? | 10㎡\n! attribute | 물은 어디서 긷나요?\n"
    (document,) = parse_written(_file(tmp_path, text))
    (passage,) = document.passages
    assert document.name == "area-01-0"
    assert document.issuer == "가온시"
    assert passage.body == "한 구획은 10㎡임"
    assert passage.questions[0].facts == ("10㎡",)
    assert passage.misses[0].kind == "attribute"
    assert "## 분양 면적\n\n한 구획은 10㎡임" in document.markdown()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("? near | 몇 ㎡인가? | 20㎡", "01.txt:4: a fact does not stand"),
        ("? loud | 몇 ㎡인가? | 10㎡", "'loud' is none of"),
        ("? near | 몇 ㎡인가?", "3 fields"),
        ("! reason", "2 fields"),
        ("! whim | 왜인가?", "'whim' is none of"),
    ],
)
def test_a_line_of_another_form_is_refused(tmp_path: Path, line: str, says: str) -> None:
    path = _file(tmp_path, f"{_HEAD}{line}\n")
    with pytest.raises(TrainingTextInvalid, match=says):
        list(parse_written(path))


def test_text_before_a_section_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingTextInvalid, match="before the first section"):
        list(parse_written(_file(tmp_path, "머리 없는 글\n")))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(TrainingTextInvalid, match="no training texts"):
        load_written(empty)
