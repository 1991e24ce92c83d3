"""The context that decides whether a case can be borrowed: kind of community, households, property service, owners' committee, money."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.vocabulary import Aspect, contexts
from ingest.extract.actors import Actor
from ingest.extract.cues import CONTEXT, Sighting
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.telling import done, everywhere, in_heading, in_title, meant, near, weighed, whole_words
from ingest.extract.wordlist import word_set

_UNITS = {"households": ("户",), "population": ("人",), "buildings": ("栋", "幢"), "age": ("年",), "elderly_share": ("%",)}
_SETTING = "setting"
_DENIAL = re.compile("无|没|未|不|缺|失管|弃管|撤|跑|空")
_PLACE = "小区|社区|村|大院|院子|宿舍|家属院|楼|苑|花园|家园|新村|公寓|安置|街道|乡|镇|寨|屯|片区|辖区|市场|大厦"
_IS = re.compile(f"(?:是|属|原是|系|作为|典型的?|位于[^，。]{{0,10}})[^，。；]{{0,18}}$|(?:{_PLACE})$")
_DESCRIBES = re.compile(
    "[0-9一二三四五六七八九十百]+(?:余|多)?(?:户|栋|幢|人|平方米|个单元|部电梯)|建于|建成|交付|始建|入住|占地|总面积|建筑面积"
)
_OTHERS = re.compile(
    "(?:[0-9一二三四五六七八九十两几多]+个|各|全[区市县省街镇]|其他|同类|有些|一些|别的|针对|对于|部分|首批|多个|聚焦|"
    "推进|加强|推动|开展|实施)[^，。；]{0,6}$"
)
_WORK = re.compile("(?:的)?(?:整治|更新|改造|建设|治理|工作|管理|问题|项目|工程|难题|行业|资金|条件|政策)")
_PARTIAL = re.compile(
    "其中|同意|反对|弃权|签[字约名订]|联名|退|入股|参与|缴|交[了清齐费]|补偿|承担|困难|低保|贫困|脱贫|空[置着]|搬|拆|"
    "受[灾益损]|未|没|不|每|均|入股|[一二三四五六七八底顶][楼层](?:住户|业主|居民|的)|首批|第[一二三四]批|分别|余下|剩|"
    "另|[里中]有|"
    "报名|投票|应到|实到|出资|分摊|新增|增加|减少|带动|培育|帮|走访|慰问|安装|完成|服务|接待|组织|招募|吸引|发动|涉及|"
    "跑|劝|谈|问|找|敲|登门|上门|安置|抽|罚|警告|长年|自愿|评|选出|流转|养殖|种植|违|访|辞|负责|入户|救助|化解"
)
_WHOLE = re.compile("共有?|现有|总|住(?:着|有)?|常住|辖|居民|住户|业主|人家|村民|户籍|登记")
_ADDRESS = re.compile("(?:门口|单元|[0-9]|楼下|的|设|旁|前|后|东|西|南|北|底楼|架空层|室)")
_FIGURE_ONLY = re.compile(
    "^(?:现有|共有?|有|总户数|住户|居民|业主|常住人口|户籍人口|约|近|总人口|住宅楼?|居民楼|高层|楼房|村民|"
    "[0-9一二三四五六七八九十百千万余多约近,.]|户|人|栋|幢|、|（|）|住宅|高层|多层|[一二三四五六七八九十]+层|楼|个|"
    "单元)+$"
)
_MONEY = re.compile("元|出资|投入|争取|补助|补贴|拨|承担|自筹|筹|捐|列支|支付|垫|购|用于")
_MENTIONS_ONLY = word_set(
    "大修基金 住宅专项维修资金 老龄化 原住民 老邻居 老街坊 宗族 少数民族流动人口 流动性大 产权单位 帮扶单位 基金会 "
    "慈善会 慈善总会 自治管理 物业服务中心 园区 校园周边 厂区 景区 银行贷款 直管公房"
)
_ACTS = re.compile(
    "(?:推动|指导|推进|鼓励|帮助|支持|协助|引导|筹备|准备|难以|促成|组织|培训|指|督促|如何|怎样|要|应|须|能否|是否)[^，。；]{0,8}$"
)
_UNKEPT = word_set("失管 脱管 无人管理 弃管 无主管部门")
_BROUGHT_IN = re.compile("引入|引进|聘请|选聘|进驻|入驻|接管|托管")
_RURAL = re.compile("村民(?!小组长)|村集体|行政村|自然村|农户|村委会|宅基地|村规民约")


def find(scene: Scene, sightings: Mapping[str, Sequence[Sighting]], actors: Sequence[Actor], figures: Sequence[Finding]) -> list[Finding]:
    """Facts of the kind `context`: `aspect` is its label, `kind` the label of what the text tells; figures stand in `value` and `unit`, and
    count only where a measure or a date (`figures`, by end) was read.

    Where a text tells cases, only what stands in one of them counts; what is said of other places, of a part of the households, of the
    whole country, or is wanted or weighed does not.
    """
    found: list[Finding] = []
    ends = [figure.end for figure in figures]
    bodies = [(actor.start, actor.end) for actor in actors]
    for aspect in contexts():
        sighted = sightings.get(f"{CONTEXT}:{aspect.id}", ())
        if aspect.id == _SETTING:
            found.extend(_setting(scene, aspect, sighted))
            continue
        seen: set[tuple[str | None, str, object]] = set()
        for start, end, cue in sighted:
            while end > start and scene.text[end - 1] in "，,、。；;":
                end -= 1
            if in_heading(scene, start) or everywhere(scene, start) or not _in_case(scene, start):
                continue
            units = _UNITS.get(aspect.id)
            numeric = units is not None and not cue.terms
            figure = _figure(scene, start, end, figures, ends, units) if numeric and units is not None else None
            if figure is None if numeric else not _said(scene, start, end, aspect.id, cue.label, bodies):
                continue
            if figure is not None and not _of_the_whole(scene, start, end, aspect.id):
                continue
            key = (scene.case(start), cue.id, figure.value if figure is not None else scene.paragraph(start)[0])
            if key in seen:
                continue
            seen.add(key)
            finding = Finding("context", start, end, f"context.{aspect.id}", 0.85, aspect=aspect.label, kind=cue.label, modality="asserted")
            if figure is not None:
                finding.value, finding.value_max, finding.unit = figure.value, figure.value_max, figure.unit
                finding.qualifier = figure.qualifier
            found.append(finding)
    return found


def _in_case(scene: Scene, start: int) -> bool:
    return not scene.cases or scene.case(start) is not None


def _setting(scene: Scene, aspect: Aspect, sighted: Sequence[Sighting]) -> list[Finding]:
    """Town or country, once a case: the value whose words come up most, at its first place, if it is told clearly."""
    places: dict[str | None, list[Sighting]] = {}
    if not scene.cases:
        return []
    for start, end, cue in sighted:
        if _in_case(scene, start) and not everywhere(scene, start) and (cue.label != "农村" or _RURAL.match(scene.text, start)):
            places.setdefault(scene.case(start), []).append((start, end, cue))
    found = []
    for listed in places.values():
        counts = Counter(cue.label for _, _, cue in listed)
        label, count = counts.most_common(1)[0]
        if count < 2 or 4 * count < 3 * sum(counts.values()):
            continue
        start, end, _ = next(item for item in listed if item[2].label == label)
        found.append(Finding("context", start, end, "context.setting", 0.7, aspect=aspect.label, kind=label, modality="asserted"))
    return found


def _said(scene: Scene, start: int, end: int, aspect: str, label: str, bodies: Sequence[tuple[int, int]]) -> bool:
    """Whether words without a figure say it of the case's own community."""
    text = scene.text
    said = text[start:end]
    low, high = near(scene, start)
    denial = _DENIAL.search(said) is not None
    if said[-1] in "多高" and not scene.word_starts_at(end):
        return False
    if (
        said in _MENTIONS_ONLY
        or in_title(scene, start, end)
        or not (whole_words(scene, start, end) or (aspect == "funding" and end - start > 3))
        or _in_body(bodies, start, end)
        or weighed(scene, start, end)
    ):
        return False
    if modality(scene, start, end, denial_is_part=denial) != "asserted":
        return False
    before = text[max(low, start - 24) : start]
    if aspect == "community_type":
        if _OTHERS.search(before) or _WORK.match(text, end):
            return False
        if said[-1] in "年成造付住用0123456789":  # a year tells the age (which is an aspect of its own), no kind of community
            return False
        first, last = scene.sentence(start)
        return bool(_IS.search(before)) or bool(_DESCRIBES.search(text, max(first, start - 80), min(last, end + 80)))
    if aspect in ("property_service", "owners_committee", "repair_fund"):
        if scene.role(start) == "insight":
            return False
        if aspect == "property_service" and not denial and _BROUGHT_IN.search(said) and not done(scene, start, end):
            return False
        if denial and said in _UNKEPT and not re.search("小区|楼|院|社区|物业", text[low:high]):
            return False
        if denial:
            return not _ACTS.search(before) and not _WORK.match(text, end)
        return not _ACTS.search(before) and not (meant(scene, start, end) and not done(scene, start, end))
    if aspect == "funding":
        return bool(_MONEY.search(said) or _MONEY.search(text, max(low, start - 16), min(high, end + 24))) and not (
            meant(scene, start, end) or re.match("拟|计划|将|应|可", text[end : end + 2])
        )
    if aspect == "tenure":
        return scene.role(start) != "insight" and bool(re.search("[是为属归有由]|产权", before + said + text[end : end + 6]))
    return not _OTHERS.search(before) and not meant(scene, start, end)


