"""GET /docs: the OpenAPI description as a page that needs no script and no network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.api.templates import render
from assistant.surface import group

router = APIRouter(include_in_schema=False)
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body or a parameter."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    tag: str
    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    request: str
    responses: tuple[tuple[str, str], ...]
    reply: str


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Every operation with its fields and an example."""
    description: Schema = request.app.openapi()
    return render("docs.html", text=group("docs"), operations=list(_operations(description)))


def _operations(description: Schema) -> Iterator[Operation]:
    schemas: dict[str, Schema] = description["components"]["schemas"]
    for path, methods in description["paths"].items():
        for method, found in methods.items():
            content = found.get("requestBody", {}).get("content", {})
            body = _resolve(_schema(content), schemas)
            good = next(iter(found["responses"].values())).get("content", {})
            yield Operation(
                tag=found["tags"][0],
                method=method.upper(),
                path=path,
                summary=found["summary"],
                about=found.get("description", ""),
                parameters=tuple(_parameters(found)),
                body=tuple(_fields(body)),
                request=_example(body),
                responses=tuple((s, r["description"]) for s, r in found["responses"].items()),
                reply=_stream(good) or _example(_resolve(_schema(good), schemas)),
            )


def _schema(content: Schema) -> Schema:
    found: Schema = content.get("application/json", {}).get("schema", {})
    return found


def _stream(content: Schema) -> str:
    return str(content.get("text/event-stream", {}).get("example", ""))


def _resolve(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    reference = str(schema.get("$ref", ""))
    return schemas[reference.rpartition("/")[2]] if reference else schema


def _parameters(operation: Schema) -> Iterator[Field]:
    for one in operation.get("parameters", []):
        yield Field(one["name"], _kind(one["schema"]), bool(one.get("required")), one["in"])


def _fields(schema: Schema) -> Iterator[Field]:
    required = schema.get("required", [])
    for name, one in schema.get("properties", {}).items():
        yield Field(name, _kind(one), name in required, str(one.get("description", "")))


def _kind(schema: Schema) -> str:
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"array<{_kind(schema.get('items', {}))}>"
    return str(schema.get("type", "object"))


def _example(schema: Schema) -> str:
    examples = schema.get("examples")
    return json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else ""
