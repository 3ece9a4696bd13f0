"""The words of a pasted letter that say most; a question in one sentence keeps them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def telling(
    weights: Mapping[str, float], *, stands: Callable[[str], bool], most: int
) -> frozenset[str]:
    """The ``most`` heaviest terms; those that stand nowhere get half of the places at most.

    What stands nowhere is rarest and finds nothing, but says that something is not there.
    """
    if len(weights) <= most:
        return frozenset(weights)
    ordered = sorted(weights, key=lambda term: (-weights[term], term))
    known = [term for term in ordered if stands(term)]
    unknown = [term for term in ordered if term not in set(known)]
    places = most - min(len(unknown), most // 2)
    kept = known[:places]
    return frozenset((*kept, *unknown[: most - len(kept)]))
