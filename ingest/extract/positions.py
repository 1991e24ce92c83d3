"""Positions in a dispute: who wants, refuses, fears, offers or concedes what, and how a vote went."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from corpus.fold import fold
from corpus.lexicon import Lexicon
from corpus.vocabulary import Cue, stances
from ingest.extract import choices
from ingest.extract.actors import Actor
from ingest.extract.choices import DROPPED
from ingest.extract.cues import Sighting
from ingest.extract.extent import sentence, trimmed
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.persons import PRIVATE, Person
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_heading, local, near, whole_words
from ingest.extract.wordlist import word_set

_PARTIES = frozenset("residents owners company collective partner".split())
_FREE = frozenset("vote".split())
_NEED_CONTENT = frozenset("demand objection concern concession".split())
_WEAK = word_set(
    "要求 投诉 奖励 补贴 优惠 置换 承诺 兜底 拒绝 质疑 担心 担忧 害怕 犹豫 降价 错时 错峰 观望 让步 补偿款 减租 免租 "
    "起诉 表决 投票 方案一 方案二 要么 希望尽快 理解支持 调整方案 优化方案 修改方案 方案调整",
)
_RULES = re.compile("应当|应由|须经|需经|必须|法定|依法|规定|条例|民法典|物权法|[经由]专有部分")
_LONGEST = 120
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
_OF_ANYBODY = frozenset("concern objection option offer concession".split())
_PLAIN = word_set(
    "担心 怕车 怕以 怕没 怕影 最怕 就怕 嫌租 嫌多 不服 不想 不答 反对 不愿 不肯 怕吵 怕挡 嫌贵 嫌远 嫌麻 不同 拒不 坚决 强烈 顾虑 抱怨 联名"
)
_LISTED = frozenset(["concern", "objection"])
_SOMEBODY = re.compile("有人|有的(?!放矢)|有些人?|也有|还有|[一几个]部分|个别|少数|多数|大家|大伙|不少|[几数两三四五六七八九十0-9]户")
_AT_END = re.compile("(?:最终|最后|结果|其中|当场|目前|共有?|全部|业主|居民){1,3}")
_VERB = re.compile(
    "(?:坚决|强烈|一致|极力|联名|始终|死活|明确)?(?:要求|希望|提出|主张|呼吁|反对|不[愿肯同答服接承想]|拒|担心|担忧|怕|嫌|顾虑|犹豫|观望|建议|提议|盼|请求|"
    "愿意|同意|答应|承诺|松口|点头|让步|签字|接受|想要|急需|说|放弃|阻|抵制|凭什么|搬|理解)"
)
_AROUND = re.compile("(?:坚决|强烈|一致|极力|联名|始终|死活|明确|带头|集体)+$")
_OPENS = re.compile("(?:提出|建议|提议|认为|说|主张|要求|希望|担心|反映|抱怨|呼吁|表示|的是)$|方案.$|是$")
_PARTY = re.compile("户|签名|联名|居民|业主|住户|村民|商户|摊主|老人|家长|骑手|[他她]们?|信")
_ONE_WHO = re.compile("的(?!是|有|理由|原因|主要)|者|声")
_AT_LAST = re.compile("终于|最终|最后|后来|才|也|转而|改口|补")
_NO_OFFER = re.compile("没有|未|谈不上|不给|不予|拒|投诉|标准为|纠纷|差距|太低|过低|不到位")
_BETWEEN = re.compile("与|之间|找|对(?!此)|向|把|将|让|给|被|为(?!由)|帮|替|的(?:说法|共有|诉求|投诉|居住|利益)|环境|纠纷")
_NO_VOTER = re.compile("物业|企业|公司|施工|开发商|广场")
_SOME = re.compile(
    "(?:[一二三四五六七八九十底顶低高]|[0-9]{1,2})(?:楼|层)(?:的)?(?:[一二两三四五六七八九十0-9]+户|住户|业主|居民)|"
    "(?:[一二三四五六七八九底顶]楼|楼[上下]|[高低]层|[一两]户|对方)(?=[怕担嫌不要说反觉先坚开又只也])|"
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
    anybody = sorted({*candidates, *officials})
    named = sorted((person.start, person.end) for person in people)
    votes = [(start, end) for start, end, cue in cues if cue.id == "vote"]
    plans = [(start, end) for start, end, cue in cues if cue.id in ("option", "offer")]
    found: list[Finding] = []
    reach: dict[str, int] = {}
    for start, end, cue in cues:
        if start < reach.get(cue.id, 0) or (cue.id == "objection" and _counted(scene, votes, start, end)):
            continue
        if cue.id == "demand" and _meets(plans, start, end):
            continue
        takers = anybody if cue.id in _OF_ANYBODY else candidates
        finding = _position(scene, start, end, cue, takers, officials, named if cue.id in _OF_ANYBODY else ())
        if finding is not None:
            reach[cue.id] = finding.end
            found.append(finding)
    found.extend(choices.find(scene, found))
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.stance or ""))


def _meets(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (start - 30, 0))
    return any(low < end and start < high for low, high in spans[at : at + 8])


def _counted(scene: Scene, votes: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a refusal is counted in a vote (1户反对)."""
    at = bisect_left(votes, (start - 20, 0))
    return any(low < end and start < high and re.search("[0-9]", scene.text[low:high]) for low, high in votes[at : at + 6])


