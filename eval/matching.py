"""Whether a text says a thing: comparison that forgives spelling but not numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

_SAME = str.maketrans(
    {
        **dict.fromkeys("’‘′＇`´", "'"),
        **dict.fromkeys("“”″＂", '"'),
        **dict.fromkeys("‧・･•ㆍᆞ⋅∙", "·"),
        **dict.fromkeys("∼～〜", "~"),
        **dict.fromkeys("‐‑‒–—−－", "-"),
        "％": "%",
        "，": ",",
        "㎞": "km",
        "\u200b": "",
        "\ufeff": "",
    }
)
_GROUPED = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,]*\d)")
# "2026.5.18", "'24.12" and "2026.5" are dates whose parts stand alone; "81.7" is one number.
_DATE = re.compile(
    r"\d+(?:\.\d+){2,}|(?<=')\d{2}\.\d{1,2}(?!\d)|(?<![\d.])(?:19|20)\d{2}\.\d{1,2}(?![\d.])"
)
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text with one kind of quote, dot, dash and letter case, and numbers without commas."""
    text = unicodedata.normalize("NFC", text).translate(_SAME).lower()
    text = _GROUPED.sub(lambda match: match[0].replace(",", ""), text)
    return _DATE.sub(lambda match: match[0].replace(".", ". "), text)


def squash(text: str) -> str:
    """The folded text without white space."""
    return _SPACE.sub("", fold(text))


def contains(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text, white space aside and never inside a longer number."""
    return _pattern(phrase).search(fold(text)) is not None


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    letters = _SPACE.sub(" ", fold(phrase)).strip()
    if not letters:
        raise ValueError("an empty phrase stands in every text")
    body = re.escape(letters[0])
    for before, between, after in _neighbours(letters):
        # Without white space two numbers would become one, and one number two.
        numbers = _is_digit(before) and _is_digit(after)
        body += (between and r"\s+" if numbers else r"\s*") + re.escape(after)
    left = r"(?<!\d)(?<!\d\.)" if _is_digit(letters[0]) else ""
    right = r"(?!\d)(?!\.\d)" if _is_digit(letters[-1]) else ""
    return re.compile(left + body + right)


def _neighbours(letters: str) -> Iterator[tuple[str, str, str]]:
    """Each letter, the space after it if there is one, and the next letter."""
    for words in pairwise(re.findall(r"(\S)( ?)", letters)):
        (before, between), (after, _) = words
        yield before, between, after


def _is_digit(letter: str) -> bool:
    return letter.isdecimal()
