"""Bylines: author, editor, source and date, each on its line or run together, become metadata and leave the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.model import Metadata
from corpus.offsets import Edit
from corpus.vocabulary import surnames
from ingest.dates import iso_date
from ingest.draft import Draft

STEP = "byline"
_HEAD = 25  # lines from the top, and from the bottom, in which a byline may stand
_LONGEST = 160
_MARKED = ("title", "caption", "field")  # lines of which the format knows better
_AUTHOR = (
    "(?:文字|案例|材料|记录)?整理人?|(?:案例|材料)?(?:编写|撰写)(?:人|单位)?"
    "|作者|采写|采访|撰文|撰稿人?|执笔|供稿(?:人|单位)?|通讯员|(?:本刊|本报|见习|实习|特约|全媒体)*记者|文字|文图|图文|文"
)
_EDITOR = "(?:责任|本期|执行|网络|值班|文字|图文)?编辑|责编|编审|主编|校对|编校|核稿人?|审稿人?|统稿人?|编发"
_SOURCE = (
    "(?:文章|新闻|信息|稿件|内容|资料|综合)?来源|稿源|出处|(?:转载|综合|整理)自|转自|摘自|选自|来自|原载于?|发布(?:机构|单位|者)|发文机关"
)
_DATE = "(?:发布|发表|更新|成文|印发|刊发|刊登|上传|录入|编辑|创建|生成|公开)?(?:时间|日期)|发布于|更新于?"
_STAFF = (  # only with names behind them: the same words head paragraphs
    "[一二三初复终]审|审[核签读校]|签发|监制|总监制|总编辑?|(?:值班|执行)(?:主任|总编辑?|领导)|美编|统筹|策划|制图|制作|视觉|海报|排版|设计|视频|剪辑|后期|翻译|出品人?"
    "|摄影|图片|供图|图"
)
_OTHER = (
    "浏览(?:次数|量)?|点击(?:次数|量|数)?|阅读(?:次数|量|数)?|访问(?:次数|量)?|人气|字体(?:大小)?|字号|分享到?|评论(?:数)?|打印"
    r"|栏目|分类|类别|关键[字词]|标签|索\s?引\s?号|发布人|上传者|录入(?:者|人)?|原标题"
)
_LABEL = re.compile(
    rf"(?:【|\[|〔)?(?:(?P<author>{_AUTHOR})|(?P<editor>{_EDITOR})|(?P<source>{_SOURCE})|(?P<date>{_DATE})|(?P<staff>{_STAFF})|(?P<other>{_OTHER}))\s?(?:】|\]|〕)?\s?[:：/／丨|]\s*"
)
_BLANK_AFTER = re.compile("(?:编辑|校对|责编|审核|监制|作者|撰文|摄影)\\s")
_LABEL_BLANK = re.compile(rf"(?<![\u4e00-\u9fff])({_EDITOR}|{_AUTHOR}|{_STAFF})\s+")
_QUICK = re.compile(r"[:：/丨|]|\d{4}[-年./]\d|记者|通讯员|[（(【\[]\s*(?:责|编|校|作者|撰|文)|[时钟天]前\s|编辑\s|校对\s")
_STAMP = re.compile(
    r"^(?:(?P<before>[^\d:：]{1,20}?)[\s|丨·]+)?(?P<date>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:\s*(?:星期|周)[一二三四五六日天])?"
    r"(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?(?:[\s|丨·]+(?P<after>.{0,60}))?$"
)
_AGO = re.compile(
    r"^(?:\d{1,2}[-月]\d{1,2}日?\s+\d{1,2}[:：]\d\d|\d{1,2}\s?(?:小时|分钟|天)前|[昨今前]天(?:\s*\d{1,2}[:：]\d\d)?)"
    r"\s+(?P<source>\S{2,14})$"
)
_CITED = re.compile(
    r"^[（(]?\s*(?:原?载于?|见|刊于|来源[:：]?|摘自)?\s*《(?P<source>[^《》]{2,20})》[\s，,（(]*"
    r"(?P<date>(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?).{0,14}$"
)
_BRACKETED = re.compile(
    r"^[（(【\[]\s*(?:(?P<editor>责任编辑|责编|编辑|校对)|(?P<author>作者|撰文|文))\s+(?P<names>[\u4e00-\u9fff、 ]{2,24}?)\s*[）)】\]]$"
)
_UNMARKED = re.compile(  # two labels or more without a colon: 编辑 李红 校对 赵强
    rf"^[（(【\[]?\s*(?:(?:{_EDITOR}|{_AUTHOR}|{_STAFF})\s+[\u4e00-\u9fff]{{2,4}}(?:[、 ]{{1,2}}[\u4e00-\u9fff]{{2,4}})*?\s*){{2,5}}"
    r"[）)】\]]?$"
)
_PRESS = re.compile("(?:[报社网台刊端号]|发布|日报|新闻|在线|客户端|之声|观察|杂志|周刊|融媒)$")
_NAME = "[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){1,2}"
_REPORTERS = re.compile(
    r"^[（(]?(?:[□■◎●/]\s?)?(?:[\u4e00-\u9fff]{0,8}(?:[报社网台刊端]|新闻|财经|在线|融媒))?(?:本刊|本报|见习|实习|特约|全媒体|首席)*记者\s?"
    rf"(?P<names>{_NAME}(?:[ 、，]+(?:通讯员\s?)?{_NAME}){{0,6}})"
    r"(?:\s*(?:文[/、]?摄|文[/、]?图|摄影报道|综合报道|报道|摄))?[）)]?$"
)
_ROLE = re.compile(
    r"^[\u4e00-\u9fff]{2,6}(?:记者|通讯员)(?=\s)|(?:本刊|本报|见习|实习|特约|全媒体|新华社)*(?:记者|通讯员|实习生|撰稿人|作者)|[（(](?:文/?图?|图|实习.{0,4})[)）]?|^文[/／]?"
)
_SIGNED = re.compile(
    r"^[（(]?(?P<body>[\u4e00-\u9fff（）()“”、\s]{2,40}?)[\s，,]*(?P<date>(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?)(?:整理|编写|撰写|供稿|报送|编印)?[）)]?$"
)
_OFFICE = re.compile(
    "(?:政府|办事处|委员会|居委会|村委会|党工委|党委|党支部|办公室|[局委部厅院社署队站所]|综治办|中心|协会|公司|街道|社区)$"
)
_UNIT = re.compile(rf"{_OFFICE.pattern[:-2]}|法庭|审判庭|科室?|处|支部|大队|学校|学院|集团|小组|专班|工作站|网格)$")
_PLACED = re.compile("^.{1,8}?(?:[省市区县镇乡村]|街道|社区|小区)")
_DAY_BEHIND = re.compile(r"[\s，,（(]*(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)[）)]?$")
_NOBODY = re.compile(
    r"\d|^(?:未知|佚名|不详|匿名|网络(?:整理)?|本站|原创|管理员|admin|查看更多|更多|综合|纠错|举报|摄影)$"
    r"|^(?:系|现任|单位)|(?:书记|主任|局长|科长|处长|干部|教授|研究员)$",
    re.IGNORECASE,
)
_ASKED = re.compile("[？！。]|，.*，")  # what somebody says, as in an interview, not who it is
_DOUBTFUL = (
    "记者",
    "主编",
    "编审",
    "文字",
    "通讯",
    "校对",
    "采访",
    "整理",
    "编写",
    "撰写",
    "案例",
    "材料",
    "记录",
    "审稿",
    "编发",
)  # labels that head other lines too, so only names may follow
_HAN_ONLY = re.compile("[\u4e00-\u9fff·]+")
_CLUTTER = re.compile(
    r"(?:【|\[|〔)?\s*(?:大\s*中\s*小|小\s*中\s*大|打印(?:本页)?|关闭(?:窗口)?|收藏|分享|字体|我要纠错|纠错|举报|T\s?T|(?:点击|浏览|阅读)(?:量|数|次数)?\s?\d*\s?次?)\s*(?:】|\]|〕)?"
)
_SPLIT = re.compile(r"[、，,;；/／|&＆]|\s{1,}(?:和|与)?\s*|\s和\s")


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
    marked = [(mark.start, mark.end) for mark in draft.marks if mark.kind in _MARKED]
    zone = lines if len(lines) <= 2 * _HEAD else lines[:_HEAD] + lines[-_HEAD:]
    for start, end in zone:
        line = draft.text[start:end]
        if (read := byline(line)) and not any(low < end and start < high for low, high in marked):
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
    return _labelled(line) or _stamped(line) or _reporters(line) or _signed(line) or _cited(line)


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
    lead = _CLUTTER.sub("", line[: labels[0].start()]).strip(" （([【〔|丨·")
    if len(lead) > 14 and not iso_date(lead):
        return None
    found = Byline(published=iso_date(lead) if lead else None)
    if lead and not found.published and not (len(labels) > 1 and len(lead) <= 14):
        return None
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = _CLUTTER.sub("", line[label.end() : following.start() if following else len(line)]).strip(" ）)]】〕|丨·\u3000")
        if len(value) > 60 or (len(value) > 30 and re.search("[。！？]", value)):
            return None
        if label["date"] and (not iso_date(value) or re.search("[，。；、]", value)):
            return None
        if label["staff"] and not _are_names(value):
            return None
        if (label["author"] or label["editor"]) and _ASKED.search(value):
            return None
        if label[0].strip("【[〔")[:2] in _DOUBTFUL and value and not _are_names(_DAY_BEHIND.sub("", value), units=True):
            return None
        found = joined(found, _value(label, value))
    if found == Byline() and not any(label["other"] or label["staff"] or label["editor"] for label in labels):
        return None
    return found


def _value(label: re.Match[str], value: str) -> Byline:
    date = iso_date(value)
    if label["author"]:
        bare = _DAY_BEHIND.sub("", value)
        if units := [part for part in _SPLIT.split(bare) if _UNIT.search(part) and not _is_name(part)]:
            persons = [part for part in _SPLIT.split(bare) if part not in units]
            return Byline(names(" ".join(persons)), (), _publisher("、".join(unit.rpartition("：")[2] for unit in units)), date)
        return Byline(authors=names(value), published=date)
    if label["editor"]:
        return Byline(editors=names(value), published=date)
    if label["source"]:
        return Byline(publisher=_publisher(value), published=date)
    if label["date"]:
        return Byline(published=date)
    return Byline()


def _are_names(value: str, *, units: bool = False) -> bool:
    """Whether a value is nothing but names of persons (or of the bureau they work for), or, with `units`, of offices."""
    parts = [part for part in _SPLIT.split(_ROLE.sub(" ", value)) if part]
    return bool(parts) and all(_is_name(part) or _PRESS.search(part) or (units and _UNIT.search(part)) for part in parts)


def _is_name(word: str) -> bool:
    known = surnames()
    return 2 <= len(word) <= 4 and bool(_HAN_ONLY.fullmatch(word)) and (word[0] in known.single or word[:2] in known.compound)


def _publisher(value: str) -> str | None:
    """A source without date, brackets around it and words of the page's own (举报, 原创)."""
    text = re.sub(r"\s*(?:19|20)\d\d[-/.年].*$", "", value)
    text = re.sub(
        r"^(?:原创|发布于|来自|·|•)+\s*|\s+(?:举报|关注|原创|收藏|我要评论|\d+)$|(?:主办|编印|编|微信公众号|公众号)$|[\[【（(](?:整理|转载|综合|原创)[\]】）)]?.*$",
        "",
        text.strip(" |丨·"),
    )
    text = re.sub(r"^(?:来源|出处)\s*", "", text.strip(" （）()[]【】|丨·-—"))
    return None if re.match(rf"第\s*\d|(?:{_DATE})$", text) else text or None


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
    words = (publisher or "").split()
    if len(words) == 2 and _is_name(words[0]) and (_PRESS.search(words[1]) or _UNIT.search(words[1])):
        return Byline(authors=(words[0],), publisher=words[1], published=iso_date(match["date"]))
    return joined(Byline(publisher=_publisher(publisher), published=iso_date(match["date"])), reporters or Byline())


