"""Claims: sentences of a reply, each with the evidence and the span it quotes."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a reply.

    ``text`` is what the asker reads, without its marker; ``start``/``end`` the span of the
    evidence's document that it quotes; ``short`` the short answer inside it, if there is one;
    ``lines`` the entries of a list, each of which carries the marker.
    """

    text: str
    evidence: Evidence
    start: int
    end: int
    short: str = ""
    lines: tuple[str, ...] = ()
