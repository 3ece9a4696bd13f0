"""The fixed wording of replies, kept in ``prompts/replies.yaml``."""

from __future__ import annotations

import string
from collections.abc import Mapping

from assistant.errors import ConfigurationError
from prompts.loader import load_yaml


class Replies:
    """Templates by name; missing or unknown variables are refused."""

    def __init__(self, templates: Mapping[str, object]) -> None:
        self._templates = {name: str(text).strip() for name, text in templates.items()}

    def render(self, name: str, **variables: str) -> str:
        """One reply; raise ``ConfigurationError`` where the name or a variable does not fit."""
        template = self._templates.get(name)
        if template is None:
            raise ConfigurationError(f"prompts/replies.yaml has no reply named {name!r}; add it")
        wanted = {field for _, field, _, _ in string.Formatter().parse(template) if field}
        if wanted != variables.keys():
            raise ConfigurationError(
                f"reply {name!r} wants {sorted(wanted)}, was given {sorted(variables)}"
            )
        return template.format(**variables)


def load_replies() -> Replies:
    """The bundled replies."""
    return Replies(load_yaml("replies.yaml"))
