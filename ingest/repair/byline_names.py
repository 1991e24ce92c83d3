"""Names of persons in bylines: with their posts taken off, set apart or not, told from other words by their surname."""

from __future__ import annotations

import re

from corpus.vocabulary import surnames
from ingest.repair.byline_patterns import HAN_ONLY, NOBODY, ROLE, SPLIT


def is_name(word: str) -> bool:
    known = surnames()
    return 2 <= len(word) <= 4 and bool(HAN_ONLY.fullmatch(word)) and (word[0] in known.single or word[:2] in known.compound)


def joined_names(value: str) -> str:
    """Names of two characters that are set apart, 王 红, without the blank."""
    return re.sub(r"(?:(?<=^)|(?<=[\s、，,]))([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=$|[\s、，,])", r"\1\2", value)


def names(value: str) -> tuple[str, ...]:
    """Names in a byline value without posts: `本刊记者 安 蔚` is (安蔚)."""
    text = ROLE.sub(" ", value).strip()
    text = joined_names(text)
    parts = (part.strip(" （）()[]【】·") for part in SPLIT.split(text))
    return tuple(dict.fromkeys(part for part in parts if len(part) > 1 and not NOBODY.search(part)))
