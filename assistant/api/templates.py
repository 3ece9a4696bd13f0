"""Renders the pages under ``assistant/web/source``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from assistant.surface import group

SOURCE = Path(str(resources.files("assistant"))) / "web" / "source"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(SOURCE),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = group("page")
    return environment


def render(
    name: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: object
) -> HTMLResponse:
    """A page with everything in it escaped; an unknown variable is an error."""
    body = _environment().get_template(name).render(**values)
    return HTMLResponse(body, status, headers={"Cache-Control": "no-cache", **(headers or {})})