def _in_body(bodies: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(bodies, (start + 1, 0)) - 1
    return at >= 0 and bodies[at][1] >= end and bodies[at][1] - bodies[at][0] > end - start


def _figure(scene: Scene, start: int, end: int, figures: Sequence[Finding], ends: Sequence[int], units: Sequence[str]) -> Finding | None:
    """The measure or date read inside the words."""
    at = bisect_right(ends, start)
    while at < len(figures) and figures[at].start < end:
        if figures[at].unit in units or (figures[at].type == "date" and "年" in units):
            return figures[at]
        at += 1
    return None


def _of_the_whole(scene: Scene, start: int, end: int, aspect: str) -> bool:
    """Whether the figure tells the size of the community (小区有居民900户) and not of a part of it (有10户同意)."""
    text = scene.text
    low, high = near(scene, start)
    clause = text[low:high]
    first, last = scene.sentence(start)
    around = text[max(first, start - 60) : min(last, end + 60)]
    if aspect == "age":
        planned = modality(scene, start, end) != "asserted" or meant(scene, start, end)
        return (not planned and scene.role(start) in ("background", "problem", "other")) or bool(
            re.search("始建|建于|建造于|落成于", text[start:end])
        )
    if aspect == "elderly_share":
        return True
    if meant(scene, start, end) or re.search("全[省市县区]|今年|还将", around):
        return False
    if _PARTIAL.search(clause) and not re.search("现有|总户数|常住|(?:小区|社区|居民|村|全村|院)共", clause):
        return False
    if aspect == "buildings":
        if _ADDRESS.match(text, end) or re.search("违建|别墅|类似", clause):
            return False
        told = _FIGURE_ONLY.fullmatch(clause.strip()) or re.search("[共有]|住宅|高层|多层|居民楼|楼房", clause)
        return bool(told and re.search("户|人|建筑面积|平方米|建于|交付|单元", around))
    if not re.search(_PLACE, around):
        return False
    if _FIGURE_ONLY.fullmatch(clause.strip()):
        return True
    return bool(_WHOLE.search(clause)) and (scene.role(start) in ("background", "problem", "other") or bool(_DESCRIBES.search(clause)))
