"""Reads the written training texts: invented documents with questions as people ask them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from index.errors import TrainingTextInvalid

VOICES = frozenset(
    {"near", "officer", "citizen", "elder", "youth", "founder", "hurried", "indirect"}
)
MISSES = frozenset({"year", "entity", "attribute", "other"})
_HEAD = 5


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question a passage answers: who asks, and the pieces of text a right answer holds."""

    voice: str
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A question like those answered that no passage of the document answers, and its kind."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenPassage:
    """A section with the questions about it."""

    heading: str
    body: str
    questions: tuple[AskedOf, ...]
    misses: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """An invented document; ``batch`` names the file it stands in, ``area`` the folder."""

    name: str
    batch: str
    area: str
    title: str
    issuer: str
    published: str
    kind: str
    topic: str
    passages: tuple[WrittenPassage, ...]

    def markdown(self) -> str:
        """The document as the corpus reads it."""
        head = {
            "title": self.title,
            "issuer": self.issuer,
            "published": self.published,
            "kind": self.kind,
        }
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
        body = [f"## {p.heading}\n\n{p.body}\n" for p in self.passages]
        return "\n".join(("---", *lines, "---", "", f"# {self.title}", "", *body))


@dataclass(slots=True)
class _Open:
    """A passage while its lines are read."""

    heading: str
    body: list[str] = field(default_factory=list)
    questions: list[AskedOf] = field(default_factory=list)
    misses: list[NearMiss] = field(default_factory=list)

    def closed(self) -> WrittenPassage:
        return WrittenPassage(
            self.heading,
            "\n".join(self.body).strip(),
            tuple(self.questions),
            tuple(self.misses),
        )


def bundled_texts() -> Path:
    """The folder of the texts that come with the program."""
    return Path(str(files("index") / "training" / "texts"))


def load_written(folder: Path | None = None) -> tuple[WrittenDocument, ...]:
    """All documents of a folder of folders; raise ``TrainingTextInvalid`` with file and line."""
    root = folder or bundled_texts()
    found = [document for path in sorted(root.glob("*/*.txt")) for document in parse_written(path)]
    if not found:
        raise TrainingTextInvalid(f"{root} holds no training texts (AREA/NAME.txt)")
    return tuple(found)


def parse_written(path: Path) -> Iterator[WrittenDocument]:
    """The documents of one file; its form is described in ``index/training/README.md``."""
    head: tuple[str, ...] = ()
    passages: list[_Open] = []
    number = 0
    for line_number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{line_number}"
        if line.startswith("# "):
            if head:
                yield _document(path, number, head, passages)
                number += 1
            head, passages = _fields(line, count=_HEAD, where=where), []
        elif line.startswith("## "):
            passages.append(_Open(line[3:].strip()))
        elif passages:
            _add(passages[-1], line, where=where)
        elif line.strip():
            raise TrainingTextInvalid(f"{where}: text stands before the first section")
    if head:
        yield _document(path, number, head, passages)


def _add(passage: _Open, line: str, *, where: str) -> None:
    if line.startswith("? "):
        voice, text, facts = _fields(line, count=3, where=where)
        _known(voice, VOICES, where=where)
        pieces = tuple(fact.strip() for fact in facts.split(" ; "))
        held = "\n".join((passage.heading, *passage.body))
        if not all(piece and piece in held for piece in pieces):
            raise TrainingTextInvalid(f"{where}: a fact does not stand in the passage")
        passage.questions.append(AskedOf(voice, text, pieces))
    elif line.startswith("! "):
        kind, text = _fields(line, count=2, where=where)
        _known(kind, MISSES, where=where)
        passage.misses.append(NearMiss(kind, text))
    else:
        passage.body.append(line)


def _fields(line: str, *, count: int, where: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in line[2:].split(" | " if line[0] in "?!" else "|"))
    if len(parts) != count or not all(parts):
        raise TrainingTextInvalid(f"{where}: {count} fields parted by | are expected")
    return parts


def _known(value: str, allowed: frozenset[str], *, where: str) -> None:
    if value not in allowed:
        raise TrainingTextInvalid(f"{where}: {value!r} is none of {', '.join(sorted(allowed))}")


def _document(
    path: Path, number: int, head: Sequence[str], passages: Sequence[_Open]
) -> WrittenDocument:
    title, issuer, published, kind, topic = head
    area = path.parent.name
    return WrittenDocument(
        name=f"{area}-{path.stem}-{number}",
        batch=f"{area}-{path.stem}",
        area=area,
        title=title,
        issuer=issuer,
        published=published,
        kind=kind,
        topic=topic,
        passages=tuple(passage.closed() for passage in passages),
    )
