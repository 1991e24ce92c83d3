"""Relations told by one verb of the ontology, between who does it and what it is done to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.vocabulary import EdgeType, ontology
from ingest.extract.ends import Ends, Item, acting
from ingest.extract.finding import Finding
from ingest.extract.joining import fact
from ingest.extract.scene import Scene, Span
from ingest.extract.subjects import doers, earlier
from ingest.extract.sweep import Family
from ingest.extract.wordlist import word_set

_NO_PASSIVE = word_set("由 在 经 包括 包含 设立 依托 通过 运用")
_WEAK_VERBS = word_set(
    "服务 治理 处理 支持 帮助 推动 促进 配合 联系 要求 落实 形成 实现 带来 取得 提升 减少 降低 创新 希望 反映 监督 补贴 补助 管理 "
    "领导 参与 创建 探索 建设 指导 培训"
)
_ABOUT_ISSUES = frozenset(["addresses", "demands", "objects_to", "mediates"])
_DONE_TO_BODIES = frozenset(["cooperates_with", "assists", "supervises"])
_SPEAKING = frozenset(["demands", "objects_to", "proposes"])
_BY = re.compile("[由经]")
_BY_REACH = 60  # characters before a verb in which 由 may stand
_NOMINAL_VERBS = word_set(
    "检查 监管 督查 巡查 评价 评估 考核 整治 调解 协调 验收 审计 评议 合作 对接 联动 运营 开发 督导 抽查 监理 点评 测评"
)
_SET_UP = word_set("设立 设置 设有 下设 内设 开设 设")
_PLACED = re.compile("^[”’]?(?:内|里|中|下)?(?:还|分别|共|又|专门|统一)?$")
_FOLLOWED = re.compile(
    "(?:的)?(?:机制|制度|办法|方案|工作|小组|中心|活动|会|组|队|员|费|单位|机构|部门|方|要求|情况|结果|标准|记录|报告|通知|干部|班子|人|者|"
    "意见|协议|合同|力量|能力|水平|对象)"
)
_WITH = re.compile("会同|联合|携手|联手|协同")
_ENDS_THERE = re.compile(
    "[”’」]?(?:[，。；：、！？（\n]|的?(?:活动|平台|机制|项目|行动|工程|计划|模式|服务)|$)"
)  # 开“碰头会”, not 开“某工程”推进会
_NAMED = frozenset(["method", "platform", "programme"])
_BESIDE = 6  # whom somebody works with stands right behind the verb, with the rest of the list
_VAGUE = word_set("政府 企业 部门 居民 群众 志愿者 党员 老人 村民 社会组织 社工 专家 律师 商户 业主 物业")
_ISSUES_RULES = word_set(
    "出台 制定 实施 落实 推行 试行 推广 实行 建立 推进 组织实施 深入实施 负责实施 发起 提炼出 总结出 探索 创新 首创 推出 推出了"
)
_GROWS = word_set("提升 降低 减少 推动 促进 实现 取得")  # of what is already there: no result of its own
_WHOLE = re.compile(
    "[”’」）]?(?:的?(?:问题|难题|现象|诉求|情况|纠纷|事|需求|工作)|等|[，。；：、！？的和与及了（\n]|$)"
)  # 要求查处文化遗产|保护领域……
_COMPLAINTS = word_set("信访 上访 投诉 诉求 反映")
_COUNTED_AS = re.compile("等|事项|件|渠道|举报|热线|平台|量|案|积案|矛盾|集中")
_JOINS = word_set("加入 参加 入驻")
_GROUPS = re.compile("(?:专班|小组|联盟|[队团会社])$")
_RECONCILES = word_set("调解 调处 斡旋 劝和 居中协调 说和 从中调停 劝导")
_OF_A_DEED = word_set("建议 提议 倡议 呼吁 决定")
_QUARREL = re.compile("纠纷|矛盾|争议|冲突|积案|信访|邻里")
_ASKED_FOR = re.compile("(?:提请|报请|申请|请求|提交|建议|如需)[^，。；]{0,6}$")
_AS_REQUIRED = re.compile(
    "(?:根据|按照?|依照|依据|接到?|收到|应|符合|满足|遵照|对照|规划|政策|文件|规定|标准|相关|有关|法定|上级)[^，。；\n]{0,12}$"
)
_PAIRED = re.compile("分别|各自|依次")
_RELATIVE = re.compile("[”’」]?[^，。；、\n]{0,8}?的[“‘「]?")


def _verb_words() -> Iterator[tuple[str, tuple[str, bool]]]:
    """Verbs with (edge, whether the tail stands before them)."""
    for edge in ontology().edges.values():
        if not edge.structural:
            yield from ((verb, (edge.id, False)) for verb in edge.verbs if "…" not in verb)
            yield from ((verb, (edge.id, True)) for verb in edge.passive if verb not in _NO_PASSIVE and "…" not in verb)


VERBS: Family[tuple[str, bool]] = Family(_verb_words)


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    verbs: dict[Span, list[tuple[str, bool]]] = {}
    for start, end, edge in scene.hits.of(VERBS):
        if ends.beside(start, end):
            verbs.setdefault((start, end), []).append(edge)
    for start, end in _longest([span for span in sorted(verbs) if _is_word(scene, *span)]):
        if scene.text[start - 1 : start] not in ("“", "‘") and not ends.covers(start, end):
            yield from _relations(scene, ends, start, end, verbs[start, end])


def _is_word(scene: Scene, start: int, end: int) -> bool:
    """Whether a verb ends where a word does and begins at most one character inside one (内设|立)."""
    return scene.word_starts_at(end) and (scene.word_starts_at(start) or (start > 0 and scene.word_starts_at(start - 1)))


def _longest(spans: Sequence[Span]) -> list[Span]:
    """Of verbs inside longer ones (实施 in 组织实施) the longer."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda pair: (pair[0], -pair[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_noun(scene: Scene, ends: Ends, start: int, end: int) -> bool:
    """A verb that is part of a noun: one that is no name of the text stands right before it (行政检查), or right behind it (检查记录)."""
    if end - start == 1:
        return not scene.word_starts_at(start) and scene.text[start - 1] not in "日月天周年"  # 开 in 召开; 15日|开 may be cut elsewhere
    if scene.text[start:end] in _COMPLAINTS and _COUNTED_AS.match(scene.text, end):
        return True
    if scene.text[start:end] not in _WEAK_VERBS | _NOMINAL_VERBS:
        return False
    if _FOLLOWED.match(scene.text, end) and not ends.begins_at(end):
        return True
    at = scene.token(start) - 1
    if at < 0 or scene.starts[at + 1] != start or scene.flags[at] not in ("n", "vn", "b", "j", "nz", "l"):
        return False
    return not ends.ends_at(start)


