"""The bundled lexicon loads; a malformed one is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import LexiconError
from corpus.lexicon import load_lexicon

GOOD = {
    "user_words.tsv": "# 낱말\n별빛마을\tNNP\n",
    "aliases.tsv": "가상정책부\t가정부|가책부\n",
    "everyday.tsv": "돈\t예산:0.9|지원금:1.0\n",
    "question_words.tsv": "언제\twhen\n",
    "function_words.tsv": "누구\task\n",
    "answer_cues.tsv": "when\t일시:1.0\n",
    "places.tsv": "별빛도\tregion\n",
}


def write(folder: Path, **changed: str | bytes) -> Path:
    files = {name: text.encode() for name, text in GOOD.items()}
    for stem, text in changed.items():
        files[f"{stem}.tsv"] = text if isinstance(text, bytes) else text.encode()
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return folder


def test_a_lexicon_is_read(tmp_path: Path) -> None:
    lexicon = load_lexicon(write(tmp_path))
    assert lexicon.user_words == (("별빛마을", "NNP"),)
    assert lexicon.aliases == (("가상정책부", "가정부", "가책부"),)
    assert lexicon.everyday == (("돈", (("예산", 0.9), ("지원금", 1.0))),)
    assert lexicon.question_words == (("언제", "when"),)
    assert lexicon.function_words == ("누구",)
    assert lexicon.answer_cues == (("when", (("일시", 1.0),)),)
    assert lexicon.places == ("별빛도",)


@pytest.mark.parametrize(
    ("stem", "text", "message"),
    [
        ("user_words", "# 머리\n\n별빛마을\n", "user_words.tsv:3: two tab-separated columns"),
        ("user_words", "가\tNNP\t나\n", "user_words.tsv:1: two tab-separated columns"),
        ("aliases", "가\t \n", "aliases.tsv:1: two tab-separated columns"),
        ("everyday", "돈\t예산:0.9\n집\t주택\n", "everyday.tsv:2: '주택' needs word:weight"),
        ("everyday", "돈\t예산:많이\n", "everyday.tsv:1: '예산:많이' needs word:weight"),
        ("everyday", "돈\t예산:1.5\n", "everyday.tsv:1: the weight of '예산:1.5'"),
        ("everyday", "돈\t예산:0\n", "everyday.tsv:1: the weight"),
        ("everyday", "돈\t예산:nan\n", "everyday.tsv:1: the weight"),
        ("answer_cues", "# 가\nwhen\t:0.5\n", "answer_cues.tsv:2: the weight of ':0.5'"),
        ("aliases", "가\t나\n".encode() + b"\xff\xfe\t\n", "aliases.tsv:2: not UTF-8"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, stem: str, text: str | bytes, message: str) -> None:
    with pytest.raises(LexiconError, match=message.replace("(", r"\(")):
        load_lexicon(write(tmp_path, **{stem: text}))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "aliases.tsv").unlink()
    with pytest.raises(LexiconError, match=r"aliases\.tsv is missing"):
        load_lexicon(tmp_path)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf# columns\n" + "별\tNNG\n".encode()
    assert load_lexicon(write(tmp_path, user_words=raw)).user_words == (("별", "NNG"),)


def test_the_bundled_lexicon_keeps_its_rules() -> None:
    lexicon = load_lexicon()
    for words in (
        [form for form, _ in lexicon.user_words],
        [form for form, _ in lexicon.everyday],
        [form for form, _ in lexicon.question_words],
    ):
        assert words
        assert len(set(words)) == len(words)
    forms = [form.casefold() for group in lexicon.aliases for form in group]
    assert len(set(forms)) == len(forms)
    assert {tag for _, tag in lexicon.user_words} <= {"NNP", "NNG"}
