"""Relations between what a clause names: a verb of the ontology between a head and a tail that it may join."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import EntityType
from corpus.vocabulary import EdgeType, ontology
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.persons import Person
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.wordlist import word_set

_COMPOUNDED = word_set("治理 管理 服务 监督 联动 协商 议事 改造 整治 建设 发展 创新 志愿 调解 自治 共治 综合 社区 创投 养老")
_REACH = 26  # characters between a verb and what it joins
_CARRIED = 0.62  # confidence where the subject stands in an earlier clause
_NO_PASSIVE = word_set("由 在 经 包括 包含 设立 依托 通过 运用")
_WEAK_VERBS = word_set(
    "服务 治理 处理 支持 帮助 推动 促进 配合 联系 要求 落实 形成 实现 带来 取得 提升 减少 降低 创新 希望 反映 监督 补贴 补助 管理 "
    "领导 参与 创建 探索 建设"
)
_LIST = re.compile(r"^(?:[、和与及以等“”‘’「」]{1,4}|[”’]?[\u4e00-\u9fff]{1,8}[和与、][“‘]?)$")
_OTHER_SUBJECT = re.compile("(?:让|使|被|为|把|对|向|给|与|和|跟|同|由|按|按照)$")
_ABOUT_ISSUES = frozenset(["addresses", "demands", "objects_to", "mediates"])
_BY = re.compile("[由经]")
_NOMINAL_VERBS = word_set("检查 监管 督查 巡查 评价 评估 考核 整治 调解 协调 验收 审计 评议 合作 对接 联动 运营 开发")
_SET_UP = word_set("设立 设置 设有 下设 内设 开设 设")
_PLACED = re.compile("^[”’]?(?:内|里|中|下)?(?:还|分别|共|又|专门|统一)?$")


@dataclass(frozen=True, slots=True)
class Item:
    """Something named at [start, end) that a relation may join."""

    start: int
    end: int
    type: EntityType
    name: str


def _verb_words() -> Iterator[tuple[str, tuple[str, bool]]]:
    """Verbs with (edge, whether the tail stands before them)."""
    for edge in ontology().edges.values():
        if not edge.structural:
            yield from ((verb, (edge.id, False)) for verb in edge.verbs if "…" not in verb)
            yield from ((verb, (edge.id, True)) for verb in edge.passive if verb not in _NO_PASSIVE and "…" not in verb)


VERBS: Family[tuple[str, bool]] = Family(_verb_words)


def find(scene: Scene, items: Sequence[Item]) -> list[Finding]:
    """Facts of the kind `relation`, at most one of an edge, head and tail in a sentence."""
    ordered = _outermost(items)
    starts = [item.start for item in ordered]
    found: list[Finding] = []
    seen: set[tuple[int, str, str, str]] = set()
    verbs: dict[tuple[int, int], list[tuple[str, bool]]] = {}
    for start, end, edge in scene.hits.of(VERBS):
        verbs.setdefault((start, end), []).append(edge)
    for start, end in _longest([span for span in sorted(verbs) if _is_word(scene, *span)]):
        if (
            scene.text[start - 1 : start] in ("“", "‘")
            or _covered(ordered, starts, start, end)
            or _compound(scene, ordered, starts, start, end)
        ):
            continue
        for finding in _relations(scene, ordered, starts, start, end, verbs[start, end]):
            key = (scene.sentence(start)[0], finding.relation or "", finding.head or "", finding.tail or "")
            if key not in seen and finding.head != finding.tail:
                seen.add(key)
                found.append(finding)
    return found


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
            finding = _fact(scene, edge, head, tail, end, person.start, 0.9)
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


def _compound(scene: Scene, items: Sequence[Item], starts: Sequence[int], start: int, end: int) -> bool:
    """A verb that is part of a noun (行政检查, 项目建设): a noun that is no name of the text stands right before it."""
    if scene.text[start:end] not in _WEAK_VERBS | _NOMINAL_VERBS:
        return False
    at = scene.token(start) - 1
    if at < 0 or scene.starts[at + 1] != start or scene.flags[at] not in ("n", "vn", "b", "j", "nz", "l"):
        return False
    index = bisect_left(starts, start) - 1
    return not any(items[i].end == start for i in range(max(0, index - 2), index + 1))


def _outermost(items: Sequence[Item]) -> list[Item]:
    """Without what lies inside a longer name (枫林区 in 枫林区住建局). A place that acts stands there twice, as the actor last."""
    kept: list[Item] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end, item.type == "actor")):
        last = kept[-1] if kept else None
        if last is None or item.end > last.end or (item.start, item.end) == (last.start, last.end):
            kept.append(item)
    return kept


def _covered(items: Sequence[Item], starts: Sequence[int], start: int, end: int) -> bool:
    """A verb inside a name (综合整治工程) joins nothing."""
    at = bisect_right(starts, start) - 1
    return any(items[i].start <= start and end <= items[i].end for i in range(max(0, at - 3), at + 1))


def _relations(
    scene: Scene, items: Sequence[Item], starts: Sequence[int], start: int, end: int, edges: Sequence[tuple[str, bool]]
) -> list[Finding]:
    text = scene.text
    clause = scene.clause(start)
    behind = _tails(scene, items, starts, end, clause[1])
    if not behind and not _BY.search(text, clause[0], start):
        return []
    head, by = _agent(text, items, starts, start, clause[0])
    found: list[Finding] = []
    if text[start:end] in _SET_UP:
        found.extend(_parts(scene, items, starts, start, end, behind))
    for identifier, passive in edges:
        edge = ontology().edges[identifier]
        if passive:
            found.extend(_turned(scene, edge, items, starts, start, end, behind))
            continue
        if head is not None and by and not behind:
            tail = _theme(scene, items, starts, head, edge)
            if tail is not None:
                found.append(_fact(scene, edge, head, tail, start, end, 0.8))
            continue
        if text[start:end] == "通过" and not (behind and behind[0].type == "policy"):
            continue
        subject, confidence = head, 0.8
        if subject is None or subject.type not in edge.heads:
            subject, confidence = _earlier(scene, items, starts, start, clause[0], edge) if subject is None else (None, 0.0)
        if subject is None:
            continue
        for tail in behind:
            if tail.type == "issue" and (identifier not in _ABOUT_ISSUES or tail.start - end > 8):
                continue
            if edge.allows(subject.type, tail.type) and not (text[start:end] in _WEAK_VERBS and tail.start - end > 8):
                found.append(_fact(scene, edge, subject, tail, start, end, confidence))
    return found


def _turned(
    scene: Scene, edge: EdgeType, items: Sequence[Item], starts: Sequence[int], start: int, end: int, behind: Sequence[Item]
) -> list[Finding]:
    """Words between tail and head (某省委授予某称号, 活动吸引居民)."""
    tail = _before(items, starts, start, scene.clause(start)[0])
    if tail is None:
        return []
    return [
        _fact(scene, edge, head, tail, start, end, 0.75) for head in behind if edge.allows(head.type, tail.type) and head.start - end <= 10
    ]


def _parts(scene: Scene, items: Sequence[Item], starts: Sequence[int], start: int, end: int, behind: Sequence[Item]) -> list[Finding]:
    """在邻里中心内设立“迎客厅”、“百通岗”: parts of what stands behind 在."""
    whole = _before(items, starts, start, scene.clause(start)[0])
    edge = ontology().edges["part_of"]
    if (
        whole is None
        or not _PLACED.match(scene.text[whole.end : start])
        or scene.text[max(0, whole.start - 2) : whole.start].strip("“‘")[-1:] not in ("在", "")
    ):
        return []
    kinds = {item.type for item in behind} & {"platform", "method", "programme"}
    return [
        _fact(scene, edge, part, whole, start, end, 0.85)
        for part in behind
        if edge.allows(part.type, whole.type) and (part.type in kinds or not kinds)
    ]


def _before(items: Sequence[Item], starts: Sequence[int], position: int, low: int) -> Item | None:
    """The last item that ends at or before `position` in the clause."""
    at = bisect_left(starts, position) - 1
    while at >= 0 and items[at].start >= low:
        if items[at].end <= position:
            return items[at] if position - items[at].end <= _REACH else None
        at -= 1
    return None


def _agent(text: str, items: Sequence[Item], starts: Sequence[int], verb: int, low: int) -> tuple[Item | None, bool]:
    """Who does it: the last actor or person before the verb in the clause; True where 由 stands before it."""
    at = bisect_left(starts, verb) - 1
    while at >= 0 and items[at].start >= low:
        item = items[at]
        if item.end <= verb and verb - item.end <= _REACH:
            if "的" in text[item.end : verb]:
                return None, False
            by = text[max(low, item.start - 1) : item.start] in ("由", "经")
            if by or not _OTHER_SUBJECT.search(text[max(low, item.start - 2) : item.start]):
                return item, by
            return None, False
        at -= 1
    return None, False


def _tails(scene: Scene, items: Sequence[Item], starts: Sequence[int], verb_end: int, high: int) -> list[Item]:
    """What the verb is done to: the first name behind it and the others of its list."""
    text = scene.text
    found: list[Item] = []
    at = bisect_left(starts, verb_end)
    while at < len(items) and items[at].start < high and len(found) < 6:
        item = items[at]
        at += 1
        if found and (item.start, item.end) == (found[-1].start, found[-1].end):
            found.append(item)
            continue
        if found and item.start < found[-1].end:
            continue
        gap = text[found[-1].end : item.start] if found else text[verb_end : item.start]
        if found and not _LIST.match(gap):
            break
        if not found and (len(gap) > _REACH or re.search("[让使把给]", gap) or _other_verb(scene, verb_end, item.start)):
            break
        found.append(item)
    return found


def _other_verb(scene: Scene, start: int, end: int) -> bool:
    """Whether another verb stands before what a verb seems to be done to (推进|参与|城市大脑); one that ends in 的 only describes that."""
    if scene.text[start:end].rstrip("“‘《").endswith("的"):
        return False
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < end:
        if scene.starts[at] >= start and scene.flags[at] == "v" and len(scene.words[at]) > 1 and scene.words[at] not in _COMPOUNDED:
            return True
        at += 1
    return False


def _theme(scene: Scene, items: Sequence[Item], starts: Sequence[int], head: Item, edge: EdgeType) -> Item | None:
    """In 工程由街道牵头 what is led stands before 由, in the clause or in the sentence."""
    low = scene.sentence(head.start)[0]
    at = bisect_left(starts, head.start) - 1
    while at >= 0 and items[at].start >= low and head.start - items[at].end <= 40:
        if items[at].end < head.start and items[at].type != "actor" and edge.allows(head.type, items[at].type):
            return items[at]
        at -= 1
    return None


def _earlier(scene: Scene, items: Sequence[Item], starts: Sequence[int], verb: int, low: int, edge: EdgeType) -> tuple[Item | None, float]:
    """The subject of the clause before, where the verb begins its own clause and the sentence goes on."""
    if verb - low > 12 or low == 0 or not _bare(scene, low, verb):
        return None, 0.0
    sentence = scene.sentence(verb)[0]
    quotes = scene.quotes_around(verb, verb + 1)
    for _ in range(2):
        if low - 1 <= sentence:
            return None, 0.0
        start, end = scene.clause(low - 1)
        at = bisect_left(starts, start)
        while at < len(items) and items[at].start < end:
            item = items[at]
            if item.type in edge.heads and _begins(scene, start, item):
                same = scene.quotes_around(item.start, item.end)
                return (item, _CARRIED) if bool(same) == bool(quotes) and (not same or same[-1] == quotes[-1]) else (None, 0.0)
            at += 1
        low = start
    return None, 0.0


def _begins(scene: Scene, start: int, item: Item) -> bool:
    """Whether an item is the subject that a clause begins with, and not a member of a list or what a preposition governs."""
    lead = scene.text[start : item.start]
    return len(lead) <= 12 and not _OTHER_SUBJECT.search(lead) and not re.search("[在从以由、]", lead) and _bare(scene, start, item.start)


def _bare(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but adverbs, dates and conjunctions stands in [start, end): the clause has no subject of its own."""
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < end:
        if (
            scene.starts[at] >= start
            and scene.flags[at] not in ("d", "ad", "c", "t", "m", "x", "vd", "u", "p", "f")
            and scene.words[at] not in ("年", "月", "日", "积极", "全面")
        ):
            return False
        at += 1
    return True


def _fact(scene: Scene, edge: EdgeType, head: Item, tail: Item, start: int, end: int, confidence: float) -> Finding:
    first, last = min(head.start, tail.start, start), max(head.end, tail.end, end)
    return Finding(
        "relation", first, last, f"relation.{edge.id}", confidence, relation=edge.id, head=head.name, tail=tail.name,
        head_type=head.type, tail_type=tail.type, modality=modality(scene, start, end), evidence=((start, end),),
    )  # fmt: skip
