"""Asks fuzz questions of search and of the chat pipeline; counts failures, keeps the slowest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.errors import QuestionError
from assistant.intake import read_question
from assistant.model import Question
from assistant.ports import Answering
from eval.bench.fuzz.queries import LONGEST, FuzzQuery

LIMIT_MS = 250.0
Ask = Callable[[str], object]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked of one target: how long it took, and the error it raised."""

    query: FuzzQuery
    target: str
    ms: float
    error: str = ""

    def __str__(self) -> str:
        what = self.error or f"{self.ms:.0f} ms"
        return f"question {self.query.number} ({self.query.kind}) to {self.target}: {what}"


@dataclass(frozen=True, slots=True)
class FuzzReport:
    """What a run found: questions asked by target, failures, the slowest, those over the limit."""

    asked: Mapping[str, int]
    failed: tuple[Asked, ...]
    slowest: Mapping[str, Asked]
    slow: tuple[Asked, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing raised and nothing was over the limit."""
        return not self.failed and not self.slow


def ask_pipeline(answering: Answering, text: str) -> object:
    """A question as the surfaces take it up; one they refuse with a reason is answered."""
    try:
        words = read_question(text, limit=LONGEST)
    except QuestionError as refusal:
        return refusal
    return answering.answer(Question(text=words))


def run_fuzz(
    queries: Iterable[FuzzQuery],
    targets: Mapping[str, tuple[Ask, float]],
    *,
    limit_ms: float = LIMIT_MS,
    on_asked: Callable[[int], None] | None = None,
    clock: Clock = time.perf_counter,
) -> FuzzReport:
    """Ask every question of the targets; one with a share of 0.1 gets every tenth.

    What took longer than ``limit_ms`` is asked again at the end, when the analysis of it is no
    longer cached, and the shorter time counts: a pause of the machine is no slow question.
    """
    counts = dict.fromkeys(targets, 0)
    failed: list[Asked] = []
    slow: list[Asked] = []
    slowest: dict[str, Asked] = {}
    for done, query in enumerate(queries, 1):
        for name, (ask, share) in targets.items():
            if int(done * share) == int((done - 1) * share):
                continue
            counts[name] += 1
            asked = _ask(query, name, ask, clock=clock)
            if asked.error:
                failed.append(asked)
            elif asked.ms > limit_ms:
                slow.append(asked)
            else:
                _keep(slowest, asked)
        if on_asked is not None:
            on_asked(done)
    again = [_ask_again(asked, targets[asked.target][0], clock=clock) for asked in slow]
    for asked in again:
        _keep(slowest, asked)
    return FuzzReport(
        asked=counts,
        failed=tuple(failed),
        slowest=slowest,
        slow=tuple(asked for asked in again if asked.ms > limit_ms),
    )


def _ask(query: FuzzQuery, target: str, ask: Ask, *, clock: Clock) -> Asked:
    error = ""
    started = clock()
    try:
        ask(query.text)
    except Exception as raised:  # noqa: BLE001 - any error is what is looked for
        error = f"{type(raised).__name__}: {raised}"
    return Asked(query, target, (clock() - started) * 1000, error)


def _ask_again(asked: Asked, ask: Ask, *, clock: Clock) -> Asked:
    again = _ask(asked.query, asked.target, ask, clock=clock)
    return replace(again, ms=min(again.ms, asked.ms))


def _keep(slowest: dict[str, Asked], asked: Asked) -> None:
    known = slowest.get(asked.target)
    if known is None or asked.ms > known.ms:
        slowest[asked.target] = asked


def texts_of(bodies: Sequence[str], *, most: int = 2000) -> tuple[str, ...]:
    """Texts to slice: evenly spread, at most ``most`` of them, none blank."""
    filled = [body for body in bodies if body.strip()]
    step = max(1, len(filled) // most)
    return tuple(filled[::step][:most])
