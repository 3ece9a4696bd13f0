"""The Korean words of the surfaces, kept in ``prompts/surface.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from assistant.errors import AssistantError
from prompts.loader import load_yaml


@cache
def wording() -> Mapping[str, object]:
    """The whole file, read once."""
    return load_yaml("surface.yaml")


def say(path: str, **values: str | int) -> str:
    """The text at a dotted path with its ``{placeholders}`` filled; raise ``KeyError``."""
    node: object = wording()
    for part in path.split("."):
        if not isinstance(node, Mapping):
            raise KeyError(path)
        node = node[part]
    if not isinstance(node, str):
        raise KeyError(path)
    return node.format(**values)


def group(path: str) -> dict[str, str]:
    """All texts under a top-level key, for a template."""
    node = wording()[path]
    if not isinstance(node, Mapping):
        raise KeyError(path)
    return {str(key): str(value) for key, value in node.items()}


def explain(error: AssistantError) -> tuple[str, str]:
    """Title and detail of an error in Korean; the detail says what to do."""
    values = error.values
    return say(f"problems.{error.key}.title"), say(f"problems.{error.key}.detail", **values)
