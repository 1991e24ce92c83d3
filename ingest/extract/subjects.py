"""Who does what a verb tells: the subject before it, or that of an earlier clause which this one goes on with (主语承前省略)."""

from __future__ import annotations

import re
from bisect import bisect_left

from corpus.vocabulary import EdgeType
from ingest.extract.ends import FAR, JOINED, REACH, Ends, Item
from ingest.extract.scene import Scene

CARRIED = 0.62  # confidence where the subject stands in an earlier clause
CARRIED_FAR = 0.58  # the same in the sentence before
_TOLD = 120  # characters of a sentence whose subject the next one may go on with
_CHAIN = 3  # clauses that one subject is carried over at most
_OTHER_SUBJECT = re.compile("(?:让|使|被|为|把|对|向|给|与|和|跟|同|由|按|按照|找|来到|走访|在|到|从|于)$")
_CAUSED = re.compile("(?:组织|发动|动员|引导|召集|带领|率领|指导|选派|抽调|协调)(?:了|起)?$")
_NOT_DOER = re.compile(
    "的|与|对|向|被|为|把|在(?=[^，。]{0,12}(?:指导|带领|领导|支持|帮助|推动|见证)下)|说|表示|告诉|认为|要求|希望|是(?!否)|介绍|反映"
)
_DISPOSED = re.compile("[^，。；把将]{0,8}?(?:[把]|将(?![在会要于继进大对]))[^，。；把将]{1,30}$")
_OFFICER = re.compile(
    "(?:[\u4e00-\u9fff]{0,6}(?:书记|主任|局长|科长|处长|所长|站长|队长|会长|经理|校长|院长|园长|组长|部长|[镇乡区市县街]长|理事长|秘书长|"
    "主席|委员|负责人|干事|干部|民警|警官|律师|社工|教授|老师|医生|代表))?"
)
_UNDER = re.compile("的?[\u4e00-\u9fff]{0,2}(?:牵头|带领|领导|主持|组织|指导|支持|帮助|协助|配合|推动|见证)下")
_UNDERNEATH = re.compile(f"在[^，。；]{{2,16}}{_UNDER.pattern}[\u4e00-\u9fff]{{0,4}}")  # stands between him who acts and the verb
_ACTS = frozenset(["actor", "person", "method", "platform", "programme", "policy", "award", "place"])
_OF_THE_PLACE = frozenset(["村“", "社区“", "村", "镇", "乡", "街道“"])  # before 两委
_OURS = frozenset("我 我们 咱们 本 该 这个".split())
_LABEL = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|\d{1,2}[.．、]|[①-⑳])\s*")
_BY = ("由", "经")
_ADVERBIAL = frozenset("d ad c t m x vd u p f".split())
_BEFORE_VERBS = _ADVERBIAL - {"p"}
# Words that the segmenter takes for nouns or verbs: how, when and where something is done, and 带头 or 协调 before the verb itself.
_ADVERBS = frozenset(
    "年 月 日 积极 全面 前 底 后 依法 现场 当场 重点 集中 主动 带头 率先 着手 负责 努力 尝试 继续 开始 协调 推动 上门 连夜 一起 共同 "
    "联合".split()
)
_AT = frozenset("在 于 面向 围绕 针对 按照 按 根据 依据 通过 利用 经 从 以".split())
_LONGEST = 36


def doers(ends: Ends, verb: int, low: int) -> tuple[list[Item], bool]:
    """Who does it: the last actors or persons before the verb in the clause; True where 由 stands before them. Those whom somebody
    sets to work (组织网格员……) give way to him."""
    text = ends.scene.text
    at = bisect_left(ends.starts, verb) - 1
    while at >= 0 and ends.items[at].start >= low:
        item = ends.items[at]
        at -= 1
        if verb - item.end > FAR:
            break
        if item.end > verb or item.type not in _ACTS:
            continue
        gap = text[item.end : verb]
        if _UNDER.match(gap) and text.endswith("在", low, ends.with_list(item, low)[0].start):  # 社区在司法局指导下成立……
            continue
        if len(gap) > REACH or (_NOT_DOER.search(gap) and not _UNDERNEATH.fullmatch(gap)):
            return _disposes(ends, item, gap, verb, low), False
        listed = ends.with_list(item, low)
        first = listed[0].start
        lead = text[max(low, first - 4) : first]
        if _CAUSED.search(lead):
            low_of_it = first - 2
            while at >= 0 and ends.items[at].end > low_of_it:
                at -= 1
            continue
        if lead.endswith(_BY):
            return listed, True
        return ([], False) if _OTHER_SUBJECT.search(lead) else (listed, False)
    return [], False


def _disposes(ends: Ends, last: Item, gap: str, verb: int, low: int) -> list[Item]:
    """街道把旧车棚改成……, 社区将结果录入……: who stands before 把, whatever stands between that and the verb."""
    head = last
    if not _DISPOSED.match(gap):
        start = max(low, verb - FAR)
        earlier = ends.before(last.start, start, FAR, lambda item: item.type in ("actor", "person"))
        if earlier is None or not _DISPOSED.match(ends.scene.text[earlier.end : verb]):
            return []
        head = earlier
    if head.type not in ("actor", "person"):
        return []
    listed = ends.with_list(head, low)
    lead = ends.scene.text[max(low, listed[0].start - 4) : listed[0].start]
    return [] if _OTHER_SUBJECT.search(lead) or _CAUSED.search(lead) else listed


