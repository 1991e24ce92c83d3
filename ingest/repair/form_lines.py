"""The lines of forms, each by itself: labels with their values, rows of cells, boxes, blanks for seals; `form` knows their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.repair.labels import FIELDS, field_of, normal

LONGEST = 160
VALUE = 70
NAME = 40  # characters of a value that stands on a line below its label, or in a cell beside it
_KEPT = frozenset(("free",))
_HINT = r"(?:\s?[（(][^（()）\n]{1,30}[）)])?"
_SIGN = r"[\s*＊※]*"
_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[\s；;，,、（(]))(?:[（(]?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[）)、.．]+\s*)?"
    rf"(?:[【\[]{_SIGN}(?P<boxed>[\u4e00-\u9fffQ]{{2,12}}){_HINT}{_SIGN}[】\]]\s*[：:]?"
    rf"|[【\[]{_SIGN}(?P<within>[\u4e00-\u9fff]{{2,12}}){_HINT}[：:](?=[^【】\[\]\n]{{0,60}}[】\]])"
    rf"|{_SIGN}(?P<plain>(?:[\u4e00-\u9fff]\s?){{2,14}}|QQ号?码?){_HINT}{_SIGN}[：:])\s*"
)
_MARKED = re.compile(r"[：:】\]]")
_ATTACHED = re.compile(
    r"(?:相关|有关)?(?:佐证|证明|附件|附送|支撑|辅助|补充|申报)材料(?:目录|清单|名称)?[：:]\s*(?P<items>1\s?[.．、](?!\d).{2,})"
    r"|附件?(?:目录|清单)?[：:]\s*(?P<listed>1\s?[.．、](?!\d).{2,}\s2\s?[.．、](?!\d).{2,})"
)
_ITEM = re.compile(r"(?:(?<=^)|(?<=[\s；;，,、]))\d{1,2}\s?[.．、](?!\d)\s?")
AWARD = re.compile(
    r"(.{4,50}?(?:评选|大赛|征集|评比|竞赛|活动|案例|金点子))(?:活动)?(?:申报|推荐|登记|报名|征集|参评)(?:表|书)(?:（.{1,10}）)?"
)
BOX = "☐□○▢◻❑"
TICK = "☑√■✔✓☒●✅◼"
_CHECKED = re.compile(
    rf"[{TICK}]\s*(?P<after>[^\s{BOX}{TICK}，,；;、（()）]{{2,20}})"
    rf"|(?P<before>[^\s{BOX}{TICK}，,；;、（()）]{{2,20}})\s?[（(]\s?[{TICK}]\s?[）)]"
)
BOXES = re.compile(rf"(?:[{BOX}{TICK}]\s*[^\s{BOX}{TICK}]{{1,24}}[\s，,、；;]*){{2,}}")
_BLANK = re.compile(
    r"[（(]?(?:(?:申报|推荐|报送|填报|所在|主管|上级|组织)?(?:单位|部门|街道|社区|机构)?(?:[（(]?(?:公章|盖章|签章|盖单位公章)[）)]?)|"
    r"(?:负责人|单位负责人|主要负责人|申报人|填表人|经办人|领导|审核人|推荐人|承诺人|本人)?[（(]?(?:签字|签名|签章)(?:或盖章)?[）)]?)[：:]?\s*(?:[_＿\s]*)[）)]?"
    r"(?:\s*(?:(?:20\d\d)?\s?年\s?\d{0,2}\s?月\s?\d{0,2}\s?日))?"
)
_DATE_BLANK = re.compile(r"(?:20\s?_*\s?)?\s?年\s?_*\s?月\s?_*\s?日")
DATED = re.compile(r"20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
HINTS = re.compile(
    r"[【\[（(]?(?:填\s?[表报写]\s?(?:说\s?明|须\s?知|要求)|申报(?:须知|说明)|填写注意事项)[】\]）)]?[：:]?(?P<rest>.{0,200})"
)
NOTE = re.compile(r"[（(]?(?:注|备注|说明)[：:]\s?(?:此|本|该)(?:推荐|申报|登记|征集)?(?:表|书).{2,120}")  # 注：本表一式两份 …
ANNEX = re.compile(r"附\s?件\s?[\d一二三四五六七八九十]{0,2}[：:]?")
FORM = re.compile(r"[^。，；\n]{2,50}(?:申报|推荐|登记|报名|征集|参评)(?:表|书)(?:[（(].{1,10}[）)])?")
HINT_ITEM = re.compile(r"(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,2}、|[①-⑩]|[注※*]).{2,200}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field on a line: what is asked for, where on that line the value stands, and the words of the label."""

    name: str
    start: int
    end: int
    label: str = ""


