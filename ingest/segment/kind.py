"""What kind of text a report is: first by its own words, then by its shape.

What decides between a case and news is who speaks. News is what the press (a newspaper, a broadcaster, a news site) reports of others, by
its dateline, its reporter or the days it speaks of; what an office, a community or a person publishes of its own work, by whatever channel,
is a case where it tells of trouble, of what was done and of what came of it. What collects cases (a notice that carries them, a volume) is
a document, and its cases are of a kind each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.model import Case, Metadata, ReportKind, Section
from corpus.vocabulary import issue_finder
from ingest.scan import sought
from ingest.segment.doing import answered, proposes
from ingest.segment.roles import cue_roles
from ingest.segment.settlements import settlements

_DOCUMENT = sought(
    r"〔\[（(各关印",
    r"[〔\[（(]20\d\d[〕\]）)]\s?\d+\s?号|^各[^。\n]{2,40}[：:]$|^(?:关于|印发).{4,40}(?:通知|意见|决定|办法|批复|函|公告)$",
    re.MULTILINE,
)
_PROPOSAL_TITLE = re.compile(r"(?:建议|提案|设想|倡议|构想)(?:$|[（(——:：])|^(?:关于|建议).{2,40}(?:建议|提案|设想)")
_PROPOSAL = re.compile(
    r"(?:我|本人|笔者)?建议(?:：|由|在|对|将|设立|建立|增设|采取|从|把|可以|政府|社区|街道)|提案人|建议人|拟采取|预期(?:效果|成效)|可行性分析"
)
_PROPOSING = ("建议", "提案人", "拟采取", "预期", "可行性分析")  # one of them is in each of these
_LEAST = 3
_NEWS = re.compile(r"^(?:本报讯|.{2,10}(?:讯|电)[（(\s]|新华社|央视网消息|(?:本报|本刊)?记者.{2,12}[）)]|【(?:本报讯|消息)】)")
_TODAY = sought(
    "今昨记日近当据播快",
    r"(?:今天|昨天|昨晚|今晚)（\d|记者(?:今天|昨天|\d+日)?(?:从|获悉)|^(?:日前|近日|今天|昨天)，|当地时间|据.{2,10}(?:报道|消息)|播出|快讯",
    re.MULTILINE,
)
_DIRECTS = re.compile(  # titles of what orders, plans or rules, whatever its headings are called
    r"(?:通知|意见|决定|决议|办法|批复|函|公告|通告|方案|规划|规定|细则|条例|要点|制度|章程|纪要|预案|计划|请示)(?:[（(].{1,12}[）)])?$"
)
_DATED = re.compile(r"(?:19|20)\d\d年|(?<!\d)\d{1,2}月|去年|前年|当年|当天|次日|第二天")
_DATES = 3  # of a course of things that is told, other than of a plan
_PAPER = re.compile("[日晚早晨时商]报$|(?:都市|生活|新)快?报$|都市报$|报社$|电视台|广播电台|通讯社|新华社")
_PRESS = re.compile(
    f"{_PAPER.pattern}|周刊|新闻(?!办|宣传)|融媒|电台|传媒|人民网|在线$|客户端"
)  # these publish what offices send them, too
_REPORTS = re.compile(
    "记者(?!站|会|招待)|本报|本台|本网|通讯员|截至发稿|昨[日天]|今[日天](?=[，上下一]|[\u4e00-\u9fff]{2,8}[区县市镇街])|日前|近日"
)
_TOLD = frozenset(("approach", "outcome", "problem", "dispute"))
_NAMED = 0.9  # confidence of a role that a heading names outright
_BY_HEADING = 0.7  # of one that its heading's words give
_SHORT = 800
_ONE_IN = 1500  # characters for each of which a proposal says at least once what it proposes


def kind(text: str, metadata: Metadata, sections: Sequence[Section], *, stated: bool, collects: bool = False) -> ReportKind:
    """case, proposal, news or document; what the source states wins. `collects`: headings show that it holds several cases."""
    if stated:
        return metadata.kind
    if metadata.stage in ("设想", "拟实施"):
        return "proposal"
    head = text[:400]
    if collects:
        return "news" if _is_news(head) else "document"
    if _PROPOSAL_TITLE.search(metadata.title) or _says_often(text):
        return "proposal"
    official = metadata.document_number or metadata.addressee or _DOCUMENT.search(head)  # its parts have left the text
    told = {section.role for section in sections}
    if official and not (
        any(section.role == "outcome" and section.confidence > 0.7 for section in sections)
        or (not _DIRECTS.search(metadata.title) and _tells_all(text, told) and settlements(text))
    ):
        return "document"
    news = _is_news(head)
    speaks = news or (metadata.publisher and not answered(text))
    if not speaks and proposes(text, metadata.title, sections, entered=_is_entry(metadata)):
        return "proposal"
    press = bool(metadata.publisher and _PRESS.search(metadata.publisher))
    named = {section.role for section in sections if section.heading and section.confidence >= _NAMED}
    if press and not named & _TOLD and (_PAPER.search(metadata.publisher or "") or _REPORTS.search(text)):
        return "news"
    if named & _TOLD or (told & _TOLD and settlements(text)):
        return "case"
    if (
        news
        or _TODAY.search(f"{metadata.title}\n{head}")
        or (
            metadata.publisher
            and metadata.published
            and len(text) < _SHORT
            and (press or not (_tells_all(text, told) or _headed(sections)))
        )
    ):
        return "news"
    return "case" if told & _TOLD else "document"


def _is_news(head: str) -> bool:
    return _NEWS.match(head) is not None or "新闻联播" in head


def _says_often(text: str) -> bool:
    """Whether a text says once and again what it proposes."""
    least = max(_LEAST, len(text) / _ONE_IN)
    return sum(map(text.count, _PROPOSING)) >= least and len(_PROPOSAL.findall(text)) >= least


def _headed(sections: Sequence[Section]) -> bool:
    """Whether headings say, of two parts at least, that they tell of trouble, deeds, results or lessons."""
    named = {section.role for section in sections if section.heading and section.confidence >= _BY_HEADING}
    return len(named & {*_TOLD, "insight"}) >= 2


def _is_entry(metadata: Metadata) -> bool:
    """Whether a form says who handed the text in, for what or under which number."""
    return bool(metadata.applicant or metadata.award or metadata.number)


def _tells_all(text: str, told: Collection[str]) -> bool:
    """Whether a text tells by date of trouble, of what was done about it and of what came of that."""
    return (
        "approach" in told
        and "outcome" in told
        and ("problem" in told or "dispute" in told or bool(cue_roles(text) & {"problem", "dispute"} or issue_finder().find(text)))
        and len(_DATED.findall(text)) >= _DATES
    )


def kinds(found: Sequence[Case], text: str, sections: Sequence[Section], metadata: Metadata, *, stated: bool) -> tuple[Case, ...]:
    """The cases with their kind: of one, or where the source states it, that of the report (`metadata.kind`); of several each by its own
    text, so that a compilation may hold cases and proposals. A place or stage that the source states goes to the one case alone."""
    if len(found) == 1:
        return tuple(
            replace(case, kind=metadata.kind, stage=case.stage or metadata.stage, place=case.place or metadata.place) for case in found
        )
    if stated or metadata.kind == "news":
        return tuple(replace(case, kind=metadata.kind) for case in found)
    out = []
    for case in found:
        own = "\n".join(text[start:end] for start, end in case.spans)
        parts = [section for section in sections if case.holds(section.start)]
        out.append(replace(case, kind="proposal" if kind(own, Metadata(title=case.title), parts, stated=False) == "proposal" else "case"))
    return tuple(out)
