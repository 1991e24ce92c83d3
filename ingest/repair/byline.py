"""Bylines: author, editor, source and date, each on its line or run together, become metadata and leave the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.model import Metadata
from corpus.offsets import Edit
from ingest.dates import iso_date
from ingest.draft import Draft

STEP = "byline"
_HEAD = 25  # lines from the top, and from the bottom, in which a byline may stand
_LONGEST = 160
_AUTHOR = "作者|撰文|撰稿人?|执笔|供稿(?:人|单位)?|通讯员|(?:本刊|本报|见习|实习|特约|全媒体)*记者|文字|文图|图文|文"
_EDITOR = "(?:责任|本期|执行|网络|值班)?编辑|责编|编审|主编|校对"
_SOURCE = "(?:文章|新闻|信息|稿件|内容|资料)?来源|稿源|出处|转自|摘自|发布(?:机构|单位|者)|发文机关"
_DATE = "(?:发布|发表|更新|成文|印发|刊发|上传|录入|编辑|创建)?(?:时间|日期)|发布于"
_OTHER = (
    "浏览(?:次数|量)?|点击(?:次数|量|数)?|阅读(?:次数|量|数)?|访问(?:次数|量)?|人气|字体(?:大小)?|字号|分享到?|评论(?:数)?|打印"
    "|摄影|图片|供图|图|栏目|分类|类别|审核|签发|关键[字词]|标签|索引号"
)
_LABEL = re.compile(
    rf"(?:【|\[|〔)?(?:(?P<author>{_AUTHOR})|(?P<editor>{_EDITOR})|(?P<source>{_SOURCE})|(?P<date>{_DATE})|(?P<other>{_OTHER}))\s?(?:】|\]|〕)?\s?[:：/／丨|]\s*"
)
_QUICK = re.compile(r"[:：/丨|]|\d{4}[-年./]\d|记者|通讯员")
_STAMP = re.compile(
    r"^(?:(?P<before>[^\d:：]{1,20}?)[\s|丨·]+)?(?P<date>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:\s*(?:星期|周)[一二三四五六日天])?"
    r"(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?(?:[\s|丨·]+(?P<after>.{0,60}))?$"
)
_NAME = "[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){1,2}"
_REPORTERS = re.compile(
    r"^[（(]?(?:[□■◎●/]\s?)?(?:[\u4e00-\u9fff]{0,8}[报社网台刊端])?(?:本刊|本报|见习|实习|特约|全媒体|首席)*记者\s?"
    rf"(?P<names>{_NAME}(?:[ 、，]+(?:通讯员\s?)?{_NAME}){{0,6}})[）)]?$"
)
_ROLE = re.compile(r"(?:本刊|本报|见习|实习|特约|全媒体|新华社)*(?:记者|通讯员|实习生|撰稿人|作者)|[（(](?:文/?图?|图)[)）]|^文[/／]?")
_SIGNED = re.compile(r"^[（(]?(?P<body>[\u4e00-\u9fff（）()“”、\s]{2,40}?)[\s，,]*(?P<date>(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?)[）)]?$")
_OFFICE = re.compile(
    "(?:政府|办事处|委员会|居委会|村委会|党工委|党委|党支部|办公室|[局委部厅院社署队站所]|综治办|中心|协会|公司|街道|社区)$"
)
_NOBODY = re.compile(r"\d|^(?:未知|佚名|不详|匿名|网络(?:整理)?|本站|原创|管理员|admin|查看更多|更多|综合)$", re.IGNORECASE)
_CLUTTER = re.compile(
    r"(?:【|\[|〔)?\s*(?:大\s*中\s*小|小\s*中\s*大|打印(?:本页)?|关闭(?:窗口)?|收藏|分享|字体|T\s?T|(?:点击|浏览|阅读)(?:量|数|次数)?\s?\d*\s?次?)\s*(?:】|\]|〕)?"
)
_SPLIT = re.compile(r"[、，,;；/／|]|\s{1,}(?:和|与)?\s*|\s和\s")


@dataclass(frozen=True, slots=True)
class Byline:
    """What one or more byline lines say."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None


def bylines(draft: Draft) -> tuple[list[Edit], Metadata]:
    """Edits that take byline lines out of the text, and the draft's metadata with what they say (what was known before stays)."""
    lines = list(_lines(draft.text))
    found = Byline()
    edits = []
    zone = lines if len(lines) <= 2 * _HEAD else lines[:_HEAD] + lines[-_HEAD:]
    for start, end in zone:
        line = draft.text[start:end]
        if read := byline(line):
            found = joined(found, read)
            edits.append(Edit(start, min(end + 1, len(draft.text)), "", STEP))
    if edits and edits[-1].end == len(draft.text) and edits[-1].start:
        edits = [*edits[:-1], _with_break_before(edits)]
    known = draft.metadata
    return edits, replace(
        known,
        authors=known.authors or found.authors,
        editors=known.editors or found.editors,
        publisher=known.publisher or found.publisher,
        published=known.published or found.published,
    )


