"""Runs engines over collections and puts their scores side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from eval.bench.beir import Collection
from eval.bench.measure import Engine, Step, measure

Scores = dict[str, dict[str, float]]

_RATES = ("recall@1", "recall@5", "mrr@10", "ndcg@10")
_TIMES = ("build_s", "query_ms_p50", "query_ms_p95")
_NAMES = {
    "recall@1": "r@1",
    "recall@5": "r@5",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
    "build_s": "build s",
    "query_ms_p50": "p50 ms",
    "query_ms_p95": "p95 ms",
}
OURS = "policy-qa"
_COMMAND = "policy-qa bench table --beir DIR --beir DIR ... --out DIR"


def score_peers(
    collections: Sequence[Collection],
    peers: Mapping[str, Callable[[], Engine]],
    *,
    progress: Step,
) -> dict[str, Scores]:
    """The scores of each peer by collection, as ``measure`` gives them."""
    return {
        name: {each.name: measure(each, make(), progress=progress) for each in collections}
        for name, make in peers.items()
    }


def markdown(ours: Scores, peers: Mapping[str, Scores]) -> str:
    """One table a collection: our scores, the peers' and, for times, theirs as shares of ours."""
    parts = [
        "# Retrieval beside peers",
        f"Written by `{_COMMAND}`. All engines ran in one process, one after another, with the same"
        " collections; times compare within one table only. In brackets: the engine's time as a"
        " multiple of ours.",
        "\n".join(f"- **{name}**: {_ABOUT[name]}" for name in (OURS, *peers) if name in _ABOUT),
    ]
    parts.extend(_section(name, ours[name], peers) for name in ours)
    return "\n\n".join(part for part in parts if part) + "\n"


_ABOUT = {
    OURS: "the index of this repository: words, character pairs and vectors, ordered by a network.",
    "whitespace BM25": "bm25s over the words between spaces.",
    "tutorial hybrid": "rank_bm25's BM25Okapi over all Kiwi forms and a flat L2 FAISS index over"
    " our word vectors (no hosted model), 20 of each, fused by reciprocal rank (c 60, weights"
    " 0.5) like LangChain's EnsembleRetriever.",
    "morpheme BM25": "bm25s over lower-cased Kiwi content morphemes with their two-letter tag.",
}


def _section(name: str, ours: Mapping[str, float], peers: Mapping[str, Scores]) -> str:
    figures = (*_RATES, *_TIMES)
    rows = [
        f"## {name}",
        "",
        "| engine | " + " | ".join(_NAMES[figure] for figure in figures) + " |",
        "|---|" + "---:|" * len(figures),
        _row(OURS, ours, ours),
    ]
    rows.extend(_row(peer, scores[name], ours) for peer, scores in peers.items())
    return "\n".join(rows)


def _row(engine: str, scores: Mapping[str, float], ours: Mapping[str, float]) -> str:
    cells = [f"{scores[figure]:.3f}" for figure in _RATES]
    for figure in _TIMES:
        own = ours[figure]
        ratio = f" ({scores[figure] / own:.2f})" if scores is not ours and own else ""
        cells.append(f"{scores[figure]:.2f}{ratio}")
    return f"| {engine} | " + " | ".join(cells) + " |"
