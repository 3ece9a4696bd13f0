"""Counts requests and answers and writes them as Prometheus text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """A small registry: requests, answers by outcome, how long an answer takes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._answers: Counter[str] = Counter()
        self._buckets = [0] * len(BUCKETS)
        self._seconds = 0.0
        self._timed = 0

    def count_request(self, *, method: str, path: str, status: int) -> None:
        """One response; ``path`` is the route's template, so that labels stay few."""
        with self._lock:
            self._requests[method, path, status] += 1

    def count_answer(self, outcome: str, *, seconds: float) -> None:
        """One answer, or "error" where answering failed."""
        with self._lock:
            self._answers[outcome] += 1
            self._seconds += seconds
            self._timed += 1
            for i, bound in enumerate(BUCKETS):
                self._buckets[i] += seconds <= bound

    def render(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """Everything as Prometheus text; ``gauges`` maps a name to its help and value."""
        with self._lock:
            lines = [*self._request_lines(), *self._answer_lines(), *self._time_lines()]
        for name, (help_text, value) in gauges.items():
            lines += [*_head(name, help_text, "gauge"), f"{name} {value:g}"]
        return "\n".join(lines) + "\n"

    def _request_lines(self) -> Iterable[str]:
        name = "policy_qa_http_requests_total"
        yield from _head(name, "HTTP responses by method, route and status.", "counter")
        for (method, path, status), count in sorted(self._requests.items()):
            labels = f'method="{_escape(method)}",path="{_escape(path)}",status="{status}"'
            yield f"{name}{{{labels}}} {count}"

    def _answer_lines(self) -> Iterable[str]:
        name = "policy_qa_answers_total"
        yield from _head(name, "Answers by outcome.", "counter")
        for outcome, count in sorted(self._answers.items()):
            yield f'{name}{{status="{_escape(outcome)}"}} {count}'

    def _time_lines(self) -> Iterable[str]:
        name = "policy_qa_answer_seconds"
        yield from _head(name, "Seconds an answer took.", "histogram")
        for bound, count in zip(BUCKETS, self._buckets, strict=True):
            yield f'{name}_bucket{{le="{bound:g}"}} {count}'
        yield f'{name}_bucket{{le="+Inf"}} {self._timed}'
        yield f"{name}_sum {self._seconds:.6f}"
        yield f"{name}_count {self._timed}"


def _head(name: str, help_text: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {help_text}", f"# TYPE {name} {kind}"


def _escape(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
