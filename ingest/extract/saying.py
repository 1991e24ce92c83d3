"""Relations that a position tells: who demands, refuses or proposes what, and the law that a vote is based on.

Where what it is about has a name of its own, that is the tail; else the position's own words are, which join no node of the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extract.ends import Ends, Item
from ingest.extract.finding import Finding
from ingest.extract.joining import edge
from ingest.extract.scene import Scene

_EDGES = {"demand": "demands", "objection": "objects_to", "offer": "proposes", "option": "proposes"}
_THEMES = frozenset(["platform", "programme", "method", "issue"])
_PLANS = frozenset(["option", "offer", "demand"])
_NEAR = 12  # between the verb of a position and the name of what it is about
_LOOK = 60
# Refusals that say themselves of what; others are of what was proposed before, if anything was.
_OF_THIS = re.compile("(?:反对|不同意|拒绝|抵制|不愿意?|不肯|不让|不服|不承认|不赞成|阻[拦挠止])[^，。”的了]{2}")
_REFUSES = re.compile("反对|同意|拒|抵制|不愿|不肯|不让|不服|不承认|不赞成|不答应|不接受|不接|异议|抗议|不满|质疑|凭什么|阻|嫌")
_BASIS = re.compile("依据|依照|按照|根据|对照|按")
_NOUN = re.compile(
    "(?:期盼|希望|诉求|要求|抗议|投诉|反映|质疑|反对|呼吁|建议)(?:[和与、的者]|声|强烈|什么|率|意见)"
)  # 期盼和发展, 反对的声音
_AGAINST = re.compile("不同意|反对|拒绝|不愿|不肯")
_AGREED = re.compile("同意|赞成|通过|过半|三分之")
_COUNTED = re.compile("[0-9一二两三四五六七八九十百]+(?:多|余|来)?[户人名位票]")
_LEADING = re.compile(r"^[\s，,、：:“‘的]+")


def find(scene: Scene, ends: Ends, positions: Sequence[Finding]) -> Iterator[Finding]:
    placed = sorted(positions, key=lambda finding: finding.start)
    for at in range(len(placed)):
        yield from _held(scene, ends, placed, at)
    yield from _grounded(scene, ends, [position for position in placed if position.stance == "vote"])


def _held(scene: Scene, ends: Ends, placed: Sequence[Finding], at: int) -> Iterator[Finding]:
    position = placed[at]
    identifier = _EDGES.get(position.stance or "")
    if identifier is None or position.holder is None:
        return
    start = _content(scene, position)
    holder = _holder(scene, ends, position, start)
    if _NOUN.match(scene.text, start) or (identifier == "proposes" and _AGAINST.search(scene.text, start, position.end)):
        return
    least = 2 if identifier == "objects_to" else 3  # 提出具体要求 does not say what
    if holder is None or position.end - start < least or _COUNTED.fullmatch(holder.name):
        return
    cue = position.evidence[-1] if position.evidence else (start, position.end)
    if identifier == "proposes" and (position.modality == "negated" or position.end - start < 4):
        return
    tail = next((item for item in ends.within(start, min(position.end, cue[1] + _NEAR)) if item.type in _THEMES), None)
    if tail is not None and edge(identifier).allows(holder.type, tail.type):
        yield _fact(identifier, holder, tail.name, position, (start, position.end), tail)
        return
    span = start, position.end
    if identifier == "objects_to":
        said = scene.text[start : position.end].strip("”’」")
        refused = None if _OF_THIS.search(said) else _proposed(scene, placed, at)
        if refused is None and not _REFUSES.search(said):
            return
        span = refused or span
    yield _fact(identifier, holder, scene.text[slice(*span)], position, (start, position.end), None)


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


def _holder(scene: Scene, ends: Ends, position: Finding, start: int) -> Item | None:
    """The last mention of the holder before the words of the position, in its sentence or, for speech, in its paragraph."""
    told = position.holder or ""
    wanted = ends.before(start, scene.paragraph(start)[0], 120, lambda item: _names(item, told))
    if wanted is not None:
        return wanted
    low = max(scene.paragraph(position.start)[0], position.start - 120)
    at = scene.text.rfind(told, low, start)
    if at < 0:
        at = scene.text.find(told, position.start, position.end + _LOOK)
    return None if at < 0 else Item(at, at + len(told), "actor", told)


def _names(item: Item, told: str) -> bool:
    return item.type in ("actor", "person") and (item.name in told or told in item.name)


def _proposed(scene: Scene, placed: Sequence[Finding], at: int) -> tuple[int, int] | None:
    """What a bare refusal refuses: the proposal of somebody else told before it in the sentence."""
    first = scene.sentence(placed[at].start)[0]
    for number in range(at - 1, -1, -1):
        other = placed[number]
        if other.start < first:
            return None
        if other.stance in _PLANS and other.holder != placed[at].holder:
            return _content(scene, other), other.end
    return None


def _grounded(scene: Scene, ends: Ends, votes: Sequence[Finding]) -> Iterator[Finding]:
    """依据某法第几条，……同意: a vote is based on the law named before it; of several votes, the first that agrees."""
    of: dict[int, list[Finding]] = {}
    for vote in votes:
        of.setdefault(scene.sentence(vote.start)[0], []).append(vote)
    for first, told in of.items():
        vote = next((vote for vote in told if _AGREED.search(scene.text, vote.start, vote.end)), told[0])
        low = max(first, vote.start - 90)
        for item in ends.within(low, vote.start):
            if item.type == "policy" and _BASIS.search(scene.text, max(low, item.start - 24), item.start):
                yield Finding(
                    "relation", vote.start, vote.end, "relation.based_on", 0.7, relation="based_on",
                    head=scene.text[vote.start : vote.end], tail=item.name, tail_type="policy", modality=vote.modality,
                    speaker=vote.speaker, evidence=((item.start, item.end), (vote.start, vote.end)),
                )  # fmt: skip


def _fact(identifier: str, holder: Item, tail: str, position: Finding, words: tuple[int, int], named: Item | None) -> Finding:
    said = tuple(span for span in position.evidence if words[0] <= span[0] < words[1]) or (words,)
    start = min(words[0], holder.start) if words[0] - holder.start < _LOOK else words[0]
    return Finding(
        "relation", start, words[1], f"relation.{identifier}", 0.74 if named else 0.7, relation=identifier, head=holder.name, tail=tail,
        head_type=holder.type, tail_type=named.type if named else None, modality=position.modality, speaker=position.speaker,
        evidence=((holder.start, holder.end), *said),
    )  # fmt: skip
