"""Organisations and groups: named ones at their whole extent (某市某区民政局社区治理科), generic ones by their words (业委会)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import ActorKind, actor_kinds, posts
from ingest.extract import actorwords
from ingest.extract.chains import Places
from ingest.extract.finding import Finding
from ingest.extract.places import Unit
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family


@dataclass(slots=True)
class Actor:
    """A mention of an organisation or group; `named` is False for generic words. `unit` is the place that its name begins with."""

    start: int
    end: int
    kind: ActorKind
    named: bool
    unit: Unit | None = None
    level: str | None = None  # the level of administration it was said to be set up at


@dataclass(frozen=True, slots=True)
class _Head:
    kind: ActorKind
    word: bool


def _head_words() -> Iterator[tuple[str, _Head]]:
    for kind in actor_kinds():
        yield from ((suffix, _Head(kind, False)) for suffix in kind.suffixes)
        yield from (
            (word, _Head(kind, True)) for word in kind.words if not re.search("委.政府", word) and word not in actorwords.PLACE_WORDS
        )
    yield from (
        (word, _Head(kind, True))
        for kind in actor_kinds()
        if kind.id == "government"
        for word in sorted(actorwords.CENTRAL - set(kind.words))
    )
    yield from ((suffix, _Head(kind, False)) for kind in actor_kinds() if kind.id == "committee" for suffix in actorwords.MORE_SUFFIXES)


HEADS: Family[_Head] = Family(_head_words)


@cache
def _words() -> frozenset[str]:
    return frozenset(word for kind in actor_kinds() for word in kind.words) | actorwords.CENTRAL


@cache
def _excludes() -> tuple[str, ...]:
    return (*(word for kind in actor_kinds() for word in kind.excludes), "平局", "和局", "药局", "牌局")


def find_actors(scene: Scene, places: Places) -> list[Actor]:
    """All mentions in order, the longest at each place, not overlapping."""
    longest: dict[int, tuple[int, _Head]] = {}
    for start, end, head in scene.hits.of(HEADS):
        known = longest.get(end)
        if known is None or start < known[0] or (start == known[0] and head.word):
            longest[end] = (start, head)
    found: list[Actor] = []
    for end in sorted(longest):
        start, head = longest[end]
        actor = _actor(scene, places, start, end, head, found[-1] if found else None)
        if actor is None:
            continue
        while found and found[-1].start >= actor.start:
            found.pop()
        if not found or found[-1].end <= actor.start:
            found.append(actor)
    return [actor for actor in found if actor.named or _stands_alone(scene, actor)]


def _actor(scene: Scene, places: Places, head: int, end: int, what: _Head, previous: Actor | None) -> Actor | None:
    text = scene.text
    if (
        not _ends_here(scene, end)
        or text.endswith(_excludes(), 0, end)
        or actorwords.NOT_ORGANISATIONS.search(text, max(0, head - 3), end + 1)
    ):
        return None
    sub = _subunit_of(scene, places, previous, head, end)
    if sub is not None:
        return Actor(sub.start, end, sub.kind, True, sub.unit)
    if _in_title(text, head, end):
        return None
    suffix = text[head:end]
    if what.kind.id == "justice" and (numbered := _NUMBERED.match(text, end)) is not None:
        end = numbered.end()
    start, unit = _start(scene, places, head)
    if suffix.endswith("政府") and start < head and _BOTH.search(text, start, head):
        start, unit = head, None  # 某省委省政府: two bodies, the first found by itself
    if unit is None:
        start = head if actorwords.SHORT.match(suffix) and not what.word else _trimmed(scene, start, head, what.word)
    if unit is None and start == head:
        if suffix in _words():
            return Actor(head, end, what.kind, actorwords.SHORT.match(suffix) is not None and what.kind.id in ("government", "party"))
        if actorwords.SHORT.match(suffix) is not None and scene.word_starts_at(head):
            return Actor(head, end, what.kind, True)
        bare = (
            len(suffix) >= 3
            and what.kind.id in actorwords.BARE_KINDS
            and scene.word_starts_at(head)
            and not actorwords.CLASS.search(suffix)
        )
        return Actor(head, end, what.kind, False) if bare else None
    if unit is None:
        for inner in _BY_LEVEL.finditer(text, start, head + 1):
            start = inner.end()
    if unit is None and text[start] in "向由与和在对被为给从到经" and actorwords.SHORT.match(text[start + 1 : head + 1]):
        start += 1
    core = text[start:head]
    if unit is None and (suffix in actorwords.GENERIC_SKIPPED or (what.word and what.kind.id in actorwords.PEOPLE)):
        return Actor(head, end, what.kind, False)
    if what.kind.id == "residents" and (unit is None or unit.end != head or not what.word):
        return Actor(head, end, what.kind, False) if suffix in _words() else None
    named = unit is not None or not actorwords.CLASS.search(suffix) or _has_name(scene, start, head)
    if named and unit is None and len(core) < 2 and not actorwords.SHORT.match(core + suffix) and what.word:
        return Actor(head, end, what.kind, False)
    return Actor(start, end, what.kind, named, unit)


_BY_LEVEL = re.compile("(?:由|会同|联合|协调|邀请)(?=[省市区县镇乡街村社])")
_BOTH = re.compile("(?:委|党委|工委)$")
_NUMBERED = re.compile("[0-9一二三四五六七八九十]{1,3}(?:大队|中队|支队)")


def _in_title(text: str, start: int, end: int) -> bool:
    """Inside 《…》: part of a document's title."""
    opening = text.rfind("《", max(0, start - 50), start)
    return opening >= 0 and text.find("》", opening, start) < 0 and text.find("》", end, end + 60) >= 0


