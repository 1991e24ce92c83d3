"""Lists of words written as running text, so that they can be read and edited as such."""

from __future__ import annotations


def word_set(*lines: str) -> frozenset[str]:
    """The words of `lines`, which blanks part."""
    return frozenset(word for line in lines for word in line.split())
