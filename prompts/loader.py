"""Loads the data files of this package."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

import yaml


def load_yaml(name: str) -> Mapping[str, object]:
    """A YAML file of this package as a mapping; raise ``ValueError`` if it is another thing."""
    loaded = yaml.safe_load(resources.files("prompts").joinpath(name).read_text("utf-8"))
    if not isinstance(loaded, dict):
        message = f"prompts/{name} must be a mapping"
        raise ValueError(message)  # noqa: TRY004
    return loaded
