"""Judges single lines of official prose: sentence ends, open ends, captions, short headings."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(
    r"(?:(?:(?<![바마])다|[세에예어아해까나가지네군데래]요|[니을할될볼일갈]까|죠)[”’\"']*"
    r"|[음함됨임것등]\.|[.!?。][”’\"']*|\)\.)\s*$"
)
_OPEN_END = re.compile(
    r"(?:[,·]|(?:^|\s)(?:및|등|또는|혹은|그리고|대한|위한|위해|따른|통한|관련|대상|中|內|下|의)"
    r"|하는|되는|있는|없는|하고|하며|되어|하여|에서|으로|에게|부터|[가-힣](?:을|를|은|는|와|과|의|에))\s*$"
)
_ENCLOSED = re.compile(r"^(?:【.*】|《.*》|<\s?.*>|〈.*〉|\[[^\]]*\]|≪.*≫)\s*(?:\([^)]*\))?$")
_UNIT = re.compile(r"^[(\[<【]?\s*(?:단위|출처|자료)\s*[:：]")
_DATE_LINE = re.compile(r"^\(?\s*['’‘]?\d{2,4}\s*[.년-]\s*\d{1,2}\s*[.월-]\s*\d{0,2}")
MAX_HEADING = 48


def ends_sentence(text: str) -> bool:
    """Whether a line ends a Korean sentence (…다. …요. …함.)."""
    return bool(_SENTENCE_END.search(text))


def stays_open(text: str) -> bool:
    """Whether a line stops inside a phrase, so that the next line continues it."""
    return bool(_OPEN_END.search(text)) and not ends_sentence(text)


def is_enclosed(text: str) -> bool:
    """Whether a whole line stands in title brackets: 【 … 】, 《 … 》, < … >, [ … ]."""
    return bool(_ENCLOSED.match(text))


def is_unit(text: str) -> bool:
    """Whether a line states a table's unit or source ("단위: 억원")."""
    return bool(_UNIT.match(text))


def is_date_line(text: str) -> bool:
    """Whether a line opens with a calendar date."""
    return bool(_DATE_LINE.match(text))


def reads_as_heading(text: str) -> bool:
    """Whether a line without a marker is short and unfinished enough to be a heading."""
    if len(text) > MAX_HEADING or len(text) < 2 or ends_sentence(text) or stays_open(text):
        return False
    if is_unit(text) or is_date_line(text) or text[0] in '“"(→….' or text[-1] in ",;:”":
        return False
    letters = sum(1 for char in text if char.isalpha())
    return letters >= 2 and letters >= len(text) / 3
