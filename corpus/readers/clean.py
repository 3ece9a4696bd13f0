"""Removes what is not text: control and zero-width characters, stray tags, bold marks."""

from __future__ import annotations

import re
import unicodedata

from corpus.errors import UnreadableFile

_ENCODINGS = ("utf-8-sig", "cp949")
# Deliberately only names of HTML: official Korean text uses <안건 1> and < 추진 방향 > as headings.
_STRAY_TAG = re.compile(
    r"</?(?:ul|ol|li|p|br|sup|sub|b|i|u|strong|em|span|div|font|img|hr|a|math|small)"
    r"(?:\s[^<>\n]*)?/?>",
    re.IGNORECASE,
)
_LIST_START = re.compile(r"<(?:li|br)(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?=\S)((?:[^*\n]|\*(?!\*)){1,200}?)(?<=\S)\*\*(?!\*)")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]+)\)")
_KEPT_CONTROLS = {"\n", "\t"}


def decode(raw: bytes, *, name: str) -> str:
    """Decode UTF-8, UTF-16 (by its byte order mark) or CP949; raise ``UnreadableFile``."""
    if not raw.strip():
        raise UnreadableFile(f"{name}: the file is empty; remove it or put its text in")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    if b"\x00" in raw[:4096]:
        raise UnreadableFile(f"{name}: binary data, not text; convert it to UTF-8 text first")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"{name}: neither UTF-8, UTF-16 nor CP949; save it as UTF-8")


def normalise(text: str) -> str:
    """Unify line ends and blanks, drop control, zero-width and private-use characters (NFC)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = text.replace("\u00a0", " ").replace("\u3000", " ")
    return unicodedata.normalize("NFC", "".join(c for c in text if _kept(c)))


def strip_markup(line: str) -> str:
    """Remove stray inline HTML tags and bold marks from one line."""
    line = _LIST_START.sub(" ", line)
    line = _STRAY_TAG.sub("", line)
    return _BOLD.sub(_unbold, line)


def _unbold(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1] if match.start() else " "
    # "붙임1**제7회 회의 개요**": the bold was the only thing that parted the words.
    return (" " if before.isalnum() else "") + match.group(1)


def strip_links(line: str) -> str:
    """Replace Markdown links and images by their text."""
    return _LINK.sub(r"\1", line)


def _kept(character: str) -> bool:
    if "\ufe00" <= character <= "\ufe0f":
        return False
    if character in _KEPT_CONTROLS:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
