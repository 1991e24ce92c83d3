"""Laws, regulations and documents: by 《title》 with number, issuer and article, by a number alone, or by a well-known short title."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from corpus.lexicon import leftmost_longest
from corpus.vocabulary import Policy, policies
from ingest.extract.actors import Actor
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family

_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,60}(?:《[^《》\n]{1,40}》[^《》\n]{0,20})?)》")
_NUMBER = re.compile(
    r"[（(]?(?P<number>[\u4e00-\u9fff]{1,10}(?:发|字|函|办|规|令|委|政|综|通|民|建|治|党|组|社|府|告|文)[\u4e00-\u9fff]{0,4}\s?[〔\[（(【](?:19|20)\d\d[〕\])）】]\s?(?:第)?\d{1,4}号)[）)]?"
)
_BARE_NUMBER = re.compile(r"[〔\[【](?:19|20)\d\d[〕\]】]\s?(?:第)?\d{1,4}号")
_ISSUING = re.compile("[\u4e00-\u9fff]{2,10}\\s?$")
_IS_POLICY = re.compile(
    "(?:法|条例|办法|意见|方案|规定|通知|决定|计划|规划|纲要|标准|指南|导则|细则|公约|规则|章程|制度|规范|若干措施|措施|清单|公告|准则|指引|宪法|解释|批复|要点|协议书?|倡议书|行动|守则|民约|手册|规程|目录|条款|公报|报告|说明|流程|政策|任务书|实施)(?:（[^）]{1,12}）|\\([^)]{1,12}\\)|[（(].*)?$"
)
_ISSUER_GAP = re.compile(
    "[^。；！？\n]{0,8}(?:印发|出台|发布|制定|颁布|下发|联合印发|联合出台|修订|公布|制订|推出)(?:了|的)?(?:[\u4e00-\u9fff]{0,6})$"
)
_ARTICLE = re.compile("第[0-9一二三四五六七八九十百]{1,6}条(?:(?:之[一二三四五]|第[0-9一二三四五六七八九十]+款))*")


@cache
def _known() -> dict[str, Policy]:
    return {name: policy for policy in policies() for name in (policy.title, *policy.aliases)}


NAMES: Family[Policy] = Family(lambda: ((name, policy) for name, policy in _known().items() if len(name) > 2))


def find(scene: Scene, actors: Sequence[Actor]) -> list[Finding]:
    """Policies in order; `organisation` is the issuer named before the title, `aliases` hold the number of the document."""
    text = scene.text
    found: list[Finding] = []
    for match in _TITLE.finditer(text):
        title = match["title"]
        policy = _known().get(title) or _known().get(title.removeprefix("中华人民共和国"))
        if policy is None and not _IS_POLICY.search(title):
            continue
        number = _NUMBER.match(text, match.end())
        article = _ARTICLE.match(text, match.end())
        found.append(
            Finding(
                "policy", match.start("title"), match.end("title"), "policy.title", 0.95, canonical=policy.title if policy is not None else title,
                concept=policy.id if policy is not None else None, aliases=(number["number"],) if number is not None else (),
                organisation=_issuer(scene, actors, match.start()), kind=policy.kind if policy is not None else None,
                evidence=((article.start(), article.end()),) if article is not None else (),
            )
        )  # fmt: skip
    taken = [(finding.start, finding.end) for finding in found]
    starts = [start for start, _ in taken]
    for start, end, policy in leftmost_longest(scene.hits.of(NAMES)):
        at = bisect_left(starts, end) - 1
        if (at < 0 or taken[at][1] <= start) and scene.word_starts_at(start) and not _in_title(text, start, end):
            found.append(Finding("policy", start, end, "policy.known", 0.88, canonical=policy.title, concept=policy.id, kind=policy.kind))
    _resolve_short(found)
    numbered = {number for finding in found for number in (*finding.aliases, text[finding.start : finding.end])}
    for match in _BARE_NUMBER.finditer(text):
        issuing = _ISSUING.search(text, max(0, match.start() - 11), match.start())
        if issuing is None:
            continue
        begin = _own_start(scene, issuing.start(), match.end())
        whole = text[begin : match.end()]
        if not any(whole in number or number in whole for number in numbered):
            found.append(Finding("policy", begin, match.end(), "policy.number", 0.9))
    return sorted(found, key=lambda finding: finding.start)


def _resolve_short(found: Sequence[Finding]) -> None:
    """《意见》 after a full title means the last document that ends so."""
    full: list[str] = []
    for finding in found:
        title = finding.canonical or ""
        if len(title) > 4:
            full.append(title)
            continue
        finding.canonical = next((other for other in reversed(full) if re.sub("[（(].*", "", other).endswith(title)), title)


def _own_start(scene: Scene, start: int, end: int) -> int:
    """Cut words of the sentence before a document's number (根据|国办发〔2019〕1号)."""
    text = scene.text
    bracket = re.search(r"[〔\[【]", text[start:end])
    stop = start + (bracket.start() if bracket is not None else 0)
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < stop - 1:
        if scene.words[at] in (
            "根据",
            "依据",
            "按照",
            "文件",
            "参照",
            "印发",
            "的",
            "是",
            "和",
            "与",
            "以",
            "在",
            "见",
            "收到",
            "下发",
            "出台",
            "贯彻",
            "通知",
            "意见",
        ):
            start = scene.starts[at + 1]
        at += 1
    return start


def _in_title(text: str, start: int, end: int) -> bool:
    opening = text.rfind("《", max(0, start - 50), start)
    return opening >= 0 and text.find("》", opening, start) < 0 and text.find("》", end, end + 60) >= 0


def _issuer(scene: Scene, actors: Sequence[Actor], position: int) -> str | None:
    """The body before 出台/印发 and the title."""
    at = bisect_left(actors, position, key=lambda actor: actor.start) - 1
    if at < 0 or actors[at].end < scene.clause(position)[0]:
        return None
    gap = scene.text[actors[at].end : position]
    return scene.text[actors[at].start : actors[at].end] if len(gap) <= 16 and _ISSUER_GAP.search(gap) else None
