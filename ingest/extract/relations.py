"""Relations between what a clause names: a verb of the ontology between a head and a tail that it may join."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.vocabulary import EdgeType, ontology
from ingest.extract import together
from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import fact
from ingest.extract.persons import Person
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.wordlist import word_set

_NO_PASSIVE = word_set("由 在 经 包括 包含 设立 依托 通过 运用")
_WEAK_VERBS = word_set(
    "服务 治理 处理 支持 帮助 推动 促进 配合 联系 要求 落实 形成 实现 带来 取得 提升 减少 降低 创新 希望 反映 监督 补贴 补助 管理 "
    "领导 参与 创建 探索 建设"
)
_ABOUT_ISSUES = frozenset(["addresses", "demands", "objects_to", "mediates"])
_BY = re.compile("[由经]")
_NOMINAL_VERBS = word_set("检查 监管 督查 巡查 评价 评估 考核 整治 调解 协调 验收 审计 评议 合作 对接 联动 运营 开发")
_SET_UP = word_set("设立 设置 设有 下设 内设 开设 设")
_PLACED = re.compile("^[”’]?(?:内|里|中|下)?(?:还|分别|共|又|专门|统一)?$")
_FOLLOWED = re.compile("^(?:的)?(?:机制|制度|办法|方案|工作|小组|中心|活动|会|组|队|员|费|单位|机构|部门|要求|情况|结果|标准)")
_WITH = re.compile("会同|联合|携手|联手|协同")
_ENDS_THERE = re.compile(
    "[”’」]?(?:[，。；：、！？（\n]|的?(?:活动|平台|机制|项目|行动|工程|计划|模式|服务)|$)"
)  # 开“碰头会”, not 开“某工程”推进会
_NAMED = frozenset(["method", "platform", "programme"])
_BESIDE = 6  # whom somebody works with stands right behind the verb, with the rest of the list
_VAGUE = word_set("政府 企业 部门 居民 群众 志愿者 党员 老人 村民 社会组织 社工 专家 律师 商户 业主 物业")


def _verb_words() -> Iterator[tuple[str, tuple[str, bool]]]:
    """Verbs with (edge, whether the tail stands before them)."""
    for edge in ontology().edges.values():
        if not edge.structural:
            yield from ((verb, (edge.id, False)) for verb in edge.verbs if "…" not in verb)
            yield from ((verb, (edge.id, True)) for verb in edge.passive if verb not in _NO_PASSIVE and "…" not in verb)


VERBS: Family[tuple[str, bool]] = Family(_verb_words)


def find(scene: Scene, items: Sequence[Item], positions: Sequence[Finding] = ()) -> list[Finding]:
    """Facts of the kind `relation`, at most one of an edge, head and tail in a sentence. `positions` are the stances that the text tells:
    who wants or refuses something named beside it."""
    ends = Ends(scene, items)
    verbs: dict[tuple[int, int], list[tuple[str, bool]]] = {}
    for start, end, edge in scene.hits.of(VERBS):
        verbs.setdefault((start, end), []).append(edge)
    found: list[Finding] = []
    for start, end in _longest([span for span in sorted(verbs) if _is_word(scene, *span)]):
        if scene.text[start - 1 : start] in ("“", "‘") or ends.covers(start, end):
            continue
        found.extend(_relations(scene, ends, start, end, verbs[start, end]))
    found.extend(together.find(scene, ends, positions))
    return _distinct(scene, found)


def _distinct(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """The surest of each edge, head and tail in a sentence; who leads a thing (牵头建设) is not also said to carry it out."""
    best: dict[tuple[int, str, str, str], Finding] = {}
    for finding in found:
        key = (scene.sentence(finding.evidence[0][0])[0], finding.relation or "", finding.head or "", finding.tail or "")
        if finding.head != finding.tail and (key not in best or best[key].confidence < finding.confidence):
            best[key] = finding
    led = {(sentence, head, tail) for sentence, relation, head, tail in best if relation == "leads"}
    return [finding for key, finding in best.items() if key[1] != "carries_out" or (key[0], *key[2:]) not in led]


def memberships(scene: Scene, people: Sequence[Person]) -> list[Finding]:
    """某局局长某人: the person is part of the body (or the place) named directly before the post."""
    edge = ontology().edges["part_of"]
    found = []
    for person in people:
        if person.belongs_to is None or person.post is None:
            continue
        start, end, kind = person.belongs_to
        head = Item(person.start, person.end, "person", person.name)
        tail = Item(start, end, kind, scene.text[start:end])
        if edge.allows("person", kind):
            finding = fact(scene, edge, head, tail, (end, person.start), 0.9)
            finding.modality = "asserted"
            found.append(finding)
    return found


def _is_word(scene: Scene, start: int, end: int) -> bool:
    """Whether a verb ends where a word does and begins at most one character inside one (内设|立)."""
    return scene.word_starts_at(end) and (scene.word_starts_at(start) or (start > 0 and scene.word_starts_at(start - 1)))


def _longest(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of verbs inside longer ones (实施 in 组织实施) the longer."""
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda pair: (pair[0], -pair[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _compound(scene: Scene, ends: Ends, start: int, end: int) -> bool:
    """A verb that is part of a noun (行政检查, 项目建设): a noun that is no name of the text stands right before it."""
    if end - start == 1:
        return not scene.word_starts_at(start) and scene.text[start - 1] not in "日月天周年"  # 开 in 召开; 15日|开 may be cut elsewhere
    if scene.text[start:end] not in _WEAK_VERBS | _NOMINAL_VERBS:
        return False
    at = scene.token(start) - 1
    if at < 0 or scene.starts[at + 1] != start or scene.flags[at] not in ("n", "vn", "b", "j", "nz", "l"):
        return False
    return not ends.ends_at(start)


def _relations(scene: Scene, ends: Ends, start: int, end: int, edges: Sequence[tuple[str, bool]]) -> list[Finding]:
    text = scene.text
    said = text[start:end]
    low, high = scene.clause(start)
    put_before = ends.preposed(start, low)
    if put_before is not None and not _FOLLOWED.match(text, end):
        return _on(scene, ends, put_before, (start, end), edges)
    if _compound(scene, ends, start, end):
        return []
    behind = ends.behind(end, high)
    if not behind and not _BY.search(text, low, start):
        return []
    heads, by = ends.doers(start, low)
    heads = _first_of(scene, heads)
    found: list[Finding] = []
    if said in _SET_UP:
        found.extend(_parts(scene, ends, start, end, behind))
    for identifier, passive in edges:
        edge = ontology().edges[identifier]
        if passive:
            found.extend(_turned(scene, ends, edge, start, end, behind))
            continue
        if heads and by and not behind:
            tail = ends.theme(heads[0], edge)
            if tail is not None and not _FOLLOWED.match(text, end):
                found.extend(fact(scene, edge, head, tail, (start, end), 0.8) for head in heads if edge.allows(head.type, tail.type))
            continue
        if said == "通过" and not (behind and behind[0].type == "policy"):
            continue
        if identifier == "cooperates_with" and behind and behind[0].start - end > _BESIDE:
            continue
        subjects, confidence = [head for head in heads if head.type in edge.heads], 0.8
        if not heads:
            subjects, confidence = _earlier(scene, ends, start, low, edge)
        for tail in behind:
            if end - start == 1 and not _ENDS_THERE.match(text, tail.end):
                continue
            if (tail.type == "issue" and (identifier not in _ABOUT_ISSUES or tail.start - end > 8)) or _unfit(identifier, said, tail, end):
                continue
            found.extend(
                fact(scene, edge, subject, tail, (start, end), _sure(confidence, subject, tail))
                for subject in subjects
                if edge.allows(subject.type, tail.type)
            )
    return found


def _unfit(identifier: str, said: str, tail: Item, end: int) -> bool:
    """A weak verb too far from its object; 按照某办法 is how one works, and only a policy is a basis."""
    if said in _WEAK_VERBS and tail.start - end > 8:
        return True
    if len(said) == 1 and (tail.start - end > 8 or tail.type not in _NAMED):
        return True
    return (identifier == "based_on" and tail.type == "method") or (identifier == "uses" and tail.type == "policy")


def _first_of(scene: Scene, listed: Sequence[Item]) -> list[Item]:
    """Those of a list that act: who stands behind 会同 or 联合 is whom they act with."""
    for at in range(1, len(listed)):
        if _WITH.search(scene.text, listed[at - 1].end, listed[at].start):
            return list(listed[:at])
    return list(listed)


def _earlier(scene: Scene, ends: Ends, verb: int, low: int, edge: EdgeType) -> tuple[list[Item], float]:
    subjects, confidence = ends.earlier(verb, low, edge)
    return _first_of(scene, subjects), confidence


def _sure(confidence: float, head: Item, tail: Item) -> float:
    """Between words that stand for anybody (企业, 群众) a relation tells little."""
    return min(confidence, 0.6) if head.name in _VAGUE and tail.name in _VAGUE else confidence


def _on(scene: Scene, ends: Ends, put_before: tuple[Item, int], verb: tuple[int, int], edges: Sequence[tuple[str, bool]]) -> list[Finding]:
    """对违建进行整治: the object stands before the verb, who does it before that or in the clause before."""
    tail, preposition = put_before
    low = scene.clause(verb[0])[0]
    heads = _first_of(scene, ends.doers(preposition, low)[0])
    found: list[Finding] = []
    for identifier, passive in edges:
        edge = ontology().edges[identifier]
        if passive or (tail.type == "issue" and identifier not in _ABOUT_ISSUES | {"supervises", "evaluates"}):
            continue
        subjects, confidence = (heads, 0.8) if heads else _earlier(scene, ends, preposition, low, edge)
        found.extend(
            fact(scene, edge, subject, tail, verb, confidence)
            for subject in subjects
            if subject.type in edge.heads and edge.allows(subject.type, tail.type) and not _unfit(identifier, "", tail, verb[1])
        )
    return found


def _turned(scene: Scene, ends: Ends, edge: EdgeType, start: int, end: int, behind: Sequence[Item]) -> list[Finding]:
    """Words between tail and head (某省委授予某称号, 活动吸引居民)."""
    tail = ends.before(start, scene.clause(start)[0])
    if tail is None:
        return []
    return [
        fact(scene, edge, head, tail, (start, end), 0.75) for head in behind if edge.allows(head.type, tail.type) and head.start - end <= 10
    ]


def _parts(scene: Scene, ends: Ends, start: int, end: int, behind: Sequence[Item]) -> list[Finding]:
    """在邻里中心内设立“迎客厅”、“百通岗”: parts of what stands behind 在."""
    whole = ends.before(start, scene.clause(start)[0])
    edge = ontology().edges["part_of"]
    if (
        whole is None
        or not _PLACED.match(scene.text[whole.end : start])
        or scene.text[max(0, whole.start - 2) : whole.start].strip("“‘")[-1:] not in ("在", "")
    ):
        return []
    kinds = {item.type for item in behind} & {"platform", "method", "programme"}
    return [
        fact(scene, edge, part, whole, (start, end), 0.85)
        for part in behind
        if edge.allows(part.type, whole.type) and (part.type in kinds or not kinds)
    ]
