"""Answers to questions about the graph as a whole, on a terminal: counts and cited sentences, nothing composed."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import NOT_TOLD, Fact
from corpus.vocabulary import screen
from graph.store.base import Evidence, Neighbour
from search_api.cli.base import say
from search_api.questions.bodies import MOST_RESULTS, tie_label
from search_api.questions.contrasts import Contrasts
from search_api.questions.issue_pairs import IssuePairs
from search_api.questions.partners import Partners
from search_api.questions.subjects import Where
from search_api.questions.timeline import Timeline
from search_api.questions.told import Told
from search_api.questions.uses import Uses

_PLACES = 5


def uses(found: Uses) -> None:
    say("{name}：{total} 个案例", name=found.method.name, total=found.total)
    say("{label}：{values}", label=screen("card.outcome"), values=_counts(found.states))
    say("{label}：{values}", label=screen("card.issue"), values=_counts((issue.name, count) for issue, count in found.issues))
    for use in found.uses:
        _head(use.told)
        _rows(screen("fact.method"), use.methods)
        _rows(screen("card.issue"), use.issues)
        _told(use.told)
    _left(found.total - len(found.uses))


def contrasts(found: Contrasts) -> None:
    if not found.contrasts:
        say("没有问题、做法相同而结果不同的案例")
    for one in found.contrasts:
        say(
            "\n{issue}＋{method}：{values}",
            issue=one.issue.name,
            method=one.method.name,
            values=_counts((e.state, e.total) for e in one.ended),
        )
        if one.untold:
            say("  另有 {count} 个案例未写结果", count=one.untold)
        for ended in one.ended:
            for case in ended.cases:
                say("  [{state}]", state=ended.state)
                _head(case.told)
                _rows(screen("card.issue"), case.issues)
                _rows(screen("fact.method"), case.methods)
                _told(case.told)
            _left(ended.total - len(ended.cases))
    _left(found.total - len(found.contrasts))


def partners(found: Partners) -> None:
    _place(found.place)
    invented = any(report.sample for report in found.reports.values())
    if not found.pairs:
        say(NOT_TOLD)
    for pair in found.pairs:
        say(f"{pair.first.name} · {pair.second.name}（{pair.cases}）" + _mark(invented))
        names = {node.id: node.name for node in (pair.first, pair.second)}
        for tie in pair.ties:
            arrow = f"{names[tie.head]} → {names[tie.tail]}" if tie.relation else ""
            say(f"  {tie_label(tie)} {arrow}".rstrip())
            _cited(tie.evidence, "    ")
    _left(found.total - len(found.pairs))


def issue_pairs(found: IssuePairs) -> None:
    _place(found.place)
    say("按案例计数，只说明这些问题写在同一案例中，不说明因果")
    invented = any(report.sample for report in found.reports.values())
    for pair in found.pairs:
        counts = {"of_first": pair.of_first, "of_second": pair.of_second, "cases": pair.cases, "lift": pair.lift}
        say(
            "{first}（{of_first}）· {second}（{of_second}）：同在 {cases} 个案例，为各自独立时的 {lift} 倍",
            first=pair.first.name,
            second=pair.second.name,
            **counts,
        )
        for example in pair.examples:
            say(f"  {example.case.name}{_mark(invented)}")
            for rows in (example.first, example.second):
                _cited((proof for row in rows for proof in row.evidence), "    ")
    _left(found.total - len(found.pairs))


def timeline(found: Timeline) -> None:
    _place(found.place)
    if found.of:
        say(found.of.name)
    if not found.entries:
        say(NOT_TOLD)
    for entry in found.entries:
        first = entry.facts[0]
        when = entry.date if entry.until is None else f"{entry.date}—{entry.until}"
        sentence = " ".join(first.sentence.split())
        if entry.dated_by == "publication":
            say("{when}（刊发日期，文中未写日期）  {sentence}", when=when, sentence=sentence)
        else:
            say("{when}  {sentence}", when=when, sentence=sentence)
        say(f"    {entry.report.metadata.title or entry.report.source}  [{entry.report.id[:12]}]{_mark(entry.report.sample)}")
    if found.undated:
        say("另有 {count} 份报告没有日期", count=found.undated)
    if found.unread:
        say("另有 {count} 份较早的报告未读", count=found.unread)
    _left(found.total - len(found.entries))


def _head(told: Told) -> None:
    say(f"\n  ◆ {told.case.name}（{told.report.metadata.title or told.report.source}  [{told.report.id[:12]}]）{_mark(told.report.sample)}")


def _told(told: Told) -> None:
    _facts(screen("card.outcome"), told.outcomes)
    _facts(screen("fact.measure"), told.results[:MOST_RESULTS])
    _left(len(told.results) - MOST_RESULTS)


def _facts(label: str, facts: Iterable[Fact]) -> None:
    sentences = list(dict.fromkeys(" ".join(fact.sentence.split()) for fact in facts))
    say(f"    {label}：{sentences[0] if sentences else NOT_TOLD}")
    for sentence in sentences[1:]:
        say(f"    　　{sentence}")


def _rows(label: str, rows: Iterable[Neighbour]) -> None:
    for row in rows:
        say(f"    {label}：{row.node.name}（{row.asserted}）")
        _cited(row.evidence, "      ")


def _cited(proofs: Iterable[Evidence], indent: str) -> None:
    for sentence in dict.fromkeys(" ".join(proof.sentence.split()) for proof in proofs):
        say(f"{indent}“{sentence}”")


def _counts(values: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{name} {count}" for name, count in values) or NOT_TOLD


def _place(place: Where | None) -> None:
    if place:
        shown = "；".join(f"{name.replace('>', '')} {count}" for name, count in place.places[:_PLACES])
        say("{name}：{count} 个案例（{places}）", name=place.name, count=len(place.cases), places=shown)


def _mark(sample: bool) -> str:
    return f"  【{screen('sample')}】" if sample else ""


def _left(count: int) -> None:
    if count > 0:
        say("另有 {count} 项未列出", count=count)
