"""Selects which evidence a reply states: the best, and what adds to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.claims import Claim
from assistant.compose import Composer
from assistant.evidence import is_heading
from assistant.lists import list_opened_by
from assistant.question import QuestionAnalysis
from assistant.ranking import Ranked, term_shares
from corpus.model import ItemKind

_MAX_CLAIMS = 3
_MAX_CHARS = 330
_TELLING = 28
_NEAR = 0.72
_ELSEWHERE = 0.85
_ADDS = 0.1


def select(
    ranked: Sequence[Ranked], *, composer: Composer, analysis: QuestionAnalysis
) -> tuple[Claim, ...]:
    """The claims of a reply, best first: at most three quotes, about 330 characters."""
    if composer.wants_list:
        whole = composer.list_claim(ranked)
        if whole is not None:
            return (whole,)
    ranked = _without_bare_heading(ranked)
    chosen = [ranked[0]]
    claims = [composer.claim(ranked[0]), *_footnotes(ranked, composer=composer)]
    for other in ranked[1:12]:
        if len(claims) == _MAX_CLAIMS or claims[0].lines:
            break
        if is_heading(other.evidence):
            continue
        if other.score < _NEAR * ranked[0].score and not _covers_more(other, chosen, analysis):
            continue
        if any(claim.evidence.key == other.evidence.key for claim in claims):
            continue
        if any(_repeats(other, before) for before in chosen):
            continue
        if _is_out_of_place(other, ranked[0], analysis):
            continue
        if _drops_words(other, ranked[0]) and not _covers_more(other, chosen, analysis):
            continue
        claim = composer.claim(other)
        if sum(len(c.text) for c in claims) + len(claim.text) > _MAX_CHARS or claim.lines:
            continue
        chosen.append(other)
        claims.append(claim)
    return tuple(claims)


def _without_bare_heading(ranked: Sequence[Ranked]) -> Sequence[Ranked]:
    """A heading that opens no list is answered by the best of what stands below it."""
    top = ranked[0].evidence
    if top.item.kind is not ItemKind.HEADING or list_opened_by(top) is not None:
        return ranked
    if len(top.text) >= _TELLING:
        return ranked
    below = [r for r in ranked[1:] if r.evidence.section is top.section]
    rest = [r for r in ranked[1:] if r.evidence.section is not top.section]
    return [*below, *rest] or ranked


def _footnotes(ranked: Sequence[Ranked], *, composer: Composer) -> list[Claim]:
    """The note a starred word of the best evidence refers to, where the details are asked."""
    top = ranked[0].evidence
    if "*" not in top.text or not composer.wants_details:
        return []
    notes = [
        r
        for r in ranked[1:]
        if r.evidence.item.kind is ItemKind.NOTE
        and r.evidence.item.parent == top.item.ordinal
        and r.evidence.document is top.document
    ]
    return [composer.claim(note) for note in notes[:1]]


def _covers_more(other: Ranked, chosen: Sequence[Ranked], analysis: QuestionAnalysis) -> bool:
    """Whether evidence meets words of the question that the chosen ones leave open."""
    shares = term_shares(analysis)
    have = np.max([ranked.match.own for ranked in chosen], axis=0)
    gain = float(shares @ np.maximum(other.match.own - have, 0))
    return gain >= _ADDS and other.score >= 0.6 * chosen[0].score


def _is_out_of_place(other: Ranked, top: Ranked, analysis: QuestionAnalysis) -> bool:
    """A contact nobody asked for, another row than the one named, a weak hit elsewhere."""
    if _names_a_contact(other) and not {"contact", "who"} & set(analysis.types):
        return True
    if _is_another_row(other, top, analysis):
        return True
    elsewhere = other.evidence.document is not top.evidence.document
    return elsewhere and other.score < _ELSEWHERE * top.score


def _names_a_contact(other: Ranked) -> bool:
    """Whether evidence is a row of the contact block, which answers no other question."""
    evidence = other.evidence
    return bool(evidence.item.cells) and any(
        contact.start < evidence.end and evidence.start < contact.end
        for contact in evidence.document.contacts
    )


def _is_another_row(other: Ranked, top: Ranked, analysis: QuestionAnalysis) -> bool:
    """Whether the question names the best row of a table by its key, and not this one."""
    mine, best = other.evidence, top.evidence
    if not (mine.item.cells and best.item.cells):
        return False
    if _plain(mine.headers) != _plain(best.headers):
        return False
    asked = "".join(analysis.repaired.lower().split())
    keys = ["".join(e.item.cells[0].text.lower().split()) for e in (mine, best)]
    return keys[1] in asked and keys[0] not in asked


def _plain(headers: str) -> str:
    """Headers as the same table printed twice shares them, whatever its quote marks."""
    return "".join(char for char in headers if char.isalnum())


def _drops_words(other: Ranked, top: Ranked) -> bool:
    """Whether a row lacks a word of the question that another row of its table states."""
    mine, best = other.evidence, top.evidence
    if not mine.item.cells or mine.section is not best.section:
        return False
    return bool(np.any(top.match.own - other.match.own > 0.5))


def _repeats(other: Ranked, before: Ranked) -> bool:
    """Whether evidence says what is already chosen: another print of the same page."""
    mine, theirs = other.evidence.levels[0].terms, before.evidence.levels[0].terms
    smaller = min(len(mine), len(theirs))
    return bool(smaller) and len(mine & theirs) / smaller > 0.8