def _position(
    scene: Scene,
    start: int,
    end: int,
    cue: Cue,
    candidates: Sequence[tuple[int, int]],
    officials: Sequence[tuple[int, int]],
    named: Sequence[tuple[int, int]],
) -> Finding | None:
    text = scene.text
    clause = near(scene, start)
    said = text[start:end]
    if not whole_words(scene, start, end) or in_heading(scene, start) or everywhere(scene, start) or not _says(scene, start, end, cue.id):
        return None
    if not local(scene, start) or (scene.cases and scene.case(start) is None):
        return None
    holder = _holder(scene, start, end, cue.id, candidates, officials)
    if holder is None and named:
        holder = _holder(scene, start, end, cue.id, named, officials)
    if holder is None and not _unheld(scene, start, end, cue.id):
        return None
    if cue.id in ("offer", "option") and said in _WEAK and not re.search("[0-9元]", text[start : clause[1]]):
        return None
    begin, stop = _extent(scene, start, end, cue.id, holder)
    if stop - begin < 2:
        return None
    topic = next((topic for _, _, topic in _topics().find(text[clause[0] : clause[1]])), None) if cue.id in _ABOUT else None
    told = modality(scene, start, end, denial_is_part=cue.id in _DENIALS)
    if cue.id == "option" and DROPPED.search(text, start, min(sentence(scene, start)[1], stop + 60)):
        told = "negated"
    return Finding(
        "position", begin, stop, "position.cue", 0.87 if holder is not None and said not in _WEAK else 0.75,
        holder=None if holder is None else text[holder[0] : holder[1]], stance=cue.id, modality=told, concept=topic,
        evidence=((start, end),) if holder is None or holder[0] >= clause[0] else ((holder[0], holder[1]), (start, end)),
    )  # fmt: skip


def _unheld(scene: Scene, start: int, end: int, stance: str) -> bool:
    """Whether words without a holder tell of a position all the same: a vote with a number, what 有人 says, an alternative that was
    weighed, and an attitude whose subject the sentence leaves out."""
    text = scene.text
    said = text[start:end]
    low, high = near(scene, start)
    if stance in _FREE:
        return said not in _WEAK and re.search("[0-9%％一二三四五六七八九十]", text[low:high]) is not None
    if stance == "option":
        return True
    if _SOMEBODY.search(text, max(low, start - 8), start + 2):
        return True
    if stance == "demand":
        return (
            start == low
            and said in ("要求", "请求", "希望")
            and _PARTY.search(text, max(sentence(scene, start)[0], low - 30), low) is not None
        )
    return stance in ("concern", "objection") and (said[:2] in _PLAIN or said[0] in "怕嫌") and start - low <= 6


