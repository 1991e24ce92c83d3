"""Organisations and groups: named ones at their whole extent (某市某区民政局社区治理科), generic ones by their words (业委会)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import ActorKind, actor_kinds, posts
from ingest.extract import actorwords, firms, groups
from ingest.extract.actor import Actor as Actor
from ingest.extract.actorfacts import find as find
from ingest.extract.actorlists import together
from ingest.extract.boundaries import ends_name
from ingest.extract.chains import Places
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.telling import in_title
from ingest.extract.units import Unit


@dataclass(frozen=True, slots=True)
class _Head:
    kind: ActorKind
    word: bool


def _head_words() -> Iterator[tuple[str, _Head]]:
    for kind in actor_kinds():
        yield from ((suffix, _Head(kind, False)) for suffix in kind.suffixes)
        yield from (
            (word, _Head(kind, True))
            for word in kind.words
            if not re.search("委.政府|本[报刊]记者", word) and word not in actorwords.PLACE_WORDS
        )
    yield from (
        (word, _Head(kind, True))
        for kind in actor_kinds()
        if kind.id == "government"
        for word in sorted(actorwords.CENTRAL - set(kind.words))
    )
    yield from ((suffix, _Head(kind, False)) for kind in actor_kinds() if kind.id == "residents" for suffix in actorwords.MORE_SUFFIXES)

    yield from ((word, _Head(kind, True)) for kind in actor_kinds() if kind.id == "residents" for word in sorted(actorwords.DELEGATES))
    yield from ((word, _Head(kind, False)) for kind in actor_kinds() for word in actorwords.BARE_HEADS.get(kind.id, ()))


HEADS: Family[_Head] = Family(_head_words)


@cache
def _words() -> frozenset[str]:
    listed = frozenset(word for kind in actor_kinds() for word in kind.words)
    return listed | actorwords.CENTRAL | actorwords.DELEGATES | actorwords.BARE | actorwords.BODIES


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
    return together(scene, [actor for actor in found if actor.named or groups.stands_alone(scene, actor.start, actor.end)])


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
    if in_title(scene, head, end):
        return None
    suffix = text[head:end]
    if what.kind.id == "justice" and (numbered := _NUMBERED.match(text, end)) is not None:
        end = numbered.end()
    start, unit = _start(scene, places, head)
    if suffix in _COMMITTEES and (league := _LEAGUE.search(text, max(0, head - 10), head)) is not None:
        return Actor(league.start(), end, _kind("mass"), True)  # 共青团|某区委
    if unit is not None and unit.level == "grid" and what.word:
        start, unit = head, None  # 第三网格|网格长
    if unit is not None and _ORDERS.match(text, unit.end, head):
        start, unit = unit.end, None  # 某街道组织|党员干部
    if suffix == "物业" and unit is None and (brand := firms.hired(text, head, end)) is not None:
        return Actor(brand, end, what.kind, True)
    if suffix in _SIMPLE and unit is None:
        return Actor(head, end, what.kind, False)
    if suffix.endswith("政府") and start < head and _BOTH.search(text, start, head):
        start, unit = head, None  # 某省委省政府: two bodies, the first found by itself
    if unit is None:
        start = head if actorwords.SHORT.match(suffix) and not what.word else _trimmed(scene, start, head, what.word)
    if unit is None and start == head:
        if suffix in _words():
            short = actorwords.SHORT.match(suffix) is not None and what.kind.id in ("government", "party")
            return Actor(head, end, what.kind, short or actorwords.PROPER.search(suffix) is not None)
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
    if unit is None:
        start = firms.named_from(text, start, head, end)
    core = text[start:head]
    if suffix == "平台":
        return None  # 便民服务平台: a platform by its name
    if unit is None and (suffix in actorwords.GENERIC_SKIPPED or (what.word and what.kind.id in actorwords.PEOPLE)):
        return Actor(head, end, what.kind, False)
    if what.kind.id == "residents" and suffix not in actorwords.MORE_SUFFIXES:
        return Actor(head, end, what.kind, False) if suffix in _words() else None
    named = (
        unit is not None
        or actorwords.SHORT.match(core + suffix) is not None
        or not actorwords.CLASS.search(suffix)
        or _has_name(scene, start, head)
    )
    if named and unit is None and len(core) < 2 and not actorwords.SHORT.match(core + suffix) and what.word:
        return Actor(head, end, what.kind, False)
    return Actor(start, end, what.kind, named, unit)


_LEAGUE = re.compile("共青团[\u4e00-\u9fff]{1,7}$")
_COMMITTEES = frozenset(["省委", "市委", "区委", "县委", "州委", "旗委"])


@cache
def _kind(wanted: str) -> ActorKind:
    return next(kind for kind in actor_kinds() if kind.id == wanted)


_ORDERS = re.compile("组织|发动|动员|安排|邀请|引导|带领|抽调")
_SIMPLE = frozenset(["保安", "保洁", "保洁员", "开发商", "中介", "学生", "护士", "工人", "职工", "店主", "老人", "年轻人"])
_SET_TO_WORK = re.compile("(?:社区|街道|党支部|居委会|村委会|村)(?:组织|发动|动员|安排|聘请|邀请|引导|带领|抽调)")
_PAYS = re.compile("补贴|补助|奖补|出资|拨付|安排|兜底")
_BEFORE_POST = re.compile("(?:党委|党支部|党总支|党工委|居委会|村委会|业委会|办事处|支部|工会|妇联|本报|本刊|委员会|[省市区县]委)$")
_BY_LEVEL = re.compile("(?:由|会同|联合|协调|邀请)(?=[省市区县镇乡街村社])")
_BOTH = re.compile("(?:委|党委|工委)$")
_NUMBERED = re.compile("[0-9一二三四五六七八九十]{1,3}(?:大队|中队|支队)")


def _trimmed(scene: Scene, start: int, head: int, word: bool) -> int:
    """Drop verbs and quantifiers that the walk to the left took for part of the name (孵化|社会组织, 广大|党员)."""
    set_to_work = _SET_TO_WORK.match(scene.text, start, head)
    if word and set_to_work is not None:
        start = set_to_work.end()
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
    if text[end - 2 : end] == "财政" and _PAYS.match(text, end):
        return True
    if ends_name(scene, end):
        return text[end : end + 1] != "师" or text[end - 2 : end] != "社工"
    return text.startswith(posts().words, end) and (
        text[end] == text[end - 1] or _BEFORE_POST.search(text, max(0, end - 3), end) is not None
    )


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
        if word in posts().words:
            return None  # 全国政协|委员、某研究所
        if scene.starts[at] >= previous.end and word not in ("与", "和", "及", "、") and not _belongs(word, flag):
            return None
        at += 1
    return previous


def _start(scene: Scene, places: Places, head: int) -> tuple[int, Unit | None]:
    """Where the name that ends in the suffix at `head` begins, and the place it begins with."""
    inside = places.around(head)
    if inside is not None and inside.start < head:
        return inside.first, inside
    before = places.at(head)
    if before is not None:
        return before.first, before
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
        bracket = firms.bracket(scene.text, position, head)
        if bracket is not None:
            position = bracket  # 某某（集团）有限公司
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
        sends = (
            scene.words[at] in _SENDS
            and scene.words[at + 1] in actorwords.ANYBODY
            and (at == 0 or scene.words[at - 1].endswith(_SENDERS) or not scene.words[at - 1][0].isalnum())
        )  # 社区组织|居民……
        if sends or (not direction and not coined and not both and not _belongs(scene.words[at], scene.flags[at])):
            break
        position = scene.starts[at]
        at -= 1
    return firms.registered(scene, places, position, head)


_SENDS = frozenset(["组织", "带领", "安排", "引导"])
_SENDERS = ("社区", "街道", "村", "镇", "乡", "党委", "党组织", "支部", "会", "中心", "站", "学校", "局", "办", "公司", "物业", "部门")
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
