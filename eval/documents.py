"""Which indexed documents a gold document id stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eval.errors import DocumentMapError

ANY = "any"


@dataclass(frozen=True, slots=True)
class DocumentMap:
    """Gold ids and the index ids they stand for; an id that is not listed stands for itself."""

    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def matches(self, gold: str, document_id: str) -> bool:
        """Whether a cited document is the gold one; "any" accepts every document."""
        wanted = self.ids.get(gold, (gold,))
        return ANY in wanted or document_id in wanted


def load_document_map(path: Path) -> DocumentMap:
    """Read ``{"gold id": "index id" | ["index id", …] | "any"}``."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentMapError(f"{path}: cannot be read as JSON ({error})") from error
    if not isinstance(raw, dict):
        raise DocumentMapError(f"{path}: an object of gold id to index id is expected")
    return DocumentMap({gold: _ids(value, gold=gold, path=path) for gold, value in raw.items()})


def _ids(value: object, *, gold: str, path: Path) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(v, str) for v in listed):
        raise DocumentMapError(f"{path}: {gold}: an id, a list of ids or {ANY!r} is expected")
    return tuple(listed)
