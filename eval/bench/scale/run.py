"""Everything measured of one folder of statutes, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import BuildReport, build_corpus
from eval.bench.peers.choose import TUTORIAL
from eval.bench.scale.articles import article_questions, units_of
from eval.bench.scale.hits import Figures, ask, dense_recall, exact_article_first, ranker
from eval.bench.scale.kiwi import WORKERS, kiwi_seconds, texts_to_analyse
from eval.bench.scale.peers import measure_peers
from eval.bench.scale.process import Measured, run_apart
from index.opening import open_index
from index.search import SearchIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure: how many questions, which sample of texts Kiwi gets, peers or not."""

    questions: int = 200
    kiwi_sample: float = 1.0
    seed: int = 0
    peers: bool = True


Result = dict[str, object]


def measure_scale(folder: Path, settings: Settings, *, plan: Plan) -> Iterator[Result]:
    """The figures by name, ours first and then with those of the peers.

    See ``_built`` and ``_compared``. Builds into ``settings.data``. Raises ``BenchmarkError``.
    """
    built = run_apart(build_quietly, folder, settings)
    index = open_index(settings.data)
    index.warm()  # as the server does
    kiwi = _kiwi(index, plan=plan)
    units = units_of(index.documents.values())
    questions = article_questions(index.documents.values(), count=plan.questions, seed=plan.seed)
    ours = ask(questions, ranker(index, units.unit_of))
    result: Result = {
        "folder": folder.resolve().name,
        "seed": plan.seed,
        "documents": built.result.documents,
        "sections": built.result.sections,
        "passages": built.result.passages,
        "articles": len(units.entries),
        "build": _built(built, kiwi=kiwi, plan=plan),
        "policy-qa": asdict(ours),
        "dense_recall@10": dense_recall(index, [question.text for question in questions]),
        "exact_article_first": exact_article_first(index),
    }
    del index  # the peers need the memory
    yield result
    if plan.peers:
        peers = run_apart(
            measure_peers,
            units.entries,
            questions,
            cache=settings.data,
            embedding=settings.embedding,
        )
        yield result | _compared(peers, ours)


def build_quietly(folder: Path, settings: Settings) -> BuildReport:
    """Build an index of the folder; runs in a process of its own."""
    return build_corpus(corpus=folder, settings=settings, progress=lambda *_: None)


def _kiwi(index: SearchIndex, *, plan: Plan) -> float:
    texts, multiple = texts_to_analyse(index.passages, share=plan.kiwi_sample, seed=plan.seed)
    return multiple * kiwi_seconds(texts, user_words=index.segmenter.user_words)


def _built(built: Measured[BuildReport], *, kiwi: float, plan: Plan) -> Result:
    """Seconds, peak memory and how often the build takes what Kiwi alone takes."""
    return {
        "seconds": round(built.seconds, 1),
        "peak_mib": round(built.peak_mib),
        "kiwi_seconds": round(kiwi, 1),
        "kiwi_processes": WORKERS,
        "kiwi_sample": plan.kiwi_sample,
        "ratio_to_kiwi": round(built.seconds / kiwi, 2),
    }


def _compared(peers: Measured[Mapping[str, Figures]], ours: Figures) -> Result:
    """The peers' figures, the memory all of them took, our throughput over the tutorial's."""
    tutorial = peers.result[TUTORIAL].queries_per_s
    return {
        "peers": {name: asdict(figures) for name, figures in peers.result.items()},
        "peers_peak_mib": round(peers.peak_mib),
        "throughput_over_tutorial": round(ours.queries_per_s / tutorial, 1),
    }
