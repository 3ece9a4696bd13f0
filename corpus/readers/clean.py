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
# Between two words a block tag is all that parts them.
_PARTING_TAGS = re.compile(
    r"(?<=[^\s<>])(?:</?(?:p|div|ul|ol|li|hr)(?:\s[^<>\n]*)?/?>)+(?=[^\s<>])", re.IGNORECASE
)
_LIST_START = re.compile(r"<(?:li|br)(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?=\S)((?:[^*\n]|\*(?!\*)){1,200}?)(?<=\S)\*\*(?!\*)")
# A target is an address or a file: "[별지 1](시행규칙)" is text, not a link.
_LINK = re.compile(
    r"!?\[([^\[\]\n]*)\]\((?:(?:[a-z][a-z+.-]*:|\.{0,2}/|#)[^()\s]*|[!-'*-~]*[./][!-'*-~]*)\)",
    re.IGNORECASE,
)
_KEPT_CONTROLS = {"\n", "\t"}
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n\t]")


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
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text))
    dropped = {ord(c): None for c in set(text) if not _kept(c)}
    return unicodedata.normalize("NFC", text.translate(dropped) if dropped else text)


def strip_markup(line: str) -> str:
    """Remove stray inline HTML tags and bold marks from one line."""
    line = _LIST_START.sub(" ", _PARTING_TAGS.sub(" ", line))
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
