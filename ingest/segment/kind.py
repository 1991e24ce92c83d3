"""What kind of text a report is, and how far the work has got that it tells of: first by its own words, then by its shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Metadata, ReportKind, Section, Stage
from ingest.segment.settlements import settlements

_DOCUMENT = re.compile(
    r"[〔\[（(]20\d\d[〕\]）)]\s?\d+\s?号|^各[^。\n]{2,40}[：:]$|^(?:关于|印发).{4,40}(?:通知|意见|决定|办法|批复|函|公告)$", re.MULTILINE
)
_PROPOSAL_TITLE = re.compile(r"(?:建议|提案|设想|倡议|构想|金点子)(?:$|[（(——:：])|^(?:关于|建议).{2,40}(?:建议|提案|设想)")
_PROPOSAL = re.compile(
    r"(?:我|本人|笔者)?建议(?:：|由|在|对|将|设立|建立|增设|采取|从|把|可以|政府|社区|街道)|提案人|建议人|拟采取|预期(?:效果|成效)|可行性分析"
)
_NEWS = re.compile(r"^(?:本报讯|.{2,10}(?:讯|电)[（(\s]|新华社|央视网消息|(?:本报|本刊)?记者.{2,12}[）)]|【(?:本报讯|消息)】)|新闻联播")
_TODAY = re.compile(
    r"(?:今天|昨天|昨晚|今晚)（\d|记者(?:今天|昨天|\d+日)?(?:从|获悉)|^(?:日前|近日|今天|昨天)，|当地时间|据.{2,10}(?:报道|消息)|播出|快讯",
    re.MULTILINE,
)
_TOLD = frozenset(("approach", "outcome", "problem", "dispute"))
_NAMED = 0.9  # confidence of a role that a heading names outright
_SHORT = 800
_PLANNED = re.compile(r"拟(?:采取|实施|建立|设立|开展|于)|计划(?:于|在|用)|将(?:于|在)20\d\d年|预计")
_INTENDED = re.compile("拟实施|实施方案|工作方案|计划")
_STOPPED = re.compile(r"(?:项目|工程|工作|试点|方案|改造)(?:最终|后来)?(?:被)?(?:叫停|搁置|中止|终止|取消|停止|夭折)|不了了之")
_TRIAL = re.compile(r"(?:正在|开展|启动|作为|列为|率先)[^。，]{0,8}试点|先行先试|试运行")
_SPREAD = re.compile(
    r"(?:全区|全市|全县|全省|全街道|全镇|多个(?:社区|街道|小区)|各(?:社区|街道))[^。，]{0,10}(?:推广|推开|复制|铺开)|(?:推广|复制)(?:到|至)(?:全|其他|周边)"
)
_DONE = re.compile(r"(?:完成|完工|竣工|投入使用|建成|签订|投用|解决了|化解|落成|启用|达成)")


def kind(text: str, metadata: Metadata, sections: Sequence[Section], *, stated: bool) -> ReportKind:
    """case, proposal, news or document; what the source states wins."""
    if stated:
        return metadata.kind
    if metadata.stage in ("设想", "拟实施"):
        return "proposal"
    head = text[:400]
    if _PROPOSAL_TITLE.search(metadata.title) or len(_PROPOSAL.findall(text)) >= 3:
        return "proposal"
    if _DOCUMENT.search(head) and not any(section.role == "outcome" and section.confidence > 0.7 for section in sections):
        return "document"
    told = {section.role for section in sections}
    named = {section.role for section in sections if section.heading and section.confidence >= _NAMED}
    if named & _TOLD or (told & _TOLD and settlements(text)):
        return "case"
    if (
        _NEWS.search(head)
        or _TODAY.search(f"{metadata.title}\n{head}")
        or (metadata.publisher and metadata.published and len(text) < _SHORT)
    ):
        return "news"
    return "case" if told & _TOLD else "document"


def stage(text: str, metadata: Metadata) -> Stage | None:
    """How far the work has got, by the strongest sign in the text; None where a document or news item shows none."""
    if metadata.kind == "proposal":
        return "拟实施" if _INTENDED.search(metadata.title + (metadata.category or "")) else "设想"
    if re.search("中止|叫停|搁置|流产|没有?装成|夭折|停摆", metadata.title) or (_STOPPED.search(text) and not _SPREAD.search(text)):
        return "已停止"
    if _SPREAD.search(text):
        return "已推广"
    if _DONE.search(text):
        return "已实施"
    if _TRIAL.search(text):
        return "试点"
    if _PLANNED.search(text):
        return "拟实施"
    return "已实施" if metadata.kind == "case" else None
