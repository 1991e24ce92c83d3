"""What a person's name looks like: a surname and one or two characters, at the borders of words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import EntityType
from corpus.vocabulary import surnames
from ingest.extract import personwords
from ingest.extract.scene import Scene, in_dictionary

_MASK = re.compile("某某?[甲乙丙丁]?")
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
    if scene.starts[at] == position and (masked := _MASK.match(text, position + 1)) is not None:
        return masked.end()
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
        made_up = sure and len(word) > 1 and word[0] not in personwords.DOUBTFUL and not in_dictionary(word)
        if (len(word) > 1 and flag not in ("ns", "nz", "x") and not made_up) or flag in ("c", "p", "d", "r", "m", "ud", "uj"):
            return None
        if flag == "v" and not (sure and word in personwords.RARE_VERBS):
            return None
    elif sure and scene.flags[at] in ("nr", "nrfg") and not in_dictionary(scene.words[at]) and position + 2 <= scene.starts[at + 1]:
        return scene.starts[at + 1]  # 社工师|吕文清 where the segmenter makes 师吕文清 a word
    if not sure or text[position] in personwords.DOUBTFUL:
        return None
    compound = text[position : position + 2] in surnames().compound
    for size in (4, 3) if compound else (3, 2):
        name = text[position : position + size]
        behind = text[position + size : position + size + 1]
        if size > 2 and (behind in tuple("。，：,:") if name[-1] in "说称道" else name[-1] in "作任" and behind in tuple("了的关题为")):
            return position + size - 1
        if (
            re.fullmatch(personwords.NAME_CHARACTERS + "+", name)
            and name not in personwords.NOT_NAMES
            and scene.word_starts_at(position)
            and (size == 3 or personwords.NAME_ENDS.match(text, position + size))
        ):
            return position + size if _border(scene, position + size) else None
    return None


def _border(scene: Scene, position: int) -> bool:
    """Whether a word begins here, or may begin inside what the segmenter made up of two characters (吕文|清画 for 吕文清|画)."""
    if scene.word_starts_at(position):
        return True
    word = scene.words[scene.token(position)]
    return len(word) == 2 and not in_dictionary(word)


def _household(text: str, start: int, end: int) -> bool:
    """Whether 家 behind two characters is where they live (居民张伟家漏水) and not a part of the name (主任李振家, 李振家说)."""
    if personwords.AT_HOME.match(text, end):
        return True
    return not (personwords.OFFICIAL_BEFORE.search(text, max(0, start - 2), start) or personwords.BEHIND_GIVEN.match(text, end))


def _goes_on(scene: Scene, end: int, following: str) -> bool:
    """Whether the character behind 李家 belongs to the name (李家超) and does not say what is at the family's."""
    return (
        len(following) == 1
        and following.isalpha()
        and following not in "里中住有被门楼漏水装"
        and not personwords.NAME_ENDS.match(scene.text, end)
    )


def _name_length(scene: Scene, at: int, word: str) -> int:
    """Characters of the name that the segmenter began at word `at`: 骆源作|的 ends before 作, 陈家|奇 goes on by one character."""
    end = scene.starts[at] + len(word)
    if len(word) == 3 and word[2] == "家" and word[:2] not in surnames().compound and _household(scene.text, scene.starts[at], end):
        return 2
    if len(word) == 3 and word[2] in "作任等说向在" and scene.text[end : end + 1] in tuple("了的关题为"):
        return 2
    if len(word) == 3 and word[2] == "在" and "\u4e00" <= scene.text[end : end + 1] <= "\u9fff":
        return 2
    if len(word) == 3 and word[2] in "说称道" and scene.text[end : end + 1] in tuple("。，：,:"):
        return 2
    following = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if len(word) == 2 and word[1] == "家" and _goes_on(scene, end, following):
        return 3
    if len(word) == 2 and not in_dictionary(word):
        if following == "中" or (following == "和" and scene.text[end + 1 : end + 2] in tuple("。；")):
            return 3
        if (
            len(following) == 2
            and not in_dictionary(following)
            and not personwords.NAME_ENDS.match(scene.text, end)
            and following.isalpha()
        ):
            return 3
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
