"""Folders and files: what is read, what is refused and why."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError, CorpusMissing, UnreadableFile, UnsupportedFormat
from corpus.load import Identifiers, document_from_bytes, load_corpus, load_document
from corpus.readers import choose
from tests.corpus.helpers import check, read

TEXT = "별빛 마을 조성 종합 계획 안내\n\n□ 개요\n○ 마을을 가꾼다.\n"


def write(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp949"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "bom", "cp949", "utf-16-le", "utf-16-be", "crlf", "nfd"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_encodings_give_the_same_document(raw: bytes, name: str) -> None:
    assert document_from_bytes(raw, name=name).text == read(TEXT).text


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        ("\ufeff".encode(), "no text in it"),
        (b"PK\x03\x04\x00\x00\x00", "binary data"),
        (b"\x89\xff\xff\xfe\xfd\x81", "neither UTF-8, UTF-16 nor CP949"),
        (b"---\n***\n", "no text in it"),
    ],
)
@pytest.mark.parametrize("name", ["문서.txt", "문서.html"])
def test_what_is_no_text_is_refused(raw: bytes, message: str, name: str) -> None:
    with pytest.raises(UnreadableFile, match=f"{name}.*{message}"):
        document_from_bytes(raw, name=name)


@pytest.mark.parametrize("name", ["문서.hwp", "문서", "문서.exe", ".txt"])
def test_an_unknown_suffix_is_refused(name: str) -> None:
    with pytest.raises(UnsupportedFormat, match=r"supported: \.txt"):
        document_from_bytes(b"text", name=name)


def test_the_suffix_is_read_without_its_case() -> None:
    assert document_from_bytes(TEXT.encode(), name="A.TXT").document_id == "A"


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "큰.txt")
    monkeypatch.setattr(choose, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match=r"큰\.txt: .* the limit is 10"):
        load_document(path)


def test_a_folder_is_read_in_order_with_its_subfolders(tmp_path: Path) -> None:
    for name in ("나.txt", "가.md", "하위/다.html"):
        write(tmp_path, name, "<p>글</p>" if name.endswith("html") else TEXT)
    seen: list[tuple[str, int, int]] = []
    loaded = load_corpus(tmp_path, progress=lambda *step: seen.append(step))
    assert [document.document_id for document in loaded.documents] == ["가", "나", "다"]
    assert seen == [("read", 1, 3), ("read", 2, 3), ("read", 3, 3)]
    assert loaded.skipped == ()


def test_unreadable_files_are_reported_not_fatal(tmp_path: Path) -> None:
    write(tmp_path, "가.txt")
    write(tmp_path, "빈.txt", "")
    write(tmp_path, "표.xlsx")
    loaded = load_corpus(tmp_path)
    assert len(loaded.documents) == 1
    assert [line.split(":")[0] for line in loaded.skipped] == ["빈.txt", "표.xlsx"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for name in ("가.txt", ".나.txt", ".git/다.txt", ".git/config", "README"):
        write(tmp_path, name)
    loaded = load_corpus(tmp_path)
    assert [document.source for document in loaded.documents] == ["가.txt"]
    assert loaded.skipped == ()


def test_a_corpus_below_a_hidden_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, ".자료/가.txt")
    assert len(load_corpus(tmp_path / ".자료").documents) == 1


def test_a_file_that_cannot_be_opened_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "가.txt")
    write(tmp_path, "나.txt")
    real = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.name == "나.txt":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", failing)
    assert load_corpus(tmp_path).skipped == ("나.txt: cannot be opened: Permission denied",)


def test_a_folder_that_is_missing_or_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="no such folder"):
        load_corpus(tmp_path / "없음")
    with pytest.raises(CorpusMissing, match="put text, Markdown or HTML"):
        load_corpus(tmp_path)
    write(tmp_path, "빈.txt", "")
    with pytest.raises(CorpusMissing, match=r"빈\.txt: the file is empty"):
        load_corpus(tmp_path)
    assert issubclass(CorpusMissing, CorpusError)


def test_equal_names_get_distinct_ids(tmp_path: Path) -> None:
    for name in ("가/안내.txt", "나/안내.txt", "다/안내.md"):
        write(tmp_path, name)
    identifiers = [document.document_id for document in load_corpus(tmp_path).documents]
    assert identifiers == ["안내", "안내-2", "안내-3"]


@given(
    st.lists(st.sampled_from(["가.txt", "가.md", "가-2.txt", "가-3.txt", "나.txt"]), max_size=12)
)
def test_a_name_is_the_first_that_is_free(names: list[str]) -> None:
    identifiers = Identifiers()
    given: list[str] = []
    for name in names:
        stem = Path(name).stem
        free = (n for n in (stem, *(f"{stem}-{k}" for k in range(2, 30))) if n not in given)
        given.append(next(free))
        assert identifiers.next_for(name) == given[-1]


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("2026 별빛 (안).txt", "2026-별빛-안"),
        ("../../etc/별.txt", "별"),
        ("★☆.txt", "document"),
        (unicodedata.normalize("NFD", "별빛.txt"), "별빛"),
        ("a_b-c.txt", "a_b-c"),
    ],
)
def test_ids_are_safe_in_addresses(name: str, identifier: str) -> None:
    assert read(TEXT, name=name).document_id == identifier


def test_the_digest_changes_with_text_and_metadata() -> None:
    one = read(TEXT)
    assert read(TEXT, name="다른.txt").digest == one.digest
    assert read(TEXT + "○ 더.\n").digest != one.digest
    assert read("---\nissuer: 가상부\n---\n" + TEXT).digest != one.digest
    check(one)


def test_a_document_without_title_takes_its_files_name() -> None:
    document = read("○ 짧다.\n", name="별빛 안내.txt")
    assert document.metadata.title == "별빛 안내"
    assert document.sections[0].heading == "별빛 안내"