def earlier(ends: Ends, verb: int, low: int, edge: EdgeType) -> tuple[list[Item], float]:
    """The subjects of an earlier clause of the sentence, where the verb begins its own clause but for adverbs and where it happens."""
    scene = ends.scene
    if low == 0 or not ((verb - low <= 12 and bare(scene, low, verb)) or located(scene, low, verb)):
        return [], 0.0
    subjects, confidence = topic(ends, low, verb, frozenset(edge.heads))
    return ([], 0.0) if confidence == CARRIED_FAR and edge.id == "based_on" else (subjects, confidence)


def topic(ends: Ends, low: int, position: int, types: frozenset[str] = frozenset(["actor", "person"])) -> tuple[list[Item], float]:
    """The subjects that an earlier clause of the sentence begins with; `low` is where the clause of `position` begins."""
    scene = ends.scene
    sentence = scene.sentence(position)[0]
    quotes = scene.quotes_around(position, position + 1)
    for _ in range(_CHAIN):
        if low - 1 <= sentence:
            return _told_of(ends, sentence, position, types)
        if scene.text[low - 1] in ("：", ":"):  # 回复如下：
            break
        start, end = scene.clause(low - 1)
        at = bisect_left(ends.starts, start)
        while at < len(ends.items) and ends.items[at].start < min(end, start + 12):
            item = ends.items[at]
            if item.type in types and _begins(ends, start, item):
                if ends.scene.text[end - 1 : end] == "的":  # 不会用手机的, is what the next clause is about
                    return [], 0.0
                same = scene.quotes_around(item.start, item.end)
                fits = bool(same) == bool(quotes) and (not same or same[-1] == quotes[-1])
                return (_list_from(ends, item, end), CARRIED) if fits else ([], 0.0)
            at += 1
        if not goes_on(scene, start, end):
            break
        low = start
    return [], 0.0


def _told_of(ends: Ends, sentence: int, position: int, types: frozenset[str]) -> tuple[list[Item], float]:
    """The subject of the sentence before in the paragraph, where that tells of nobody else; `sentence` is where that of `position`
    begins."""
    scene = ends.scene
    paragraph = scene.paragraph(position)[0]
    if sentence - 1 <= paragraph or scene.quotes_around(position, position + 1):
        return [], 0.0
    start = max(paragraph, scene.sentence(sentence - 1)[0])
    if sentence - start > _TOLD:
        return [], 0.0
    low, end = scene.clause(start)
    first = next((item for item in ends.within(low, min(end, low + 12)) if item.type in types and _begins(ends, low, item)), None)
    if first is None or scene.text[end - 1 : end] == "的" or "”" in scene.text[sentence - 2 : sentence]:
        return [], 0.0
    while end + 1 < sentence:
        low, end = scene.clause(end + 1)
        if low < sentence - 1 and not goes_on(scene, low, end):
            return [], 0.0
    return _list_from(ends, first, scene.clause(start)[1]), CARRIED_FAR


def _list_from(ends: Ends, first: Item, high: int) -> list[Item]:
    """An item with those of its type that follow it in one list; a body whose officer is named stands for him."""
    person = spokesman(ends, first)
    if person is not None:
        return [person]
    listed = [first]
    for item in ends.within(first.end, min(high, first.end + 160)):
        if item.type != first.type or not JOINED.match(ends.scene.text[listed[-1].end : item.start]):
            break
        listed.append(item)
    return listed


def spokesman(ends: Ends, body: Item) -> Item | None:
    """The person whose post and name follow the name of a body (社区党委书记何某, 业主代表周某): he it is who acts."""
    known = ends.spokesmen.get((body.start, body.end))
    if known is not None:
        return Item(*known, "person", ends.scene.text[slice(*known)])
    at = bisect_left(ends.starts, body.end)
    if body.type != "actor" or at == len(ends.items):
        return None
    person = ends.items[at]
    near = person.type == "person" and person.start - body.end <= 9
    return person if near and _OFFICER.fullmatch(ends.scene.text, body.end, person.start) else None


def _begins(ends: Ends, start: int, item: Item) -> bool:
    """Whether an item is the subject that a clause begins with, and not a member of a list or what a preposition governs."""
    lead = _LABEL.sub("", ends.scene.text[start : item.start])
    if lead in _OF_THE_PLACE or lead in _OURS:
        lead, start = "", item.start
    return (
        len(lead) <= 12
        and not _OTHER_SUBJECT.search(lead)
        and not re.search("[在从以由、]", lead)
        and bare(ends.scene, start, item.start)
        and not re.match("的|说|表示|告诉", ends.scene.text[item.end : item.end + 2])
    )


def bare(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but adverbs, dates and conjunctions stands in [start, end): the clause has no subject of its own."""
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < end:
        if scene.starts[at] >= start and scene.flags[at] not in _ADVERBIAL and scene.words[at] not in _ADVERBS:
            return False
        at += 1
    return True


def located(scene: Scene, start: int, end: int) -> bool:
    """Whether adverbs and one phrase of place, object or means (在三个街道, 按照新办法) without a verb fill [start, end), of at most 36
    characters."""
    if end - start > _LONGEST:
        return False
    at = scene.token(start)
    within = False
    while at < len(scene.words) and scene.starts[at] < end:
        word, flag = scene.words[at], scene.flags[at]
        if scene.starts[at] >= start:
            if within:
                if flag in ("v", "r"):
                    return False
            elif word in _AT:
                within = True
            elif flag not in _ADVERBIAL and word not in _ADVERBS:
                return False
        at += 1
    return within


def goes_on(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause goes on with an earlier subject: its first word that is no adverb is a verb or a preposition, if it has
    any."""
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < end:
        if scene.starts[at] >= start and scene.flags[at] not in _BEFORE_VERBS:
            return scene.flags[at][:1] in ("v", "p")
        at += 1
    return True
