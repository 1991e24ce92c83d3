"""One place by several names inside a report: 该区 where it acts, 和苑 and 和苑小区, the market and the 菜场 of one road; and phases of one
estate, which are two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.extract import pointing
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_ACTING = re.compile("(?P<who>该|此|本|我们?)(?P<word>省|市|区|县|街道|镇|乡|社区|村|小区)")
_NO_UNIT = {"区": ("社区", "小区"), "镇": ("集镇",)}
_PHASE = re.compile(
    "[一二三四五六七八九1-9]期(?!工程|改造|项目|建设|任务|整治|投入|资金)|[东西南北中]区(?![域块分别间])|[A-Da-d甲乙丙丁]区(?![域块])|[东西南北][苑院](?![子落墙])"
)
_BESIDE = re.compile("社区|村|街道|镇|乡|区|县|市|路|街|巷|弄|场|园区|站")
_MARKET = re.compile(
    "(?:[\u4e00-\u9fff]*(?:省|市(?!场)|区|县|镇|乡|街道|村))?(?P<stem>[\u4e00-\u9fff]{2,6}?)(?P<road>路|街|巷)?(?:农贸|集贸|农副产品|综合|批发|菜)?市场"
)
_SOLD_THERE = "(?:菜市?场|菜市|农贸市场|集贸市场|农副产品市场|市场)"
_LONGEST = 40  # markets that are looked for by their daily names


def resolve(scene: Scene, actors: Sequence[Finding], places: list[Finding]) -> list[Finding]:
    """Gives short forms among the places and acting places their full chain; returns further mentions."""
    _phases(scene, places)
    _acting(scene, actors, places)
    _streets(scene, actors)
    _estates(places)
    return _markets(scene, [*places, *actors], places)


def _last(place: Finding) -> str:
    return (place.place or place.canonical or "").rsplit(">", 1)[-1]


def _acting(scene: Scene, actors: Sequence[Finding], places: Sequence[Finding]) -> None:
    """该区 that does something is the last district named before it, 我区 the only one."""
    pointed = [(actor, match) for actor in actors if actor.canonical is None and (match := _said(scene, actor))]
    by_word: dict[str, list[Finding]] = {}
    for actor, match in pointed:
        word = match["word"]
        if word not in by_word:
            by_word[word] = [one for one in places if one.rule != "place.pointing" and _is_a(_last(one), word)]
        candidates = by_word[word]
        if match["who"] in ("该", "此"):
            there = pointing.last_named(scene, actor.start, candidates, word)
        else:
            there = candidates[0] if len({one.canonical for one in candidates}) == 1 else None
        if there is not None:
            actor.canonical, actor.place = there.canonical, there.place


def _streets(scene: Scene, actors: Sequence[Finding]) -> None:
    """A street that acts is its office, where the text names that: 街道 of 柳岸街道办事处."""
    offices: dict[str, Finding] = {}
    for actor in actors:
        name = pointing.whole(scene, actor)
        if name.endswith(("街道办事处", "街道办")) and len(name) > 5:
            offices.setdefault(name.removesuffix("办事处").removesuffix("办"), actor)
    for actor in actors if offices else ():
        name = pointing.whole(scene, actor)
        if not name.endswith("街道"):
            continue
        fitting = [office for street, office in offices.items() if street.endswith(name) or name.endswith(street)]
        if len(fitting) == 1:
            actor.canonical, actor.place = pointing.whole(scene, fitting[0]), fitting[0].place or actor.place


def _said(scene: Scene, actor: Finding) -> re.Match[str] | None:
    return _ACTING.fullmatch(scene.text, actor.start, actor.end)


def _is_a(name: str, word: str) -> bool:
    return name.endswith(word) and not name.endswith(_NO_UNIT.get(word, ()))


def _phases(scene: Scene, places: Sequence[Finding]) -> None:
    """和苑一期 and 和苑二期 are two."""
    for place in places:
        if place.kind != "estate" or not place.place or place.rule == "place.pointing":
            continue
        phase = _PHASE.match(scene.text, place.end)
        if phase is not None:
            place.end = phase.end()
            place.canonical = (place.canonical or "") + phase[0]
            place.place += phase[0]


def _estates(places: Sequence[Finding]) -> None:
    """和苑 is 和苑小区 where the report has both."""
    longer: dict[str, dict[str, Finding]] = defaultdict(dict)
    for place in places:
        name = _last(place)
        if name.endswith("小区") and len(name) > 4 and place.canonical:
            longer[name.removesuffix("小区")].setdefault(place.canonical, place)
    for place in places if longer else ():
        name = _last(place)
        full = longer.get(name, {})
        if len(full) == 1 and not _BESIDE.search(name, len(name) - 1):
            (there,) = full.values()
            if (there.place or "").rsplit(">", 1)[0] == (place.place or "").rsplit(">", 1)[0] or ">" not in (place.place or ""):
                place.canonical, place.place = there.canonical, there.place


def _markets(scene: Scene, taken: Sequence[Finding], places: list[Finding]) -> list[Finding]:
    """和风路农贸市场 is also called 和风路菜场 and 和风菜场."""
    markets: dict[str, dict[str, Finding]] = defaultdict(dict)
    for place in places:
        if (found := _MARKET.fullmatch(_last(place))) and place.canonical and len(markets) < _LONGEST:
            markets[found["stem"]].setdefault(place.canonical, place)
    more: list[Finding] = []
    for stem, named in markets.items():
        if len(named) > 1:
            continue
        (market,) = named.values()
        for match in re.finditer(rf"{re.escape(stem)}(?:路|街|巷)?{_SOLD_THERE}", scene.text):
            start, end = match.span()
            over = [one for one in taken if one.start < end and start < one.end]
            if start < market.end or any(one.end >= end or one.start < start for one in over):
                continue
            inside = [one for one in over if one.type == "place"]
            if len(inside) == len(over) == 1:
                inside[0].end, inside[0].canonical, inside[0].place, inside[0].kind = end, market.canonical, market.place, market.kind
            elif not over:
                more.append(
                    Finding(
                        "place",
                        start,
                        end,
                        "place.called",
                        0.8,
                        canonical=market.canonical,
                        kind=market.kind,
                        place=market.place,
                        modality="asserted",
                    )
                )
    return more
