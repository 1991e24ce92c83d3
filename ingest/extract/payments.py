"""Who pays for what: sums given, and costs that somebody bears."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact, following
from ingest.extract.scene import Scene
from ingest.extract.subjects import doers

_SUM = (
    "(?:了|资金|经费|财政资金|专项资金)?(?:约|近|共|各|合计|总计)?"
    "(?P<sum>[0-9０-９一二三四五六七八九十两][0-9０-９.,，一二三四五六七八九十]*[多余]?[百千万亿]*[多余]?元)"
)
_AMOUNT = re.compile(
    "(?P<verb>以奖代补|出资|自筹|出|补助|补贴|奖补|资助|拨付|拨款|下拨|拨|投入|投资|捐赠|捐款|捐助|捐|赞助|垫付|垫资|承担|负担|支付|补|"
    f"奖励|安排|提供|给|掏|配套|垫|贴){_SUM}"
)
_BORNE = re.compile("由(?P<who>[^，。；：\n]{2,30}?)(?P<verb>承担|负担|垫付|出资|支付|列支|兜底|解决)(?=[，。；、\n”）)]|了|的|$)")
_ADVANCED = re.compile("(?:动用|使用|用|从)(?P<fund>[^，。；：\n]{2,24}?)(?P<verb>垫付|垫|支付|列支|补)(?:上|出|了|的)")
_CLAIMED = re.compile("(?:索赔|要求赔偿|请求赔偿|索要)")
_MONEY = re.compile("费|价款|货款|工程款|款项|资金|经费|钱|元|成本|租金|工资|开支|支出|补[贴助]|差额|不足部分|缺口|赔")
_TITLED = re.compile("(?:项目|案例|品牌|工程|平台)名称[：:][“‘「]?")
_FOR = re.compile("(?:全部|主要|专门|专项|共同|一起)?(?:用于|用来|用作|投入到?|支持)")
_FUND = re.compile("(?:资金|基金|公益金|经费|金)$")
_WHOLE = re.compile("项目|工程|改造|活动|食堂|驿站|平台|试点")  # what a sentence about money calls that which has its name in the title
_THEMES = frozenset(["platform", "programme", "method", "issue"])
_THINGS = _THEMES - {"method"}
_NAMES = _THEMES - {"issue"}
_BODIES = frozenset(["actor", "person"])
_REACH = 160
_OPENING = 400  # characters of the text in which a form gives the name of the project
_PAYER = 14  # characters between who pays and the verb (居民每户出……)


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    yield from _paid(scene, ends)
    yield from _borne(scene, ends)
    yield from _advanced(scene, ends)


def _paid(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """街道出资20万元: funds what the clause, the sentence or the paragraph so far names; the amount is evidence."""
    text = scene.text
    funds = edge("funds")
    for match in _AMOUNT.finditer(text):
        low, high = scene.clause(match.start())
        if ends.covers(match.start("verb"), match.end("verb")):
            continue
        given = ends.preposed(match.start(), low)
        payers, _ = doers(ends, match.start() if given is None else given[1], low)
        payers = [payer for payer in payers if payer.type in funds.heads and match.start() - payer.end <= _PAYER]
        if not payers:
            continue
        behind = [item for item in ends.within(match.end(), min(high, match.end() + 40)) if item.type in _THEMES]
        theme = given[0] if given is not None else behind[0] if behind else _purpose(scene, ends, high) or _theme(scene, ends, payers[0])
        if theme is not None:
            yield from _facts(payers, theme, scene, match, 0.72 if behind else 0.68)


def _borne(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """费用由街道承担: pays for what the sentence is about, or him who claimed the money before. A fund solves (由公益金解决) by paying."""
    funds = edge("funds")
    for match in _BORNE.finditer(scene.text):
        payers = [item for item in ends.within(*match.span("who")) if item.type in funds.heads]
        if not _MONEY.search(scene.text, max(scene.sentence(match.start())[0], match.start() - 40), match.start()):
            continue
        if match["verb"] == "解决":
            payers = [payer for payer in payers if payer.type == "programme"]
        if not payers or match.end("who") - payers[-1].end > 4:
            continue
        theme = _claimant(scene, ends, match.start()) or _theme(scene, ends, payers[0])
        if theme is not None:
            yield from _facts(payers, theme, scene, match, 0.66)


def _advanced(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """街道用党群服务资金垫的: the fund pays, and so does who draws on it."""
    for match in _ADVANCED.finditer(scene.text):
        fund = ends.before(match.end("fund"), match.start("fund"), 2, lambda item: item.type == "programme")
        if fund is None:
            continue
        payers, _ = doers(ends, match.start(), scene.clause(match.start())[0])
        theme = _theme(scene, ends, payers[0] if payers else fund)
        if theme is not None:
            yield from _facts([*payers, fund], theme, scene, match, 0.66)


def _purpose(scene: Scene, ends: Ends, position: int) -> Item | None:
    """社区出20万元，街道出10万元，用于改造“邻里中心”: what a later clause says the money is for."""
    for start, end in following(scene, position, scene.sentence(position)[1], 2):
        use = _FOR.match(scene.text, start, end)
        if use is not None:
            return next((item for item in ends.within(use.end(), min(end, use.end() + 30)) if item.type in _THEMES), None)
    return None


def _claimant(scene: Scene, ends: Ends, position: int) -> Item | None:
    """施工方索赔1.6万元，由街道承担: who is paid."""
    low = max(scene.sentence(position)[0], position - 30)
    claimed = _CLAIMED.search(scene.text, low, position)
    return None if claimed is None else ends.before(claimed.start(), low, 6, lambda item: item.type in _BODIES)


def _theme(scene: Scene, ends: Ends, payer: Item) -> Item | None:
    """What the sentence is about so far, or else the sentences before it in the paragraph: the last thing named that is no fund; in the
    end what the title names, where the sentence speaks of 项目 or the like."""
    sentence = scene.sentence(payer.start)[0]
    for low, wanted in ((sentence, _THINGS), (scene.paragraph(payer.start)[0], _THINGS - {"issue"})):
        theme = _last(ends, payer.start, low, wanted)
        if theme is not None:
            return theme
    if not _WHOLE.search(scene.text, max(sentence, payer.start - _REACH), payer.start):
        return None
    called = _TITLED.search(scene.text, 0, _OPENING)
    if called is not None:
        return next((item for item in ends.within(called.end(), called.end() + 40) if item.start <= called.end() + 1), None)
    titled = {item.name: item for item in ends.within(*scene.paragraph(0)) if item.type in _NAMES and not _FUND.search(item.name)}
    return next(iter(titled.values())) if len(titled) == 1 else None


def _last(ends: Ends, position: int, low: int, wanted: frozenset[str]) -> Item | None:
    return ends.before(position, low, _REACH, lambda item: item.type in wanted and not _FUND.search(item.name))


def _facts(payers: Sequence[Item], theme: Item, scene: Scene, match: re.Match[str], confidence: float) -> Iterator[Finding]:
    funds = edge("funds")
    for payer in payers:
        if funds.allows(payer.type, theme.type) and payer.name != theme.name:
            finding = fact(scene, funds, payer, theme, match.span("verb"), confidence)
            finding.evidence = (match.span("verb"), match.span("sum")) if "sum" in match.re.groupindex else (match.span("verb"),)
            yield finding