def _trimmed(scene: Scene, start: int, head: int, word: bool) -> int:
    """Drop verbs and quantifiers that the walk to the left took for part of the name (孵化|社会组织, 广大|党员)."""
    at = scene.token(start)
    while start < head:
        token, flag = scene.words[at], scene.flags[at]
        size = len(token)
        rest = start + size
        if (
            token in actorwords.LEADING
            or (token in actorwords.TRANSITIVE and (word or rest < head))
            or (word and (flag.startswith("nr") or flag in ("v", "vn")))
            or token in _TAKEN_ON
            or "等" in token
        ):
            start = rest
            at += 1
            continue
        break
    return min(start, head)


def _has_name(scene: Scene, start: int, head: int) -> bool:
    """Whether a word before the suffix is a name rather than a common noun."""
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < head:
        if scene.flags[at] in ("ns", "nz", "nt", "nr", "nrt", "eng", "x"):
            return True
        at += 1
    return False


def _ends_here(scene: Scene, end: int) -> bool:
    """A name ends with a word, or before the post of someone in it (治理科 in 治理科科长)."""
    text = scene.text
    if text[end - 1 : end + 1] in ("部门", "办法") or text[end - 2 : end + 1] == "学会了":
        return False
    return scene.word_starts_at(end) or (text[end : end + 1] == text[end - 1] and text.startswith(posts().words, end))


def _subunit_of(scene: Scene, places: Places, previous: Actor | None, head: int, end: int) -> Actor | None:
    """The organisation whose section this is: 民政局 + 基层政权与社区治理科, nothing but nouns between them."""
    text = scene.text
    if previous is None or not previous.named or previous.end > head or end - previous.end > actorwords.LONGEST:
        return None
    if not actorwords.SUBUNIT.search(text, max(0, end - 3), end) or places.at(head) is not None or text[previous.end] in "与和及、":
        return None
    at = scene.token(previous.end)
    while at < len(scene.words) and scene.starts[at] < head:
        word, flag = scene.words[at], scene.flags[at]
        if scene.starts[at] >= previous.end and word not in ("与", "和", "及", "、") and not _belongs(word, flag):
            return None
        at += 1
    return previous


def _start(scene: Scene, places: Places, head: int) -> tuple[int, Unit | None]:
    """Where the name that ends in the suffix at `head` begins, and the place it begins with."""
    inside = places.around(head)
    if inside is not None and inside.start < head:
        return inside.first, inside
    position = head
    at = scene.token(head)
    if scene.starts[at] < head:
        position = scene.starts[at]
    at -= 1
    while True:
        unit = places.at(position)
        if unit is not None:
            return unit.first, unit
        if at < 0 or head - scene.starts[at] > actorwords.LONGEST:
            break
        quoted = actorwords.QUOTED.search(scene.text, max(0, position - 13), position)
        if quoted is not None:
            position = quoted.start()
            at = scene.token(position) - 1
            continue
        if scene.words[at] in actorwords.LEVEL_WORDS:
            return scene.starts[at], None
        direction = (
            scene.flags[at] == "f"
            and len(scene.words[at]) == 1
            and (scene.word_starts_at(position + 1) or places.at(scene.starts[at]) is not None)
        )
        coined = (
            len(scene.words[at]) == 1
            and scene.flags[at] == "v"
            and at > 0
            and scene.flags[at - 1] in ("n", "nr", "nz", "ns")
            and scene.words[at] in actorwords.COINED
        )
        both = (
            scene.words[at] in ("与", "和")
            and at > 0
            and scene.words[at - 1] in actorwords.VERBAL
            and scene.words[at + 1] in actorwords.VERBAL
            and position < head
        )  # 创新与发展研究会
        if not direction and not coined and not both and not _belongs(scene.words[at], scene.flags[at]):
            break
        position = scene.starts[at]
        at -= 1
    return position, None


_TAKEN_ON = frozenset(["续聘", "另聘", "选聘", "聘请", "引进", "邀请", "委托", "联系"])
_ADVERBIAL = ("积极", "主动", "深入", "全面", "进一步", "不断", "持续", "大力", "充分")