def _reporters(line: str) -> Byline | None:
    match = _REPORTERS.match(line)
    return Byline(authors=names(match["names"])) if match and len(line) <= 40 else None


def _signed(line: str) -> Byline | None:
    """`鹭塘街道党工委 2022年9月`: who wrote it and when, under the title or at the end; or the date alone."""
    match = _SIGNED.match(line)
    if match and _OFFICE.search(match["body"].strip()) and len(line) <= 50:
        parts = match["body"].split()  # several offices, or one with blanks in its name
        several = len(parts) > 1 and all(_PLACED.match(part) and _OFFICE.search(part) for part in parts)
        return Byline(publisher=("、" if several else "").join(parts), published=iso_date(match["date"]))
    alone = re.fullmatch(r"[（(]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[）)]?", line)
    return Byline(published=iso_date(line)) if alone else None


def _cited(line: str) -> Byline | None:
    """`《江州日报》（2023年5月6日 03版）`, `2小时前 江州日报`, `（编辑 李红）`."""
    if (match := _CITED.match(line)) and _PRESS.search(match["source"]):
        return Byline(publisher=match["source"], published=iso_date(match["date"]))
    if (match := _AGO.match(line)) and _PRESS.search(match["source"]):
        return Byline(publisher=match["source"])
    if len(line) <= 60 and line.count(" ") >= 2 and _BLANK_AFTER.search(line) and _UNMARKED.match(line):
        return _labelled(_LABEL_BLANK.sub(r"\1：", line))
    if (match := _BRACKETED.match(line)) and _are_names(match["names"]):
        found = names(match["names"])
        return Byline(editors=found) if match["editor"] else Byline(authors=found)
    return None


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