def labelled(line: str) -> list[Field]:
    """The fields of a line of labels with colons or in brackets; empty where it is text."""
    if len(line) > LONGEST or not _MARKED.search(line):
        return []
    labels = [(label, name) for label in _LABEL.finditer(line) if (name := field_of(_said(label)))]
    if not labels or line[: labels[0][0].start()].strip(" （("):
        return []
    found = []
    for (label, name), (following, _) in zip(labels, [*labels[1:], (None, "")], strict=True):
        low, high = label.end(), following.start() if following else len(line)
        value = line[low:high]
        if name in _KEPT or len(value) > VALUE or (re.search("[。！；]", value) and name not in ("opinion", "category", "period")):
            return []
        closing = "】]" if label["within"] else ""
        found.append(Field(name, low, low + len(value.rstrip(f" \u3000；;，,\t（()）{closing}")), normal(_said(label))))
    return found


def _said(label: re.Match[str]) -> str:
    return label["boxed"] or label["within"] or label["plain"]


def attached(line: str) -> tuple[str, ...]:
    """What a line of a form names as handed in with it: `佐证材料：1.签到册 2.现场照片（6张）`."""
    match = _ATTACHED.fullmatch(line) if len(line) <= LONGEST else None
    if match is None or re.search("[。！？]", line[:-1]):
        return ()
    names = (name.strip(" \u3000；;，,、。") for name in _ITEM.split(match["items"] or match["listed"]))
    return tuple(name for name in names if name)


def cells(line: str) -> list[Field]:
    """The fields of a row of cells without colons: label and value by turns."""
    if len(line) > LONGEST:
        return []
    cells = [(match.start(), match.end()) for match in re.finditer(r"[^\t ]+", line)]
    found: list[Field] = []
    at = 0
    while at < len(cells):
        start, end = cells[at]
        name = FIELDS.get(normal(line[start:end]))
        if name is None or name in _KEPT or at + 1 >= len(cells):
            return []
        stop = at + 1
        while stop < len(cells) and FIELDS.get(normal(line[slice(*cells[stop])])) is None:
            stop += 1
        if stop == at + 1:
            return []
        low, high = cells[at + 1][0], cells[stop - 1][1]
        if high - low > NAME or re.search("[。！；]", line[low:high]):
            return []
        found.append(Field(name, low, high))
        at = stop
    return found


def alone(line: str) -> str | None:
    """What is asked for by a label that stands alone on its line."""
    if len(line) > 24:
        return None
    name = FIELDS.get(normal(line))
    return name if name not in (None, "free", "opinion", "status") else None


def is_blank(line: str) -> bool:
    """A line that is left for a seal, a signature or a date."""
    bare = re.sub(r"[_＿\s]", "", line)
    if len(line) > 60 or not bare:
        return False
    sealed = _BLANK.fullmatch(line.strip()) is not None and re.search("章|签", bare) is not None
    return sealed or _DATE_BLANK.fullmatch(bare) is not None


def ticked(value: str) -> str | None:
    """A value, or of boxes those that are ticked; None where none is."""
    chosen = [match["after"] or match["before"] for match in _CHECKED.finditer(value)]
    if chosen:
        return "、".join(dict.fromkeys(chosen))
    return None if re.search(f"[{BOX}]", value) else value or None