def _relations(scene: Scene, ends: Ends, start: int, end: int, edges: Sequence[tuple[str, bool]]) -> Iterator[Finding]:
    text = scene.text
    said = text[start:end]
    low, high = scene.clause(start)
    if _is_noun(scene, ends, start, end):
        return
    put_before = ends.preposed(start, low)
    if put_before is not None and not _FOLLOWED.match(text, end):
        if not text.startswith("的", end):
            yield from _on(scene, ends, put_before, (start, end), edges)
        return
    if _ASKED_FOR.search(text, max(low, start - 8), start):
        return
    behind = ends.behind(end, high)
    if not behind and said in _OF_A_DEED:
        behind = ends.behind(_next_verb(scene, end, high), high)
    if not behind and not _BY.search(text, max(low, start - _BY_REACH), start):
        return
    heads, by = doers(ends, start, low)
    heads = _first_of(scene, heads)
    if said in _SET_UP:
        yield from _parts(scene, ends, start, end, behind)
    for identifier, passive in edges:
        edge = ontology().edges[identifier]
        if passive:
            yield from _turned(scene, ends, edge, start, end, behind)
        elif heads and by and not behind:
            tail = ends.theme(heads[0], edge)
            if tail is not None and not _FOLLOWED.match(text, end):
                yield from (fact(scene, edge, head, tail, (start, end), 0.8) for head in heads if edge.allows(head.type, tail.type))
        else:
            yield from _done_to(scene, ends, edge, (start, end), heads, behind)


