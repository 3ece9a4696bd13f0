"""Reads HTML pages: headings, paragraphs, lists and tables with merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.readers.base import ReadDocument
from corpus.readers.clean import decode, normalise
from corpus.readers.front_matter import prose_of, split_head
from corpus.readers.writer import TextWriter

# Controls go, a form's own text stays: some public sites wrap their whole page in one form.
_DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "iframe",
    "svg",
    "aside",
    "button",
    "select",
    "datalist",
    "textarea",
    "label",
    "legend",
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "body",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "header",
    "hr",
    "br",
    "address",
    "center",
    "li",
    "form",
    "fieldset",
    "details",
    "summary",
}
# Inside a cell or a heading these part words; other tags (b, span) do not.
_PARTING = _BLOCKS | _HEADINGS.keys() | {"table", "tr", "td", "th", "caption"}
_SPAN = re.compile(r"\s*([0-9]{1,4})\s*$")
_BLOCK_TAG = re.compile(r"<(?:p|div|h[1-6]|table|body|html|article)[\s>/]", re.IGNORECASE)
_MAX_SPAN = 100


def looks_like_html(text: str) -> bool:
    """Whether a text file's content is a page rather than text with a stray tag."""
    lines = sum(1 for line in text.splitlines() if line.strip())
    return len(_BLOCK_TAG.findall(text)) >= max(3, lines / 8)


class HtmlReader:
    """Reader of HTML pages; menus, footers, scripts and forms are left out."""

    suffixes = (".html", ".htm", ".xhtml")

    def read(self, raw: bytes, *, name: str) -> ReadDocument:
        """Read a page's bytes; raise ``UnreadableFile``."""
        head, body = split_head(normalise(decode(raw, name=name)), name=name)
        tree = LexborHTMLParser(body)
        title = tree.css_first("title")
        found = dict(head)
        if title is not None and title.text(strip=True):
            found.setdefault("title", _squeeze(title.text()))
        tree.strip_tags(list(_DROPPED))
        writer = TextWriter()
        for prose in prose_of(head):
            writer.line(prose)
        if tree.body is not None:
            _Walker(writer).walk(tree.body)
        return writer.finish(found)


class _Walker:
    """Writes a node's blocks in document order; inline text collects until a block ends."""

    def __init__(self, writer: TextWriter) -> None:
        self._writer = writer
        self._inline: list[str] = []
        self._bullet = False
        self._verbatim = 0

    def walk(self, root: LexborNode) -> None:
        """Depth first with a stack of its own: pages nest tags deeper than Python recurses."""
        stack = [(root, False)]
        while stack:
            node, done = stack.pop()
            if done:
                self._leave(node, node.tag or "")
            elif self._enter(node, node.tag or ""):
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(_children(node))))

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Begin a node; whether its children are to be walked."""
        if tag == "-text":
            self._text(node.text(deep=False) or "")
            return False
        if tag in _HEADINGS or tag == "table":
            self._flush()
            self._heading(node, tag) if tag in _HEADINGS else self._table(node)
            return False
        if tag in _BLOCKS:
            self._flush()
            self._bullet = self._bullet or tag == "li"
            self._verbatim += tag == "pre"
        return True

    def _leave(self, node: LexborNode, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag == "p" and not _is_in_list(node):
            self._writer.blank()  # Paragraphs stand apart; lines may continue each other.
        self._bullet = self._bullet and tag != "li"
        self._verbatim -= tag == "pre"

    def _text(self, text: str) -> None:
        for number, line in enumerate(text.split("\n") if self._verbatim else [text]):
            if number:
                self._flush()
            self._inline.append(line)

    def _flush(self) -> None:
        text = _squeeze("".join(self._inline))
        self._inline.clear()
        if text:
            self._writer.line(f"- {text}" if self._bullet else text)
            self._bullet = False

    def _heading(self, node: LexborNode, tag: str) -> None:
        text = _text_of(node)
        if text:
            self._writer.heading(text, level=_HEADINGS[tag])

    def _table(self, node: LexborNode) -> None:
        for caption in _children(node):
            if caption.tag == "caption" and (text := _text_of(caption)):
                self._writer.blank()
                self._writer.line(text)
        trs = [tr for tr in node.css("tr") if _owner_table(tr) == node.mem_id]
        grid = _expand(trs)
        if not any(text for row in grid for text, _ in row):
            return
        marked = sum(1 for _ in _header_prefix(trs))
        self._writer.table(
            grid, separator=" | ", header_rows=marked if 0 < marked < len(grid) else None
        )


def _text_of(root: LexborNode) -> str:
    """A node's text on one line."""
    parts: list[str] = []
    stack: list[LexborNode | None] = [*reversed(list(_children(root)))]
    while stack:
        node = stack.pop()
        if node is None:
            parts.append(" ")
        elif node.tag == "-text":
            parts.append(node.text(deep=False) or "")
        else:
            if node.tag in _PARTING:
                parts.append(" ")
                stack.append(None)
            stack.extend(reversed(list(_children(node))))
    return _squeeze("".join(parts))


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _is_in_list(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag == "li"


def _owner_table(node: LexborNode) -> int:
    parent = node.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent.mem_id if parent is not None else 0


def _header_prefix(trs: list[LexborNode]) -> Iterator[LexborNode]:
    for tr in trs:
        cells = [cell for cell in _children(tr) if cell.tag in {"td", "th"}]
        if not cells or any(cell.tag == "td" for cell in cells):
            return
        yield tr


def _expand(trs: list[LexborNode]) -> list[list[tuple[str, bool]]]:
    """Lay merged cells out on a grid; their copies are fillers."""
    grid: list[list[tuple[str, bool]]] = []
    pending: dict[int, tuple[int, str]] = {}
    for tr in trs:
        row: list[tuple[str, bool]] = []
        for cell in [c for c in _children(tr) if c.tag in {"td", "th"}]:
            _fill(row, pending)
            text = _text_of(cell)
            rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
            for offset in range(columns):
                if rows > 1:
                    pending[len(row)] = (rows - 1, text)
                row.append((text, offset > 0))
        _fill(row, pending)
        grid.append(row)
    return grid


def _fill(row: list[tuple[str, bool]], pending: dict[int, tuple[int, str]]) -> None:
    while len(row) in pending:
        left, text = pending.pop(len(row))
        if left > 1:
            pending[len(row)] = (left - 1, text)
        row.append((text, True))


def _span(cell: LexborNode, name: str) -> int:
    match = _SPAN.match(cell.attributes.get(name) or "")
    return max(1, min(int(match.group(1)), _MAX_SPAN)) if match else 1


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
