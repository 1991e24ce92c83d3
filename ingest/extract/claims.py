"""Relations that a position tells: who demands, refuses or proposes what, and the law that a vote is based on.

Where what it is about has a name of its own, that is the tail; else the position's own words are, which join no node of the graph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from ingest.extract.ends import Ends, Item
from ingest.extract.extent import sentence
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, following
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.subjects import bare, doers, goes_on, spokesman, topic

_EDGES = {"demand": "demands", "objection": "objects_to", "offer": "proposes", "option": "proposes"}
_BODIES = frozenset(["actor", "person"])
_THEMES = frozenset(["platform", "programme", "method", "issue"])
_PLANS = frozenset(["option", "offer", "demand"])
_NEAR = 12  # between the verb of a position and the name of what it is about
_LOOK = 60
_TOPIC = 8  # characters of a clause that names what the next one refuses
_PROPOSED_IN = 160  # characters before a refusal in which the proposal stands
# Refusals that say themselves of what; others are of what was proposed before, if anything was.
_OF_THIS = re.compile("(?:反对|不同意|拒绝|抵制|不愿意?|不肯|不让|不服|不承认|不赞成|阻[拦挠止])[^，。”的了]{2}")
_REFUSES = re.compile("反对|同意|拒|抵制|不愿|不肯|不让|不服|不承认|不赞成|不答应|不接受|不接|异议|抗议|不满|质疑|凭什么|阻|嫌")
_REFUSAL = "(?:反对|不?同意|不答应|不愿意?|不肯|不服|不接受|不接|异议|抗议|不满|阻工|阻挠|拒绝|抵制|嫌.|不肯等|不干|不认|不买账)"
_BARE = re.compile(
    f"(?:坚决|强烈|一致|明确|始终|都|也|还|联名|集体|纷纷|一度)*(?:提出|表示|有)?{_REFUSAL}(?:[、，]{_REFUSAL})*(?:问题|意见|现象)?(?:了|的)?"
)
_BASIS = re.compile("依据|依照|按照|根据|对照|按|援引")
_NOUN = re.compile(
    "(?:期盼|希望|诉求|要求|抗议|投诉|反映|质疑|反对|呼吁|建议)(?:[和与、的者]|声|强烈|什么|率|意见|不[一高]|下)|投诉(?:[后件]|经|处理)|维权(?!要求)|阻工问题|求助(?:有|热|渠|平台|电话|人|者)"
)  # 期盼和发展, 反对的声音
_NAMED_ONLY = re.compile("(?:要求|诉求|请求|投诉)[，,。；]")  # 期限要求，增加……
_AS_ASKED = re.compile(
    "(?:根据|按照?|依照|依据|接到?|收到|应|符合|满足|遵照|对照|规划|政策|文件|规定|标准|相关|有关|法定|上级)[^，。；\n]{0,12}$"
)
_AGAINST = re.compile("不同意|反对|拒绝|不愿|不肯")
_AGREED = re.compile("同意|赞成|通过|过半|三分之")
_DECIDED = re.compile("表决|签字同意|同意|赞成|过了?半数|三分之|四分之三")
_RULE = re.compile("应当|须经|应由|应经|方可|规定")
_COUNTED = re.compile("[0-9一二两三四五六七八九十百]+(?:多|余|来)?[户人名位票]")
_LEADING = re.compile(r"(?:[\s，,、：:“‘的]+|第[一二三四五六]个?是|[一二三四五六]是|方案[一二三四五六A-F][：:是]|其[一二三四][，：:是])+")
_PAYS = re.compile("(?:以奖代补|补贴|补助|奖补|出资|资助|拨付?|捐赠?|安排|垫付)[^，。；]{0,8}元")
_CHOSE = re.compile("(?:最后|最终|决定)?(?:选了|选择了|选定|取了|采用了?|敲定)")
_OFFERS = re.compile(
    "(?:拿出|搬出|提出|给出|列出|摆出|准备|设计|研究|比选|比较)了?[^，。；：\n]{0,8}(?:[两二三四五六2-6])(?:个|种|套|条)(?:备选)?(?:方案|办法|路子|选项|思路|做法)"
)
_OFFERED_IN = 400  # characters behind 拿出三个方案 in which they are told
_WHERE = re.compile("(?:在|于|占用|利用|从)[^，。；]{0,6}$")  # 反对在绿地建停车场
_FOR_HIM = re.compile(
    "(?:给予?|向|与|跟|确保|保障|方便|便于|满足|回应|听取|收集|期盼|责令|督促|通知|安排|指导|委托|组织|约谈|提醒)(?:邻近|周边|困难|广大|部分|该|有资质的)?$|"
    "对(?![此于])[^，。；]{0,8}$"
)
_LISTED = re.compile("(?:第[一二三四五六]|[一二三四五六]是|方案[一二三四五六A-F]|其[一二三四])")
_DROPS = re.compile("(?:没有|未予?|不予)采纳|不接(?=[。；，\n])|没有答应")
_HE = re.compile("(?:但|可|而|不过)?[他她](?!们)")
_LABEL = re.compile("[^，。；：:\n]{2,40}[：:]")


def find(scene: Scene, ends: Ends, positions: Sequence[Finding]) -> Iterator[Finding]:
    placed = sorted(positions, key=lambda finding: finding.start)
    offered = _offered(scene, ends) if any(position.stance in _PLANS for position in placed) else []
    for at in range(len(placed)):
        yield from _held(scene, ends, placed, at, offered)
    if placed:
        yield from _dropped(scene, ends, placed)
    yield from _grounded(scene, ends, [position for position in placed if position.stance == "vote"])


def _offered(scene: Scene, ends: Ends) -> list[tuple[int, int, Item]]:
    """街道拿出三个方案: who offers what the rest of the paragraph lists."""
    found = []
    for match in _OFFERS.finditer(scene.text):
        heads = [head for head in doers(ends, match.start(), scene.clause(match.start())[0])[0] if head.type in _BODIES]
        if heads:
            end = min(scene.paragraph(match.start())[1], match.end() + _OFFERED_IN)
            found.append((match.end(), end, heads[-1]))
    return found


def _held(scene: Scene, ends: Ends, placed: Sequence[Finding], at: int, offered: Sequence[tuple[int, int, Item]]) -> Iterator[Finding]:
    position = placed[at]
    identifier = _EDGES.get(position.stance or "")
    if identifier is None:
        return
    start = _content(scene, position)
    if _NOUN.match(scene.text, start) or (identifier == "proposes" and _no_proposal(scene, position, start)):
        return
    if identifier == "demands" and scene.text.startswith(("提出把", "提出将", "提出由"), start):
        identifier = "proposes"  # a plan that is put to the others
    if identifier == "demands" and _NAMED_ONLY.match(scene.text, start):
        return
    if identifier == "demands" and _AS_ASKED.search(scene.text, max(scene.clause(start)[0], start - 16), start):
        return
    holder = _holder(scene, ends, position, start, offered)
    least = 2 if identifier == "objects_to" else 3  # 提出具体要求 does not say what
    if holder is None or position.end - start < least or _COUNTED.fullmatch(holder.name):
        return
    cue = position.evidence[-1] if position.evidence else (start, position.end)
    if identifier == "proposes" and position.end - start < 4:
        return
    tail = next((item for item in ends.within(start, min(position.end, cue[1] + _NEAR)) if item.type in _THEMES), None)
    if tail is not None and _WHERE.search(scene.text, start, tail.start):
        tail = None
    if tail is not None and edge(identifier).allows(holder.type, tail.type):
        yield _fact(identifier, holder, tail.name, position, (start, position.end), tail)
        return
    span = start, position.end
    if identifier == "objects_to":
        said = scene.text[start : position.end].strip("”’」")
        refused = None if _OF_THIS.search(said) else _proposed(scene, placed, at)
        if refused is None and _BARE.fullmatch(said):
            refused = _topic(scene, ends, holder, position)
            if refused is None:
                return
        elif refused is None and not _REFUSES.search(said):
            return
        span = refused or span
    yield _fact(identifier, holder, scene.text[slice(*span)], position, (start, position.end), None)


def _no_proposal(scene: Scene, position: Finding, start: int) -> bool:
    """A refusal, a payment or a choice is no proposal, nor is what was weighed without anybody who put it forward."""
    text = scene.text
    return (
        _AGAINST.search(text, start, position.end) is not None
        or _PAYS.match(text, start, position.end) is not None
        or _CHOSE.search(text, max(scene.clause(start)[0], start - 5), start + 4) is not None
    )


def _content(scene: Scene, position: Finding) -> int:
    """Where the words of a position begin, behind its holder."""
    start = position.start
    if position.holder and scene.text.startswith(position.holder, start):
        start += len(position.holder)
    lead = _LEADING.match(scene.text, start, position.end)
    if lead:
        start = lead.end()
    cue = position.evidence[-1] if position.evidence else None
    return cue[0] if cue is not None and start <= cue[0] < position.end else start


def _holder(scene: Scene, ends: Ends, position: Finding, start: int, offered: Sequence[tuple[int, int, Item]]) -> Item | None:
    """The last mention of the holder before the words of the position, in its sentence or, for speech, in its paragraph; where the position
    has none, whose clause it is."""
    told = position.holder
    if told is None:
        return _whose(scene, ends, position, start, offered)
    paragraph = scene.paragraph(start)[0]
    wanted = ends.before(start, paragraph, 120, lambda item: _names(item, told))
    if wanted is None:
        at = scene.text.rfind(told, max(paragraph, start - 120), start)
        if at < 0:
            at = scene.text.find(told, position.start, position.end + _LOOK)
        wanted = None if at < 0 else Item(at, at + len(told), "actor", told)
    if wanted is None or (wanted.end <= start and not _is_subject(scene, wanted, start)):
        return None
    return spokesman(ends, wanted) or wanted


def _is_subject(scene: Scene, holder: Item, start: int) -> bool:
    """Whether a mention of the holder is not what something is done to or for, nor the head of 的 or of another statement."""
    text = scene.text
    low = max(scene.clause(holder.start)[0], holder.start - 12)
    if _FOR_HIM.search(text, low, holder.start) or text.startswith("的", holder.end):
        return False
    colon = text.find("：", holder.end + 3, start)
    return colon < 0 or text[colon + 1] in "“‘「"


def _names(item: Item, told: str) -> bool:
    return item.type in _BODIES and (item.name in told or told in item.name)


def _whose(scene: Scene, ends: Ends, position: Finding, start: int, offered: Sequence[tuple[int, int, Item]]) -> Item | None:
    """Who holds a position that names nobody: the subject of its clause or of the clauses before, he of whom the paragraph tells, whose
    name with a colon begins the line, or who offered several plans of which this is one."""
    text = scene.text
    if position.stance in ("option", "offer"):
        if _LISTED.search(text, max(0, position.start - 4), min(position.end, position.start + 4)):
            at = bisect_right(offered, start, key=lambda plans: plans[0]) - 1
            return offered[at][2] if at >= 0 and start < offered[at][1] else None
        if position.stance == "option":
            return None
    if position.speaker is not None or scene.quotes_around(start, start + 1):
        return None
    low = scene.clause(start)[0]
    heads = [head for head in doers(ends, start, low)[0] if head.type in _BODIES]
    if heads and not bare(scene, heads[-1].end, start):  # 政府听取了大家希望……
        return None
    if not heads and bare(scene, low, start):
        heads = [head for head in topic(ends, low, start)[0] if head.type in _BODIES]
    if heads:
        return heads[-1]
    paragraph = scene.paragraph(start)[0]
    if _HE.match(text, low) or (low < start and bare(scene, low, start) and _HE.match(text, sentence(scene, start)[0])):
        return ends.before(low, paragraph, 200, lambda item: item.type == "person")
    label = _LABEL.match(text, paragraph, min(start, paragraph + 60))
    if label is not None and bare(scene, low, start):
        return ends.before(label.end() - 1, paragraph, 0, lambda item: item.type in _BODIES)
    return None


def _proposed(scene: Scene, placed: Sequence[Finding], at: int) -> tuple[int, int] | None:
    """What a bare refusal refuses: the proposal of somebody else told before it in the sentence."""
    first = max(sentence(scene, placed[at].start)[0], placed[at].start - _PROPOSED_IN)
    for number in range(at - 1, -1, -1):
        other = placed[number]
        if other.start < first:
            return None
        if other.stance in _PLANS and (other.holder is None or other.holder != placed[at].holder):
            return _content(scene, other), other.end
    return None


def _topic(scene: Scene, ends: Ends, holder: Item, position: Finding) -> tuple[int, int] | None:
    """搬，摊主不答应: a refusal with the short clause before it, which says of what; None where there is none."""
    low = scene.clause(position.end - 1)[0]
    first = scene.sentence(position.end - 1)[0]
    if low - 1 <= first or not low <= holder.start <= low + 2:
        return None
    start, end = scene.clause(low - 1)
    start = max(start, first)
    told = 0 < end - start <= _TOPIC and not ends.within(start, end) and goes_on(scene, start, end)
    return (start, position.end) if told else None


def _dropped(scene: Scene, ends: Ends, placed: Sequence[Finding]) -> Iterator[Finding]:
    """有人提议……，消防部门认为……，没有采纳: they object to what was proposed."""
    starts = [position.start for position in placed]
    for match in _DROPS.finditer(scene.text):
        low = scene.clause(match.start())[0]
        first = max(sentence(scene, match.start())[0], match.start() - _PROPOSED_IN)
        heads = [head for head in doers(ends, match.start(), low)[0] if head.type == "actor"]
        if not heads and bare(scene, low, match.start()):
            heads = [head for head in topic(ends, low, match.start())[0] if head.type == "actor"]
        before = placed[max(0, bisect_right(starts, match.start()) - 4) : bisect_right(starts, match.start())] if heads else []
        before = [position for position in before if position.start >= first]
        plan = next((position for position in reversed(before) if position.stance in _PLANS and position.end <= match.start()), None)
        if plan is None or (plan.holder or "") == heads[-1].name:
            continue
        words = _content(scene, plan), plan.end
        yield Finding(
            "relation", min(words[0], heads[-1].start), match.end(), "relation.objects_to", 0.68, relation="objects_to",
            head=heads[-1].name, tail=scene.text[slice(*words)], head_type="actor", modality="asserted",
            evidence=(match.span(), words),
        )  # fmt: skip


def _grounded(scene: Scene, ends: Ends, votes: Sequence[Finding]) -> Iterator[Finding]:
    """依据某法第几条，……同意: a vote is based on the law named before it; of several votes, the first that agrees."""
    of: dict[int, list[Finding]] = {}
    for vote in votes:
        of.setdefault(scene.sentence(vote.start)[0], []).append(vote)
    for first, told in of.items():
        vote = next((vote for vote in told if _AGREED.search(scene.text, vote.start, vote.end)), told[0])
        low = max(first, vote.start - 90)
        yield from (
            _based(scene.text[vote.start : vote.end], (vote.start, vote.end), item, vote)
            for item in ends.within(low, vote.start)
            if item.type == "policy" and _BASIS.search(scene.text, max(low, item.start - 24), item.start)
        )
    yield from _decided(scene, ends, of)


def _decided(scene: Scene, ends: Ends, voted: Container[int]) -> Iterator[Finding]:
    """按照某法，表决过了三分之二: the same where no position tells the vote."""
    for item in ends.items:
        if item.type != "policy" or not _BASIS.search(scene.text, max(scene.clause(item.start)[0], item.start - 24), item.start):
            continue
        if scene.sentence(item.start)[0] in voted:
            continue
        for start, end in following(scene, scene.clause(item.end)[1], sentence(scene, item.end)[1], 2):
            near = min(end, start + _PROPOSED_IN)
            if _RULE.search(scene.text, start, near):
                break
            if _DECIDED.search(scene.text, start, near):
                vote = Finding("position", start, end, "", modality=modality(scene, start, end))
                yield _based(scene.text[start:end], (start, end), item, vote)
                break


def _based(words: str, span: tuple[int, int], law: Item, vote: Finding) -> Finding:
    return Finding(
        "relation", *span, "relation.based_on", 0.7, relation="based_on", head=words, tail=law.name, tail_type="policy",
        modality=vote.modality, speaker=vote.speaker, evidence=((law.start, law.end), span),
    )  # fmt: skip


def _fact(identifier: str, holder: Item, tail: str, position: Finding, words: tuple[int, int], named: Item | None) -> Finding:
    said = tuple(span for span in position.evidence if words[0] <= span[0] < words[1]) or (words,)
    start = min(words[0], holder.start) if words[0] - holder.start < _LOOK else words[0]
    told = "asserted" if identifier == "proposes" and position.modality == "negated" else position.modality
    return Finding(
        "relation", start, words[1], f"relation.{identifier}", 0.74 if named else 0.7, relation=identifier, head=holder.name, tail=tail,
        head_type=holder.type, tail_type=named.type if named else None, modality=told, speaker=position.speaker,
        evidence=((holder.start, holder.end), *said),
    )  # fmt: skip
