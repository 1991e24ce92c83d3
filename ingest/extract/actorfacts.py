"""Facts from mentions of organisations and groups: which mentions count, and the whole names of short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.extract import actorwords, groups
from ingest.extract.actor import Actor
from ingest.extract.chains import Places
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.units import Unit

_JOINED = re.compile("(?:[、和与及]|以及|或|还有)$")
_ABSENT = re.compile(
    "(?:没有|没|无|未|尚无|缺乏|不设)(?:再|能|人|专业)?(?:聘请?|成立|组建|选出|引入|引进|请|进驻|设立)?过?(?:一个|任何|专门的|专业的?)?$"
)
_WANTED = re.compile("(?:选聘|招聘|招标|物色|公开招|当|选择|挑选)(?:新的?|一家)?$")
_MEETING = re.compile("(?:召?开|举行|召集|组织)(?:了|过)?[^，。；]{0,8}$")
_MONEY = re.compile("资金|支出|预算|收入|压力|负担|经费|事务|供养|体制|投入|补助资金|奖补|拨款|扶持")
_BEHIND_GOVERNMENT = re.compile("主导|引导|搭台|购买|兜底|职能|治理|工作报告|采购|信息公开|网站")
_NAMED_BY_THEIR_KIND = frozenset(["social", "owners", "committee", "party", "mass", "institution", "collective"])
_CLASSES = (
    "企业",
    "单位",
    "学校",
    "学院",
    "大学",
    "医院",
    "幼儿园",
    "国企",
    "银行",
    "超市",
    "商场",
    "酒店",
    "民宿",
    "门店",
    "工厂",
    "博物馆",
)
_OF_A_STREET = re.compile("街道[^，。、]{1,8}(?:办|办公室|室|科)$")
_AGENCY = "派出机关"
_SAME_GROUP = frozenset(["residents"])


def find(scene: Scene, places: Places, actors: Iterable[Actor]) -> list[Finding]:
    """Facts from mentions; short forms get the whole name as `canonical`. Names and words that mean one body count each time, words for
    anybody of a kind where they act: residents once a sentence, others once a case."""
    found: list[Finding] = []
    seen: set[tuple[object, str]] = set()
    mentions = list(actors)
    named = {actor.start for actor in mentions if actor.named}
    for actor, (first, last) in zip(mentions, _lists(scene, mentions), strict=True):
        name = scene.text[actor.start : actor.end]
        if not actor.named and (actor.end in named or (actor.end + 1 in named and scene.text[actor.end] in "为是")):
            continue  # 主办方某某公司, 物业企业为某某公司: the name says who is meant
        if not _counts(scene, actor, name, first, last):
            continue
        if _is_group(actor, name):
            where = scene.sentence(actor.start)[0] if actor.kind.id in _SAME_GROUP else scene.case(actor.start)
            if (where, name) in seen:
                continue
            seen.add((where, name))
        canonical, place = _canonical(scene, places, actor, name)
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
                kind=_AGENCY if actor.kind.id == "government" and _OF_A_STREET.search(name) else actor.kind.label,
                place=place,
                organisation=actor.level,
            )
        )
    return found


def _lists(scene: Scene, actors: Sequence[Actor]) -> list[tuple[int, int]]:
    """For each mention where the list that it is a member of begins and ends; alone it is a list of one."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(actors):
        stop = at + 1
        while stop < len(actors) and _JOINED.fullmatch(scene.text, actors[stop - 1].end, actors[stop].start):
            stop += 1
        spans += [(actors[at].start, actors[stop - 1].end)] * (stop - at)
        at = stop
    return spans


def _is_group(actor: Actor, name: str) -> bool:
    return not actor.named and not _is_body(actor, name) and name not in actorwords.BARE and name not in actorwords.BARE_PLACES


def _is_body(actor: Actor, name: str) -> bool:
    """Whether a word without a name means the one body of its kind that the text is about: 业委会, 供电公司, 执法中队."""
    if name.endswith(actorwords.MORE_SUFFIXES):
        return True
    if (
        actor.kind.id in _NAMED_BY_THEIR_KIND
        and not name.endswith(_CLASSES)
        and name not in actor.kind.words
        and name not in actorwords.BARE
    ):
        return True  # 邻里发展协会, 三号楼自管小组
    return name in actorwords.BODIES or (
        name not in actorwords.ANYBODY
        and name not in actorwords.BARE
        and actor.kind.id in actorwords.BARE_KINDS
        and name not in actor.kind.words
        and len(name) > 2
        and not name.endswith(_CLASSES)
    )


def _counts(scene: Scene, actor: Actor, name: str, first: int, last: int) -> bool:
    """Whether a mention speaks of somebody who acts, or of one body by name or by the word for its kind."""
    text = scene.text
    if name in ("财政", "区财政", "市财政", "县财政", "镇财政", "区级财政", "市级财政", "省级财政", "县级财政") and _MONEY.match(
        text, actor.end
    ):
        return False
    quoted = text[actor.start - 1 : actor.start] in ("“", "‘") and text[actor.end : actor.end + 1] in ("”", "’")
    if quoted and actor.unit is None and name.endswith(_CLASSES):
        return False  # “稻穗银行”: a scheme that is called like one
    if actor.named or actor.acts:
        return True
    lead = text[max(0, actor.start - 14) : actor.start]
    if _is_body(actor, name):
        return not (_ABSENT.search(lead) or _WANTED.search(lead) or (name.endswith(("大会", "会议")) and _MEETING.search(lead)))
    if name == "老人" and actor.start and scene.flags[scene.token(actor.start) - 1][:2] == "nr":
        return False  # 周凤英老人: one person
    if _named_behind(scene, actor.end) or (name == "政府" and _BEHIND_GOVERNMENT.match(text, actor.end)):
        return False
    return groups.act(scene, first, last) if last > actor.end or first < actor.start else groups.act(scene, actor.start, actor.end)


def _named_behind(scene: Scene, end: int) -> bool:
    """Whether the name of a person follows: 村民冯大爷, 志愿者老何."""
    at = scene.token(end)
    return (
        end < len(scene.text)
        and scene.starts[at] == end
        and (scene.flags[at][:2] == "nr" or scene.words[at][0] in "老小阿")
        and scene.words[at] not in _NO_NAMES
    )


_NO_NAMES = frozenset(["老人", "老", "小", "小区", "老年人", "小组", "老旧"])


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
