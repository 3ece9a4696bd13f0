"""Korean surface forms: particles that agree with the word before, polite sentence ends."""

from __future__ import annotations

import re

_BASE = 0xAC00
_FINALS = 28
_NIEUN, _BIEUP, _SSANGSIOT, _RIEUL = 4, 17, 20, 8
_DIGIT_FINALS = {"0": 21, "1": 8, "2": 0, "3": 16, "4": 0, "5": 0, "6": 1, "7": 8, "8": 8, "9": 0}
_LETTER_FINALS = {"l": 8, "m": 16, "n": 4, "r": 8, "L": 8, "M": 16, "N": 4, "R": 8}
_PAIRS = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이라고": "라고"}
_TRAILING = re.compile(r"[\s)\]}”’\"'」』》>]+$|\([^()]*\)\s*$")
_LEADING = re.compile(
    r"^(?:[-–—□■◇◆☐☑✓✔○●◦◎ㅇ·•▪▫∙‧ㆍ▶►➡⇒→※]|\*{1,3}(?=[\s(\[가-힣A-Z'‘\"“①-⑳])|[①-⑳](?=\s))\s*"
)
_CIRCLED = re.compile(r"[①-⑳]")
# "① … ② …": the first number belongs to the enumeration.
_ENUMERATION = re.compile(_LEADING.pattern.replace("|[①-⑳](?=\\s)", ""))
_FOOTNOTE = re.compile(r"(?<=[가-힣A-Za-z0-9)\]'’”」%])\*{1,3}(?!\*)")


def with_particle(word: str, particle: str) -> str:
    """The word with the form of a particle that agrees (은/는 …); ``particle`` is the first."""
    return word + (particle if _needs_first(word, particle) else _PAIRS[particle])


def polite(sentence: str) -> str:
    """A plain-style sentence ("…한다.") in the formal polite style ("…합니다.")."""
    match = re.search(r"([가-힣])다([.”’\"')\]]*)$", sentence)
    if match is None:
        return sentence
    head, last, tail = sentence[: match.start()], match.group(1), match.group(2)
    return head + _polite_end(head, last) + (tail or ".")


def strip_marks(text: str) -> str:
    """An item's text without its opening markers, footnote stars and line breaks."""
    text = " ".join(text.split())
    before = ""
    opening = _ENUMERATION if len(_CIRCLED.findall(text)) > 1 else _LEADING
    while before != text:
        before = text
        text = opening.sub("", text).strip() or text
    return _FOOTNOTE.sub("", text)


def _polite_end(head: str, last: str) -> str:
    final = _final(last)
    if last == "니" and head and _final(head[-1]) == _BIEUP:
        return last + "다"
    if last == "는" and head and _final(head[-1]) > 0:
        return "습니다"
    if final == _NIEUN:
        return chr(ord(last) - _NIEUN + _BIEUP) + "니다"
    if final > 0:
        return last + "습니다"
    return chr(ord(last) + _BIEUP) + "니다"


def _needs_first(word: str, particle: str) -> bool:
    core = word
    while _TRAILING.search(core) and _TRAILING.sub("", core):
        core = _TRAILING.sub("", core)
    last = core[-1:] or "가"
    final = (
        _final(last)
        if "가" <= last <= "힣"
        else _DIGIT_FINALS.get(last, _LETTER_FINALS.get(last, 0))
    )
    return final > 0 and not (particle == "으로" and final == _RIEUL)


def _final(char: str) -> int:
    return (ord(char) - _BASE) % _FINALS if "가" <= char <= "힣" else 0
