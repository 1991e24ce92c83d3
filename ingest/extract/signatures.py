"""Who wrote, signed or reported: names behind a label (记者 某某, 执笔：某街道某某、某社区某某) and names that end a line behind a body."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from corpus.model import EntityType
from corpus.vocabulary import posts, surnames
from ingest.extract import personwords
from ingest.extract.actors import Actor
from ingest.extract.chains import Places
from ingest.extract.personnames import Person, is_surname
from ingest.extract.scene import Scene

_MARKS = (re.compile("[:：/／][ 　]*\n?"), re.compile("[ 　](?<=[者员][ 　])[ 　]*[:：]?"), re.compile("\n(?<=人员\n)"))
_LABEL = re.compile(
    "(?:(?:记者|通讯员|作者|撰稿人?|撰写人?|撰写人员|主创人员|执笔人?|供稿人?|采写|口述人?|讲述人?|整理人?|记录人?|编辑|责编|摄影|审稿|审核|"
    "审定|联系人|领衔代表|领衔人|附议代表|提案人|提案者|建议人|提出人|申报人|主讲人?|主持人|报送人|填报人|项目负责人|案例负责人|督导|督导老师|"
    "承办人|经办人|姓名|申请人|当事人|发言人|调解员|主要完成人|参与人员|"
    "参会人员|参加人员|与会人员|出席人员|到会人员|成员|组员|组长|服务社工|指导老师)|(?<![\u4e00-\u9fff])[文图])[ 　]*$"
)
_LABEL_LAST = frozenset("者员人稿写笔采述理录辑编影核定表案议供导师工办名长文图 　")  # what a label may end with
_BLANK_LABEL = re.compile("(?:记者|通讯员)$")
_ROW = re.compile("[^\n，。；;！？（(|]*(?:[（(][^\n）)]{0,40}[）)][、 　]*[^\n，。；;！？（(|]*){0,6}")
_ITEM = re.compile("[\u4e00-\u9fff·]{2,24}")
_BODY_END = re.compile(
    "(?:社区|街道|乡|镇|村|[省市区县]|局|办|办公室|委|委员会|会|中心|学?院|学?校|大学|所|教研室|部|处|科|站|公司|日报|晚报|新闻|协会|"
    "联合会|工作室|支部|党委|队|社|厅|法院|检察院|医院|报)$"
)
_LINE_END = re.compile("[ 　](?<![ 　]{2})[ 　]{0,3}(?P<name>[\u4e00-\u9fff]{2,4})(?=[ 　]{0,4}(?:[）)]?[ 　]{0,4}(?:\n|$)))")
_SIGNS = re.compile("(?:社区|街道|[乡镇村省市区县局办委会院校所室部处科站报社厅队心司学记任长员席师])$")


def signed(scene: Scene, places: Places, actors: Sequence[Actor]) -> list[Person]:
    """People behind a label of authorship, reporting or representation, and at the end of a line behind a body."""
    found: list[Person] = []
    text = scene.text
    for match in (match for mark in _MARKS for match in mark.finditer(text)):
        if text[max(0, match.start() - 1) : match.start()] not in _LABEL_LAST:
            continue
        told = _LABEL.search(text, max(0, match.start() - 8), match.start())
        if told is None or (match.group()[0] in " 　" and not _BLANK_LABEL.search(told.group())):
            continue
        label = told.group().strip(" 　")
        row = _ROW.match(text, match.end())
        if row is None:
            continue
        end = min(row.end(), match.end() + 120)
        post = label if label in posts().words or label.endswith("代表") else None
        found.extend(_row(scene, places, actors, match.end(), end, post))
    for match in _LINE_END.finditer(text):
        start, end = match.span("name")
        if (
            _SIGNS.search(text, max(0, match.start() - 2), match.start())
            and _is_name(text[start:end])
            and end - start < 4
            and not _sentence(text, match.start())
        ):
            found.append(Person(start, end, text[start:end], rule="person.signed", confidence=0.8))
    return found


def _sentence(text: str, position: int) -> bool:
    """Whether the line up to here holds a stop: then it is running text and no signature."""
    return re.search("[，。；！？]", text[text.rfind("\n", 0, position) + 1 : position]) is not None


def _row(scene: Scene, places: Places, actors: Sequence[Actor], start: int, end: int, post: str | None) -> Iterator[Person]:
    """The names in a row: each alone, or behind the body it belongs to."""
    text = re.sub("[（(][^\n）)]{0,40}[）)]", lambda match: "，" * len(match.group()), scene.text[start:end])
    for item in _ITEM.finditer(text):
        low, high = start + item.start(), start + item.end()
        words = item.group()
        if words in ("记者", "通讯员") or words.endswith(("记者", "通讯员", "摄影", "编辑")):
            continue
        if len(words) <= 3 or (len(words) == 4 and _compound(words)):
            if _is_name(words):
                yield Person(low, high, words, post=post, rule="person.signed", confidence=0.88)
            elif not _BODY_END.search(words):
                return
            continue
        name = next((size for size in (3, 2) if _ends_with_name(scene, places, actors, high, size)), None)
        if name is not None:
            whole, belongs_to = organisation_before(scene, places, actors, high - name)
            words = scene.text[high - name : high]
            yield Person(high - name, high, words, None, post, whole, belongs_to, "person.signed", 0.85)
        elif not _BODY_END.search(words):
            return


def _ends_with_name(scene: Scene, places: Places, actors: Sequence[Actor], end: int, size: int) -> bool:
    """Whether the last characters before `end` are a name directly behind a body, a place or a post."""
    start = end - size
    text = scene.text
    if not _is_name(text[start:end]):
        return False
    at = bisect_left(actors, start, key=lambda actor: actor.end)
    return (
        (at < len(actors) and actors[at].end == start)
        or places.at(start) is not None
        or _BODY_END.search(text, max(0, start - 4), start) is not None
        or text[max(0, start - 2) : start] in ("书记", "主任", "局长", "科长", "站长", "所长", "会长")
    )


def organisation_before(
    scene: Scene, places: Places, actors: Sequence[Actor], position: int
) -> tuple[str | None, tuple[int, int, EntityType] | None]:
    """The whole name of the organisation or place that ends at `position`, and where it stands."""
    text = scene.text
    at = bisect_left(actors, position, key=lambda actor: actor.end)
    if at < len(actors) and actors[at].end == position:
        actor = actors[at]
        name = text[actor.start : actor.end]
        if actor.unit is not None:
            name = "".join(actor.unit.chain) + (text[actor.unit.end : actor.end] if actor.unit.end <= actor.end else "")
        return name, (actor.start, actor.end, "actor")
    unit = places.at(position)
    if unit is not None:
        return "".join(unit.chain), (unit.first, unit.end, "place")
    return None, None


def _compound(words: str) -> bool:
    return words[:2] in surnames().compound


def _is_name(words: str) -> bool:
    return (
        2 <= len(words) <= 4
        and (len(words) < 4 or _compound(words))
        and is_surname(words)
        and words not in personwords.NOT_NAMES
        and words not in posts().words
        and not personwords.NO_NAME_END.search(words)
        and re.fullmatch("[\u4e00-\u9fff·]+", words) is not None
    )
