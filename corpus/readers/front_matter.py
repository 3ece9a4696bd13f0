"""The YAML head between two --- lines at the top of a text file."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from corpus.errors import UnreadableFile

_HEAD = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
# A value this long is prose that a reader of the page sees (an excerpt), not an attribute.
_PROSE_LENGTH = 40
# PyYAML lets the errors of its converters through: "2026-13-45" is a ValueError, "!!bool x" a
# KeyError, "!!timestamp x" an AttributeError; nesting without end is a RecursionError.
_BROKEN = (yaml.YAMLError, ValueError, KeyError, AttributeError, OverflowError, RecursionError)


def split_head(text: str, *, name: str) -> tuple[Mapping[str, object], str]:
    """Return the head as a mapping and the rest of the text; raise ``UnreadableFile``."""
    match = _HEAD.match(text)
    if match is None:
        return {}, text
    try:
        head = yaml.safe_load(match.group(1))
    except _BROKEN as error:
        raise UnreadableFile(f"{name}: the head between --- lines is not YAML: {error}") from error
    if not isinstance(head, dict):
        return {}, text
    return {str(key): value for key, value in head.items()}, text[match.end() :]


def prose_of(head: Mapping[str, object]) -> tuple[str, ...]:
    """The head's own prose (excerpt, summary), each text once and without what repeats it."""
    kept: list[str] = []
    for key, value in head.items():
        if key in {"title", "source_title"} or not isinstance(value, str):
            continue
        for line in value.splitlines():
            text = line.strip().lstrip("#").strip()
            if len(text) >= _PROSE_LENGTH and " " in text and text not in kept:
                kept.append(text)
    return tuple(kept)
