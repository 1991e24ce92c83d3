"""Patterns that tell in one quick scan whether a step has anything to do in a text."""

from __future__ import annotations

import re


def sought(first: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`pattern` for asking whether and where it is found first, not what it matches: a match holds only its first character.

    `first` is the inside of a character class with every character that a match may begin with. A class at the beginning of a pattern is
    what `re` scans for by itself, without trying the alternatives at each character of the text: five times as fast, or more.
    """
    return re.compile(rf"[{first}](?<=(?=(?:{pattern}))[\s\S])", flags)
