"""Random and adversarial questions, each reproducible from the seed and its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

LONGEST = 2000  # characters of a question the surfaces let through

Make = Callable[[Random, Sequence[str]], str]

_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u3164\u2800"
_EMOJI = ["😀", "🏛️", "👩‍👩‍👧‍👦", "🇰🇷", "❤️‍🔥", "👍🏽", "🧾", "⚖️", "☎️", "#️⃣"]
_RTL = "שלוםمرحباسياسة\u202e\u202d\u2066\u2069\u200f"
_MARKUP = [
    "<script>alert(1)</script>",
    "<b onclick=x>",
    "&lt;&#0;&amp;",
    "' OR 1=1; --",
    'UNION SELECT * FROM "documents"',
    "(.*)+$",
    "[^가-힣]{1,9}",
    "(?P<a>",
    "\\d\\1\\",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "{placeholder}",
    "%s%n%x",
    "../../etc/passwd",
    "[1] [99]",
    "a AND b OR NOT *:*",
    "field:값^2~",
    "**굵게** `코드` # 제목",
    "|표|칸|",
]
_SCRIPTS = (
    (0x0041, 0x007A),
    (0x00C0, 0x024F),
    (0x0370, 0x03FF),
    (0x0400, 0x04FF),
    (0x0E00, 0x0E7F),
    (0x0900, 0x097F),
    (0x3040, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0x10000, 0x103FF),
    (0x1F300, 0x1FAFF),
)
_COMPATIBILITY_JAMO, _JAMO = (0x3131, 0x318E), (0x1100, 0x11FF)
_ASKED = (
    "신청 기간은 언제인가요?",
    "지원 대상이 누구예요",
    "얼마까지 받을 수 있나요",
    "서류 뭐 내요",
)


@dataclass(frozen=True, slots=True)
class FuzzQuery:
    """A question with its number in the run and the kind of trouble it makes."""

    number: int
    kind: str
    text: str


def fuzz_query(number: int, *, seed: int, passages: Sequence[str]) -> FuzzQuery:
    """Question ``number`` of the run ``seed``, of 2,000 characters at most.

    ``passages`` are texts of the index to take slices of; the same ones give the same question.
    """
    # The same for one seed and number on every machine: a string seeds by its SHA-512.
    random = Random(f"{seed}:{number}")  # noqa: S311 - not for secrets
    kind = random.choice(tuple(KINDS))
    return FuzzQuery(number, kind, KINDS[kind](random, passages)[:LONGEST])


def _between(random: Random, low: int, high: int, span: tuple[int, int]) -> str:
    return "".join(chr(random.randint(*span)) for _ in range(random.randint(low, high)))


def _pick(random: Random, signs: Sequence[str], most: int) -> str:
    return "".join(random.choices(signs, k=random.randint(1, most)))


def _syllables(random: Random, low: int, high: int) -> str:
    return _between(random, low, high, (0xAC00, 0xD7A3))


def _slice(random: Random, passages: Sequence[str], *, most: int = 120) -> str:
    text = random.choice(passages)
    start = random.randrange(max(1, len(text)))
    return text[start : start + random.randint(1, most)]


def _blank(random: Random, _: Sequence[str]) -> str:
    return _pick(random, _HIDDEN + " \t\n\u3000\u00a0", 40) if random.random() < 0.9 else ""


def _emoji(random: Random, _: Sequence[str]) -> str:
    return _pick(random, _EMOJI, 60)


def _longest(random: Random, passages: Sequence[str]) -> str:
    parts: list[str] = []
    while sum(map(len, parts)) < LONGEST:
        parts.append(_slice(random, passages, most=LONGEST) + " ")
    return "".join(parts)


def _jamo(random: Random, _: Sequence[str]) -> str:
    span = random.choice((_COMPATIBILITY_JAMO, _JAMO))
    return " ".join(_between(random, 1, 8, span) for _ in range(random.randint(1, 12)))


def _mixed(random: Random, _: Sequence[str]) -> str:
    words = (_between(random, 1, 7, random.choice(_SCRIPTS)) for _ in range(random.randint(1, 20)))
    return random.choice(("", " ")).join(words)


def _zero_width(random: Random, passages: Sequence[str]) -> str:
    return "".join(char + random.choice(("", *_HIDDEN)) for char in _slice(random, passages))


def _surrogates(random: Random, passages: Sequence[str]) -> str:
    lone = _between(random, 1, 6, (0xD800, 0xDFFF))
    return lone.join(_slice(random, passages).split(" "))


def _right_to_left(random: Random, passages: Sequence[str]) -> str:
    return _pick(random, _RTL + " ", 60) + _slice(random, passages, most=20)


def _combining(random: Random, passages: Sequence[str]) -> str:
    marks = (_between(random, 0, 20, (0x0300, 0x036F)) for _ in iter(int, 1))
    return "".join(char + next(marks) for char in _slice(random, passages, most=60))


def _control(random: Random, passages: Sequence[str]) -> str:
    signs = [chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE)]
    return "".join(char + random.choice(("", *signs)) for char in _slice(random, passages))


def _markup(random: Random, passages: Sequence[str]) -> str:
    parts = [*random.choices(_MARKUP, k=random.randint(1, 6)), _slice(random, passages, most=20)]
    random.shuffle(parts)
    return " ".join(parts)


def _digits(random: Random, _: Sequence[str]) -> str:
    signs = "0123456789,.-~%/:①②Ⅳ½²０１９년월일조원"
    return _pick(random, signs, random.choice((10, 100, LONGEST)))


def _endless_word(random: Random, _: Sequence[str]) -> str:
    return _syllables(random, 100, LONGEST)


def _repeated(random: Random, _: Sequence[str]) -> str:
    part = random.choice((_syllables(random, 1, 3), "가", "a", "!", "1", "제1조", "의 "))
    return part * random.randint(2, LONGEST // len(part))


def _unspaced(random: Random, passages: Sequence[str]) -> str:
    return "".join(_slice(random, passages, most=LONGEST).split())


def _typing_errors(random: Random, passages: Sequence[str]) -> str:
    signs = list(_slice(random, passages))
    for _ in range(random.randint(1, 5)):
        place = random.randrange(len(signs) + 1)
        match random.randrange(4):
            case 0:
                signs.insert(place, _syllables(random, 1, 1))
            case 1:
                del signs[place : place + 1]
            case 2:
                signs[place : place + 2] = reversed(signs[place : place + 2])
            case _:
                signs[place : place + 1] = _between(random, 1, 1, _COMPATIBILITY_JAMO)
    return "".join(signs)


def _asked(random: Random, passages: Sequence[str]) -> str:
    return f"{_slice(random, passages, most=30)} {random.choice(_ASKED)}"


KINDS: Mapping[str, Make] = {
    "blank": _blank,
    "emoji": _emoji,
    "longest": _longest,
    "jamo": _jamo,
    "mixed scripts": _mixed,
    "zero width": _zero_width,
    "surrogates": _surrogates,
    "right to left": _right_to_left,
    "combining": _combining,
    "control": _control,
    "markup": _markup,
    "digits": _digits,
    "endless word": _endless_word,
    "repeated": _repeated,
    "unspaced": _unspaced,
    "typing errors": _typing_errors,
    "asked": _asked,
}
