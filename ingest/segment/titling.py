"""The head of a case in a compilation: its title, which may be wrapped and have a second half, and the body that hands it in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.segment.numbering import numbered

LONGEST = 60
_SUBTITLE = re.compile(r"^(?:——|--|—|－－|─)\s?")
_SENTENCE = re.compile(r"[。；]|[！？…，：、]$|[，].{12,}[，]|[\u4e00-\u9fff][:：][\u4e00-\u9fff].{24,}")
_FIELD = re.compile(
    r"^(?:申报|报送|推荐|选送|供稿|实施|提交|案例|完成|主创|牵头)?(?:单位|主体|作者|来源|地区|人)[：:]\s?(?P<value>.{2,40})$"
)
_HANDED = re.compile(
    r"^[（(\[]?(?P<value>[\u4e00-\u9fff·、（）\s]{2,40}?(?:政府|办事处|委员会|居委会|村委会|党工委|党委|党总支|党支部|办公室|组织部|社会工作部|宣传部|政法委|"
    r"[局委部厅院会]|综治中心|中心|协会|公司|街道|社区|[镇乡村]|[市县区旗]))[）)\]]?$"
)
_NAMED = re.compile(r"^(?:案例名称|案例题目|案例标题|项目名称|标题|题目)[：:]\s*(?P<value>.{4,70})$")
_SEAT = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|市|地区|区|县|旗|镇|乡|苏木|街道|社区|小区|新村|村))+")
_NO_SEAT = re.compile(
    r"^(?:[全各本该某]|社区|小区|街道|乡村|农村|城市|新村|城中村|老旧|智慧|美丽|和谐|平安|党建|打造|推进|创建|建设|探索|构建|激活|让|从|以|用|把|小)"
)
_NO_TITLE = re.compile(
    r"^(?:图\s?\d|表\s?\d|图为|附件|注[：:]|来源|作者|编辑|供稿|[（(].{0,30}[）)]$|(?:19|20)\d\d年\d{1,2}月|[^\u4e00-\u9fff]*$|联系|电话|关键词)|[：:]$"
)


_DATED = re.compile(
    r"(?:(?:19|20)\d\d|[二一][〇○零一二三四五六七八九]{3})\s?年(?:\s?[\d一二三四五六七八九十]{1,3}\s?月(?:\s?[\d一二三四五六七八九十]{1,3}\s?日)?)?(?:编印|印发|编|印)?"
)


@dataclass(frozen=True, slots=True)
class Head:
    """Lines [first, last) and what they say; `place` is the seat of the body that the lines name, else the place in the title."""

    first: int
    last: int
    title: str
    place: str | None = None


def may_be_title(line: str) -> bool:
    """Whether a line is short, says something and is no sentence, caption, field or note."""
    said = numbered(line).rest
    return 4 <= len(line) <= LONGEST + 20 and not _SENTENCE.search(said) and not _NO_TITLE.search(line)


def is_cover(line: str) -> bool:
    """Whether a line is a date alone, as on the cover of a compilation."""
    return _DATED.fullmatch(line.strip()) is not None


def named(line: str) -> str:
    """The title in a line such as `案例名称：…`; empty for any other."""
    match = _NAMED.match(line)
    return match["value"].strip() if match else ""


def head(lines: Sequence[str], first: int, length: int = 1) -> Head:
    """The head that begins at line `first`, with a title of `length` lines (0: find out)."""
    own = numbered(lines[first])
    last = first + max(1, length)
    parts = [own.rest.strip(), *(line.strip() for line in lines[first + 1 : last])]
    title = named("".join(parts)) or "".join(parts)
    if not title and last < len(lines) and (named(lines[last]) or may_be_title(lines[last])):
        title = named(lines[last]) or lines[last].strip()
        last += 1
    if last < len(lines) and _SUBTITLE.match(lines[last]) and len(lines[last]) <= LONGEST:
        title += lines[last].strip()
        last += 1
    title = re.sub(r"^[【〖\[](.+)[】〗\]]$", r"\1", title).strip(" \u3000：:、.．")
    body = _handing(lines[last]) if last < len(lines) else ""
    if body:
        last += 1
    return Head(first, last, title or lines[first].strip(), seat(body) or seat(title))


def seat(words: str) -> str | None:
    """The place that a title or an organisation's name begins with (浙江省甲市乙区丙街道办事处: without 办事处)."""
    words = re.sub(r"^[（(\[“]|\s+", "", words)
    match = _SEAT.match(words)
    if match is None or _NO_SEAT.match(match[0]):
        return None
    return match[0]


def _handing(line: str) -> str:
    """The body that handed a case in, from the line under its title; empty where that is something else."""
    if field := _FIELD.match(line):
        return field["value"].strip()
    if len(line) > LONGEST or _SENTENCE.search(line) or numbered(line).style:
        return ""
    match = _HANDED.match(line)
    return match["value"].strip() if match else ""
