"""Names of methods, platforms and programmes by their form alone: fixed terms, hotlines, and the parts that a method's name announces."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import FactType
from ingest.extract import namewords
from ingest.extract.actors import Actor
from ingest.extract.scene import Scene


@dataclass(slots=True)
class Name:
    """A name at [start, end) without quotation marks."""

    start: int
    end: int
    type: FactType
    rule: str
    confidence: float
    concept: str | None = None
    alias: str | None = None
    description: bool = False
    described: bool = False  # no name: the words that tell of the method


def fixed(scene: Scene, actors: Sequence[Actor]) -> list[Name]:
    """一户一策 and the like, circles of services (15分钟生活圈),
    and hotlines by their number (12345), where they are no part of a body's name (12345热线办);
    covenants in title marks (《……停车公约》), which the people bound by them made."""
    ends = [actor.end for actor in actors]
    found: list[Name] = []
    kinds: tuple[tuple[re.Pattern[str], FactType, str], ...] = (
        (namewords.FIXED, "method", "name.fixed"),
        (namewords.HOTLINE, "platform", "name.hotline"),
        (namewords.CIRCLE, "programme", "name.circle"),
        (namewords.SCHEME, "programme", "name.scheme"),
    )
    for pattern, kind, rule in kinds:
        for match in pattern.finditer(scene.text):
            at = bisect_left(ends, match.start() + 1)
            if at < len(actors) and actors[at].start < match.end():
                continue
            found.append(Name(match.start(), match.end(), kind, rule, 0.86))
    found.extend(
        Name(match.start("name"), match.end("name"), "method", "name.covenant", 0.9) for match in namewords.COVENANT.finditer(scene.text)
    )
    return found


def parts(scene: Scene, names: Sequence[Name]) -> list[Name]:
    """The members of the list behind a name that tells their number (“五步圆桌”：……、……), each a method as well."""
    text = scene.text
    found: list[Name] = []
    for name in names:
        if name.type != "method" or name.rule == "name.again":
            continue
        found.extend(_listed(scene, name))
        count = next((namewords.NUMERALS[sign] for sign in text[name.start : name.end] if sign in namewords.NUMERALS), None)
        match = namewords.PARTS.match(text, _behind(text, name.end)) if count is not None else None
        if match is None:
            continue
        members = [(part.start(), part.end()) for part in re.finditer("[^、]+", text[match.start("parts") : match.end("parts")])]
        if len(members) == count:
            first = match.start("parts")
            found.extend(Name(first + start, first + end, "method", "name.part", 0.85) for start, end in members)
    return found


def members(text: str, words: str) -> list[str]:
    """The halves of a name that stand for themselves: “一梯一策、先议后建”, 四议|两公开; “流动餐车+邻里餐桌” where the text says it
    again."""
    split = namewords.TWO_NUMERALS.fullmatch(words)
    if split is not None:
        return [half for half in split.groups() if len(half) >= 3]
    halves = re.split("[、+＋]", words)
    if len(halves) != 2 or min(map(len, halves)) < 4 or ("、" not in words and text.count(words) < 2 and text.find(words) > _TITLE):
        return []
    return halves


def _listed(scene: Scene, name: Name) -> list[Name]:
    """The parts that a text tells one by one under numbers (1. 议方案：……, 一是决议公开), as many as the name says and named
    alike (五议)."""
    text = scene.text
    counted = namewords.COUNTED_PART.finditer(text, name.start, name.end)
    found: list[Name] = []
    for match in counted:
        alike = re.compile(namewords.ENUMERATED % {"word": re.escape(match["word"])})
        first = text.find(match.group())  # 两公开，一个是……: the half of the name may stand by itself before
        told = list(alike.finditer(text, first, min(len(text), name.end + _FAR)))
        words = {item["part"] for item in told}
        if len(told) == len(words) == namewords.NUMERALS[match["count"]]:
            found.extend(Name(item.start("part"), item.end("part"), "method", "name.part", 0.8) for item in told)
    return found


_TITLE = 80  # characters at the head of a text that its title may take
_FAR = 3000  # characters behind a name within which its parts are told


def _behind(text: str, end: int) -> int:
    """Where the head noun behind a closing mark ends (“五步”议事法)."""
    match = re.compile("[”’」](?:工作法|议事法|调解法|协商法|机制|模式|流程|步骤|法)").match(text, end)
    return match.end() if match is not None else end