def _next_verb(scene: Scene, end: int, high: int) -> int:
    """Where the verb right behind one ends (建议|修订《……》), else `end` itself."""
    at = scene.token(end)
    if end < high and scene.starts[at] == end and scene.flags[at] in ("v", "vn"):
        return scene.starts[at + 1]
    return end


def _done_to(scene: Scene, ends: Ends, edge: EdgeType, verb: Span, heads: Sequence[Item], behind: Sequence[Item]) -> Iterator[Finding]:
    start, end = verb
    said = scene.text[start:end]
    low = scene.clause(start)[0]
    if not behind or (said == "通过" and behind[0].type != "policy"):
        return
    if edge.id == "cooperates_with" and behind[0].start - end > _BESIDE:
        return
    if edge.id == "demands" and _AS_REQUIRED.search(scene.text, max(low, start - 16), start):
        return
    if edge.id == "located_in" and (relative := _RELATIVE.match(scene.text, behind[0].end)):
        yield from _described(scene, ends, edge, behind[0], verb, relative.end())
        return
    subjects, confidence = [head for head in heads if head.type in edge.heads], 0.8
    if not heads:
        subjects, confidence = earlier(ends, start, low, edge)
        subjects = _first_of(scene, subjects)
    if edge.id in _DONE_TO_BODIES and scene.text[end : end + 1] not in ("在", "于"):
        behind = [tail if _goes_on_as_noun(scene, tail.end) else acting(tail) for tail in behind]
    objects = [tail for tail in behind if not _unfit(scene, edge.id, said, tail, end)]
    for subject, tail in _pairs(scene, subjects, objects, start):
        if edge.allows(subject.type, tail.type):
            yield fact(scene, edge, subject, tail, verb, _sure(confidence, subject, tail))


def _goes_on_as_noun(scene: Scene, end: int) -> bool:
    """Whether what is named is only the beginning of a noun (服务云桥街道|居民)."""
    at = scene.token(end)
    return end < len(scene.text) and scene.flags[at][:1] == "n"


def _pairs(scene: Scene, subjects: Sequence[Item], objects: Sequence[Item], verb: int) -> Iterable[tuple[Item, Item]]:
    """Each subject with each object; with 分别 in order, and none where their numbers differ."""
    if len(subjects) > 1 and len(objects) > 1 and _PAIRED.search(scene.text, subjects[-1].end, max(verb, subjects[-1].end)):
        return zip(subjects, objects, strict=True) if len(subjects) == len(objects) else ()
    return ((subject, tail) for tail in objects for subject in subjects)


def _described(scene: Scene, ends: Ends, edge: EdgeType, place: Item, verb: Span, behind: int) -> Iterator[Finding]:
    """位于云桥街道的便民中心: what stands behind 的 is located there."""
    site = next(iter(ends.within(behind, behind + 40)), None)
    if site is not None and site.start == behind and edge.allows(site.type, place.type):
        yield fact(scene, edge, site, place, verb, 0.78)


