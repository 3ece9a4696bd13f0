"""Errors of reading a corpus.

CorpusError
├── CorpusMissing      the folder is not there or holds no readable document
├── UnsupportedFormat  no reader takes this kind of file
├── UnreadableFile     the file cannot be read as what it claims to be
└── LexiconError       a line of the policy lexicon is malformed
"""

from __future__ import annotations


class CorpusError(Exception):
    """A corpus cannot be read; the message says which file and what to do."""


class CorpusMissing(CorpusError):
    """The corpus folder does not exist or holds no readable document."""


class UnsupportedFormat(CorpusError):
    """No reader takes this kind of file."""


class UnreadableFile(CorpusError):
    """A file is empty, undecodable, too large or not what its name says."""


class LexiconError(CorpusError):
    """A line of the policy lexicon does not have its columns."""
