"""Names of nobody: syllables, the same row always the same name, in both scripts; none is a real person's."""

from __future__ import annotations

LATIN = (
    *("ba", "be", "bou", "cha", "da", "dri", "fa", "fer", "gha", "ha", "hou", "jel", "ka", "khe", "la", "lou"),
    *("ma", "mou", "na", "nou", "ra", "ri", "sa", "sli", "ta", "tou", "wa", "ya", "za", "zou"),
)
ARABIC = (
    *("با", "بي", "بو", "شا", "دا", "دري", "فا", "فر", "غا", "ها", "هو", "جل", "كا", "خي", "لا", "لو"),
    *("ما", "مو", "نا", "نو", "را", "ري", "سا", "سلي", "تا", "تو", "وا", "يا", "زا", "زو"),
)
PRIME = 7_919


def latin(number: int) -> str:
    """Two words of two and three syllables."""
    return f"{_word(number * PRIME, 2, LATIN).title()} {_word(number * 31 + 7, 3, LATIN).title()}"


def arabic(number: int) -> str:
    return f"{_word(number * PRIME, 2, ARABIC)} {_word(number * 31 + 7, 3, ARABIC)}"


def family_fragment(number: int, *, in_arabic: bool = False) -> str:
    """The end of the family name of a row, as somebody types it who remembers part of it: two syllables."""
    return _word(number * 31 + 7, 3, ARABIC if in_arabic else LATIN)[-5 if in_arabic else -6 :].strip()


def _word(number: int, syllables: int, script: tuple[str, ...]) -> str:
    letters = []
    for _ in range(syllables):
        number, index = divmod(number, len(script))
        letters.append(script[index])
    return "".join(letters)
