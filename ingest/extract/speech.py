"""What tells somebody's words between quotation marks from names, slogans and terms."""

from __future__ import annotations

import re

from ingest.extract.scene import Quoted, Scene

SAID = re.compile(
    "(?:(?<![传听据小学俗常所话就再可])说|讲|表示|答复|回复|回答|抱怨|嘀咕|念叨|喊|反问|嚷|骂|劝|感叹|感慨|直言|坦言|笑称|诉苦|吐槽|自述|叹|"
    "告诉[^，。；\n叫]{1,6}|(?:说法|理由|回答|答复|原话|意见|回话)(?:很[\u4e00-\u9fff]{1,2})?(?:就?是|(?=：)))(?:道|了一?句|过|出|是)?[：:，,]?$"
)
_THOUGHT = re.compile(
    "(?:认为|觉得|嫌|担心|怕|反映|质疑|要求|主张|希望|一是|二是|三是|有的是|有人是|话很[\u4e00-\u9fff]{1,2}：一是)[：:，,]?$"
)
_CITED = re.compile(
    "习近平|总书记|古语|俗话|常言|老话|古人|诗云|所谓|口号|标语|横幅|题为|名为|取名|写着|写道|写上|大字|牌子|主题|概括为|叫做|称为|理念|要求是|"
    "规定|条例|办法|原则|精神|宗旨|打造|推行|践行|坚持|秉持|按照|围绕|做到|实现|形成|从[^，。]{0,4}$"
)
_COLLOQUIAL = re.compile(
    "[我你咱俺]|谁|凭什么|什么|怎么|咋|哪[儿里个怕]|干嘛|[吗呢啊呀嘛啦](?:$|[，。！？])|吧(?:$|[，。！？])|了(?:$|[，。！？])|就[\u4e00-\u9fff]{1,4}了|好是好|"
    "没人|没有人|就该|还不|真的|不了|得了|像是|也不|又不|要不"
)
_SLOGAN = re.compile(
    "^[\u4e00-\u9fff]{2,6}、[\u4e00-\u9fff]{2,6}$|^[\u4e00-\u9fff]{4}，[\u4e00-\u9fff]{4}$|以[\u4e00-\u9fff]{1,6}为|有所[\u4e00-\u9fff]{1,2}|人人|你我|我为|金点子|有事|大家[\u4e00-\u9fff]{1,4}大家"
)
_NAMED = re.compile(
    "[”’」](?:的(?:做法|办法|机制|模式|理念|原则|思路|格局|局面|口号|要求|问题|难题|现象|目标|承诺|方式|规矩|路子|方针|标准|总要求|精神|观念|"
    "工作|服务|理想|转变|主题)|等(?:的|[\u4e00-\u9fff]{2})|(?:机制|模式|工作法|理念|原则|思路|格局|局面|问题|难题|现象|目标|行动|活动|项目|工程|平台|服务|主题|"
    "口号|制度|体系|品牌|计划|专项|系列|论坛|方针|标准|要求|精神))|^[”’」][、和与及]?[“‘「]"
)
_SAID_BEHIND = re.compile(
    "[”’」][，,]?(?!正如|如|据|按)[^，。！？；：\n“”、]{1,14}(?<![传听据小所])(?:说(?![明法服])|表示|坦言|告诉|回忆|感慨|笑着|感叹)(?:道|[，。：])"
)
_CLOSED = re.compile("[”’」](?:[，。；：、！？,—（(\n]|$)")
_THEME = re.compile("(?:围绕|以|主题[是为：]|题为|关于|开展|召开|举办|标语[：是]|形成了?|赋予的|提出了|《|推动|贯彻|落实|弘扬)$")
_THEME_BEHIND = re.compile("[”’」](?:[“‘「]|[为的](?!是)|协商|专题|主题|议题|[、和与及][“‘「])")
_SUBJECT = re.compile("(?:^|[，,；：、—])(?P<who>[^，,；：、—“”]{1,24})$")
_NOT_WHO = re.compile("^(?:但|而|却|可|只|也|还|又|就|都|后来|最后|当时|一度|于是|因为|所以|他|她|它|这|那|不|没|才|再|则)+")
_NO_WHO = re.compile("[了过着]|^(?:大家|人们|有人|对方|自己|据|如|他们|我们|她们|你们)|(?:时|后|前|中|里|上)$")
_LINKED = frozenset("从变由到向为把将让和与及的以对在用按")
_ENDS = "。！？…!?"


