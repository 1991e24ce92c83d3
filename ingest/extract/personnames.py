"""What a person's name looks like: a surname and one or two characters, at the borders of words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import EntityType
from corpus.vocabulary import surnames
from ingest.extract import personwords
from ingest.extract.scene import Scene

PRIVATE = "个人"
IN_OFFICE = "任职人员"


@dataclass(slots=True)
class Person:
    """A mention of a person. `post_start` is where the words of post and organisation begin, if they stand directly before the name."""

    start: int
    end: int
    name: str
    kind: str | None = None
    post: str | None = None
    organisation: str | None = None  # its whole name
    belongs_to: tuple[int, int, EntityType] | None = None  # where the organisation or place stands, if directly before the post
    rule: str = "person.name"
    confidence: float = 0.85


def is_surname(name: str) -> bool:
    return name[:1] in surnames().single or name[:2] in surnames().compound


def name_at(scene: Scene, position: int, *, sure: bool) -> int | None:
    """Where a name that begins at `position` ends; `sure` means that a post stands before it."""
    text = scene.text
    if not is_surname(text[position : position + 2]) or position >= len(text):
        return None
    at = scene.token(position)
    if scene.starts[at] == position:
        word, flag = scene.words[at], scene.flags[at]
        if flag in ("nr", "nrfg", "nrt") and len(word) == 4 and word[:2] not in surnames().compound:
            return position + 3 if personwords.NAME_ENDS.match(text, position + 3) and sure else None
        if flag in ("nr", "nrfg", "nrt") and 2 <= len(word) <= 4 and word not in personwords.NOT_NAMES:
            return position + _name_length(scene, at, word)
        if (
            flag in ("nr", "nrfg")
            and len(word) == 1
            and at + 1 < len(scene.words)
            and len(scene.words[at + 1]) <= 2
            and scene.flags[at + 1][0] in "ngzajbt"
        ):
            return position + 1 + len(scene.words[at + 1])
        if (len(word) > 1 and flag not in ("ns", "nz", "x")) or flag in ("c", "p", "d", "r", "m", "ud", "uj"):
            return None
        if flag == "v" and not (sure and word in personwords.RARE_VERBS):
            return None
    if not sure or text[position] in personwords.DOUBTFUL:
        return None
    compound = text[position : position + 2] in surnames().compound
    for size in (4, 3) if compound else (3, 2):
        name = text[position : position + size]
        if size > 2 and name[-1] in "说称道" and text[position + size : position + size + 1] in tuple("。，：,:"):
            return position + size - 1
        if (
            re.fullmatch(personwords.NAME_CHARACTERS + "+", name)
            and name not in personwords.NOT_NAMES
            and scene.word_starts_at(position)
            and (size == 3 or personwords.NAME_ENDS.match(text, position + size))
        ):
            return position + size if scene.word_starts_at(position + size) else None
    return None


def _name_length(scene: Scene, at: int, word: str) -> int:
    """Characters of the name that the segmenter began at word `at`: 骆源作|的 ends before 作, 陈家|奇 goes on by one character."""
    end = scene.starts[at] + len(word)
    if len(word) == 3 and word[2] in "作任等说向在" and scene.text[end : end + 1] in tuple("了的关题为"):
        return 2
    if len(word) == 3 and word[2] == "在" and "\u4e00" <= scene.text[end : end + 1] <= "\u9fff":
        return 2
    if len(word) == 3 and word[2] in "说称道" and scene.text[end : end + 1] in tuple("。，：,:"):
        return 2
    following = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if len(word) == 2 and personwords.PARTED.match(scene.text, end):
        return 3
    if len(word) == 2 and following in personwords.GIVEN_LAST and personwords.BEHIND_GIVEN.match(scene.text, end + 1):
        return 3
    if (
        len(word) == 2
        and len(following) == 1
        and following in personwords.GIVEN_LAST
        and personwords.BEHIND_GIVEN.match(scene.text, end + 1)
    ):
        return 3
    if (
        len(word) == 2
        and len(following) == 1
        and "\u4e00" <= following <= "\u9fff"
        and scene.flags[at + 1][0] in "nagzjx"
        and not personwords.NAME_ENDS.match(scene.text, end)
    ):
        return 3
    return len(word)
