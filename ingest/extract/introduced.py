"""Short names that a report introduces itself (…，以下简称…), names that it says were changed (改称), and branches of a body it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.shortnames import Parts, parts

_ENTITIES = frozenset(["actor", "place", "method", "platform", "programme", "policy"])
_INTRODUCING = re.compile(
    '[（(，,]?(?:以下|下文|下面)?(?:统称|简称|下称)(?:为)?[：:]?[“"「『《]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,14}?)[”"」』》]?(?:[）)，。,；;]|$)'
)
_RENAMED = re.compile('(?:更名|改名|改称|易名)(?:为|成|作)?[“"「]?')
_BRANCH = re.compile(
    "(?P<branch>(?:(?!成立|设立|下设|组建|新设|开设|所属|各|的|和|与|在|及|有)[\u4e00-\u9fff]){0,6}?(?:分会|分公司|支行|分行|分局|分中心|分院|分校|分站|分店))(?!长)"
)
_ANY = 40
_REPEATED = frozenset(["platform", "method", "programme"])
_OPENING, _CLOSING = "“‘「", "”’」"
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
_NO_BRAND = frozenset(["物业", "社区", "街道", "居民", "城市", "公益", "志愿", "社会", "养老", "便民", "专业", "第三方", "服务", "综合"])
_SHORT_ENDS = ("社联会", "综治中心", "妇联", "残联", "调委会", "社工站", "物管会")
_FORMS = 60


def complete(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """`found`, ordered, with further mentions by short names: those that the text introduced, those made of full names, names first set in
    quotation marks."""
    named = [finding for finding in found if finding.type in _ENTITIES]
    named.sort(key=lambda finding: (finding.end, finding.start))
    _branches(scene, named)
    spans = _Spans(finding for finding in found if finding.type in _ENTITIES or finding.type == "person")
    more: list[Finding] = []
    for whole, name, begin in (*_introduced(scene, named), *_quoted(scene, named), *_made(scene, named)):
        low = scene.text.find(name, begin)
        while low >= 0:
            high = low + len(name)
            if spans.take(low, high):
                more.append(_again(scene, whole, low, high))
            low = scene.text.find(name, high)
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

    def take(self, start: int, end: int) -> bool:
        """Whether [start, end) may be a further mention: nothing is named there but what a longer name hides (社工 in 益邻社工)."""
        low = bisect_left(self._starts, start - 40)
        over = [one for one in self._order[low : bisect_left(self._starts, end)] if one.end > start]
        hidden = [one for one in over if start <= one.start and one.end <= end and one.end - one.start < end - start]
        if start in self._taken or len(hidden) < len(over) or any(one.rule == "actor.named" for one in hidden):
            return False
        self._taken.update(range(start, end))
        self.dropped.update(id(one) for one in hidden)
        return True


def _quoted(scene: Scene, named: Iterable[Finding]) -> Iterator[tuple[Finding, str, int]]:
    """“云麓通”平台 is later called 云麓通."""
    seen: set[str] = set()
    for finding in named:
        if finding.type not in _REPEATED or len(seen) >= _ANY:
            continue
        low = scene.text.find("“", max(0, finding.start - 1), finding.end)
        high = scene.text.find("”", low + 1, finding.end + 1) if low >= 0 else -1
        name = scene.text[low + 1 : high] if high > 0 else ""
        if 3 <= len(name) <= 12 and name not in seen and not finding.rule.endswith("term"):
            seen.add(name)
            yield finding, name, high


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
        for form in _forms(parts(full, body.place)):
            forms[form] = body if form not in forms else None
    return forms


def _forms(name: Parts) -> Iterator[str]:
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
