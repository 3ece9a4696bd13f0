"""Parts of the written training texts, so that something may learn from what another has not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.errors import EvaluationError
from index.training.written import WrittenDocument

WHOLE = "1/1"


def of_part(documents: Sequence[WrittenDocument], part: str) -> tuple[WrittenDocument, ...]:
    """The documents of part ``k/n``: every nth file from the kth.

    Documents of one file stay together, because their writer knew them all. Raises
    ``EvaluationError`` for anything but k/n with 1 <= k <= n.
    """
    match = re.fullmatch(r"(\d{1,3})/(\d{1,3})", part)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise EvaluationError(f"part {part!r} is not of the form 1/2, with 1 <= k <= n")
    batches = sorted({document.batch for document in documents})
    kept = set(batches[int(match[1]) - 1 :: int(match[2])])
    return tuple(document for document in documents if document.batch in kept)