def _unfit(scene: Scene, identifier: str, said: str, tail: Item, end: int) -> bool:
    """Whether something named behind a verb is not what it is done to: too far from a weak verb; of a kind that the verb does not take
    (按照某办法 is how one works, and only a policy is a basis)."""
    distance = tail.start - end
    if tail.type == "issue" and (identifier not in _ABOUT_ISSUES or distance > 8):
        return True
    if tail.type == "issue" and identifier in _SPEAKING and not _WHOLE.match(scene.text, tail.end):
        return True
    if said in _WEAK_VERBS and distance > 8:
        return True
    if len(said) == 1 and (distance > 8 or tail.type not in _NAMED or not _ENDS_THERE.match(scene.text, tail.end)):
        return True
    if identifier == "takes_part_in" and tail.type == "actor":
        return said not in _JOINS or not _GROUPS.search(tail.name)
    if identifier == "mediates" and tail.type in ("actor", "person") and said not in _RECONCILES:
        return True
    if said == "化解" and tail.type == "issue":
        return (identifier == "mediates") != bool(_QUARREL.search(tail.name))
    if tail.type == "policy" and identifier == "carries_out":
        return said not in _ISSUES_RULES
    if identifier == "results_in" and said in _GROWS:
        return True
    return (identifier == "based_on" and tail.type == "method") or (identifier == "uses" and tail.type == "policy")


def _first_of(scene: Scene, listed: Sequence[Item]) -> list[Item]:
    """Those of a list that act: who stands behind 会同 or 联合 is whom they act with."""
    for at in range(1, len(listed)):
        if _WITH.search(scene.text, listed[at - 1].end, listed[at].start):
            return list(listed[:at])
    return list(listed)


def _sure(confidence: float, head: Item, tail: Item) -> float:
    """Between words that stand for anybody (企业, 群众) a relation tells little."""
    return min(confidence, 0.6) if head.name in _VAGUE and tail.name in _VAGUE else confidence


def _on(scene: Scene, ends: Ends, put_before: tuple[Item, int], verb: Span, edges: Sequence[tuple[str, bool]]) -> Iterator[Finding]:
    """对违建进行整治: the object stands before the verb, who does it before that or in the clause before."""
    tail, preposition = put_before
    low = scene.clause(verb[0])[0]
    heads = _first_of(scene, doers(ends, preposition, low)[0])
    for identifier, passive in edges:
        edge = ontology().edges[identifier]
        if identifier in _SPEAKING and tail.type == "actor":
            continue
        if passive or (tail.type == "issue" and identifier not in _ABOUT_ISSUES | {"supervises", "evaluates"}):
            continue
        subjects, confidence = heads, 0.8
        if not heads:
            subjects, confidence = earlier(ends, preposition, low, edge)
            subjects = _first_of(scene, subjects)
        if _unfit(scene, identifier, scene.text[slice(*verb)], Item(verb[1], verb[1], tail.type, tail.name), verb[1]):
            continue
        yield from (
            fact(scene, edge, subject, tail, verb, confidence)
            for subject in subjects
            if subject.type in edge.heads and edge.allows(subject.type, tail.type)
        )


def _turned(scene: Scene, ends: Ends, edge: EdgeType, start: int, end: int, behind: Sequence[Item]) -> Iterator[Finding]:
    """Words between tail and head (某省委授予某称号, 活动吸引居民)."""
    tail = ends.before(start, scene.clause(start)[0])
    if tail is not None and not (edge.id == "takes_part_in" and tail.type == "actor"):  # 街道邀请居民
        yield from (
            fact(scene, edge, head, tail, (start, end), 0.75)
            for head in behind
            if edge.allows(head.type, tail.type) and head.start - end <= 10
        )


def _parts(scene: Scene, ends: Ends, start: int, end: int, behind: Sequence[Item]) -> Iterator[Finding]:
    """在邻里中心内设立“迎客厅”、“百通岗”: parts of what stands behind 在."""
    whole = ends.before(start, scene.clause(start)[0])
    edge = ontology().edges["part_of"]
    if (
        whole is None
        or not _PLACED.match(scene.text[whole.end : start])
        or scene.text[max(0, whole.start - 2) : whole.start].strip("“‘")[-1:] not in ("在", "")
    ):
        return
    kinds = {item.type for item in behind} & _NAMED
    yield from (
        fact(scene, edge, part, whole, (start, end), 0.85)
        for part in behind
        if edge.allows(part.type, whole.type) and (part.type in kinds or not kinds)
    )
