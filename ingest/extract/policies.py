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
from ingest.extract.namewords import COVENANT_OF
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.telling import in_title
from ingest.extract.wordlist import word_set

_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,60}(?:《[^《》\n]{1,40}》[^《》\n]{0,20})?)》")
_YEAR = r"\s?(?:[〔\[（(【]|﹝)(?:19|20)\d\d(?:[〕\])）】]|﹞)\s?(?:第)?\d{1,4}号"
_AFTER_TITLE = re.compile(rf"[（(]?(?P<number>[\u4e00-\u9fffA-Za-z0-9]{{2,10}}{_YEAR})[）)]?")
_BARE_NUMBER = re.compile(_YEAR)
_ROUND = re.compile(r"\s?[（(]")
_USUAL_END = re.compile("[发字函办规令委政综通民建治党组社府告文]$")
_DECREE = re.compile(r"[\u4e00-\u9fff]{2,8}(?<!命)令(?:[（(]?第\s?\d{1,4}\s?号[）)]?)")
_ISSUING = re.compile("[\u4e00-\u9fffA-Za-z0-9]{2,10}$")
_IS_POLICY = re.compile(
    "(?:(?<![工用书看说做想方疗打干写作])法|条例|办法|意见|方案|规定|通知|决定|决议|计划|规划|纲要|标准|指南|导则|细则|"
    "公约|规则|章程|制度|规范|若干措施|措施|清单|公告|准则|指引|宪法|解释|批复|要点|守则|民约|规程|目录|条款|实施意见|"
    "复函|通则|总则|"
    "任务书|行动)(?:（[^）]{1,12}）|\\([^)]{1,12}\\)|[（(].*)?$"
)
COVENANT = re.compile(f"(?:{COVENANT_OF}).*(?:公约|民约|规约|约定)(?:（[^）]{{1,12}}）)?$|自治章程$")
_TAUGHT = re.compile("讲座|授课|课程|讲授|报刊|刊物|文章|论文|著作|新书|一书|节目|栏目|歌|小品|剧|片|专著|诗|帖|留言|您反映的|发表")
_CASE_NUMBER = re.compile("(?:限拆|罚|处|决|告|责改|责停|改正|诉|仲|刑初|民初|民终|行初|执|立案)字?$")
_JUST_A_KIND = 4
_ISSUER_GAP = re.compile(
    "[^。；！？\n]{0,8}(?:印发|出台|发布|制定|颁布|下发|联合印发|联合出台|修订|公布|制订|推出)(?:了|的)?(?:[\u4e00-\u9fff]{0,6})$"
)
_ARTICLES = re.compile(
    "(?:（[^）]{2,10}）)?第[0-9一二三四五六七八九十百]{1,6}条(?:之[一二三四五]|"
    "第[0-9一二三四五六七八九十]+[款项])*(?:[、和及](?:第[0-9一二三四五六七八九十百]{1,6}条(?:第[0-9一二三四五六七八九十]+[款项])*))*"
)
_ISSUED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>1[0-2]|0?[1-9])月)?(?:(?P<day>3[01]|[12]\d|"
    r"0?[1-9])日)?[^。；0-9]{0,24}(?:印发|出台|发布|制定|颁布|下发|公布|制订|推出|修订)"
)
_NO_ISSUER = word_set(
    "根据 依据 按照 依照 文件 参照 印发 的 是 和 与 以 在 见 收到 下发 出台 贯彻 通知 意见 精神 落实 按 由 经 其 另外 "
    "提供 新 也 中 为 对 以及 和 执行 遵照 该 及 并 关于 详见 如 即 文 号 依",
)


@cache
def _known() -> dict[str, Policy]:
    return {name: policy for policy in policies() for name in (policy.title, *policy.aliases)}


NAMES: Family[Policy] = Family(lambda: ((name, policy) for name, policy in _known().items() if len(name) > 2))


def find(scene: Scene, actors: Sequence[Actor] = ()) -> list[Finding]:
    """Policies in order. `canonical` is the full title, `aliases` hold the number of the document, `qualifier` the articles cited,
    `organisation` the issuer and `time` the date of issue where the text names them beside the title."""
    text = scene.text
    found: list[Finding] = []
    for match in _TITLE.finditer(text):
        title = match["title"]
        if COVENANT.search(title):
            continue
        policy = _known().get(title) or _known().get(title.removeprefix("中华人民共和国"))
        if policy is None and (not _IS_POLICY.search(title) or _TAUGHT.search(text, max(0, match.start() - 12), match.start())):
            continue
        finding = _finding(scene, match.start("title"), match.end("title"), match.end(), policy, "policy.title", 0.95)
        finding.organisation, finding.time = _issuer(scene, actors, match.start()), _issued(scene, match.start())
        found.append(finding)
    taken = [(finding.start, finding.end) for finding in found]
    starts = [start for start, _ in taken]
    for start, end, policy in leftmost_longest(scene.hits.of(NAMES)):
        at = bisect_left(starts, end) - 1
        if (at < 0 or taken[at][1] <= start) and _stands_alone(scene, start, end):
            found.append(_finding(scene, start, end, end, policy, "policy.known", 0.88))
    found.sort(key=lambda finding: finding.start)
    found = _resolved(found)
    found.extend(_numbers(scene, found))
    return sorted(found, key=lambda finding: finding.start)


def _finding(scene: Scene, start: int, end: int, after: int, policy: Policy | None, rule: str, confidence: float) -> Finding:
    """A policy at [start, end) with the number and the articles that stand behind it (from `after` on)."""
    text = scene.text
    number = _AFTER_TITLE.match(text, after) if after > end else None
    articles = _ARTICLES.match(text, after)
    return Finding(
        "policy", start, end, rule, confidence, canonical=policy.title if policy is not None else text[start:end].strip(),
        concept=policy.id if policy is not None else None, kind=policy.kind if policy is not None else None,
        aliases=(number["number"].replace(" ", ""),) if number is not None else (), modality="asserted",
        qualifier=articles.group().strip("的") if articles is not None else None,
        evidence=(articles.span(),) if articles is not None else (),
    )  # fmt: skip


def _stands_alone(scene: Scene, start: int, end: int) -> bool:
    """Not part of a longer word (环境保护法|律法规) or of a title."""
    text = scene.text
    return scene.word_starts_at(start) and not text.startswith(("律", "规", "学", "院", "庭"), end) and not in_title(scene, start, end)


def _resolved(found: Sequence[Finding]) -> list[Finding]:
    """《意见》 after a full title means the last document that ends so; without one it names nothing and is left out."""
    full: list[str] = []
    kept = []
    for finding in found:
        title = finding.canonical or ""
        if len(title) > _JUST_A_KIND or finding.concept is not None:
            full.append(title)
        else:
            whole = next((other for other in reversed(full) if re.sub("[（(].*", "", other).endswith(title)), None)
            if whole is None:
                continue
            finding.canonical = whole
        kept.append(finding)
    return kept


def _numbers(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """Documents told by nothing but their number; a number directly before a title belongs to that."""
    text = scene.text
    numbered = {number for finding in found for number in (*finding.aliases, text[finding.start : finding.end])}
    titles = {finding.start - 1: finding for finding in found if finding.rule == "policy.title"}
    alone: list[Finding] = []
    for match in _BARE_NUMBER.finditer(text):
        issuing = _ISSUING.search(text, max(0, match.start() - 10), match.start())
        if (
            issuing is None
            or _CASE_NUMBER.search(issuing.group())
            or (_ROUND.match(match.group()) and not _USUAL_END.search(issuing.group()))
        ):
            continue
        begin = _own_start(scene, issuing.start(), match.start())
        whole = text[begin : match.end()].replace(" ", "")
        if match.start() - begin < 2 or any(whole in number or number in whole for number in numbered):
            continue
        numbered.add(whole)
        title = next((titles[at] for at in range(match.end(), match.end() + 4) if at in titles), None)
        if title is not None and not title.aliases:
            title.aliases = (whole,)
            continue
        alone.append(Finding("policy", begin, match.end(), "policy.number", 0.9, canonical=whole, aliases=(whole,), modality="asserted"))
    for match in _DECREE.finditer(text):
        begin = _own_start(scene, match.start(), match.end() - 1)
        alone.append(Finding("policy", begin, match.end(), "policy.decree", 0.85, canonical=text[begin : match.end()], modality="asserted"))
    return alone


def _own_start(scene: Scene, start: int, stop: int) -> int:
    """Cut words of the sentence before a document's number (根据|国办发〔2019〕1号)."""
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < stop:
        if scene.words[at] in _NO_ISSUER and scene.starts[at] + len(scene.words[at]) < stop:
            start = scene.starts[at] + len(scene.words[at])
        at += 1
    return start


def _issued(scene: Scene, position: int) -> str | None:
    """The date before 出台, 印发 or the like and the title."""
    low = scene.sentence(position)[0]
    matches = list(_ISSUED.finditer(scene.text, max(low, position - 60), position))
    if not matches:
        return None
    match = matches[-1]
    parts = [match["year"], *(f"{int(part):02d}" for part in (match["month"], match["day"]) if part)]
    return "-".join(parts)


def _issuer(scene: Scene, actors: Sequence[Actor], position: int) -> str | None:
    """The body before 出台/印发 and the title."""
    at = bisect_left(actors, position, key=lambda actor: actor.start) - 1
    if at < 0 or actors[at].end < scene.clause(position)[0]:
        return None
    gap = scene.text[actors[at].end : position]
    return scene.text[actors[at].start : actors[at].end] if len(gap) <= 16 and _ISSUER_GAP.search(gap) else None