def byline(line: str) -> Byline | None:
    """What a line says if it is a byline and nothing else; None for other text."""
    if len(line) > _LONGEST or not _QUICK.search(line):
        return None
    return _labelled(line) or _stamped(line) or _reporters(line) or _signed(line)


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _with_break_before(edits: list[Edit]) -> Edit:
    """The last line goes with the break before it, unless the line before has taken that one along."""
    last = edits[-1]
    taken = len(edits) > 1 and edits[-2].end == last.start
    return last if taken else Edit(last.start - 1, last.end, "", STEP)


def _labelled(line: str) -> Byline | None:
    """A line of `label：value` pairs with next to nothing outside of them."""
    labels = list(_LABEL.finditer(line))
    if not labels or (len(labels) == 1 and labels[0]["other"] == "类别"):  # alone, 类别 is a form's field
        return None
    lead = _CLUTTER.sub("", line[: labels[0].start()]).strip(" （(|丨·")
    if len(lead) > 14 and not iso_date(lead):
        return None
    found = Byline(published=iso_date(lead) if lead else None)
    if lead and not found.published and not (len(labels) > 1 and len(lead) <= 14):
        return None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = _CLUTTER.sub("", line[label.end() : following.start() if following else len(line)]).strip(" ）)|丨·\u3000")
        if len(value) > 60 or (len(value) > 30 and re.search("[。！？]", value)):
            return None
        if label["date"] and (not iso_date(value) or re.search("[，。；、]", value)):
            return None
        if label["author"] and re.fullmatch("文字|文|通讯员|.*记者", label["author"]) and len(value) > 24:
            return None
        found = joined(found, _value(label, value))
    if found == Byline() and not any(label["other"] for label in labels):
        return None
    return found


def _value(label: re.Match[str], value: str) -> Byline:
    date = iso_date(value)
    if label["author"]:
        if label["author"].startswith("供稿") and _OFFICE.search(value):
            return Byline(publisher=value, published=date)
        return Byline(authors=names(value), published=date)
    if label["editor"]:
        return Byline(editors=names(value), published=date)
    if label["source"]:
        return Byline(publisher=_publisher(value), published=date)
    if label["date"]:
        return Byline(published=date)
    return Byline()


def _publisher(value: str) -> str | None:
    """A source without date, brackets around it and words of the page's own (举报, 原创)."""
    text = re.sub(r"\s*(?:19|20)\d\d[-/.年].*$", "", value)
    text = re.sub(
        r"^(?:原创|发布于|来自|·|•)+\s*|\s+(?:举报|关注|原创|收藏|我要评论|\d+)$|(?:主办|编印|编)$|[\[【（(](?:整理|转载|综合|原创)[\]】）)]?.*$",
        "",
        text.strip(" |丨·"),
    )
    return text.strip(" （）()[]【】|丨·-—") or None


def _stamped(line: str) -> Byline | None:
    """`浙江日报 2020-05-06 08:10`, with or without reporters behind."""
    match = _STAMP.match(line)
    if not match or len(line) > 80 or re.search("[。！？，；]", line):
        return None
    after = _CLUTTER.sub("", match["after"] or "").strip()
    reporters = _reporters(after) if after else None
    if after and not reporters and len(after) > 14:
        return None
    publisher = match["before"] if (match["before"] or "").strip(" |丨·（）()") else after if after and not reporters else ""
    return joined(Byline(publisher=_publisher(publisher), published=iso_date(match["date"])), reporters or Byline())


def _reporters(line: str) -> Byline | None:
    match = _REPORTERS.match(line)
    return Byline(authors=names(match["names"])) if match and len(line) <= 40 else None


def _signed(line: str) -> Byline | None:
    """`鹭塘街道党工委 2022年9月`: who wrote it and when, under the title or at the end; or the date alone."""
    match = _SIGNED.match(line)
    if match and _OFFICE.search(match["body"].strip()) and len(line) <= 50:
        return Byline(publisher=re.sub(r"\s+", "", match["body"]), published=iso_date(match["date"]))
    alone = re.fullmatch(r"[（(]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[）)]?", line)
    return Byline(published=iso_date(line)) if alone else None


def names(value: str) -> tuple[str, ...]:
    """Names in a byline value without posts: `本刊记者 安 蔚` is (安蔚)."""
    text = _ROLE.sub(" ", value).strip()
    text = re.sub(r"(?:(?<=^)|(?<=[\s、，,]))([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=$|[\s、，,])", r"\1\2", text)
    parts = (part.strip(" （）()[]【】·") for part in _SPLIT.split(text))
    return tuple(dict.fromkeys(part for part in parts if len(part) > 1 and not _NOBODY.search(part)))


def joined(first: Byline, second: Byline) -> Byline:
    """Both together; where they differ the first counts."""
    return Byline(
        first.authors + tuple(name for name in second.authors if name not in first.authors),
        first.editors + tuple(name for name in second.editors if name not in first.editors),
        first.publisher or second.publisher,
        first.published or second.published,
    )