def _belongs(word: str, flag: str) -> bool:
    if word in actorwords.STOP or not word.strip() or word.startswith(_ADVERBIAL):
        return False
    if flag in actorwords.NOMINAL or (flag == "v" and word in actorwords.VERBAL):
        return word[0].isalnum()
    if flag == "m":
        return word.startswith("第") and not word.endswith(("个", "批", "次"))
    return flag in ("a", "s", "ns") and len(word) == 2 and word in ("和平", "阳光", "幸福", "平安", "文明", "爱心", "光明")


def _stands_alone(scene: Scene, actor: Actor) -> bool:
    """Whether a generic word speaks of those people and is not part of a compound (居民自治, 企业文化)."""
    word = scene.text[actor.start : actor.end]
    if word in actorwords.GENERIC_SKIPPED or (scene.text[actor.start - 1 : actor.start] in tuple("非反无") and actor.start):
        return False
    if not scene.word_starts_at(actor.start) and len(word) < 4:
        return False
    if word not in actorwords.GENERIC_NEEDS_END and len(word) > 3:
        return True
    if not scene.word_starts_at(actor.end):
        return False
    at = scene.token(actor.end)
    if at >= len(scene.words) or actor.end >= len(scene.text):
        return True
    following, flag = scene.words[at], scene.flags[at]
    return (
        not (flag in ("n", "vn", "nz", "l", "b", "j", "ng", "an", "s") or following in ("自治", "自筹", "楼", "区", "家"))
        or following in actorwords.GOES_WITH
    )


def find(scene: Scene, places: Places, actors: Iterable[Actor]) -> list[Finding]:
    """Facts from mentions: short forms get the whole name as `canonical`; a generic word counts once a sentence."""
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for actor in actors:
        name = scene.text[actor.start : actor.end]
        canonical, place = _canonical(scene, places, actor, name)
        sentence = scene.sentence(actor.start)[0]
        if not actor.named:
            if (sentence, name) in seen:
                continue
            seen.add((sentence, name))
        rule = "actor.named" if actor.named else "actor.generic"
        confidence = (0.92 if actor.unit is not None else 0.85) if actor.named else 0.6 if name in actorwords.ANYBODY else 0.85
        found.append(
            Finding(
                "actor",
                actor.start,
                actor.end,
                rule,
                confidence,
                canonical=canonical,
                kind=actor.kind.label,
                place=place,
                organisation=actor.level,
            )
        )
    return found


def _canonical(scene: Scene, places: Places, actor: Actor, name: str) -> tuple[str | None, str | None]:
    """The whole name of a mention, and its place as a chain."""
    if actor.unit is not None:
        rest = scene.text[actor.unit.end : actor.end] if actor.unit.end <= actor.end else ""
        if not rest:
            rest = name[len(scene.text[actor.unit.first : actor.unit.end]) :]
        return _joined(actor.unit, rest), ">".join(actor.unit.chain)
    if name in actorwords.BARE_PLACES:
        there = places.salient(actor.start, actorwords.BARE_PLACES[name])
        return (None, None) if there is None else ("".join(there.chain), ">".join(there.chain))
    short = actorwords.SHORT.match(name) if actor.named else None
    if short is not None and short[1] in ("社区", "村") and actor.kind.id not in actorwords.COMMUNITY_BODIES:
        return name, None
    level = actorwords.LEVELS[short[1]] if short is not None else _level_of(name, actor)
    if level is None or _distributed(scene.text, actor.start):
        return (None if not actor.named else name), None
    unit = places.salient(actor.start, level)
    if unit is None:
        return (name if actor.named else None), None
    rest = name[len(short[1]) :] if short is not None else name.removeprefix("社区").removeprefix("街道" if level == "township" else "社区")
    return _joined(unit, rest), ">".join(unit.chain)


def _joined(unit: Unit, rest: str) -> str:
    """The chain of a place with the rest of a name; the last character of the place is not doubled (浙江省 + 省委)."""
    whole = "".join(unit.chain)
    while rest and whole.endswith(rest[0]) and rest[0] in "省市区县镇乡村":
        rest = rest[1:]
    return whole + rest


def _level_of(name: str, actor: Actor) -> str | None:
    """The kind of place that a body without a name belongs to: 居委会 to a community, 街道办 to a street."""
    if actor.named:
        return None
    if name in ("居委会", "社区两委", "村委会", "村两委", "社区居委会", "社区党组织"):
        return "community"
    if name in ("街道办", "办事处", "街道办事处", "党工委"):
        return "township"
    return None


def _distributed(text: str, start: int) -> bool:
    """每个社区居委会, 各街道办: no single one."""
    return bool(
        re.search(
            "(?:每个?|各个?|全部|多个?|[一二三四五六七八九十0-9]个|[0-9一二三四五六七八九十]家|其他|所有|一些|整个)$",
            text[max(0, start - 4) : start],
        )
    )
