"""该局, 我局, 该系统, 这位部长, 15号文: mentions that point back at a name, and which name that is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.model import FactType
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_NOUNS: dict[str, tuple[FactType, str]] = {
    "支行": ("actor", "支行"), "分行": ("actor", "分行"), "大队": ("actor", "大队"), "中队": ("actor", "中队"), "协会": ("actor", "协会"),
    "中心": ("actor", "中心"), "公司": ("actor", "公司"), "所": ("actor", "所"), "院": ("actor", "院"), "站": ("actor", "站"),
    "系统": ("platform", "系统"), "平台": ("platform", "平台"), "小程序": ("platform", "小程序|平台"),
    "通知": ("policy", "通知|号"), "办法": ("policy", "办法"), "条例": ("policy", "条例"), "意见": ("policy", "意见"),
    "规定": ("policy", "规定|办法"), "方案": ("policy", "方案"), "项目": ("programme", "项目"), "基金": ("programme", "基金"),
    "机制": ("method", "机制|制度|制|法"), "制度": ("method", "制度|制"), "模式": ("method", "模式"), "工作法": ("method", "工作法|法"),
    "单元": ("place", "单元"), "楼栋": ("place", "楼|幢|栋"), "村": ("place", "村"),
    "镇": ("place", "镇"), "乡": ("place", "乡"),
}  # fmt: skip
_POINTED = re.compile(
    r"(?:该|(?<![因如彼])此|(?<![\u4e00-\u9fff])全(?=[村镇乡]))"
    rf"(?P<noun>{'|'.join(sorted(_NOUNS, key=len, reverse=True))})(?![长员里点内面区务民庄委干部法门以])"
)
_POST = re.compile(
    "(?:这位|该)(?P<post>书记|主任|部长|局长|科长|所长|镇长|区长|县长|会长|秘书长|站长|校长|院长|经理|律师|民警|网格员|楼长)"
)
_NUMBER = re.compile("(?<![0-9])(?P<number>[0-9]{1,4}号)文件?")
_FAR = 600
_MEANT = ("该", "此", "全")


def back(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """Further mentions of what was named before; none where the text leaves a choice."""
    by_type: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_type[finding.type].append(finding)
    taken = {(finding.type, finding.start) for finding in found} | {(finding.type, finding.end) for finding in found}
    return [
        one
        for one in (*_pointed_at(scene, by_type), *_posts(scene, by_type["person"]), *_numbers(scene, by_type["policy"]))
        if (one.type, one.start) not in taken and (one.type, one.end) not in taken
    ]


def whole(scene: Scene, finding: Finding) -> str:
    return finding.canonical or (finding.name if finding.name is not None else scene.text[finding.start : finding.end])


def last_named(scene: Scene, start: int, candidates: Sequence[Finding], noun: str) -> Finding | None:
    """The last of `candidates`, ordered, that is named before `start` in its case: the only one, or one of the same paragraph with which no
    other is named together. None too where the `noun` stands in between: something else that was not read as a name."""
    at = bisect_left(candidates, start, key=lambda one: one.start)
    case = scene.case(start)
    before = [one for one in candidates[max(0, at - 8) : at] if scene.case(one.start) == case]
    if not before:
        return None
    last = before[-1]
    between = scene.text[last.end : start].removeprefix(noun)
    if re.search(rf"(?<![该本我此]){re.escape(noun)}", between) or len(between) > _FAR:
        return None
    if len({whole(scene, one) for one in before}) == 1:
        return last
    together = {whole(scene, one) for one in before if one.start >= scene.sentence(last.start)[0]}
    return last if len(together) == 1 and scene.paragraph(last.start) == scene.paragraph(start) else None


def _pointed_at(scene: Scene, by_type: dict[str, list[Finding]]) -> Iterator[Finding]:
    ordered: dict[str, list[Finding]] = {}
    for match in _POINTED.finditer(scene.text):
        noun = match["noun"]
        type, ends = _NOUNS[noun]
        if noun not in ordered:
            end = re.compile(f"(?:{ends})[”』」》]?$")
            ordered[noun] = [one for one in by_type[type] if _is_name(scene, one) and end.search(whole(scene, one))]
        there = last_named(scene, match.start(), ordered[noun], noun)
        if there is not None:
            yield _mention(scene, there, match.start(), match.end(), f"{type}.pointing")


def _is_name(scene: Scene, finding: Finding) -> bool:
    words = scene.text[finding.start : finding.end]
    return not words.startswith(_MEANT) and len(words) > 2 and finding.rule not in ("actor.generic", "method.term")


def _posts(scene: Scene, persons: Sequence[Finding]) -> Iterator[Finding]:
    @cache
    def holders(post: str) -> list[Finding]:
        return [one for one in persons if one.post and one.post.endswith(post)]

    for match in _POST.finditer(scene.text):
        there = last_named(scene, match.start(), holders(match["post"]), match["post"])
        if there is not None:
            yield _mention(scene, there, match.start(), match.end(), "person.pointing")


def _numbers(scene: Scene, policies: Sequence[Finding]) -> Iterator[Finding]:
    numbered: dict[str, dict[str, Finding]] = defaultdict(dict)
    for policy in policies:
        for alias in (*policy.aliases, scene.text[policy.start : policy.end]):
            if number := re.search("[〕\\]）)]([0-9]+号)$", alias):
                numbered[number[1]].setdefault(whole(scene, policy), policy)
    for match in _NUMBER.finditer(scene.text) if numbered else ():
        named = numbered.get(match["number"], {})
        if len(named) == 1:
            yield _mention(scene, next(iter(named.values())), match.start(), match.end(), "policy.pointing")


def _mention(scene: Scene, there: Finding, start: int, end: int, rule: str) -> Finding:
    return Finding(
        there.type, start, end, rule, 0.8, canonical=whole(scene, there), kind=there.kind, post=there.post, organisation=there.organisation,
        concept=there.concept, modality="asserted", place=there.place,
    )  # fmt: skip
