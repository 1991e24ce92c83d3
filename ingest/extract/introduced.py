"""Short names that a report introduces itself (…，以下简称…), names that it says were changed (改称), and branches of a body it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ingest.extract import called
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene, tag
from ingest.extract.shortnames import Parts, parts

_ENTITIES = frozenset(["actor", "place", "method", "platform", "programme", "policy"])
_INTRODUCING = re.compile(
    '[（(，,]?(?:以下|下文|下面)?(?:统称|简称|下称)(?:为)?[：:]?[“"「『《]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,14}?)[”"」』》]?(?:[）)，。,；;]|$)'
)
_RENAMED = re.compile('(?:更名|改名|改称|易名)(?:为|成|作)?[“"「]?')
_BRANCH = re.compile(
    "(?P<branch>(?:(?!成立|设立|下设|组建|新设|开设|所属|各|的|和|与|在|及|有)[\u4e00-\u9fff]){0,6}?(?:分会|分公司|支行|分行|分局|分中心|分院|分校|分站|分店|分馆|分社|分所|项目部|营业部|营业厅))(?!长)"
)
_BELOW = re.compile(
    "[\u4e00-\u9fff]{0,6}?(?:服务处|管理处|服务部|门市部|供电所|营业所|服务站|工作站|服务中心|项目组)"
)  # what is a body of its own
_ANY = 40
_REPEATED = frozenset(["platform", "method", "programme"])
_HEADS = {
    "platform": ("平台", "小程序", "系统", "驿站", "公众号"),
    "method": ("工作法", "机制", "工作机制", "模式", "工作模式", "制度", "做法"),
    "programme": ("项目", "行动", "计划", "工程", "活动", "基金"),
}
_TAIL = (
    "(?:[\u4e00-\u9fff]{0,8}?(?:股份)?有限(?:责任)?公司|"
    "[\u4e00-\u9fff]{0,6}?(?:服务|发展|公益)[\u4e00-\u9fff]{0,2}(?:中心|社|促进会)|事务所)"
)
_TRADES = {
    "物业": "物业",
    "置业": "置业",
    "社会工作": "社工",
    "社工": "社工",
    "律师": "律所",
    "养老": "养老",
    "停车": "停车",
    "环境": "环境",
    "电梯": "电梯",
}
_REGISTERED = re.compile(rf"(?P<brand>[\u4e00-\u9fff]{{2,4}}?)(?P<trade>{'|'.join(_TRADES)})?{_TAIL}")
_MARKS_AROUND = {"“": "”", "「": "」", "‘": "’", '"': '"'}
_HEAD = re.compile("|".join(sorted({word for words in _HEADS.values() for word in words}, key=len, reverse=True)))
_COMPANY = re.compile(
    "(?P<stem>[\u4e00-\u9fff]{4,14}?)(?:股份|集团)*(?:有限(?:责任)?公司|集团|(?:服务|发展)?中心|服务社|促进会|事务所|公寓)"
)
_BRANDLESS = re.compile(
    "(?:物业|置业|房地产|地产|建设|建筑|工程|电梯|环境|环保|科技|信息|停车|燃气|水务|供水|热力|保洁|保安|养老|家政|餐饮|律师|社会工作|公益|开发|服务|管理|发展)+"
    "(?:集团|股份)*(?:有限(?:责任)?公司|事务所|服务中心|发展中心)"
)
_BRAND = re.compile(
    "(?:(?<![\u4e00-\u9fff])|由|与|和|请|聘|请来|选聘|委托|引入|引进|交给|起诉|告|商|方|企业|单位|物业|公司|[省市区县])"
    "(?P<brand>[^一二三四五六七八九十两某该本此这那每各的了家在是有对把被从到与由\\W0-9a-zA-Z]{2,4})$"
)
_NO_BRAND = frozenset(["物业", "社区", "街道", "居民", "城市", "公益", "志愿", "社会", "养老", "便民", "专业", "第三方", "服务", "综合"])
_NO_BRAND_CHARACTERS = frozenset("的了和与及在区市县镇乡村街")
_NO_TRADE = frozenset(["服务", "管理", "发展", "有限", "集团", "股份", "公司", "中心", "社区", "街道", "综合"])
_SHORT_ENDS = ("社联会", "综治中心", "妇联", "残联", "调委会", "社工站", "物管会")
_FORMS = 60


def _brands(scene: Scene, named: Iterable[Finding]) -> None:
    """A company has a name of its own before the word for its trade, also where that is an ordinary word: 阳光 of 阳光物业服务有限公司."""
    for finding in named:
        if finding.type != "actor" or finding.name is not None or not _BRANDLESS.fullmatch(scene.text, finding.start, finding.end):
            continue
        before = _BRAND.search(scene.text, max(0, finding.start - 8), finding.start)
        if before is not None and before["brand"] not in _NO_BRAND:
            finding.start, finding.rule = before.start("brand"), "actor.named"
            finding.canonical = scene.text[finding.start : finding.end]


def complete(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """`found`, ordered, with further mentions by short names: those that the text introduced, those made of full names, names first set in
    quotation marks."""
    named = [finding for finding in found if finding.type in _ENTITIES]
    named.sort(key=lambda finding: (finding.end, finding.start))
    _branches(scene, named)
    _brands(scene, named)
    spans = _Spans(finding for finding in found if finding.type in _ENTITIES or finding.type == "person")
    more: list[Finding] = []
    for whole, low, high in _quoted(scene, named):
        if spans.take(low, high, names=False):
            more.append(_again(scene, whole, low, high))
    for whole, name, begin in (*_introduced(scene, named), *_made(scene, named)):
        low = scene.text.find(name, begin)
        while low >= 0:
            high = low + len(name)
            if not _is_below(scene, whole, high) and spans.take(low, high):
                more.append(_again(scene, whole, low, high))
            low = scene.text.find(name, high)
    for whole, low, high in called.heads(scene, named):
        if not _is_below(scene, whole, high) and spans.take(low, high):
            more.append(_again(scene, whole, low, high))
    _renamed(scene, named)
    if not more:
        return list(found)
    kept = [finding for finding in found if id(finding) not in spans.dropped]
    return sorted([*kept, *more], key=lambda finding: (finding.start, finding.end, finding.type, finding.rule))


class _Spans:
    """Where something is named already."""

    def __init__(self, named: Iterable[Finding]) -> None:
        self._order = sorted(named, key=lambda finding: finding.start)
        self._starts = [finding.start for finding in self._order]
        self._taken: set[int] = set()
        self.dropped: set[int] = set()

    def take(self, start: int, end: int, *, names: bool = True) -> bool:
        """Whether [start, end) may be a further mention: nothing is named there but what a longer name hides (社工 in 益邻社工), with
        `names` a name too."""
        low = bisect_left(self._starts, start - 40)
        over = [one for one in self._order[low : bisect_left(self._starts, end)] if one.end > start]
        hidden = [one for one in over if start <= one.start and one.end <= end and one.end - one.start < end - start]
        if (
            start in self._taken
            or len(hidden) < len(over)
            or any(one.rule == "actor.named" or not (names or one.rule.endswith("generic")) for one in hidden)
        ):
            return False
        self._taken.update(range(start, end))
        self.dropped.update(id(one) for one in hidden)
        return True


def _quoted(scene: Scene, named: Iterable[Finding]) -> Iterator[tuple[Finding, int, int]]:
    """“云麓通”平台 is later called 云麓通, “云麓通” or 云麓通平台."""
    seen: set[str] = set()
    for finding in named:
        if finding.type not in _REPEATED or len(seen) >= _ANY or finding.rule.endswith("term"):
            continue
        low = scene.text.find("“", max(0, finding.start - 1), finding.end)
        high = scene.text.find("”", low + 1, finding.end + 1) if low >= 0 else -1
        name = scene.text[low + 1 : high] if high > 0 else ""
        if not 2 <= len(name) <= 12 or name in seen:
            continue
        seen.add(name)
        behind = _HEAD.match(scene.text, high + 1)
        head = scene.text[high + 1 : finding.end] or (behind[0] if behind else "")
        if len(name) == 2 and not head:
            continue  # “三农” is nobody's own
        heads = tuple(word for word in (head, head[-2:], *_HEADS[finding.type]) if len(word) > 1)
        alone = len(name) > 2 or len(tag(name)) > 1
        at = scene.text.find(name, max(high, finding.end))
        while at >= 0:
            end = at + len(name)
            marked = scene.text[at - 1] in _MARKS_AROUND and scene.text[end : end + 1] in _MARKS_AROUND[scene.text[at - 1]]
            after = end + marked
            with_head = next((len(word) for word in heads if scene.text.startswith(word, after)), 0)
            if with_head:
                yield finding, at - marked, after + with_head
            elif marked or alone:
                yield finding, at, end
            at = scene.text.find(name, end)


def _made(scene: Scene, named: Sequence[Finding]) -> Iterator[tuple[Finding, str, int]]:
    for form, body in sorted(shorts(scene, named).items()):
        if body is not None:
            yield body, form, body.end


def _branches(scene: Scene, named: Iterable[Finding]) -> None:
    """The name of a branch is not that of its body: 慈善会棠溪分会."""
    for finding in named:
        if finding.type == "actor" and finding.rule == "actor.named":
            branch = _BRANCH.match(scene.text, finding.end)
            if branch and branch["branch"] and finding.name is None:
                finding.end = branch.end("branch")
                if finding.canonical:
                    finding.canonical += branch["branch"]


def _introduced(scene: Scene, named: Sequence[Finding]) -> Iterator[tuple[Finding, str, int]]:
    ends = [finding.end for finding in named]
    for match in islice(_INTRODUCING.finditer(scene.text), _ANY):
        at = match.start()
        while at and scene.text[at - 1] in '”"」』》）)（(，,':
            at -= 1
        low, high = bisect_left(ends, at), bisect_right(ends, match.start())
        whole = min(named[low:high], key=lambda finding: (finding.type == "place", finding.start), default=None)
        name = match["name"]
        if whole is not None and scene.text[whole.start : whole.end] != name:
            whole.aliases = tuple(dict.fromkeys((*whole.aliases, name)))
            yield whole, name, match.start("name")


def _is_below(scene: Scene, whole: Finding, end: int) -> bool:
    """Whether the words before `end` are only the beginning of the name of a branch."""
    branch = _BRANCH.match(scene.text, end) or _BELOW.match(scene.text, end)
    return whole.type == "actor" and branch is not None


def _again(scene: Scene, whole: Finding, start: int, end: int) -> Finding:
    canonical = whole.canonical or (whole.name if whole.name is not None else scene.text[whole.start : whole.end])
    return Finding(
        whole.type, start, end, f"{whole.type}.introduced", 0.9, canonical=canonical, kind=whole.kind, concept=whole.concept,
        modality="asserted", place=whole.place,
    )  # fmt: skip


def _renamed(scene: Scene, named: Sequence[Finding]) -> None:
    """A 更名为 B: the text itself says that both are one."""
    order = sorted((finding for finding in named if finding.type == "actor"), key=lambda finding: (finding.start, -finding.end))
    starts = [finding.start for finding in order]
    for match in _RENAMED.finditer(scene.text):
        at = bisect_left(starts, match.end())
        if not at or at == len(order) or order[at].start != match.end():
            continue
        sentence = scene.sentence(match.start())
        before = [one for one in order[max(0, at - 4) : at] if one.start >= sentence[0] and one.end <= match.start()]
        if len(before) == 1 and before[0].rule == "actor.named":
            new = scene.text[order[at].start : order[at].end]
            before[0].aliases = tuple(dict.fromkeys((*before[0].aliases, order[at].canonical or new, new)))


def shorts(scene: Scene, named: Iterable[Finding]) -> dict[str, Finding | None]:
    """What a text may call its named bodies for short: 恒达物业, 恒达公司; 区社联会 where it named the 社会组织联合会 of a 区. None where
    two would be called so."""
    forms: dict[str, Finding | None] = {}
    seen: set[str] = set()
    for body in named:
        if body.rule != "actor.named":
            continue
        full = body.canonical or scene.text[body.start : body.end]
        if full in seen:
            continue
        seen.add(full)
        if len(seen) > _FORMS:
            break
        for form in dict.fromkeys(_forms(parts(full, body.place))):
            forms[form] = body if form not in forms else None
    return forms


def _forms(name: Parts) -> Iterator[str]:
    if company := _COMPANY.fullmatch(name.rest):
        yield from _of_company(company["stem"], name.rest)
    registered = _REGISTERED.fullmatch(name.rest)
    if registered and registered["brand"] not in _NO_BRAND:
        brand, trade = registered["brand"], registered["trade"]
        if trade:
            yield brand + _TRADES[trade]
            if trade == "律师":
                yield brand + "所"
        if name.rest.endswith("公司"):
            yield brand + "公司"
    elif name.rest.endswith("律所") and len(name.rest) > 3:
        yield name.rest.removesuffix("律所") + "所"
    elif name.rest.endswith(_SHORT_ENDS) and (name.relative or name.places):
        for word in ("街道", "社区", "区", "县", "市", "镇"):
            if name.relative == word or (name.places and name.places[-1].endswith(word)):
                yield word + name.rest
                return


def _of_company(stem: str, whole: str) -> Iterator[str]:
    """The brand, the first two characters, with the first word of the trade or the word for the kind of body: 远航电梯, 远航集团."""
    brand = stem[:2]
    if brand in _NO_BRAND or (len(tag(brand)) > 1 and any(character in _NO_BRAND_CHARACTERS for character in brand)):
        return
    trade = stem[2:].removeprefix("房") if stem[2:].startswith("房地产") else stem[2:]
    if trade[:2] not in _NO_TRADE:
        yield brand + trade[:2]
    if "集团" in whole:
        yield brand + "集团"
    if whole.endswith("中心"):
        yield brand + "中心"
