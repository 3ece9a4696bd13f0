"""Typing errors as people make them, for measuring how a search bears them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

_FIRST, _LAST = "가", "힣"
_INITIAL, _VOWEL, _FINAL = 0x1100, 0x1161, 0x11A7
# Keys side by side on the standard (dubeolsik) keyboard; a doubled letter is its key with shift.
_ROWS = ("ㅂㅈㄷㄱㅅ", "ㅁㄴㅇㄹㅎ", "ㅋㅌㅊㅍ", "ㅛㅕㅑㅐㅔ", "ㅗㅓㅏㅣ", "ㅠㅜㅡ")
_ALIKE = ("ㄱㄲ", "ㄷㄸ", "ㅂㅃ", "ㅅㅆ", "ㅈㅉ", "ㅐㅔ", "ㅒㅖ")
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_PLACES = ((_INITIAL, _INITIALS), (_VOWEL, _VOWELS), (_FINAL, _FINALS))

Change = Callable[[str, Random], str]


def noised(text: str, *, seed: str, errors: int = 1) -> str:
    """The text with so many typing errors, the same ones for the same seed.

    An error is a neighbouring key struck, a letter left out, two letters or syllables exchanged,
    a space left out or one put into a word. Only Hangul and spaces change; a text without a word
    of two Hangul syllables or a space stays as it is.
    """
    random = Random(f"{seed}\x1f{text}")  # noqa: S311 - to be repeated, not to be secret
    for _ in range(errors):
        text = _once(text, random)
    return text


def _once(text: str, random: Random) -> str:
    changes: list[Change] = [_struck_beside, _left_out, _exchanged, _joined, _parted]
    random.shuffle(changes)
    found = (change(text, random) for change in changes)
    return next((changed for changed in found if changed != text), text)


def _struck_beside(text: str, random: Random) -> str:
    """One letter replaced by its neighbour on the keyboard or by its twin."""
    return _altered(text, random, lambda letters: _neighbour(letters, random))


def _left_out(text: str, random: Random) -> str:
    """One final consonant left out."""
    return _altered(text, random, lambda letters: letters[:2])


def _altered(text: str, random: Random, change: Callable[[str], str]) -> str:
    for place in _shuffled(_typed(text), random):
        syllable = unicodedata.normalize("NFC", change(unicodedata.normalize("NFD", text[place])))
        if len(syllable) == 1 and syllable != text[place]:
            return text[:place] + syllable + text[place + 1 :]
    return text


def _neighbour(letters: str, random: Random) -> str:
    place = random.randrange(len(letters))
    first, names = _PLACES[place]
    name = names[ord(letters[place]) - first]
    groups = [row[max(0, row.find(name) - 1) :][:3] for row in _ROWS if name in row]
    near = [key for group in (*groups, *_ALIKE) if name in group for key in group if key != name]
    possible = sorted({key for key in near if key in names})
    if not possible:
        return letters
    changed = chr(first + names.index(random.choice(possible)))
    return letters[:place] + changed + letters[place + 1 :]


def _exchanged(text: str, random: Random) -> str:
    """A final consonant and the initial after it, or two syllables, in the wrong order."""
    typed = set(_typed(text))
    for place in _shuffled([p for p in sorted(typed) if p + 1 in typed], random):
        pair = text[place : place + 2]
        changed = _crossed(pair) or pair[::-1]
        if changed != pair:
            return text[:place] + changed + text[place + 2 :]
    return text


def _crossed(pair: str) -> str:
    left, right = (unicodedata.normalize("NFD", syllable) for syllable in pair)
    if len(left) < 3:
        return ""
    final, initial = _FINALS[ord(left[2]) - _FINAL], _INITIALS[ord(right[0]) - _INITIAL]
    if final not in _INITIALS or initial not in _FINALS:
        return ""
    first = left[:2] + chr(_FINAL + _FINALS.index(initial))
    second = chr(_INITIAL + _INITIALS.index(final)) + right[1:]
    return unicodedata.normalize("NFC", first + second)


def _joined(text: str, random: Random) -> str:
    """One space left out."""
    spaces = [place for place, character in enumerate(text) if character == " "]
    if not spaces:
        return text
    place = random.choice(spaces)
    return text[:place] + text[place + 1 :]


def _parted(text: str, random: Random) -> str:
    """One space put into a word."""
    typed = set(_typed(text))
    inside = [place for place in sorted(typed) if place - 1 in typed]
    if not inside:
        return text
    place = random.choice(inside)
    return f"{text[:place]} {text[place:]}"


def _typed(text: str) -> list[int]:
    """Where the Hangul syllables of words of two and more stand."""
    hangul = [_FIRST <= character <= _LAST for character in text]
    alone = [
        not (hangul[place - 1 : place] == [True] or hangul[place + 1 : place + 2] == [True])
        for place in range(len(text))
    ]
    return [place for place in range(len(text)) if hangul[place] and not alone[place]]


def _shuffled(places: list[int], random: Random) -> list[int]:
    return random.sample(places, len(places))
