"""The accepted scores of public collections, and which of them have dropped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.bench.beir import Collection
from eval.errors import BenchmarkError
from eval.violation import Violation

EXPECTED = Path(__file__).parent / "expected.json"

# Half a point. Times are never checked: they tell more about the machine than about the program.
TOLERANCE = 0.005
CHECKED = ("recall@1", "recall@3", "recall@5", "recall@10", "mrr@10", "ndcg@10")

Scores = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The accepted scores of one collection and the digest of its content."""

    digest: str
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Expected:
    """Accepted scores by collection, how far one may drop, the command that made them."""

    command: str
    tolerance: float
    sets: Mapping[str, Accepted]


def digest_of(collection: Collection) -> str:
    """The SHA-256 of the texts, questions and judgements, in any order."""
    content = {
        "entries": sorted(
            (entry.entry_id, entry.title, entry.text) for entry in collection.entries
        ),
        "queries": dict(collection.queries),
        "relevance": {name: dict(found) for name, found in collection.relevance.items()},
    }
    text = json.dumps(content, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def dropped(expected: Expected, collections: Sequence[Collection], scores: Scores) -> list[str]:
    """One line for each score that is lower than accepted by more than the tolerance.

    Raises ``BenchmarkError`` where not one of the collections has accepted scores.
    """
    known = [each for each in collections if _is_known(expected, each)]
    if not known:
        raise BenchmarkError(
            "nothing to compare: no collection has accepted scores for its content; "
            "leave --check out, or store scores with --accept"
        )
    every = (
        Violation(each.name, figure, accepted, scores[each.name][figure], expected.tolerance)
        for each in known
        for figure, accepted in expected.sets[each.name].scores.items()
    )
    return [str(one) for one in every if one.is_worse()]


def unknown(expected: Expected, collections: Sequence[Collection]) -> list[str]:
    """The names of the collections that are not compared: not accepted, or changed since."""
    return [each.name for each in collections if not _is_known(expected, each)]


def accept(
    previous: Expected, collections: Sequence[Collection], scores: Scores, *, command: str
) -> Expected:
    """The accepted scores with those of these collections replaced."""
    found = {
        each.name: Accepted(
            digest=digest_of(each), scores={name: scores[each.name][name] for name in CHECKED}
        )
        for each in collections
    }
    return Expected(command=command, tolerance=previous.tolerance, sets={**previous.sets, **found})


def read_expected(path: Path) -> Expected:
    """Read accepted scores; none where there is no file, ``BenchmarkError`` where it is broken."""
    try:
        return TypeAdapter(Expected).validate_json(path.read_bytes())
    except FileNotFoundError:
        return Expected(command="", tolerance=TOLERANCE, sets={})
    except (OSError, ValidationError) as error:
        raise BenchmarkError(f"{path}: not accepted scores; write them with --accept") from error


def write_expected(expected: Expected, path: Path) -> None:
    """Write accepted scores, ordered by name so that a change is easy to read."""
    data = asdict(expected)
    data["sets"] = dict(sorted(data["sets"].items()))
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _is_known(expected: Expected, collection: Collection) -> bool:
    accepted = expected.sets.get(collection.name)
    return accepted is not None and accepted.digest == digest_of(collection)
