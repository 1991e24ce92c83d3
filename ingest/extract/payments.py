"""Who pays for what: sums given, and costs that somebody bears."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact
from ingest.extract.scene import Scene

_SUM = (
    "(?:了|资金|经费|财政资金|专项资金)?(?:约|近|共|各|合计|总计)?"
    "(?P<sum>[0-9０-９一二三四五六七八九十两][0-9０-９.,，一二三四五六七八九十]*[多余]?[百千万亿]*[多余]?元)"
)
_AMOUNT = re.compile(
    "(?P<verb>出资|出|补助|补贴|奖补|资助|拨付|拨款|下拨|拨|投入|投资|捐赠|捐款|捐助|捐|赞助|垫付|垫资|承担|负担|支付|补|奖励|安排|提供|"
    f"给|掏|配套|垫|贴){_SUM}"
)
_BORNE = re.compile("由(?P<who>[^，。；：\n]{2,30}?)(?P<verb>承担|负担|垫付|出资|支付|列支|兜底)(?=[，。；、\n”）)]|了|的|$)")
_FUND = re.compile("(?:资金|基金|公益金|经费|金)$")
_THEMES = frozenset(["platform", "programme", "method", "issue"])
_THINGS = _THEMES - {"method"}
_REACH = 160


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    yield from _paid(scene, ends)
    yield from _borne(scene, ends)


def _paid(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """街道出资20万元: funds what the clause, the sentence or the paragraph so far names; the amount is evidence."""
    text = scene.text
    funds = edge("funds")
    for match in _AMOUNT.finditer(text):
        low, high = scene.clause(match.start())
        if ends.covers(match.start("verb"), match.end("verb")):
            continue
        given = ends.preposed(match.start(), low)
        payers, _ = ends.doers(match.start() if given is None else given[1], low)
        payers = [payer for payer in payers if payer.type in funds.heads and match.start() - payer.end <= 12]
        if not payers:
            continue
        behind = [item for item in ends.within(match.end(), high) if funds.allows("actor", item.type) and item.type in _THEMES]
        theme = given[0] if given is not None else behind[0] if behind else _theme(scene, ends, payers[0])
        if theme is not None:
            yield from _facts(payers, theme, scene, match, 0.72 if behind else 0.68)


def _borne(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """费用由街道承担: pays for what the sentence is about."""
    funds = edge("funds")
    for match in _BORNE.finditer(scene.text):
        payers = [item for item in ends.within(*match.span("who")) if item.type in funds.heads]
        if not payers or match.end("who") - payers[-1].end > 4:
            continue
        theme = _theme(scene, ends, payers[0])
        if theme is not None:
            yield from _facts(payers, theme, scene, match, 0.66)


def _theme(scene: Scene, ends: Ends, payer: Item) -> Item | None:
    """What the sentence is about so far, or else the sentences before it in the paragraph: the last thing named that is no fund."""
    for low, wanted in ((scene.sentence(payer.start)[0], _THINGS), (scene.paragraph(payer.start)[0], _THINGS - {"issue"})):
        theme = _last(ends, payer.start, low, wanted)
        if theme is not None:
            return theme
    return None


def _last(ends: Ends, position: int, low: int, wanted: frozenset[str]) -> Item | None:
    return ends.before(position, low, _REACH, lambda item: item.type in wanted and not _FUND.search(item.name))


def _facts(payers: Sequence[Item], theme: Item, scene: Scene, match: re.Match[str], confidence: float) -> Iterator[Finding]:
    funds = edge("funds")
    for payer in payers:
        if funds.allows(payer.type, theme.type) and payer.name != theme.name:
            finding = fact(scene, funds, payer, theme, match.span("verb"), confidence)
            finding.evidence = (match.span("verb"), match.span("sum")) if "sum" in match.re.groupindex else (match.span("verb"),)
            yield finding
