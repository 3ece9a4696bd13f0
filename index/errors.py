"""Errors of building, opening and searching an index.

RetrievalError
├── IndexMissing          no generation has been built yet, or none to roll back to
├── IndexUnreadable       a generation's files are absent, damaged or of another format
├── BuildLocked           another build of the same data folder is running
├── BuildInterrupted      a process that segments documents ended too early
├── EmptyCorpus           there is nothing to index
├── EmbeddingUnavailable  the embedding model cannot be opened
├── RerankerUnavailable   the reranker cannot be opened, or fails to score
├── TrainingTextInvalid   a training text is not of the form it must have
└── AdaptationImpossible  too few reviewed questions, or they contradict older ones
"""

from __future__ import annotations


class RetrievalError(Exception):
    """The index cannot be built or used; the message says what to do."""


class IndexMissing(RetrievalError):
    """No generation has been built yet, or there is none to roll back to."""


class IndexUnreadable(RetrievalError):
    """A generation's files are absent, damaged or of another format."""


class BuildLocked(RetrievalError):
    """Another build of the same data folder is running."""


class BuildInterrupted(RetrievalError):
    """A process that segments documents ended too early; what it finished is kept."""


class EmptyCorpus(RetrievalError):
    """There is no document, or no document holds any text."""


class EmbeddingUnavailable(RetrievalError):
    """The embedding model cannot be opened or answers with unusable vectors."""


class RerankerUnavailable(RetrievalError):
    """The reranker cannot be opened, or answers with unusable scores."""


class TrainingTextInvalid(RetrievalError):
    """A training text is not of the form it must have, or there is none."""


class AdaptationImpossible(RetrievalError):
    """The reviewed questions are too few, or fitting to them would harm other questions."""
