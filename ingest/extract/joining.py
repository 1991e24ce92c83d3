"""A relation between two things that a text names, as a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.vocabulary import EdgeType, ontology
from ingest.extract import extent
from ingest.extract.ends import Item
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene, Span

_WANTED = re.compile("(?<![重主需只不首])要(?![求点素闻])|应当?(?![急对用邀])|必须|须|需要?(?!求)|建议|希望|可以|鼓励|原则上")
_NORM = re.compile("[^，。；\n]{0,8}?(?<![重主需只不首])(?:要(?![求点素闻])|应当|必须|须)|鼓励|支持(?=各地)|引导(?=各地)")
_TOLD_TO = re.compile("(?:请求|要求|希望|建议|督促|责令|呼吁|恳请|敦促|责成)(?:由|让|请)?$")
_SPEAKING = frozenset(["demands", "proposes", "objects_to"])
_ADVERBS = "(?:会|要|再次?|还|也|继续|进一步|持续|依法|积极|全面|同步|陆续|逐步|定期|尽快|及时|主动|立即|共同)*"
_AHEAD = re.compile(f"(?:(?<![即行])将|拟|[也还都均]会){_ADVERBS}$")
_COMING = re.compile(
    "(?<![即行])将(?:持续|继续|进一步|会(?!议)|要|陆续|逐步|全面|推进|开展|加强|加大|组织(?!关系)|实施|启动|依托|依法|积极|不断)|下一步"
)
_ASKS = re.compile("是否|能否|可否|能不能|会不会|要不要|有没有|是不是|谁|吗[？?]|呢[？?]|如何|怎[么样]")
_SENTENCE = 160  # characters of a sentence before a clause that are looked at
_BEFORE = 14
_INTENDS = re.compile("(?:下一步|接下来|近期)?[也还均都]*(?:(?P<will>将)|拟|计划|准备|打算|力争)")
_ADVERBIAL = frozenset("依法 重点 全力 按程序 大力 同步 定期".split())  # which the segmenter takes for nouns
_VERBAL = ("继续", "加强", "加大", "进一步", "持续", "严格")
_DONE = re.compile("已|[^为除受到]了")


def fact(scene: Scene, edge: EdgeType, head: Item, tail: Item, verb: Span, confidence: float) -> Finding:
    """A relation told by the words `verb`."""
    start, end = verb
    first, last = min(head.start, tail.start, start), max(head.end, tail.end, end)
    told = modality(scene, start, end)
    if told == "asserted" and edge.id not in _SPEAKING and _WANTED.search(scene.text, max(start - 80, min(head.end, start)), start):
        told = "planned"
    if told == "asserted" and _intended(scene, head, start, end, wish=edge.id in _SPEAKING):
        told = "planned"
    if told == "asserted" and _is_asked(scene, start):
        told = "conditional"
    return Finding(
        "relation", first, last, f"relation.{edge.id}", confidence, relation=edge.id, head=head.name, tail=tail.name,
        head_type=head.type, tail_type=tail.type, modality=told, evidence=((start, end),),
    )  # fmt: skip


def _is_asked(scene: Scene, position: int) -> bool:
    """Whether the sentence is a question that asks for it, and not one about what was done (谁牵头, 能否联合)."""
    low, high = scene.sentence(position)
    if scene.text[max(low, high - 2) : high].rstrip("”’」")[-1:] not in ("？", "?"):
        return False
    return _ASKS.search(scene.text, max(low, position - _SENTENCE), min(high, position + _SENTENCE)) is not None


def _intended(scene: Scene, head: Item, start: int, end: int, *, wish: bool) -> bool:
    """将 right before the verb, in an earlier clause of a sentence that tells of nothing done, or behind the subject that an earlier clause
    names (我局将依法……，联合街道……); what a sentence that begins with 要 asks for in its other clauses; what the head is told to do
    (请求环保部门整治)."""
    text = scene.text
    clause = scene.clause(start)[0]
    sentence = max(scene.sentence(start)[0], clause - _SENTENCE)
    if not wish and clause > sentence and _NORM.match(text, sentence, start) and not _DONE.search(text, clause, min(len(text), end + 1)):
        return True
    if (
        clause > sentence
        and not wish
        and _COMING.search(text, sentence, clause)
        and not _DONE.search(text, sentence, min(len(text), end + 1))
    ):
        return True
    if _AHEAD.search(text, max(0, start - _BEFORE), start) or _TOLD_TO.search(text, max(0, head.start - _BEFORE), head.start):
        return True
    if head.end > start or text.find("，", head.end, start) < 0:
        return False
    match = _INTENDS.match(text, head.end, start)
    if match is None or _DONE.search(text, clause, min(len(text), end + 1)):
        return False
    return match["will"] is None or _is_future(scene, match.end())


def _is_future(scene: Scene, position: int) -> bool:
    """Whether 将 before `position` tells the future: before a verb, an adverb or a preposition; before a noun it stands for 把."""
    at = scene.token(position)
    if scene.text.startswith(_VERBAL, position):
        return True
    return scene.starts[at] == position and (scene.flags[at] in ("v", "d", "p", "ad", "vd", "vn") or scene.words[at] in _ADVERBIAL)


def edge(identifier: str) -> EdgeType:
    """The ontology's edge of this id."""
    return ontology().edges[identifier]


def following(scene: Scene, position: int, end: int, most: int) -> Iterator[Span]:
    """Up to `most` clauses from the one behind `position` on, before `end`."""
    return islice(extent.clauses(scene, (position + 1, end)), most)
