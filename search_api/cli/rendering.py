"""Answers on a terminal: cited sentences with their source, nothing composed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from corpus.catalogue import Catalogue
from corpus.model import NOT_TOLD, Reading, Report
from corpus.vocabulary import screen
from graph.store.base import Neighbour, Node, Path
from search_api.answers import Answer, SearchHit
from search_api.bodies import relation_label
from search_api.card import Card, cards
from search_api.cli.base import say

_PASSAGE = 160


def show_answer(answer: Answer, more: Callable[[SearchHit], None] | None = None) -> None:
    """Hits in order; `more` may print further lines under a hit that is a case."""
    if answer.verdict == "none":
        say(screen("verdict.none"))
        if answer.hits:
            say(screen("verdict.none_hint"))
    for remark in answer.degraded:
        say("（{remark}）", remark=remark)
    for rank, hit in enumerate(answer.hits, 1):
        show_hit(rank, hit)
        if more and hit.case:
            more(hit)


def show_hit(rank: int, hit: SearchHit) -> None:
    about = "，".join(str(item) for item in ((hit.place or "").replace(">", ""), hit.year) if item)
    mark = screen("sample") if hit.sample else ""
    title = hit.title if hit.case_title in ("", hit.title) else f"{hit.title} ▸ {hit.case_title}"
    say(f"\n{rank}. {title}" + (f"（{about}）" if about else "") + (f"  【{mark}】" if mark else ""))
    for reason in hit.reasons:
        say(f"   · {reason}")
    if hit.aspects:
        for aspect in hit.aspects:
            sentences = " / ".join(span.text for span in aspect.theirs) or NOT_TOLD
            say(f"   {aspect.label}：{sentences}")
    elif hit.passages:
        text = " ".join(hit.passages[0].text.split())
        say(f"   “{text[:_PASSAGE]}{'…' if len(text) > _PASSAGE else ''}”")
    say(f"   {screen('card.source')}：{hit.source}  [{hit.report[:12]}]")


def show_report(report: Report, reading: Reading, *, whole: bool) -> None:
    meta = report.metadata
    say(meta.title + (f"  【{screen('notice.sample')}】" if report.sample else ""))
    about = (meta.publisher, "、".join(meta.authors), meta.published, meta.number, meta.place)
    say("  ".join(item for item in about if item))
    for card in cards(reading):
        show_card(card)
    say(f"{screen('card.source')}：{source_line(report)}")
    for section in reading.sections:
        say(f"[{screen(f'role.{section.role}')}] {section.heading}")
    if whole:
        say(reading.text)


def show_card(card: Card, indent: str = "") -> None:
    say(f"\n{indent}◆ {card.case.title}")
    show_lines(card, [line.key for line in card.lines], indent)


def show_lines(card: Card, keys: Sequence[str], indent: str = "   ") -> None:
    for line in map(card.line, keys):
        sentences = [" ".join(sentence.text.split()) for sentence in line.sentences]
        say(f"{indent}{screen(f'card.{line.key}')}：{sentences[0] if sentences else NOT_TOLD}")
        for sentence in sentences[1:]:
            say(f"{indent}　　{sentence}")


def source_line(report: Report) -> str:
    """The report's metadata as its card cites it."""
    meta = report.metadata
    return "，".join(item for item in (f"《{meta.title}》", meta.publisher, meta.published, meta.number, meta.url, report.source) if item)


def show_paths(start: Node, end: Node, found: Sequence[Path], reports: Mapping[str, Report]) -> None:
    invented = any(report.sample for report in reports.values())
    say(f"{start.name}（{_kind(start)}）… {end.name}（{_kind(end)}）" + (f"  【{screen('sample')}】" if invented else ""))
    if not found:
        say("在所查的步数内没有相连")
    for number, path in enumerate(found, 1):
        at = start.name
        say(f"{number}.")
        for step in path.steps:
            say(f"  {at} — {relation_label(step.relation, step.direction)} → {step.node.name}（{step.reports}）")
            for item in step.evidence[:1]:
                say(f"    “{' '.join(item.sentence.split())}”")
            at = step.node.name


def _kind(node: Node) -> str:
    return {"report": "报告", "case": "案例"}.get(node.type) or screen(f"fact.{node.type}")


def show_neighbours(node: Node, rows: Sequence[Neighbour], reports: Mapping[str, Report]) -> None:
    invented = any(report.sample for report in reports.values())
    say(f"{node.name}（{_kind(node)}）" + (f"  【{screen('sample')}】" if invented else ""))
    for row in rows:
        say(f"{'  ' * (row.depth - 1)}— {relation_label(row.relation, row.direction)} → {row.node.name}（{row.reports}）")
        for item in row.evidence[:1]:
            say(f"{'  ' * row.depth}  “{' '.join(item.sentence.split())}”")


def mention_names(catalogue: Catalogue, keys: Sequence[str]) -> dict[str, str]:
    """Those of the keys that mentions have, each with the name as read and the source of its report."""
    mentions = catalogue.mentions(keys=keys)
    sources = {report.id: report.source for report in catalogue.reports(ids=sorted({mention.report for mention in mentions}))}
    return {mention.key: f"{(mention.names or (mention.name,))[0]}（{sources.get(mention.report, '')}）" for mention in mentions}