def _extent(scene: Scene, start: int, end: int, stance: str, holder: tuple[int, int] | None) -> tuple[int, int]:
    """From the verb of attitude to the end of its content, the holder outside; a vote: its clause."""
    text = scene.text
    whole = sentence(scene, start)
    low, high = scene.clause(start)
    low, high = max(low, whole[0]), min(high, whole[1])
    if stance == "vote":
        begin = low
        if holder is not None and not re.search("[0-9一二三四五六七八九十]", text[holder[0] : holder[1]]) and low <= holder[0] <= start:
            begin = holder[1]
        lead = _AT_END.match(text, begin, end)
        begin = lead.end() if lead is not None and lead.end() < end - 3 else begin
    else:
        begin = start if holder is None or not start <= holder[0] < end else min(holder[1], end)
        verb = _VERB.search(text, begin, end) if begin > start or holder is None else None
        begin = verb.start() if verb is not None else begin
        around = _AROUND.search(text, max(low, begin - 4), begin)
        begin = around.start() if around is not None else begin
    stop = max(high, end)
    if text[end : end + 1] in ("，", "：", ",", ":") and stance != "vote" and _OPENS.search(text[start:end]):
        stop = whole[1]
    elif stance in _LISTED:
        following = text.find("、", end, high)
        if following >= 0 and text[following + 1 : following + 2] in ("怕", "嫌", "担"):
            stop = following
    for quoted in scene.quoted[bisect_left(scene.quoted, begin, key=lambda item: item.start) :][:3]:
        if quoted.start < stop < quoted.end:
            stop = min(quoted.end + 1, max(whole[1], stop))
    return trimmed(scene, begin, min(stop, begin + _LONGEST))


def _says(scene: Scene, start: int, end: int, stance: str) -> bool:
    """Whether the words say that somebody takes the position, and not that positions become fewer, are answered or stand in a rule."""
    text = scene.text
    low, high = near(scene, start)
    said = text[start:end]
    border = sentence(scene, start)[1]
    if text[border : border + 1] in ("？", "?") and not scene.quotes_around(start, end):
        return False
    if stance == "objection" and _ONE_WHO.match(text, end):
        return False
    if text.endswith("不是", max(0, start - 2), start):
        return False
    if _PASSIVE.search(text, max(low, start - 3), start) or _OF_IT.match(text, end):
        return False
    if stance == "vote":
        if said in ("表决", "投票") and not re.search("[0-9]", text[low:high]):
            return False
        first = scene.sentence(start)[0]
        listed = text.count("、", low, high) >= 2 and not re.search("[0-9]", text[low:high])
        counted = re.search("[0-9]", text[low:high]) is not None
        if "之二" in said or "之三" in said or "半" in said:
            counted = counted and re.search("业主|居民|村民|代表|户|票|表决", text[low:high]) is not None
        return not listed and (counted or not _RULES.search(text, max(first, low - 40), high))
    if stance == "demand":
        return not _ANSWERED.search(text, max(low, start - 14), end)
    if stance == "concession" and said in ("降到", "减为") and re.search("[由从]", text[low:start]):
        return False
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
    if around and around[0].end - around[0].start > 6 and around[0].start > 1 and text[around[0].start - 2] in "：，说道:":
        first = max(scene.sentence(start)[0], around[0].start - 30)
        speaker = _before(candidates, first, around[0].start - 1)
        group = _before(candidates, first, speaker[0]) if speaker is not None else None
        return group if group is not None and speaker is not None and group[1] == speaker[0] else speaker
    holder = _before(candidates, low, start) or _inside(candidates, start, end)
    if _SOMEBODY.match(text, start, end) and stance == "option":
        return None
    if holder is not None and holder[1] <= start and (start - holder[1] > _FAR or _BETWEEN.search(text, holder[1], start)):
        holder = None
    official = _before(officials, low, start)
    if official is not None and (holder is None or official[0] > holder[0]) and stance == "demand":
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
