"""Finds who is responsible: department, name, role and telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Contact, Item, ItemKind

_PHONE = re.compile(
    r"(?<![\d-])\(?0\d{1,2}\)?[-.)\s]\s?\d{3,4}[-.]\d{4}(?!\d)|(?<!\d)1\d{3}-\d{4}(?!\d)"
)
_ROLE = (
    r"(?:국장|과장|팀장|실장|단장|센터장|본부장|사무관|서기관|주무관|연구관|연구사|담당관|대리|책임|선임|"
    r"부장|차장|계장|매니저|연구원|위원|주사)"
)
_ROLE_CELL = re.compile(rf"(?:^|[\s(]){_ROLE}\)?$")
_NAME_CELL = re.compile(r"^([가-힣]\s?[가-힣](?:\s?[가-힣]){0,2})\s*(?:\(|$)")
_NAME_ROLE = re.compile(rf"(?:^|\s)([가-힣]{{2,4}})\s+({_ROLE})\s*[(☎]?\s*$")
_ROLE_NAME = re.compile(rf"({_ROLE})\s+([가-힣]{{2,4}})\s*[(☎]?\s*$")
_DEPARTMENT = re.compile(
    r"([가-힣A-Za-z·&]+(?:\s[가-힣A-Za-z·&]+){0,3}?"
    r"(?:과|관|실|국|팀|단|센터|본부|재단|진흥원|연구원|공단|공사|위원회|담당관|처|청|부|학회|협회))\s*[(☎:]?\s*$"
)
_DEPARTMENT_CELL = re.compile(
    r"(?:과|관|실|국|팀|단|센터|본부|재단|원|공단|공사|위원회|처|청|부|학회|협회)$"
)
_TOPIC = re.compile(r"[<〈(]\s*([^<>〈〉()]{1,20})\s*[>〉)]")
_NOT_A_NAME = re.compile(r"(?:의|을|를|면|은|는|이|가|로|서|고|며|한|께|시|등)$")
_PROSE_CELL = 40
_NEAR = 120
_LABELS = re.compile(r"담당\s*(?:자|부서|과장|$)|책임자|부서|직책|성명|전화|연락처|문의|구분")


def find_contacts(text: str, items: Sequence[Item]) -> tuple[Contact, ...]:
    """All contacts of a document in text order, each with the span that names it."""
    found: list[Contact] = []
    department = ""
    for item in items:
        if item.kind is ItemKind.TABLE_ROW:
            row = tuple(_of_row(text, item, department=department))
            department = row[-1].department if row else _department_of_row(item)
            found.extend(row)
        elif item.kind not in {ItemKind.HEADING, ItemKind.TABLE_HEAD}:
            found.extend(_of_span(text, item.start, item.end))
    return tuple(found)


def _of_row(text: str, item: Item, *, department: str) -> Iterator[Contact]:
    cells = [cell for cell in item.cells if cell.text]
    own = _department_of_row(item) or department
    first = "" if not cells or _PHONE.search(cells[0].text) else cells[0].text
    topic = match.group(1) if (match := _TOPIC.search(first)) else ""
    if not topic and cells and cells[0].header and re.search(r"구\s*분|안건", cells[0].header[-1]):
        topic = cells[0].text.strip("<>〈〉 ")
    for index, cell in enumerate(cells):
        phone = _PHONE.search(cell.text)
        if phone is None:
            continue
        if len(cell.text) > _PROSE_CELL:
            yield from _of_span(text, cell.start, cell.end)
            continue
        before = cell.text[: phone.start()].rstrip("(☎: ")
        name, role = _person([c.text for c in cells[:index]], before)
        yield Contact(own, _clean_phone(phone.group()), item.start, item.end, name, role, topic)


def _person(before: Sequence[str], inside: str) -> tuple[str, str]:
    pair = _NAME_ROLE.search(inside) or None
    if pair is not None:
        return pair.group(1), pair.group(2)
    roles = [m.group().strip("( )") for text in before if (m := _ROLE_CELL.search(text))]
    cells = [*before, inside]
    # The cell after a role is a name, even one that ends like an office (최영실, 김대원).
    named = [
        match.group(1)
        for previous, text in zip(["", *cells], cells, strict=False)
        if (match := _NAME_CELL.match(text))
        and (_ROLE_CELL.search(previous) or not _is_office(text))
        and not _ROLE_CELL.search(text)
    ]
    return (named[-1] if named else "").replace(" ", ""), (roles[-1] if roles else "")


def _is_office(text: str) -> bool:
    return bool(_LABELS.search(text) or _DEPARTMENT_CELL.search(text))


def _department_of_row(item: Item) -> str:
    texts = [cell.text for cell in item.cells]
    for previous, cell in zip(["", *texts], item.cells, strict=False):
        text = cell.text
        named = bool(cell.header) and "부서" in cell.header[-1]
        if named and text:
            return text
        if (
            not _PHONE.search(text)
            and not _LABELS.search(text)
            and not _ROLE_CELL.search(text)
            and not _ROLE_CELL.search(previous)
            and _DEPARTMENT_CELL.search(text)
            and 3 <= len(text) <= 40
        ):
            return text
    return ""


def _of_span(text: str, first: int, end: int) -> Iterator[Contact]:
    body = text[first:end]
    last = 0
    for phone in _PHONE.finditer(body):
        near = body[max(last, phone.start() - _NEAR) : phone.start()]
        before = re.split(r"[,;/]|문의\s*[:：]?|문의처\s*[:：]?", near)[-1]
        name, role, rest = _split_person(before.rstrip("(☎: \t"))
        department = _DEPARTMENT.search(rest)
        start = first + phone.start() - len(before)
        yield Contact(
            _trim(department.group(1)) if department else "",
            _clean_phone(phone.group()),
            start + len(before) - len(before.lstrip()),
            first + _closed(body, phone.end()),
            name,
            role,
        )
        last = phone.end()


def _closed(body: str, end: int) -> int:
    """The end of a number in brackets, bracket included."""
    return end + 1 if body[end : end + 1] == ")" else end


def _split_person(text: str) -> tuple[str, str, str]:
    for pattern, name, role in ((_NAME_ROLE, 1, 2), (_ROLE_NAME, 2, 1)):
        match = pattern.search(text)
        if match is not None:
            return match.group(name), match.group(role), text[: match.start()].strip()
    return "", "", text


def _trim(department: str) -> str:
    """Drop the words of the sentence that lead up to an office's name."""
    words = department.split()
    cut = max((i + 1 for i, word in enumerate(words[:-1]) if _NOT_A_NAME.search(word)), default=0)
    return " ".join(words[cut:])


def _clean_phone(raw: str) -> str:
    digits = re.findall(r"\d+", raw)
    return "-".join(digits)
