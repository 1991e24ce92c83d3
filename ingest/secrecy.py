"""Marks of secrecy: a file with a mark of state secrecy is refused before anything of it is kept or shown; one marked internal is flagged.

A mark is told from the word by its place: alone on one of the first lines, in brackets at the end of a title, behind 密级, beside ★ and a
term (GB/T 9704-2012, 7.2.2: 密级和保密期限, the two parted by ★), or in a name: of the file, of a folder or an archive that it lies in.
商业秘密 and 秘密花园 are words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from corpus.errors import ClassifiedSource
from corpus.fold import fold
from corpus.model import Handling
from ingest.scan import sought

_HEAD, _FOOT = 14, 8  # lines of text in which a mark may stand: the corner of the first page, the note at the end
_LONGEST = 40  # characters of a line that holds a mark beside other words
_CANDIDATE = sought("密内內外公保", r"密|[内內][部参參]|外[传傳]|公[开開]|保管|保存")
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+|[(（]\s?[a-zāáǎàēéěèīíǐìōóǒòūúǔù]{1,7}[1-5]?\s?[)）]")
_LEVEL = "(?<!工作)(?<!商业)(?<!企业)(?<!个人)(?<!非)(?:绝密|机密|秘密)(?:级|件|文件|资料)?"
_STAR = "[★☆✦✩✪✭✮✯✰⭐🌟*※▲●◆•·]"
_TERM = "(?:长期|永久|[0-9一二三四五六七八九十]{1,3}(?:年|个?月|天|日))"
_OPEN, _CLOSE = r"[\[【〔(<《「]", r"[\]】〕)>》」]"
_STARRED = rf"{_LEVEL}{_CLOSE}?(?:{_STAR}{{1,3}}{_TERM}?|[^\u4e00-\u9fff]{{0,2}}{_TERM})"
_BESIDE = r"(?:特急|加急|平急|特提|急件|(?:编号|份号|no\.?)?:?第?0*\d{1,8}号?(?:份)?)"
_PARTS = r"[:;,|/·—-]*"
_ALONE = re.compile(
    rf"(?:{_BESIDE}{_PARTS})*{_OPEN}?(?:{_STARRED}|{_LEVEL}|国家秘密|涉密(?:文件|资料|材料)?){_CLOSE}?(?:{_PARTS}{_BESIDE}{_CLOSE}?)*"
)
_WITH_STAR = re.compile(rf"{_LEVEL}{_CLOSE}?★(?![★☆])|(?:^|{_CLOSE}|[|;,:，；：]){_OPEN}?{_LEVEL}[★☆*]{_TERM}")
_BRACKETED = re.compile(rf"^{_OPEN}(?:{_STARRED}|{_LEVEL}|涉密){_CLOSE}|{_OPEN}(?:{_STARRED}|{_LEVEL}|涉密){_CLOSE}$")
_FIELD = re.compile(r"(?:密级|秘密等级|涉密等级|涉密级别|保密等级|保密级别)(?:标识|标志|程度)?(?:[和与及]保密期限)?[\]】)]?[:|]*(.{0,24})")
_LEVELS = re.compile(r"(?<!工作)(?<!商业)(?:绝密|机密|秘密)")
_TICKED = re.compile(r"[☑√■✔✓☒●](?:绝密|机密|秘密)|(?:绝密|机密|秘密)\([☑√■✔✓☒]")
_NAMED = re.compile(rf"^{_LEVEL}$|^(?:绝密|机密)[_~-]|^秘密[_-]|[_-]{_LEVEL}$|{_LEVEL}[★☆*]|{_LEVEL}{_TERM}")

_WORK = "工作秘密"
_INTERNAL = (
    r"(?:内部(?:资料|文件|材料|参考|刊物|读物|情况|传阅|掌握|使用|交流|发行|信息|通报|文稿)|内参|仅供内部(?:使用|参考|交流|传阅|学习|掌握)?"
    r"|注意(?:保管|保存|保密)|妥善保管|(?:请勿|不得|严禁|禁止|切勿|勿)(?:外传|外泄|外借|翻印|转载|公开|传播|复制|扩散|上网)|不宜公开|阅后(?:收回|即焚|销毁)"
    r"|(?:此件|本件|此文|本文件)?(?:不予?公开|不公开))"
)
_NOTE = r"[:;,.、，。；：！!|/·—★☆*-]*"
_INTERNAL_LINE = re.compile(
    rf"(?:{_OPEN}|{_NOTE}|{_BESIDE})*(?:(?:{_WORK}(?:{_STAR}?{_TERM})?|{_INTERNAL})(?:{_OPEN}|{_CLOSE}|{_NOTE}))+"
    rf"(?:免费交流|学习|参考|第?[0-9〇一二三四五六七八九十]{{1,4}}期|{_BESIDE}|{_TERM}|{_CLOSE}|{_NOTE})*"
)
_INTERNAL_BESIDE = re.compile(rf"^{_OPEN}(?:{_WORK}|{_INTERNAL}).{{0,8}}?{_CLOSE}|{_OPEN}(?:{_WORK}|{_INTERNAL}).{{0,8}}?{_CLOSE}$")
_INTERNAL_FIELD = re.compile(r"(?:密级|公开(?:属性|方式|类别|选项|形式|类型|范围))[\]】)]?[:|]*(内部|工作秘密|不予?公开|不公开)(?!文件|网)")
_INTERNAL_NAME = re.compile(rf"^(?:{_WORK}|{_INTERNAL})(?:$|[_~-])|[_~-](?:{_WORK}|{_INTERNAL})$")
_REMEDY = "本系统不得处理国家秘密，请按保密规定处置"
_TITLED = re.compile(rf"^{_LEVEL}$|^(?:绝密|机密)[_~:-]|[_-]{_LEVEL}$|^{_STARRED}")
_STEP = re.compile(r"[^/\\#]+")
_ENDINGS = re.compile(r"(?:\.[A-Za-z0-9]{1,5})+$")
_ROW = re.compile(r"![0-9]+$")
UNNAMED = "（文件名不显示）"


def refuse_classified(text: str, where: str, name: str = "", headers: str = "", title: str = "") -> None:
    """Raise ClassifiedSource where a file carries a mark of state secrecy.

    `name` is the source key, or any path: each of its steps is looked at, be it a folder, an archive or the file. `headers` are the running
    heads of its pages, one a line. Neither the message nor `where` says anything of the content; where a step of `name` carries the mark,
    `where` is what is left of it (see `concealed_name`).
    """
    if concealed_name(name) != name:
        raise classified(name)
    if _marked(text) or _marked(headers) or _marked_title(title):
        raise classified(where)


def refuse_pieces(pieces: Iterable[str], where: str) -> None:
    """Raise ClassifiedSource where one of some short texts, each of which stands by itself (a cell, the head of a sheet), is or holds a
    mark of state secrecy."""
    if any(_marked(piece) for piece in pieces):
        raise classified(where)


def concealed_name(key: str) -> str:
    """A source key as it may be kept and shown: from the first step that carries a mark of secrecy on, a digest stands for the names."""
    for step in _STEP.finditer(key):
        if _marked_name(step[0]):
            digest = hashlib.sha256(key[step.start() :].encode("utf-8", "surrogatepass")).hexdigest()[:8]
            return f"{key[: step.start()]}{UNNAMED}#{digest}"
    return key


def handling(text: str, name: str = "", headers: str = "", title: str = "") -> Handling | None:
    """工作秘密 or 内部资料 where the text, a step of the name, the title or the running heads carry such a mark at its place; None where
    they do not.

    Whether a file is refused is for `refuse_classified` to say.
    """
    lines = [*(_places(text) if _CANDIDATE.search(text) else ()), *(_places(headers) if headers else ()), title]
    marks = [mark for line in lines if (mark := _internal(line))]
    for step in _STEP.findall(name):
        if step.isascii():
            continue
        plain = _compact(_stem(step))
        if _INTERNAL_NAME.search(plain) or _INTERNAL_BESIDE.search(plain):
            marks.append(plain)
    if not marks:
        return None
    return "工作秘密" if any(_WORK in mark for mark in marks) else "内部资料"


def handling_of(pieces: Iterable[str]) -> Handling | None:
    """As `handling`, of short texts each of which stands by itself."""
    return strictest(handling(piece) for piece in pieces if _CANDIDATE.search(piece))


def strictest(found: Iterable[Handling | None]) -> Handling | None:
    known = set(found)
    return "工作秘密" if _WORK in known else "内部资料" if "内部资料" in known else None


def as_handling(value: object) -> Handling | None:
    """What a kept row says of itself."""
    return "工作秘密" if value == "工作秘密" else "内部资料" if value == "内部资料" else None


def classified(where: str) -> ClassifiedSource:
    """The refusal of a source by its key: where that carries the mark itself, it is not repeated."""
    shown = concealed_name(where)
    what = "文件" if shown == where else "文件名（或所在的文件夹、压缩包的名称）"
    return ClassifiedSource(f"{what}带有密级标志，已拒绝读取，未保存任何内容", where=shown, remedy=_REMEDY)


def _marked(text: str) -> bool:
    if "密" not in text:
        return False
    lines = [line for line in text.split("\n") if line.strip("\ufeff \t\r\u3000\xa0\x0c")]
    foot = len(lines) - _FOOT
    alone = 0
    for number, raw in enumerate(lines):
        if "密" not in raw:
            continue
        line = _compact(raw)
        at_edge = number < _HEAD
        if _ALONE.fullmatch(line):
            alone += 1
            if at_edge or alone > 1 or re.search(_STARRED, line):  # a running head comes again on every page
                return True
        if (at_edge or number >= foot) and _is_field(line, lines[number + 1 : number + 2]):
            return True
        if at_edge and len(line) <= _LONGEST and (_WITH_STAR.search(line) or _BRACKETED.search(line)):
            return True
    return False


def _is_field(line: str, following: list[str]) -> bool:
    """Whether a line gives a level behind 密级, or the next line does where nothing stands behind it; of several levels one is ticked."""
    field = _FIELD.search(line)
    if field is None or len(line) > 4 * _LONGEST:
        return False
    value = field[1] or _compact(following[0] if following else "")[:12]
    found = _LEVELS.findall(value)
    if not found:
        return False
    if len(set(_LEVELS.findall(line[field.start() :]))) > 1:
        return bool(_TICKED.search(line))
    return bool(_LEVELS.match(value.lstrip("为是:|[(【")))


def _marked_name(step: str) -> bool:
    if "密" not in step:
        return False
    plain = _compact(_stem(step))
    return bool(_NAMED.search(plain) or _BRACKETED.search(plain))


def _marked_title(title: str) -> bool:
    """Of a title (of a page, a mail, a row): as of a line of the text, and as of a name where its place makes a mark of the word."""
    if "密" not in title:
        return False
    plain = _compact(_parted(title))
    return _marked(title) or bool(_TITLED.search(plain) or _BRACKETED.search(plain))


def _internal(line: str) -> str:
    if not _CANDIDATE.search(line):
        return ""
    plain = _compact(line)
    if len(plain) > _LONGEST:
        return ""
    if _INTERNAL_LINE.fullmatch(plain) or _INTERNAL_BESIDE.search(plain) or _INTERNAL_FIELD.search(plain):
        return plain
    return ""


def _places(text: str) -> list[str]:
    """The first and the last lines of a text, without empty ones."""
    lines = [line for line in text.split("\n") if line.strip("\ufeff \t\r\u3000\xa0\x0c")]
    return lines if len(lines) <= _HEAD + _FOOT else lines[:_HEAD] + lines[-_FOOT:]


def _compact(line: str) -> str:
    """A line folded (Simplified, half width), without blanks and pinyin annotations: 機 密 ★ １０年 is 机密★10年."""
    return fold(_BLANK.sub("", line))


def _stem(step: str) -> str:
    """A step of a path without its endings and the row of a sheet."""
    return _parted(_ENDINGS.sub("", _ROW.sub("", step.strip())))


def _parted(words: str) -> str:
    """A blank before Chinese as `~`, so that it parts words where blanks are dropped."""
    return re.sub(r"\s+(?=[\u4e00-\u9fff])", "~", words.strip())
