"""Where a name ends inside a word of the segmenter, which joins its last character with the verb behind it (局|到, 村|离)."""

from __future__ import annotations

from ingest.extract.scene import Scene, in_dictionary

_BEHIND = frozenset("到派把在与和对向将给已也都为从按会发说要请由就是同离距地位有共现依牵开建来去送收组召设")
"""Verbs, prepositions and adverbs that go on behind a name."""


def ends_name(scene: Scene, end: int) -> bool:
    """Whether a word ends at `end`, or one that only the segmenter made up goes on there with a verb or a preposition."""
    if scene.word_starts_at(end):
        return True
    if scene.text[end] not in _BEHIND:
        return False
    at = scene.token(end)
    word, start = scene.words[at], scene.starts[at]
    return start == end - 1 and len(word) == 2 and not in_dictionary(word)