def is_named(text: str, end: int) -> bool:
    """Whether the noun behind the closing mark at `end` makes a name of the words (“照片上墙”的做法)."""
    return text[end - 1] not in _ENDS and _NAMED.match(text, end) is not None


def is_closed(text: str, end: int) -> bool:
    """Whether a clause ends behind the closing mark at `end`, so that the words are no part of a longer one."""
    return _CLOSED.match(text, end) is not None


def is_theme(text: str, item: Quoted) -> bool:
    """Whether the words are what a meeting or a document is about (围绕“……”协商)."""
    low = max(text.rfind(mark, max(0, item.start - 100), item.start - 1) for mark in "。！？\n") + 1
    before = text[max(low, item.start - 100) : item.start - 1]
    return _THEME.search(before) is not None or _THEME_BEHIND.match(text, item.end) is not None


def is_motto(text: str, item: Quoted) -> bool:
    """Whether the sentence quotes the country's leader (习近平总书记强调，“……”)."""
    low = max(text.rfind(mark, max(0, item.start - 100), item.start - 1) for mark in "。！？\n") + 1
    return re.search("习近平|总书记|党的[一二三四五六七八九十]+大", text[max(low, item.start - 100) : item.start - 1]) is not None


def is_statement(words: str) -> bool:
    """Whether the words behind a name and a colon, without marks, are spoken (周梅：我们满意。) and not told of him."""
    return words[-1:] in tuple(_ENDS) and len(words) > 5 and (_COLLOQUIAL.search(words) is not None or words[-1] in "？！?!")


def subject(before: str) -> str | None:
    """Who the words before a quotation say speaks (区教育局答复, 物业公司的说法是, 有工人在群里抱怨)."""
    before = re.sub("（[^（）]*）", "", before)
    match = SAID.search(before)
    clause = _SUBJECT.search(before[: match.start()]) if match is not None else None
    if clause is None:
        return None
    who = re.split(
        "[在对向就当给把被跟]|(?<![有])的$|至今|现在|今年|去年|[0-9]+月|一直|曾|也|都|却|只|还|后来|当场", _NOT_WHO.sub("", clause["who"])
    )[0]
    who = re.sub("^(?:有(?![的关])|其中)|[高大笑]$", "", who)
    return who if 2 <= len(who) <= 10 and re.search("[\u4e00-\u9fff]", who) and not _NO_WHO.search(who) else None


def sounds_spoken(scene: Scene, item: Quoted) -> bool:
    """Whether the words are speech for certain, with or without a final stop: a word of saying leads up to them, a colon and a final
    stop enclose them, or they stand as a clause of their own and are worded as one speaks."""
    text = scene.text
    words = text[item.start : item.end]
    if len(words) < 3 or is_named(text, item.end):
        return False
    low = max(text.rfind(mark, max(0, item.start - 60), item.start - 1) for mark in "。！？；\n”") + 1
    before = text[max(low, item.start - 60) : item.start - 1]
    if _CITED.search(before[-16:]) or "习近平" in before:
        return False
    final = words[-1] in _ENDS
    closed = final or is_closed(text, item.end)
    if not closed:
        return False
    if SAID.search(before):
        return final or re.search("[\u4e00-\u9fff]{3}", words) is not None
    if (final or words[-1] in "，," or text[item.end + 1 : item.end + 2] in ("，", ",")) and _SAID_BEHIND.match(text, item.end):
        return len(words) > 3
    if before[-1:] in ("：", ":"):
        return final and ("话" in before[-10:] or not _SLOGAN.search(words.rstrip(_ENDS)))
    if _SLOGAN.search(words.rstrip(_ENDS)):
        return False
    colloquial = _COLLOQUIAL.search(words) is not None
    if _THOUGHT.search(before):
        return colloquial and len(words) >= 5
    if text[item.start - 2 : item.start - 1] in _LINKED or len(words) < 6:
        return False
    alone = not before or before[-1] in "，,—：:；"
    return alone and colloquial
