"""Positions in a dispute: who wants, refuses, fears, offers or concedes what, and how a vote went."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from corpus.fold import fold
from corpus.lexicon import Lexicon
from corpus.vocabulary import Cue, stances
from ingest.extract.actors import Actor
from ingest.extract.cues import Sighting
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.persons import PRIVATE, Person
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_heading, near, whole_words
from ingest.extract.wordlist import word_set

_PARTIES = frozenset("residents owners company collective partner".split())
_FREE = frozenset("vote".split())
_NEED_CONTENT = frozenset("demand objection concern concession".split())
_WEAK = word_set(
    "要求 投诉 奖励 补贴 优惠 置换 承诺 兜底 拒绝 质疑 担心 担忧 害怕 犹豫 降价 错时 错峰 观望 让步 补偿款 减租 免租 "
    "起诉 表决 投票 方案一 方案二 要么 希望尽快 理解支持 调整方案 优化方案 修改方案 方案调整",
)
_RULES = re.compile("应当|应由|须经|需经|必须|法定|依法|规定|条例|民法典|物权法|[经由]专有部分")
_LONGEST = 60
_FAR = 24
_DENIALS = frozenset(["objection", "concern", "option"])
_ABOUT = frozenset(["objection", "concern"])
_PASSIVE = re.compile("被|遭|受到|变|化解|减少|避免|防止|消除|打消|无视")
_OF_IT = re.compile(
    "(?:大幅|明显|逐步|持续)?(?:减|下降|为零|归零|清零|量|率|数|件|热线|处理|办理|平台|电话|渠道|渠|渠道|举报|机制|"
    "制度|诉求件|的(?:投诉|诉求|问题|人数|比例)|为领导|办法|方式)"
)
_ANSWERED = re.compile(
    "按照|根据|依据|依照|应(?=[^，。]{1,8}(?:要求|请求))|满足|响应|回应|符合|结合|针对|收集|受理|处理|办理|接到|收到|关于|对于"
)
_AT_LAST = re.compile("终于|最终|最后|后来|才|也|转而|改口|补")
_NO_OFFER = re.compile("没有|未|谈不上|不给|不予|拒|投诉|标准为|纠纷|差距|太低|过低|不到位")
_BETWEEN = re.compile("与|之间|找|对(?!此)|向|把|将|让|给|被|为(?!由)|帮|替|的(?:说法|共有|诉求|投诉|居住|利益)|环境|纠纷")
_NO_VOTER = re.compile("物业|企业|公司|施工|开发商|广场")
_SOME = re.compile(
    "(?:[一二三四五六七八九十底顶低高]|[0-9]{1,2})(?:楼|层)(?:的)?(?:[一二两三四五六七八九十0-9]+户|住户|业主|居民)|"
    "(?:部分|少数|个别|多数|大部分|有的|有些|不少|几位|几户)"
    "(?:居民|业主|住户|村民|商户|摊贩|群众|老人|家长)|(?<![0-9年月])[0-9一二两三四五六七八九十]+户(?=[坚明强表不反担])"
)


@cache
def _topics() -> Lexicon[str]:
    return Lexicon([(term, topic.id) for topic in stances().topics for term in topic.terms], fold=fold)


def find(
    scene: Scene, cues: Sequence[Sighting], holders: Sequence[Sighting], actors: Sequence[Actor], people: Sequence[Person]
) -> list[Finding]:
    """Facts of the kind `position`: name is the clause from the holder on, `holder` his words, `stance` the kind of position; what
    an objection or a concern is about (its topic's id) stands in `concept`."""
    candidates = sorted(
        {
            *((start, end) for start, end, _ in holders),
            *((match.start(), match.end()) for match in _SOME.finditer(scene.text)),
            *((actor.start, actor.end) for actor in actors if actor.kind.id in _PARTIES),
            *((person.start, person.end) for person in people if person.kind == PRIVATE),
        }
    )
    officials = [(actor.start, actor.end) for actor in actors if actor.kind.id not in _PARTIES]
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for start, end, cue in cues:
        finding = _position(scene, start, end, cue, candidates, officials)
        if finding is not None and (finding.start, cue.id) not in seen:
            seen.add((finding.start, cue.id))
            found.append(finding)
    return found


def _position(
    scene: Scene, start: int, end: int, cue: Cue, candidates: Sequence[tuple[int, int]], officials: Sequence[tuple[int, int]]
) -> Finding | None:
    text = scene.text
    clause = near(scene, start)
    said = text[start:end]
    if not whole_words(scene, start, end) or in_heading(scene, start) or everywhere(scene, start) or not _says(scene, start, end, cue.id):
        return None
    holder = _holder(scene, start, end, cue.id, candidates, officials)
    if holder is None and (
        cue.id not in _FREE or said in _WEAK or not re.search("[0-9%％一二三四五六七八九十]", text[clause[0] : clause[1]])
    ):
        return None
    if cue.id in ("offer", "option") and said in _WEAK and not re.search("[0-9元]", text[start : clause[1]]):
        return None
    begin = holder[0] if holder is not None and clause[0] <= holder[0] <= start else clause[0]
    stop = min(clause[1], begin + _LONGEST)
    while begin < start and text[begin] in " 　“‘\t":
        begin += 1
    if stop - begin < 4:
        return None
    topic = next((topic for _, _, topic in _topics().find(text[clause[0] : clause[1]])), None) if cue.id in _ABOUT else None
    confidence = 0.87 if holder is not None and said not in _WEAK else 0.75
    return Finding(
        "position", begin, stop, "position.cue", confidence, holder=None if holder is None else text[holder[0] : holder[1]], stance=cue.id,
        modality=modality(scene, start, end, denial_is_part=cue.id in _DENIALS), concept=topic,
        evidence=((start, end),) if holder is None or holder[0] >= clause[0] else ((holder[0], holder[1]), (start, end)),
    )  # fmt: skip


def _says(scene: Scene, start: int, end: int, stance: str) -> bool:
    """Whether the words say that somebody takes the position, and not that positions become fewer, are answered or stand in a rule."""
    text = scene.text
    low, high = near(scene, start)
    said = text[start:end]
    if _PASSIVE.search(text, max(low, start - 3), start) or _OF_IT.match(text, end):
        return False
    if stance == "vote":
        first = scene.sentence(start)[0]
        listed = text.count("、", low, high) >= 2 and not re.search("[0-9]", text[low:high])
        counted = re.search("[0-9]", text[low:high]) is not None
        if "之二" in said or "之三" in said or "半" in said:
            counted = counted and re.search("业主|居民|村民|代表|户|票|表决", text[low:high]) is not None
        return not listed and (counted or not _RULES.search(text, max(first, low - 40), high))
    if stance == "demand":
        return not _ANSWERED.search(text, max(low, start - 14), end)
    if stance == "concession":
        return not said.endswith(("签了字", "点了头", "同意签字", "理解支持")) or bool(_AT_LAST.search(text, low, start))
    if stance == "offer":
        return not _NO_OFFER.search(text, low, high)
    return not (stance == "objection" and said.startswith("挡在"))


def _holder(
    scene: Scene, start: int, end: int, stance: str, candidates: Sequence[tuple[int, int]], officials: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Who takes the position: the party named before the cue in its clause, before the quotation it stands in, or as the subject of the
    clause before."""
    text = scene.text
    low = near(scene, start)[0]
    around = scene.quotes_around(start, end)
    if around and around[0].end - around[0].start > 6 and text[around[0].start - 2 : around[0].start - 1] in "：，说道:":
        first = max(scene.sentence(start)[0], around[0].start - 30)
        return _before(candidates, first, around[0].start - 1)
    holder = _before(candidates, low, start) or _inside(candidates, start, end)
    if holder is not None and holder[1] <= start and (start - holder[1] > _FAR or _BETWEEN.search(text, holder[1], start)):
        holder = None
    official = _before(officials, low, start)
    if official is not None and (holder is None or official[0] > holder[0]) and stance in ("demand", "concern", "objection"):
        return None
    if holder is not None and stance == "vote" and _NO_VOTER.search(text[holder[0] : holder[1]]):
        return None
    if holder is None and stance in _NEED_CONTENT and start - low <= 3 and low > scene.sentence(start)[0] and official is None:
        previous = near(scene, low - 1)
        holder = _before(candidates, previous[0], previous[1])
        if holder is not None and (start - holder[1] > 30 or holder[0] - previous[0] > 8 or _BETWEEN.match(text, holder[1])):
            holder = None
    return holder


def _before(spans: Sequence[tuple[int, int]], low: int, high: int) -> tuple[int, int] | None:
    """The last span in [low, high)."""
    at = bisect_left(spans, (high, 0)) - 1
    while at >= 0 and spans[at][0] >= low:
        if spans[at][1] <= high:
            return spans[at]
        at -= 1
    return None


def _inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    at = bisect_left(spans, (start, 0))
    return spans[at] if at < len(spans) and spans[at][1] <= end else None
